/*
 * github_summary: what the page of a run in GitHub Actions shows below it: a
 * heading, what went wrong, budgets, and a table of the worst clocks,
 * appended in one piece to the file that $GITHUB_STEP_SUMMARY names.  The
 * file is opened at the start: one that cannot be written (73, 77; 74 later)
 * ends the program before any format has said a word.
 * Order: github_summary_open, sla_rows_add_case(&rows, ...) where there is a
 * path, github_summary_end.
 */
#ifndef ESC_CLI_GITHUB_SUMMARY_H
#define ESC_CLI_GITHUB_SUMMARY_H

#include "cli/sla_rows.h"

struct github_summary {
	const char *path;     /* NULL: none is asked for */
	int fd;
	struct sla_rows rows;
	uint64_t unlisted;    /* see TROUBLE_UNLISTED */
};

void github_summary_open(struct github_summary *summary);
void github_summary_end(struct github_summary *summary, const struct sla_run *run);

#endif
