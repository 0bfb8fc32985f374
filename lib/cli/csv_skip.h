/*
 * csv_skip: where a row ends, without its cells: for rows that are too long
 * to be kept.  The same quotes match as for csv_cells.
 * Order: zero it, csv_skip_feed with more and more of the text.
 */
#ifndef ESC_CLI_CSV_SKIP_H
#define ESC_CLI_CSV_SKIP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

enum csv_skip_state {
	SKIP_BEGUN,  /* before a cell */
	SKIP_PLAIN,
	SKIP_QUOTED,
	SKIP_QUOTE,  /* the quote that ends a cell, or the first of two */
	SKIP_AFTER,  /* blanks behind a quoted cell */
	SKIP_ENDED,  /* the row is whole: its length is `at` */
	SKIP_BROKEN, /* quotes do not match */
};

struct csv_skip {
	enum csv_skip_state state;
	size_t at;      /* what was read of the text */
	uint64_t lines; /* physical ones that have ended */
};

/* Reads on from `at`; `ended`: nothing follows the text. */
void csv_skip_feed(struct csv_skip *skip, struct span text, bool ended);

#endif
