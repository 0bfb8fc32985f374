#include "cli/table.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/utf8.h"

#define GAP      2 /* blanks between columns */
#define NARROWEST 8
#define WIDEST   60 /* that a column which others follow is padded to, where any width will do */
#define ELLIPSIS "\xE2\x80\xA6"

void
table_init(struct table *table, const struct table_column *column,
	size_t n_columns)
{
	*table = (struct table){ .column = column, .n_columns = n_columns };
}

void
table_end(struct table *table)
{
	buf_release(&table->text);
	free(table->end);
	table->end = NULL;
}

void
table_cell(struct table *table, struct span text)
{
	if (table->n_cells == table->cap) {
		table->cap = mem_grow(table->cap, table->n_cells + 1);
		table->end = mem_resize(table->end, table->cap * sizeof *table->end);
	}
	utf8_display(&table->text, text);
	table->end[table->n_cells++] = table->text.len;
}

void
table_int(struct table *table, int64_t value)
{
	struct buf text = { 0 };

	buf_int(&text, value);
	table_cell(table, buf_text(&text));
	buf_release(&text);
}

static struct span
cell_text(const struct table *table, size_t i)
{
	size_t from = i ? table->end[i - 1] : 0;

	return (struct span){ table->text.data + from, table->end[i] - from };
}

static void
widen(size_t *width, struct span text)
{
	size_t columns = utf8_width(text);

	if (columns > *width)
		*width = columns;
}

static bool
has_titles(const struct table *table)
{
	for (size_t i = 0; i < table->n_columns; i++)
		if (table->column[i].title)
			return true;
	return false;
}

static size_t
measure(const struct table *table, size_t *width)
{
	size_t total = (table->n_columns - 1) * GAP;

	for (size_t i = 0; i < table->n_columns; i++)
		widen(&width[i], span_of(table->column[i].title));
	for (size_t i = 0; i < table->n_cells; i++)
		widen(&width[i % table->n_columns], cell_text(table, i));
	for (size_t i = 0; i < table->n_columns; i++)
		total += width[i];
	return total;
}

/* The widest column that may shrink; SIZE_MAX: none can. */
static size_t
widest(const struct table *table, const size_t *width)
{
	size_t found = SIZE_MAX, most = NARROWEST;

	for (size_t i = 0; i < table->n_columns; i++) {
		if (!table->column[i].shrinks || width[i] <= most)
			continue;
		most = width[i];
		found = i;
	}
	return found;
}

static void
shrink(const struct table *table, size_t total, size_t most, size_t *width)
{
	while (total > most) {
		size_t i = widest(table, width);

		if (i == SIZE_MAX)
			return;
		width[i]--;
		total--;
	}
}

/* One long cell must not fill every row with as many blanks. */
static void
limit(const struct table *table, size_t *width)
{
	for (size_t i = 0; i + 1 < table->n_columns; i++)
		if (table->column[i].shrinks && width[i] > WIDEST)
			width[i] = WIDEST;
}

static void
put_blanks(struct buf *out, size_t n)
{
	while (n-- > 0)
		buf_putc(out, ' ');
}

static void
put_cell(const struct table *table, size_t k, struct span text, size_t width,
	struct buf *out)
{
	struct span dots = span_of(table->ascii ? "..." : ELLIPSIS);
	size_t columns = utf8_width(text);
	struct span cut = columns > width ? utf8_cut(text, width - utf8_width(dots)) : text;
	size_t used = cut.n < text.n ? utf8_width(cut) + utf8_width(dots) : columns;

	if (table->column[k].align == ALIGN_RIGHT)
		put_blanks(out, width - used);
	buf_span(out, cut);
	if (cut.n < text.n)
		buf_span(out, dots);
	if (table->column[k].align == ALIGN_LEFT)
		put_blanks(out, width - used);
}

/*
 * The last of a row needs no blanks after it, and what is longer than its
 * column is cut only where there is a width to keep to.
 */
static size_t
cell_width(const struct table *table, size_t i, const size_t *width, bool cut)
{
	size_t k = i % table->n_columns, columns = utf8_width(cell_text(table, i));
	bool last = k + 1 == table->n_columns && table->column[k].align == ALIGN_LEFT;

	if (columns > width[k])
		return cut ? width[k] : columns;
	return last ? columns : width[k];
}

static void
end_row(struct buf *out)
{
	while (out->len && out->data[out->len - 1] == ' ')
		out->len--;
	buf_putc(out, '\n');
}

static void
put_titles(const struct table *table, const size_t *width, struct buf *out)
{
	for (size_t i = 0; i < table->n_columns; i++) {
		put_blanks(out, i ? GAP : 0);
		put_cell(table, i, span_of(table->column[i].title), width[i], out);
	}
	end_row(out);
}

size_t
table_takes(const struct table *table, bool shrunk)
{
	size_t *widths = mem_zero(table->n_columns * sizeof *widths);
	size_t total = measure(table, widths);

	for (size_t i = 0; shrunk && i < table->n_columns; i++)
		if (table->column[i].shrinks && widths[i] > NARROWEST)
			total -= widths[i] - NARROWEST;
	free(widths);
	return total;
}

void
table_put(const struct table *table, size_t width, struct buf *out)
{
	size_t n = table->n_columns;
	size_t *widths = mem_zero(n * sizeof *widths);
	size_t total = measure(table, widths);

	if (width)
		shrink(table, total, width, widths);
	else
		limit(table, widths);
	if (has_titles(table))
		put_titles(table, widths, out);
	for (size_t i = 0; i < table->n_cells; i++) {
		put_blanks(out, i % n ? GAP : 0);
		put_cell(table, i % n, cell_text(table, i),
			cell_width(table, i, widths, width > 0), out);
		if (i % n == n - 1)
			end_row(out);
	}
	free(widths);
}

size_t
table_width(void)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;
	int64_t n;

	if (columns && text_digits(span_of(columns), &n) == 0 && n > 0 && n < 10000)
		return (size_t)n;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	return isatty(STDOUT_FILENO) ? PROSE_WIDTH : 0;
}
