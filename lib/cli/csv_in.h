/*
 * csv_in: rows of a CSV file (RFC 4180), one at a time, in memory bounded by
 * the longest row and 16 MB.  The first row that is not blank is the header;
 * every other row must have as many cells.  Byte order marks, CRLF and quoted
 * newlines are taken; blank rows are skipped and counted; cells lose the `'`
 * that an export put before = + - @ TAB CR.
 * Refused, with the physical line on which the row starts: NUL, what is no
 * UTF-8, quotes that do not match, too few or too many cells, a row longer
 * than max_line.  After a quote that does not match it goes on with the
 * next physical line, so that one open quote costs one row.  A row that is
 * too long is one refusal where its quotes match within 16 MB more.
 * Order: csv_in_new, csv_in_header, csv_in_row..., csv_in_free.
 */
#ifndef ESC_CLI_CSV_IN_H
#define ESC_CLI_CSV_IN_H

#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"

struct csv_options {
	const char *encoding; /* NULL: UTF-8 */
	size_t max_line;      /* bytes of one row */
};

/* Valid until the next call; on a refusal raw and line say which row. */
struct csv_row {
	const struct span *cell; /* a NUL follows each */
	size_t n;
	uint64_t line;           /* the physical line it starts on, from 1 */
	struct span raw;         /* as it stands, in UTF-8, without its newline */
};

struct csv_in;

/* Borrows fd.  NULL with EX_USAGE for an unknown encoding. */
struct csv_in *csv_in_new(int fd, const struct csv_options *options,
	struct err *err);
void csv_in_free(struct csv_in *in);

/*
 * The header, read at the first call, alive as long as `in`.  0; -1 with
 * EX_DATAERR where there is none or it is refused, or EX_IOERR.
 */
int csv_in_header(struct csv_in *in, struct csv_row *header, struct err *err);

/* 1: a row; 0: the end; -1: refused (EX_DATAERR: call again) or EX_IOERR. */
int csv_in_row(struct csv_in *in, struct csv_row *row, struct err *err);

/* The cells of a row that has some, copied: one after the other, with NULs. */
const struct span *csv_row_copy(const struct csv_row *row,
	struct arena *arena);

/* Blank rows so far. */
uint64_t csv_in_blank(const struct csv_in *in);

#endif
