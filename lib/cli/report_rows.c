#include "cli/report_rows.h"

#include "cli/report_grid.h"

#define ACROSS 6  /* figures in a line */

static void
put_figure(struct grid *grid, const struct page_cell *cell, enum view_side side)
{
	struct buf text = { 0 };

	report_show_side(cell, side, &text);
	grid_cell(grid, buf_text(&text));
	buf_release(&text);
}

static size_t
count_keys(const struct view_rows *rows)
{
	size_t n = 0;

	while (n < rows->n_columns && view_is_key(rows, n))
		n++;
	return n;
}

static void
add_columns(const struct report_view *view, const struct view_rows *rows,
	struct grid *grid)
{
	for (size_t k = 0; k < rows->n_columns; k++) {
		const struct page_column *column = view_column(rows, k);

		if (view->bar && rows->column[k] < rows->table->n_columns
			&& strcmp(column->member, view->bar) == 0)
			grid->bar = k;
		if (grid->bar == k && column->kind == PAGE_SHARE)
			grid->whole = page_number(span_of("1"));
		grid_column(grid, column->title,
			column->kind == PAGE_TEXT ? ALIGN_LEFT : ALIGN_RIGHT, column->words);
	}
	grid->n_keys = count_keys(rows);
	grid->names_bar = !report_view_is_single(rows);
	if (!report_view_is_wide(rows))
		return;
	grid_column(grid, "previous", ALIGN_RIGHT, false);
	grid_column(grid, "change", ALIGN_RIGHT, false);
}

/* An object's name is said once, before the first of its members. */
static bool
is_said(const struct view_rows *rows, size_t i, size_t k)
{
	return rows->table->spec->shape == SHAPE_NESTED && k == 0 && i > 0
		&& span_eq(view_cell(rows, i, 0)->value, view_cell(rows, i - 1, 0)->value);
}

static void
put_row(struct grid *grid, const struct view_rows *rows, size_t i, enum view_side side)
{
	static const char *const names[VIEW_SIDES] = { "", "  before", "  change" };
	size_t last = rows->n_columns - 1;

	for (size_t k = 0; k <= last; k++) {
		const struct page_cell *cell = view_cell(rows, i, k);

		if (!view_is_key(rows, k))
			put_figure(grid, cell, side);
		else if (side == VIEW_NOW)
			grid_cell(grid, is_said(rows, i, k) ? span_of("") : cell->value);
		else
			grid_cell(grid, span_of(k == 0 ? names[side] : ""));
	}
	for (int s = VIEW_PREVIOUS; report_view_is_wide(rows) && s < VIEW_SIDES; s++)
		put_figure(grid, view_cell(rows, i, last), (enum view_side)s);
	if (grid->bar != SIZE_MAX && side != VIEW_CHANGE)
		grid_draw(grid, page_number(view_side(view_cell(rows, i, grid->bar), side)));
}

void
report_rows_put(const struct report_view *view, const struct view_rows *rows,
	const struct report_look *look, struct buf *out)
{
	int sides = rows->compared && !report_view_is_single(rows) ? VIEW_SIDES : 1;
	struct grid grid;

	grid_init(&grid, look->width, look->ascii);
	add_columns(view, rows, &grid);
	for (size_t i = 0; i < rows->n_rows; i++)
		for (int side = VIEW_NOW; side < sides; side++)
			put_row(&grid, rows, i, (enum view_side)side);
	grid_put(&grid, out);
	grid_end(&grid);
}

static void
put_sides(struct grid *grid, const struct view_rows *rows, size_t from, size_t to)
{
	static const char *const names[VIEW_SIDES] = { "", "before", "change" };

	for (int side = VIEW_NOW; side < (rows->compared ? VIEW_SIDES : 1); side++) {
		if (rows->compared)
			grid_cell(grid, span_of(names[side]));
		for (size_t i = from; i < to; i++)
			put_figure(grid, view_cell(rows, i, rows->n_columns - 1),
				(enum view_side)side);
	}
}

static void
fill_across(struct grid *grid, const struct view_rows *rows,
	const struct report_look *look, size_t from, size_t to)
{
	grid_init(grid, look->width, look->ascii);
	if (rows->compared)
		grid_column(grid, "", ALIGN_LEFT, false);
	grid->n_keys = grid->n_columns;
	for (size_t i = from; i < to; i++) {
		struct span name = view_cell(rows, i, 0)->value;

		grid_column(grid, arena_copy(&grid->arena, name.p, name.n), ALIGN_RIGHT, false);
	}
	put_sides(grid, rows, from, to);
}

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* As many in a line as fit into each of the lines. */
static size_t
fitting_across(const struct view_rows *rows, const struct report_look *look)
{
	size_t n = ACROSS;

	for (size_t from = 0; n > 1 && from < rows->n_rows;) {
		size_t to = least(from + n, rows->n_rows);
		struct grid grid;
		bool fits;

		fill_across(&grid, rows, look, from, to);
		fits = grid_fits(&grid);
		grid_end(&grid);
		from = fits ? to : 0;
		n -= !fits;
	}
	return n;
}

void
report_rows_across(const struct view_rows *rows, const struct report_look *look,
	struct buf *out)
{
	size_t n = fitting_across(rows, look);

	for (size_t from = 0; from < rows->n_rows; from += n) {
		struct grid grid;

		fill_across(&grid, rows, look, from, least(from + n, rows->n_rows));
		grid_put(&grid, out);
		grid_end(&grid);
	}
}
