/*
 * verb: what the verbs of esc share that run esc-cat and a filter side by
 * side: one table of the options of both, one instant, one store, and the
 * arguments of each stage.
 * Order: verb_join, opt_parse, verb_settle, verb_cat and verb_filter,
 * pipeline_run, verb_release.
 */
#ifndef ESC_CLI_VERB_H
#define ESC_CLI_VERB_H

#include <stdint.h>

#include "cli/cat.h"
#include "cli/pipeline.h"

#define VERB_STAGES 2 /* the reader and the filter */

/* The rows of both; what both have is listed once, and taken by the first. */
void verb_join(const struct opt *first, const struct opt *second, struct opt *to);

/*
 * Both stages look at the same instant, which is the answer, and at the
 * policies of the same store.
 */
int64_t verb_settle(const struct program *program, struct common *common,
	const struct store_opt *store);

/* The arguments of esc-cat: its rows, the ids, and an end mark. */
void verb_cat(struct stage *stage, const struct opt *rows, const struct common *common, char **ids);

/* Those of the filter, which needs that mark. */
void verb_filter(struct stage *stage, const struct opt *rows, const struct common *common);

void verb_release(struct stage stage[VERB_STAGES]);

#endif
