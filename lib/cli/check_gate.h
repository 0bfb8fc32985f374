/*
 * check_gate: what esc-sla-check fails on: marks by --fail-on, less what is
 * in --baseline, and the --budget expressions beside them.
 * Order: check_gate_open, check_gate_begin, for each judged case
 * check_gate_mark, check_gate_end, check_gate_write, check_gate_keep.
 */
#ifndef ESC_CLI_CHECK_GATE_H
#define ESC_CLI_CHECK_GATE_H

#include "cli/sla_format.h"
#include "domain/baseline.h"

struct check_gate {
	const char *path;          /* --baseline; NULL: none */
	bool update;               /* --update-baseline */
	struct file_out *file;     /* ... as it is written; NULL: not */
	struct baseline known;     /* what the file has */
	struct baseline now;       /* what it will have */
	struct budget *budget;
	size_t n_budgets;
};

/*
 * Reads --budget and --baseline; ends the program with 64, 66, 74, 77 or 78.
 * update_baseline: a file that is not there is empty.
 */
void check_gate_open(struct check_gate *gate, struct sla_run *run,
	const struct opt_list *budgets, const char *baseline, bool update_baseline);

/* Behind the formats: the file that will be; 64 where one of theirs is it. */
void check_gate_begin(struct check_gate *gate);

/* What each clock is to the gate; adds to the run's sums and the budgets. */
const enum sla_mark *check_gate_mark(struct check_gate *gate, struct sla_run *run,
	const struct sla *sla);

/* run->failed; says each budget that does not hold. */
void check_gate_end(struct check_gate *gate, struct sla_run *run);

/*
 * --update-baseline: onto the disk, where all input was read and none
 * refused, else a warning; and into place, last of all: what is in it is not
 * told again.
 */
void check_gate_write(struct check_gate *gate, const struct sla_run *run);
void check_gate_keep(struct check_gate *gate, const struct sla_run *run);

#endif
