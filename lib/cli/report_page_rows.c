#include <string.h>

#include "base/mem.h"
#include "cli/report_page_index.h"

/* A table while it is filled: its nodes, and where texts are decoded to. */
struct filling {
	struct page_table *table;
	const struct scan *scan;
	struct arena *arena;
	struct page_sides at;
};

uint32_t
page_node(const struct scan *scan, uint32_t at, const char *path)
{
	while (at != PAGE_NONE) {
		size_t n = strcspn(path, ".");
		uint32_t found = scan_find(scan, at, (struct span){ path, n });

		at = found ? found : PAGE_NONE;
		if (!path[n])
			return at;
		path += n + 1;
	}
	return PAGE_NONE;
}

static uint32_t
first_in(const struct scan *scan, uint32_t at)
{
	uint32_t first = at == PAGE_NONE ? 0 : scan_first(scan, at);

	return first ? first : PAGE_NONE;
}

static uint32_t
next_in(const struct scan *scan, uint32_t at)
{
	return scan->node[at].next ? scan->node[at].next : PAGE_NONE;
}

static struct span
joined(const struct filling *fill, uint32_t list)
{
	struct buf text = { 0 };
	struct span span;

	for (uint32_t at = first_in(fill->scan, list); at != PAGE_NONE;
		at = next_in(fill->scan, at)) {
		buf_puts(&text, text.len ? " " : "");
		buf_span(&text, scan_text(fill->scan, at, fill->arena));
	}
	span = (struct span){ arena_copy(fill->arena, text.data, text.len), text.len };
	buf_release(&text);
	return span;
}

static struct span
value_of(const struct filling *fill, uint32_t at)
{
	if (at == PAGE_NONE)
		return (struct span){ NULL, 0 };
	switch (scan_type(fill->scan, at)) {
	case SCAN_STRING:
		return scan_text(fill->scan, at, fill->arena);
	case SCAN_ARRAY:
		return joined(fill, at);
	default:
		return scan_raw(fill->scan, at);
	}
}

static struct page_cell *
row_new(struct page_table *table)
{
	struct page_cell *row;

	if (table->n_rows == table->cap_rows) {
		table->cap_rows = mem_grow(table->cap_rows, table->n_rows + 1);
		table->cell = mem_resize(table->cell,
			table->cap_rows * table->n_columns * sizeof *table->cell);
	}
	row = &table->cell[table->n_rows++ * table->n_columns];
	for (size_t i = 0; i < table->n_columns; i++)
		row[i] = (struct page_cell){ .kind = table->spec->column[i].kind };
	return row;
}

static struct page_cell
figure(const struct filling *fill, enum page_kind kind, struct page_sides at)
{
	return (struct page_cell){ kind, value_of(fill, at.now),
		value_of(fill, at.previous), value_of(fill, at.change) };
}

static struct page_sides
sides_of(const struct scan *scan, struct page_sides at, const char *path)
{
	return (struct page_sides){ page_node(scan, at.now, path),
		page_node(scan, at.previous, path), page_node(scan, at.change, path) };
}

/* What one number of an object is, where it is no count. */
static enum page_kind
kind_of(struct span name)
{
	return span_is(name, "response_rate") ? PAGE_SHARE : PAGE_COUNT;
}

static struct span
member_name(const struct scan *scan, uint32_t at, struct arena *arena, const void *ctx)
{
	(void)ctx;
	return scan_key(scan, at, arena);
}

/* The object that figures are members of: its name, where the row has it. */
struct figures {
	struct filling *fill;
	const struct span *outer;
};

static void
add_figure(void *ctx, struct span name, struct page_sides at)
{
	const struct figures *figures = ctx;
	const struct filling *fill = figures->fill;
	uint32_t some = at.now != PAGE_NONE ? at.now : at.previous;
	struct page_cell *cell;

	if (some == PAGE_NONE || scan_type(fill->scan, some) != SCAN_NUMBER)
		return;
	cell = row_new(fill->table);
	if (figures->outer)
		(cell++)->value = *figures->outer;
	(cell++)->value = name;
	*cell = figure(fill, kind_of(name), at);
}

static void
fill_figures(struct filling *fill)
{
	struct figures figures = { fill, NULL };

	page_each(fill->scan, fill->at, member_name, fill->arena, NULL, add_figure, &figures);
}

static void
add_nested(void *ctx, struct span name, struct page_sides at)
{
	struct filling *fill = ctx;
	struct figures figures = { fill, &name };

	page_each(fill->scan, at, member_name, fill->arena, NULL, add_figure, &figures);
}

static void
fill_nested(struct filling *fill)
{
	page_each(fill->scan, fill->at, member_name, fill->arena, NULL, add_nested, fill);
}

/* The cells that say what a row is about. */
static struct span
row_name(const struct scan *scan, uint32_t at, struct arena *arena, const void *ctx)
{
	const struct page_spec *spec = ctx;
	struct buf text = { 0 };
	struct span name;

	for (size_t i = 0; i < spec->n_keys; i++) {
		uint32_t node = page_node(scan, at, spec->column[i].member);

		buf_span(&text, node == PAGE_NONE ? span_of("") : scan_raw(scan, node));
		buf_putc(&text, ' ');
	}
	name = (struct span){ arena_copy(arena, text.data, text.len), text.len };
	buf_release(&text);
	return name;
}

static uint32_t
some_side(struct page_sides at)
{
	return at.now != PAGE_NONE ? at.now
		: at.change != PAGE_NONE ? at.change : at.previous;
}

static void
add_row(void *ctx, struct span name, struct page_sides at)
{
	struct filling *fill = ctx;
	const struct page_spec *spec = fill->table->spec;
	struct page_cell *cell = row_new(fill->table);

	(void)name;
	for (size_t i = 0; i < fill->table->n_columns; i++) {
		const struct page_column *column = &spec->column[i];

		if (i < spec->n_keys)
			cell[i].value = value_of(fill,
				page_node(fill->scan, some_side(at), column->member));
		else
			cell[i] = figure(fill, column->kind,
				sides_of(fill->scan, at, column->member));
	}
}

static void
fill_rows(struct filling *fill)
{
	page_each(fill->scan, fill->at, row_name, fill->arena, fill->table->spec,
		add_row, fill);
}

static void
fill_texts(struct filling *fill)
{
	for (uint32_t at = first_in(fill->scan, fill->at.now); at != PAGE_NONE;
		at = next_in(fill->scan, at))
		row_new(fill->table)->value = value_of(fill, at);
}

static void
fill_lists(struct filling *fill)
{
	const struct scan *scan = fill->scan;

	for (uint32_t list = first_in(scan, fill->at.now); list != PAGE_NONE;
		list = next_in(scan, list))
		for (uint32_t at = first_in(scan, list); at != PAGE_NONE; at = next_in(scan, at)) {
			struct page_cell *cell = row_new(fill->table);

			cell[0].value = scan_key(scan, list, fill->arena);
			cell[1].value = value_of(fill, at);
		}
}

void
page_table_fill(struct page_table *table, const struct page_part *part)
{
	static void (*const fill[])(struct filling *) = {
		[SHAPE_FIGURES] = fill_figures,
		[SHAPE_NESTED] = fill_nested,
		[SHAPE_ROWS] = fill_rows,
		[SHAPE_TEXTS] = fill_texts,
		[SHAPE_LISTS] = fill_lists,
	};
	const struct scan *scan = &part->page->scan;
	struct filling filling = { table, scan, &part->page->arena,
		sides_of(scan, part->at, table->spec->path) };

	if (table->spec->whole)
		filling.at.change = filling.at.previous = PAGE_NONE;
	fill[table->spec->shape](&filling);
}
