#include "cli/csv_cells.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cli/csv_out.h"

#define OPTIONS     (CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL)
#define NOT_IN_ROW  0 /* libcsv's ROW_NOT_BEGUN, which it does not export */

void
csv_cells_init(struct csv_cells *cells)
{
	*cells = (struct csv_cells){ .n = 0 };
	csv_init(&cells->parser, OPTIONS);
}

void
csv_cells_release(struct csv_cells *cells)
{
	csv_free(&cells->parser);
	buf_release(&cells->bytes);
	free(cells->end);
	free(cells->cell);
}

/* What an export put before a cell that a spreadsheet would run. */
static bool
is_guarded(const char *p, size_t n)
{
	return n >= 2 && p[0] == '\'' && csv_is_formula((struct span){ p + 1, n - 1 });
}

static void
on_cell(void *data, size_t n, void *ctx)
{
	struct csv_cells *cells = ctx;
	const char *p = data;

	if (cells->n == cells->cap) {
		cells->cap = mem_grow(cells->cap, cells->n + 1);
		cells->end = mem_resize(cells->end, cells->cap * sizeof *cells->end);
		cells->cell = mem_resize(cells->cell, cells->cap * sizeof *cells->cell);
	}
	if (is_guarded(p, n)) {
		p++;
		n--;
	}
	buf_put(&cells->bytes, p, n);
	buf_putc(&cells->bytes, '\0');
	cells->end[cells->n++] = cells->bytes.len;
}

static void
on_row(int c, void *ctx)
{
	struct csv_cells *cells = ctx;

	(void)c;
	cells->whole = true;
}

int
csv_cells_feed(struct csv_cells *cells, const char *p, size_t n)
{
	return csv_parse(&cells->parser, p, n, on_cell, on_row, cells) == n ? 0 : -1;
}

int
csv_cells_finish(struct csv_cells *cells)
{
	return csv_fini(&cells->parser, on_cell, on_row, cells) == 0 ? 0 : -1;
}

bool
csv_cells_between(const struct csv_cells *cells)
{
	return cells->whole || cells->parser.pstate == NOT_IN_ROW;
}

bool
csv_cells_blank(const struct csv_cells *cells)
{
	return cells->bytes.len == cells->n; /* nothing but the NULs */
}

const struct span *
csv_cells_lay_out(struct csv_cells *cells)
{
	size_t from = 0;

	for (size_t i = 0; i < cells->n; i++) {
		cells->cell[i] = (struct span){ cells->bytes.data + from,
			cells->end[i] - from - 1 };
		from = cells->end[i];
	}
	return cells->cell;
}

void
csv_cells_clear(struct csv_cells *cells)
{
	cells->n = 0;
	cells->bytes.len = 0;
	cells->whole = false;
}

void
csv_cells_restart(struct csv_cells *cells)
{
	csv_free(&cells->parser);
	csv_init(&cells->parser, OPTIONS);
	csv_cells_clear(cells);
}
