/*
 * report_text: a report's JSON document as a page for a terminal.  Shows the
 * figures of the document and computes none: durations are cut to two units,
 * rates are written as percentages, long lists end early and say so.
 */
#ifndef ESC_CLI_REPORT_TEXT_H
#define ESC_CLI_REPORT_TEXT_H

#include "base/buf.h"
#include "base/err.h"

/*
 * `width` columns; 0: any.  0, or -1 with EX_SOFTWARE where the document is
 * none that domain/report wrote.
 */
int report_text(struct span document, size_t width, struct buf *out,
	struct err *err);

#endif
