/*
 * report_count: the record loop of a report: cases and reject lines into a
 * report in the making.  Where the zone is not known, the first case's
 * policy says it.
 * Order: the part's scope is set, report_count_files.
 */
#ifndef ESC_CLI_REPORT_COUNT_H
#define ESC_CLI_REPORT_COUNT_H

#include "cli/loop.h"
#include "domain/report_part.h"

/*
 * A partial among them ends the program: it wants --merge.  Where all is
 * said to be read, what looks like a mistake is told: no case, or none with
 * the field that they are grouped by.
 */
void report_count_files(struct loop *loop, char **files,
	struct report_part *part, bool all);

#endif
