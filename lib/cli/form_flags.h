/*
 * form_flags: a form that is given by the options of esc-submit, one a field,
 * and the files that are attached to it.
 * Order: form_flags_options into the program's table, then opt_parse, then
 * form_flags_submit where there are any.
 */
#ifndef ESC_CLI_FORM_FLAGS_H
#define ESC_CLI_FORM_FLAGS_H

#include "cli/opt.h"
#include "cli/submit.h"

#define FORM_FLAGS       20
#define FORM_DESCRIPTION 3 /* which -m gives, too */

struct form_flags {
	const char *text[FORM_FLAGS];
	const char *blobs;
	struct opt_list attach;
};

/* The first FORM_FLAGS rows of the program's options. */
void form_flags_options(struct form_flags *given, struct opt *table);

bool form_flags_any(const struct form_flags *given);

/* Copies what is attached and submits the form; the program may end (64). */
void form_flags_submit(const struct form_flags *given, struct submit *submit);

#endif
