/*
 * report_grid: rows of a report as lines on a terminal: a table with a bar
 * behind it where there is room for one, several tables below each other
 * where the figures of a row need more columns than there are, each with the
 * keys, and a line for each cell where keys alone need more.
 * Order: grid_init, grid_column..., grid_cell... (a row is full after as many
 * cells as there are columns), grid_draw for the last row, grid_put, grid_end.
 */
#ifndef ESC_CLI_REPORT_GRID_H
#define ESC_CLI_REPORT_GRID_H

#include "base/mem.h"
#include "cli/report_page.h"
#include "cli/table.h"

#define GRID_COLUMNS (2 * PAGE_COLUMNS)

struct grid {
	size_t width;     /* of a terminal; 0: any */
	bool ascii;
	struct table_column column[GRID_COLUMNS];
	size_t n_columns, n_keys; /* keys come first */
	size_t bar;       /* the column whose figures are drawn; SIZE_MAX: none */
	bool names_bar;   /* its title says what is drawn */
	int64_t whole;    /* what fills a bar; 0: the greatest figure drawn */
	struct arena arena;
	struct span *cell;
	int64_t *drawn;   /* of each row */
	size_t n_cells, cap_cells, cap_drawn;
};

void grid_init(struct grid *grid, size_t width, bool ascii);
void grid_end(struct grid *grid);
void grid_column(struct grid *grid, const char *title, enum table_align align, bool cut);

/* Other people's text, made visible and copied. */
void grid_cell(struct grid *grid, struct span text);

/* Whether a row's figures all have room in one line. */
bool grid_fits(const struct grid *grid);

/* What is drawn behind the last row. */
void grid_draw(struct grid *grid, int64_t figure);
void grid_put(const struct grid *grid, struct buf *out);

#endif
