#include "cli/report_view.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* The next of some words, taken off the text; {NULL, 0} behind the last. */
static struct span
next_word(const char **text)
{
	const char *word = *text;
	size_t n = strcspn(word, " ");

	if (!n)
		return (struct span){ NULL, 0 };
	*text += n + strspn(word + n, " ");
	return (struct span){ word, n };
}

/* Whether the row is of the period, not only of the one before. */
static bool
is_now(const struct page_table *table, size_t row)
{
	for (size_t i = table->spec->n_keys; i < table->n_columns; i++)
		if (page_cell(table, row, i)->value.p)
			return true;
	return table->spec->n_keys == table->n_columns;
}

static bool
is_several(const struct page_table *table)
{
	struct span first = { NULL, 0 };

	for (size_t i = 0; i < table->n_rows; i++) {
		struct span value = page_cell(table, i, 0)->value;

		if (!is_now(table, i))
			continue;
		if (first.p && !span_eq(first, value))
			return true;
		first = value;
	}
	return false;
}

bool
report_view_shows(const struct report_view *view, const struct report_page *page,
	const struct page_part *part)
{
	const struct page_table *table = page_part_table(part, view->table);

	if (strncmp(table->spec->path, "rejudged", sizeof "rejudged" - 1) == 0
		&& !page->head.rejudge.p)
		return false;
	if (part->group && table->spec->whole)
		return false;
	return !view->several || is_several(table);
}

static bool
is_nothing(struct span value)
{
	return !value.p || span_is(value, "0");
}

/* Whether the row has what the view asks for, now or before. */
static bool
is_wanted(const struct page_table *table, size_t row, const char *asks)
{
	struct span member;

	if (!asks)
		return true;
	while ((member = next_word(&asks)).p) {
		const struct page_cell *cell = page_cell(table, row,
			page_column_find(table, member));

		if (!is_nothing(cell->value) || !is_nothing(cell->previous))
			return true;
	}
	return false;
}

static bool
is_empty(const struct page_table *table, size_t column)
{
	for (size_t i = 0; i < table->n_rows; i++)
		if (page_cell(table, i, column)->value.p)
			return false;
	return table->n_rows > 0;
}

static void
take_columns(const struct report_view *view, struct view_rows *rows)
{
	const char *columns = view->columns;
	struct span member;

	while (columns && (member = next_word(&columns)).p)
		rows->column[rows->n_columns++] = page_column_find(rows->table, member);
	for (size_t i = 0; !columns && i < rows->table->n_columns; i++)
		if (view->manner != VIEW_CARDS || !is_empty(rows->table, i))
			rows->column[rows->n_columns++] = i;
}

static size_t
row_like(const struct page_table *table, const struct page_cell *keys, size_t n_keys)
{
	for (size_t i = 0; i < table->n_rows; i++) {
		size_t k = 0;

		while (k < n_keys && span_eq(page_cell(table, i, k)->value, keys[k].value))
			k++;
		if (k == n_keys)
			return i;
	}
	return SIZE_MAX;
}

/* A row that the other table lacks has nothing behind it. */
static void
take_beside(const struct report_view *view, const struct page_table *other,
	struct view_rows *rows)
{
	const struct page_table *table = rows->table;

	rows->own = page_table_new(view->beside_spec, rows->n_rows);
	for (size_t k = 0; k < rows->own->n_columns; k++)
		rows->column[rows->n_columns++] = table->n_columns + k;
	for (size_t i = 0; i < rows->n_rows; i++) {
		size_t from = row_like(other, page_cell(table, rows->row[i], 0),
			table->spec->n_keys);
		struct page_cell *cell = &rows->own->cell[i * rows->own->n_columns];

		for (size_t k = 0; from != SIZE_MAX && k < rows->own->n_columns; k++)
			cell[k] = *page_cell(other, from, page_column_find(other,
				span_of(view->beside_spec->column[k].member)));
	}
}

static bool
is_alone(const struct report_view *view, const struct page_table *table, size_t row)
{
	return view->alone || (view->alone_of
		&& span_is(page_cell(table, row, 0)->value, view->alone_of));
}

static void
take_rows(const struct report_view *view, struct view_rows *rows)
{
	const struct page_table *table = rows->table;

	for (size_t i = 0; i < table->n_rows; i++) {
		if (!is_wanted(table, i, view->asks) || (is_alone(view, table, i) && !is_now(table, i)))
			continue;
		if (view->most && rows->n_rows == view->most)
			rows->left++;
		else
			rows->row[rows->n_rows++] = i;
	}
}

/* Rows that are not compared are copied without what they were before. */
static void
take_alone(const struct report_view *view, struct view_rows *rows)
{
	const struct page_table *table = rows->table;
	struct page_table *own = page_table_new(table->spec, rows->n_rows);

	for (size_t i = 0; i < rows->n_rows; i++) {
		struct page_cell *cell = &own->cell[i * own->n_columns];

		for (size_t k = 0; k < own->n_columns; k++) {
			cell[k] = *page_cell(table, rows->row[i], k);
			if (span_is(cell->value, view->alone_of))
				cell[k].previous = cell[k].change = (struct span){ NULL, 0 };
		}
		rows->row[i] = i;
	}
	rows->table = rows->own = own;
}

void
report_view_take(const struct report_view *view, const struct page_part *part,
	struct view_rows *rows)
{
	const struct page_table *table = page_part_table(part, view->table);

	*rows = (struct view_rows){ .table = table,
		.row = mem_alloc((table->n_rows + 1) * sizeof(size_t)),
		.compared = part->compared && !view->alone && !table->spec->whole
			&& table->spec->n_keys < table->n_columns };
	take_columns(view, rows);
	take_rows(view, rows);
	if (view->alone_of && rows->compared)
		take_alone(view, rows);
	if (view->beside)
		take_beside(view, page_part_table(part, view->beside), rows);
}

void
report_view_release(struct view_rows *rows)
{
	free(rows->row);
	page_table_free(rows->own);
}

bool
report_view_find(const struct report_view *view, const struct report_page *page,
	const struct page_part *part, struct view_rows *rows)
{
	if (!report_view_shows(view, page, part))
		return false;
	report_view_take(view, part, rows);
	if (part->group ? !report_view_is_bare(rows) : rows->n_rows > 0)
		return true;
	report_view_release(rows);
	return false;
}

bool
report_view_is_single(const struct view_rows *rows)
{
	size_t last = rows->n_columns - 1;

	return !view_is_key(rows, last) && (!last || view_is_key(rows, last - 1));
}

bool
report_view_is_wide(const struct view_rows *rows)
{
	return rows->compared && report_view_is_single(rows);
}

struct span
view_side(const struct page_cell *cell, enum view_side side)
{
	struct span value = side == VIEW_NOW ? cell->value
		: side == VIEW_PREVIOUS ? cell->previous : cell->change;

	if (value.p || !cell->change.p || cell->kind != PAGE_COUNT)
		return value;
	return span_of("0");
}

void
report_view_words(struct span words, struct buf *text)
{
	for (size_t i = 0; i < words.n; i++) {
		if (words.p[i] == ' ')
			buf_putc(text, ',');
		buf_putc(text, words.p[i]);
	}
}

bool
report_view_is_bare(const struct view_rows *rows)
{
	bool has_figures = false;

	for (size_t i = 0; i < rows->n_rows; i++)
		for (size_t k = 0; k < rows->n_columns; k++) {
			const struct page_cell *cell = view_cell(rows, i, k);

			if (view_is_key(rows, k))
				continue;
			has_figures = true;
			if (!is_nothing(cell->value) || !is_nothing(cell->previous))
				return false;
		}
	return has_figures || !rows->n_rows;
}
