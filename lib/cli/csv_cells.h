/*
 * csv_cells: the cells of one row, by libcsv in its strict mode.  The only
 * user of <csv.h>.  Fed a physical line at a time, so that no more than one
 * row ends in a feed; knows no lines, no header and no encoding.
 * Order: csv_cells_init, then for each row csv_cells_feed until the row is
 * whole (csv_cells_finish at the end of the input), csv_cells_lay_out,
 * csv_cells_clear; csv_cells_restart after a refusal; csv_cells_release.
 */
#ifndef ESC_CLI_CSV_CELLS_H
#define ESC_CLI_CSV_CELLS_H

#include <csv.h>
#include <stdbool.h>

#include "base/buf.h"

struct csv_cells {
	struct csv_parser parser;
	struct buf bytes;  /* of all cells, each with a NUL */
	size_t *end;       /* of each cell in bytes, its NUL included */
	struct span *cell;
	size_t n, cap;
	bool whole;        /* the row has ended */
};

void csv_cells_init(struct csv_cells *cells);
void csv_cells_release(struct csv_cells *cells);

/* 0, or -1 where quotes do not match. */
int csv_cells_feed(struct csv_cells *cells, const char *p, size_t n);

/* The input has ended: 0, or -1 where a quote is open. */
int csv_cells_finish(struct csv_cells *cells);

/* Nothing of a row has been seen. */
bool csv_cells_between(const struct csv_cells *cells);

/* No cell holds a byte. */
bool csv_cells_blank(const struct csv_cells *cells);

/* The spans of the cells: valid until the next feed. */
const struct span *csv_cells_lay_out(struct csv_cells *cells);

void csv_cells_clear(struct csv_cells *cells);

/* Forgets what was seen of a row that is refused. */
void csv_cells_restart(struct csv_cells *cells);

#endif
