/*
 * report_bar: a bar as text: by eighths of a block, or of # where a terminal
 * knows no more than ASCII.  Integers only; what is not 0 is seen, and only
 * what is whole is drawn whole.
 */
#ifndef ESC_CLI_REPORT_BAR_H
#define ESC_CLI_REPORT_BAR_H

#include "base/buf.h"

/* n of `of`, both in one unit, where `of` takes as many columns as width. */
void bar_put(struct buf *out, int64_t n, int64_t of, size_t width, bool ascii);

#endif
