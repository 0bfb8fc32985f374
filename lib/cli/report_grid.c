#include "cli/report_grid.h"

#include "base/utf8.h"
#include "cli/report_bar.h"

#define GAP       2
#define NARROW    12 /* of a key that may be cut, where figures need the room */
#define TELLING   20 /* of the last of nothing but keys, which says the most */
#define SPARED    12 /* of a cut key that a bar leaves it, beyond the narrowest */
#define BAR_LEAST 8
#define BAR_CUT   16 /* beside a key that is cut */
#define BAR_MOST  32

void
grid_init(struct grid *grid, size_t width, bool ascii)
{
	*grid = (struct grid){ .width = width, .ascii = ascii, .bar = SIZE_MAX };
	arena_init(&grid->arena);
}

void
grid_end(struct grid *grid)
{
	arena_release(&grid->arena);
}

void
grid_column(struct grid *grid, const char *title, enum table_align align, bool cut)
{
	grid->column[grid->n_columns++] = (struct table_column){ title, align, cut };
}

void
grid_cell(struct grid *grid, struct span text)
{
	struct buf shown = { 0 };

	(grid->ascii ? utf8_display_ascii : utf8_display)(&shown, text);
	grid->cell = arena_grow(&grid->arena, grid->cell, grid->n_cells, &grid->cap_cells,
		sizeof *grid->cell);
	grid->cell[grid->n_cells++] = (struct span){
		arena_copy(&grid->arena, shown.data, shown.len), shown.len };
	buf_release(&shown);
}

static size_t
count_rows(const struct grid *grid)
{
	return grid->n_cells / grid->n_columns;
}

void
grid_draw(struct grid *grid, int64_t figure)
{
	size_t row = count_rows(grid) - 1;

	while (grid->cap_drawn <= row) {
		size_t had = grid->cap_drawn;

		grid->drawn = arena_grow(&grid->arena, grid->drawn, had, &grid->cap_drawn,
			sizeof *grid->drawn);
		for (size_t i = had; i < grid->cap_drawn; i++)
			grid->drawn[i] = 0;
	}
	grid->drawn[row] = figure;
}

static int64_t
drawn_at(const struct grid *grid, size_t row)
{
	return row < grid->cap_drawn ? grid->drawn[row] : 0;
}

static int64_t
whole_of(const struct grid *grid)
{
	int64_t most = grid->whole;

	for (size_t i = 0; !grid->whole && i < grid->cap_drawn; i++)
		most = grid->drawn[i] > most ? grid->drawn[i] : most;
	return most;
}

/* What is drawn is said where it does not stand beside the bar. */
static const char *
bar_title(const struct grid *grid, size_t to, size_t bar)
{
	const char *title = grid->column[grid->bar].title;

	return grid->names_bar && grid->bar + 1 < to && strlen(title) <= bar
		? title : NULL;
}

/* The keys, the figures [from, to), and a bar of so many columns, as a table. */
static void
fill(const struct grid *grid, size_t from, size_t to, size_t bar,
	struct table_column *column, struct table *table)
{
	int64_t whole = bar ? whole_of(grid) : 0;
	struct buf text = { 0 };
	size_t n = 0;

	for (size_t k = 0; k < to; k++)
		if (k < grid->n_keys || k >= from)
			column[n++] = grid->column[k];
	if (bar)
		column[n++] = (struct table_column){ bar_title(grid, to, bar), ALIGN_LEFT, false };
	table_init(table, column, n);
	table->ascii = grid->ascii;
	for (size_t i = 0; i < grid->n_cells; i++) {
		size_t k = i % grid->n_columns;

		if (k < grid->n_keys || (k >= from && k < to))
			table_cell(table, grid->cell[i]);
		if (!bar || k + 1 < grid->n_columns)
			continue;
		text.len = 0;
		bar_put(&text, drawn_at(grid, i / grid->n_columns), whole, bar, grid->ascii);
		table_cell(table, buf_text(&text));
	}
	buf_release(&text);
}

/* Columns for the bar beside such a table; 0: too few. */
static size_t
bar_room(const struct grid *grid, const struct table *table)
{
	size_t natural = table_takes(table, false) + GAP;
	size_t least = table_takes(table, true) + GAP;
	size_t width = grid->width ? grid->width : PROSE_WIDTH;

	if (natural + BAR_LEAST <= width)
		return width - natural < BAR_MOST ? width - natural : BAR_MOST;
	if (!grid->width)
		return BAR_LEAST;
	if (least == natural || least + SPARED + BAR_LEAST > width)
		return 0;
	return width - least - SPARED < BAR_CUT ? width - least - SPARED : BAR_CUT;
}

static void
put_figures(const struct grid *grid, size_t from, size_t to, struct buf *out)
{
	struct table_column column[GRID_COLUMNS + 1];
	struct table table;
	size_t bar = 0;

	fill(grid, from, to, 0, column, &table);
	if (grid->bar >= from && grid->bar < to && whole_of(grid) > 0)
		bar = bar_room(grid, &table);
	if (bar) {
		table_end(&table);
		fill(grid, from, to, bar, column, &table);
	}
	table_put(&table, grid->width, out);
	table_end(&table);
}

static size_t
column_takes(const struct grid *grid, size_t k)
{
	bool telling = k + 1 == grid->n_columns && grid->n_keys == grid->n_columns;
	size_t most = utf8_width(span_of(grid->column[k].title));
	size_t narrow = telling ? TELLING : NARROW;

	for (size_t i = k; i < grid->n_cells; i += grid->n_columns) {
		size_t takes = utf8_width(grid->cell[i]);

		most = takes > most ? takes : most;
	}
	return grid->column[k].shrinks && most > narrow ? narrow : most;
}

static size_t
keys_take(const struct grid *grid)
{
	size_t takes = 0;

	for (size_t k = 0; k < grid->n_keys; k++)
		takes += column_takes(grid, k) + (k ? GAP : 0);
	return takes;
}

/* Behind the last of the figures from there on that fit beside the keys. */
static size_t
fitting(const struct grid *grid, size_t from)
{
	size_t takes = keys_take(grid), to = from;

	while (to < grid->n_columns) {
		takes += (takes ? GAP : 0) + column_takes(grid, to);
		if (grid->width && takes > grid->width && to > from)
			break;
		to++;
	}
	return to;
}

bool
grid_fits(const struct grid *grid)
{
	return fitting(grid, grid->n_keys) == grid->n_columns;
}

/* The first cell as it is, the others below it. */
static void
put_lines(const struct grid *grid, struct buf *out)
{
	struct table_column indented[] = { { NULL, ALIGN_LEFT, false },
		{ NULL, ALIGN_LEFT, true } };

	for (size_t i = 0; i < grid->n_cells; i++) {
		bool first = i % grid->n_columns == 0;
		struct table table;

		if (!grid->cell[i].n)
			continue;
		table_init(&table, first ? indented + 1 : indented, first ? 1 : 2);
		table.ascii = grid->ascii;
		if (!first)
			table_cell(&table, span_of(""));
		table_cell(&table, grid->cell[i]);
		table_put(&table, grid->width, out);
		table_end(&table);
	}
}

void
grid_put(const struct grid *grid, struct buf *out)
{
	if (grid->n_keys == grid->n_columns && grid->width
		&& keys_take(grid) > grid->width) {
		put_lines(grid, out);
		return;
	}
	for (size_t from = grid->n_keys, to; ; from = to) {
		to = fitting(grid, from);
		put_figures(grid, from, to, out);
		if (to == grid->n_columns)
			return;
	}
}
