/*
 * report_rows: what a view takes of a table as a grid: a row each, or with
 * --compare the columns previous and change, or three rows each where a row
 * has several figures; or its figures side by side.
 */
#ifndef ESC_CLI_REPORT_ROWS_H
#define ESC_CLI_REPORT_ROWS_H

#include "cli/report_format.h"
#include "cli/report_view.h"

void report_rows_put(const struct report_view *view, const struct view_rows *rows,
	const struct report_look *look, struct buf *out);
void report_rows_across(const struct view_rows *rows, const struct report_look *look,
	struct buf *out);

#endif
