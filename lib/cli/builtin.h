/*
 * builtin: the files of lib/policies/, compiled in by scripts/embed: policies
 * ("s-club"), calendars ("calendars/NAME"), mappings ("maps/NAME").
 */
#ifndef ESC_CLI_BUILTIN_H
#define ESC_CLI_BUILTIN_H

#include <stddef.h>

struct builtin {
	const char *name;
	const char *text; /* a NUL follows, not counted in len */
	size_t len;
};

/* Ends with a NULL name. */
extern const struct builtin builtins[];

#endif
