/*
 * submit: the three ways in which forms become records in esc-submit: JSON
 * lines, CSV rows, one form that flags made.
 * Order: fill in options, loop_init, submit_open, one of the three,
 * submit_close.
 */
#ifndef ESC_CLI_SUBMIT_H
#define ESC_CLI_SUBMIT_H

#include "cli/form_csv.h"
#include "cli/loop.h"
#include "domain/newcase.h"

struct submit {
	const char *map, *encoding, *zone, *key; /* as options; may be NULL */
	struct loop loop;
	struct form_terms terms;
	struct change change;
	struct form_csv csv;
	struct scan form, line;
	struct arena arena;
	struct buf text, draft, out;
	struct err err;
	bool warned;
};

/* Policy, zone and mapping; ends the program where one cannot be had. */
void submit_open(struct submit *submit, const struct common *common);
void submit_close(struct submit *submit);

void submit_lines(struct submit *submit, char **files);
void submit_csv(struct submit *submit, char **files);

/* One form, an object, as JSON. */
void submit_text(struct submit *submit, struct span json);

#endif
