/*
 * opt_forward: parsed options turned back into arguments, for a program that
 * is run by this one: --name, or --name=value.  What was not given is left
 * out; numbers always go along, with their defaults.
 * Order: args_add and opt_forward in any order, args->arg for execv (it ends
 * with NULL), args_release.
 */
#ifndef ESC_CLI_OPT_FORWARD_H
#define ESC_CLI_OPT_FORWARD_H

#include "cli/opt.h"

struct args {
	char **arg;
	size_t n, cap;
};

/* A copy of it. */
void args_add(struct args *args, const char *text);
void args_release(struct args *args);

/* The program's own rows and, out of common, those of its groups. */
void opt_forward(const struct program *program, const struct common *common,
	struct args *args);

#endif
