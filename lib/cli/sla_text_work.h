/*
 * sla_text_work: what --format text keeps until the end, and what it says
 * below its table.
 */
#ifndef ESC_CLI_SLA_TEXT_WORK_H
#define ESC_CLI_SLA_TEXT_WORK_H

#include "cli/sla_format.h"
#include "cli/sla_text_table.h"

#define TEXT_OTHERS_MOST 10

struct text {
	struct text_row *row;
	size_t n, cap;
	size_t count[VERDICTS];
	unsigned some;     /* COLUMN bits of those in which some case has something */
	uint64_t unlisted; /* clocks on which the gate fails, of cases not listed */
	struct buf others; /* ... of cases whose row tells of another clock: the first */
	size_t n_others;
};

/* What the gate knows beyond the rows; statements. */
void text_foot(const struct text *text, const struct sla_run *run, size_t width,
	struct buf *out);

#endif
