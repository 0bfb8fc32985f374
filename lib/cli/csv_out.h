/*
 * csv_out: rows of CSV (RFC 4180: commas, CRLF, quotes where they are
 * needed).  Other people's text does not act: a cell that begins like a
 * formula gets a ' before it, which esc-import takes off, and what would act
 * on a terminal is written as a visible escape; `raw` leaves all as it is.
 * Numbers of JSON are no formulas.
 * Source: OWASP, "CSV Injection", also for the wide forms of East Asia.
 * Order: csv_out_text, csv_out_plain..., csv_out_end for each row.
 */
#ifndef ESC_CLI_CSV_OUT_H
#define ESC_CLI_CSV_OUT_H

#include <stdbool.h>

#include "base/buf.h"

struct csv_out {
	struct buf *out;
	bool raw;
	bool begun;       /* the row has a cell */
	struct buf shown; /* of one cell */
};

void csv_out_release(struct csv_out *csv);

/* A cell of text; {NULL, 0} is an empty one. */
void csv_out_text(struct csv_out *csv, struct span text);

/* A cell of ours that cannot act: a number, true, false. */
void csv_out_plain(struct csv_out *csv, struct span text);

void csv_out_end(struct csv_out *csv);

/* Whether a text begins with = + - @, their wide forms, TAB or CR. */
bool csv_is_formula(struct span text);

#endif
