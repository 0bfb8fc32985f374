/*
 * report_merge: partials instead of records: the loop over their files, in
 * each of which at least one whole partial must stand.  The first line that
 * is not as it must be is the last that is read: half of a sum is none.
 * Order: report_merge_prepare, loop_init, partial_init, report_merge_files.
 */
#ifndef ESC_CLI_REPORT_MERGE_H
#define ESC_CLI_REPORT_MERGE_H

#include "cli/loop.h"
#include "cli/report_opt.h"
#include "domain/report_partial.h"

/*
 * Checks the options (64) and sets those of the loop: it is strict, and takes
 * lines as long as --max-line can make them.
 */
void report_merge_prepare(const struct report_opt *asked, struct common *common);

/* Where not all is whole it was said, and the loop is not whole. */
void report_merge_files(struct loop *loop, char **files, struct partial_reader *reader);

#endif
