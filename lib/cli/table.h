/*
 * table: simple text tables: columns aligned by display width, other
 * people's text made visible, the widest shrinkable columns cut with … until
 * a row fits.  Refuses to know what a terminal is but for table_width.
 * Order: table_init, table_cell... (a row is full after as many cells as
 * there are columns), table_put, table_end.
 */
#ifndef ESC_CLI_TABLE_H
#define ESC_CLI_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/text.h"

#define PROSE_WIDTH 80 /* of what is wrapped, not cut, where any width will do */

enum table_align {
	ALIGN_LEFT,
	ALIGN_RIGHT,
};

struct table_column {
	const char *title; /* NULL in all: no line of titles */
	enum table_align align;
	bool shrinks;      /* may be cut where the line is too narrow */
};

struct table {
	const struct table_column *column; /* borrowed */
	size_t n_columns;
	bool ascii;                        /* what is cut ends with ... */
	struct buf text;                   /* of all cells, displayed */
	size_t *end;                       /* where each cell's text ends */
	size_t n_cells, cap;
};

void table_init(struct table *table, const struct table_column *column,
	size_t n_columns);
void table_end(struct table *table);

/* The next cell; {NULL, 0} is an empty one. */
void table_cell(struct table *table, struct span text);
void table_int(struct table *table, int64_t value);

/* Columns of the widest row as it is, or with all that may be cut cut. */
size_t table_takes(const struct table *table, bool shrunk);

/* All rows, each with a newline and no blanks at its end; width 0: any. */
void table_put(const struct table *table, size_t width, struct buf *out);

/*
 * COLUMNS, else what a terminal as stdout says, else 80; 0, any, where stdout
 * is no terminal: nobody's screen is a reason to cut what goes into a file.
 */
size_t table_width(void);

#endif
