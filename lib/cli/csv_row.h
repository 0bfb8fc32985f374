/*
 * csv_row: what is wrong with a row.  Between
 * csv_in.c and csv_row.c alone, which also holds csv_row_copy.
 */
#ifndef ESC_CLI_CSV_ROW_H
#define ESC_CLI_CSV_ROW_H

#include "cli/csv_in.h"

/* header NULL: this is the header.  0, or -1 with EX_DATAERR. */
int csv_row_check(const struct csv_row *row, const struct csv_row *header,
	const char *encoding, struct err *err);

/* Says why the last of a row's physical lines so far cannot be its. */
void csv_row_bad_quote(uint64_t line, uint64_t lines, struct err *err);

#endif
