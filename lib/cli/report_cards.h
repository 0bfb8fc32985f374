/*
 * report_cards: rows of VIEW_CARDS on a terminal, a few lines each: what a
 * case is called, where it is and whose, and why it is listed.
 */
#ifndef ESC_CLI_REPORT_CARDS_H
#define ESC_CLI_REPORT_CARDS_H

#include "cli/report_format.h"
#include "cli/report_view.h"

void report_cards_put(const struct report_view *view, const struct view_rows *rows,
	const struct report_look *look, struct buf *out);

#endif
