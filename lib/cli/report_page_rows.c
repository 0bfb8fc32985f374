#include <string.h>

#include "base/mem.h"
#include "cli/report_page.h"

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

/* A member by its name as it is written, which may hold any byte. */
static uint32_t
member_of(const struct filling *fill, uint32_t at, struct span name)
{
	uint32_t found = at == PAGE_NONE ? 0 : scan_find(fill->scan, at, name);

	return found ? found : PAGE_NONE;
}

static struct page_sides
members_of(const struct filling *fill, struct page_sides at, struct span name)
{
	return (struct page_sides){ member_of(fill, at.now, name),
		member_of(fill, at.previous, name), member_of(fill, at.change, name) };
}

/* What one number of an object is, where it is no count. */
static enum page_kind
kind_of(struct span name)
{
	return span_is(name, "response_rate") ? PAGE_SHARE : PAGE_COUNT;
}

typedef void (*member_fn)(struct filling *fill, struct span name,
	struct page_sides at, void *ctx);

/*
 * Each name that the change has, in its order, then what only one side has:
 * a rate that the other lacks has no change.
 */
static void
each_member(struct filling *fill, struct page_sides at, member_fn fn, void *ctx)
{
	const uint32_t object[] = { at.change, at.now, at.previous };

	for (size_t i = 0; i < 3; i++)
		for (uint32_t node = first_in(fill->scan, object[i]); node != PAGE_NONE;
			node = next_in(fill->scan, node)) {
			struct span name = scan_key(fill->scan, node, fill->arena);
			bool seen = false;

			for (size_t j = 0; j < i; j++)
				seen = seen || member_of(fill, object[j], name) != PAGE_NONE;
			if (!seen)
				fn(fill, name, members_of(fill, at, name), ctx);
		}
}

static void
add_figure(struct filling *fill, struct span name, struct page_sides at, void *ctx)
{
	const struct span *outer = ctx;
	uint32_t some = at.now != PAGE_NONE ? at.now : at.previous;
	struct page_cell *cell;

	if (some == PAGE_NONE || scan_type(fill->scan, some) != SCAN_NUMBER)
		return;
	cell = row_new(fill->table);
	if (outer)
		(cell++)->value = *outer;
	(cell++)->value = name;
	*cell = figure(fill, kind_of(name), at);
}

static void
add_nested(struct filling *fill, struct span name, struct page_sides at, void *ctx)
{
	(void)ctx;
	each_member(fill, at, add_figure, &name);
}

static void
fill_figures(struct filling *fill)
{
	each_member(fill, fill->at, add_figure, NULL);
}

static void
fill_nested(struct filling *fill)
{
	each_member(fill, fill->at, add_nested, NULL);
}

/* Whether two rows are about the same. */
static bool
is_same_row(const struct filling *fill, uint32_t a, uint32_t b)
{
	const struct page_spec *spec = fill->table->spec;

	for (size_t i = 0; i < spec->n_keys; i++) {
		struct span x = value_of(fill, page_node(fill->scan, a, spec->column[i].member));
		struct span y = value_of(fill, page_node(fill->scan, b, spec->column[i].member));

		if (!span_eq(x, y))
			return false;
	}
	return true;
}

static uint32_t
row_like(const struct filling *fill, uint32_t list, uint32_t row)
{
	uint32_t at = first_in(fill->scan, list);

	while (at != PAGE_NONE && !is_same_row(fill, at, row))
		at = next_in(fill->scan, at);
	return at;
}

static void
add_row(struct filling *fill, uint32_t row)
{
	const struct page_spec *spec = fill->table->spec;
	bool compared = fill->at.change != PAGE_NONE;
	struct page_sides at = { row, PAGE_NONE, PAGE_NONE };
	struct page_cell *cell = row_new(fill->table);

	if (compared)
		at = (struct page_sides){ row_like(fill, fill->at.now, row),
			row_like(fill, fill->at.previous, row), row };
	for (size_t i = 0; i < fill->table->n_columns; i++) {
		const struct page_column *column = &spec->column[i];

		if (i < spec->n_keys)
			cell[i].value = value_of(fill, page_node(fill->scan, row, column->member));
		else
			cell[i] = figure(fill, column->kind,
				sides_of(fill->scan, at, column->member));
	}
}

static void
fill_rows(struct filling *fill)
{
	uint32_t list = fill->at.change != PAGE_NONE ? fill->at.change : fill->at.now;

	for (uint32_t at = first_in(fill->scan, list); at != PAGE_NONE;
		at = next_in(fill->scan, at))
		add_row(fill, at);
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
page_table_fill(struct page_table *table, struct report_page *page,
	struct page_sides part)
{
	static void (*const fill[])(struct filling *) = {
		[SHAPE_FIGURES] = fill_figures,
		[SHAPE_NESTED] = fill_nested,
		[SHAPE_ROWS] = fill_rows,
		[SHAPE_TEXTS] = fill_texts,
		[SHAPE_LISTS] = fill_lists,
	};
	struct filling filling = { table, &page->scan, &page->arena,
		sides_of(&page->scan, part, table->spec->path) };

	if (table->spec->whole)
		filling.at.change = filling.at.previous = PAGE_NONE;
	fill[table->spec->shape](&filling);
}
