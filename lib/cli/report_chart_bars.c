/* Counts by name: a bar for each row; tables of two names have a chart for each first one. */
#include "cli/html_out.h"
#include "cli/report_chart.h"
#include "cli/report_view.h"
#include "cli/report_words.h"
#include "cli/svg_out.h"

#define BAR_X  1300
#define BAR_W  1800
#define BAR_H  110
#define ROW_H  190
#define MOST   12 /* bars */
#define LABEL  20 /* columns */

struct bars {
	const struct page_table *table;
	size_t name, n;      /* the columns of the name and of the count */
	size_t from, to;     /* rows */
	int64_t top, least;  /* the longest bar; the shortest that is drawn */
	size_t shown;
	bool before;
};

static int64_t
count_at(const struct bars *bars, size_t row)
{
	return page_number(page_cell(bars->table, row, bars->n)->value);
}

static int64_t
before_at(const struct bars *bars, size_t row)
{
	return page_number(page_cell(bars->table, row, bars->n)->previous);
}

/* How many rows have more than this. */
static size_t
rows_above(const struct bars *bars, int64_t least)
{
	size_t n = 0;

	for (size_t i = bars->from; i < bars->to; i++)
		n += count_at(bars, i) > least;
	return n;
}

/* Of many names the largest are drawn: those above a count that leaves few enough. */
static void
measure(struct bars *bars)
{
	size_t rows = bars->to - bars->from;

	bars->least = -1;
	for (size_t i = bars->from; i < bars->to; i++) {
		int64_t now = count_at(bars, i), before = before_at(bars, i);

		bars->top = now > bars->top ? now : bars->top;
		bars->top = before > bars->top ? before : bars->top;
		bars->before = bars->before || page_cell(bars->table, i, bars->n)->previous.p;
	}
	for (size_t i = bars->from; rows > MOST && i < bars->to; i++)
		if (rows_above(bars, count_at(bars, i)) <= MOST
			&& (bars->least < 0 || count_at(bars, i) < bars->least))
			bars->least = count_at(bars, i);
	bars->shown = rows_above(bars, bars->least);
}

static struct span
label_of(const struct bars *bars, size_t row)
{
	struct span name = page_cell(bars->table, row, bars->name)->value;

	if (span_trim(name).n)
		return name;
	return span_of(name.n ? "(blank)" : "(none)");
}

static void
put_row(const struct bars *bars, size_t row, int64_t y, struct buf *out)
{
	int64_t length = chart_scale(count_at(bars, row), bars->top, BAR_W);
	int64_t before = chart_scale(before_at(bars, row), bars->top, BAR_W);

	svg_text(out, "name", 0, y + 95, label_of(bars, row), LABEL);
	if (count_at(bars, row) > 0)
		svg_rect(out, "met", (struct svg_box){ BAR_X, y, length > 5 ? length : 5, BAR_H });
	if (before > 0)
		svg_rect(out, "before", (struct svg_box){ BAR_X, y + BAR_H + 10, before, 35 });
	svg_figure(out, "value", BAR_X + length + 50, y + 95, PAGE_COUNT,
		page_cell(bars->table, row, bars->n)->value);
	buf_putc(out, '\n');
}

static void
put_chart(struct bars *bars, const char *id, const char *title, struct buf *out)
{
	static const struct chart_key key = {
		"<rect class=\"before\" y=\"4\" width=\"22\" height=\"4\"/>", "the period before" };
	int64_t y = 20;

	measure(bars);
	if (!bars->top || bars->shown < 2)
		return;
	chart_begin(out, title);
	svg_begin(out, id, title, "A bar for each row; the table has the figures.",
		(struct svg_box){ 0, 0, CHART_WIDTH, 20 + (int64_t)bars->shown * ROW_H });
	for (size_t i = bars->from; i < bars->to; i++) {
		if (count_at(bars, i) <= bars->least)
			continue;
		put_row(bars, i, y, out);
		y += ROW_H;
	}
	svg_end(out);
	if (bars->before)
		chart_legend(out, &key, 1);
	if (bars->shown < bars->to - bars->from)
		buf_puts(out, "<p class=\"hint\">The largest; the table has all.</p>\n");
	chart_end(out);
}

/* The rows from one on that have the same first name. */
static size_t
same_until(const struct page_table *table, size_t from)
{
	size_t to = from;

	while (to < table->n_rows && span_eq(page_cell(table, to, 0)->value,
		page_cell(table, from, 0)->value))
		to++;
	return to;
}

static void
put_each(const struct page_table *table, struct buf *out)
{
	for (size_t from = 0, to; from < table->n_rows; from = to) {
		struct span name = page_cell(table, from, 0)->value;
		struct buf id = { 0 }, title = { 0 };
		struct bars bars = { .table = table, .name = 1, .n = 2, .from = from };

		bars.to = to = same_until(table, from);
		buf_printf(&id, "chart-%s-%.*s", table->spec->name, (int)name.n, name.p);
		buf_printf(&title, "Submitted cases by %.*s", (int)name.n, name.p);
		put_chart(&bars, buf_cstr(&id), buf_cstr(&title), out);
		buf_release(&id);
		buf_release(&title);
	}
}

void
report_chart_bars(const struct page_part *part, const struct page_table *table,
	struct buf *out)
{
	struct bars bars = { .table = table, .n = 1, .to = table->n_rows };
	struct buf id = { 0 };

	(void)part;
	if (table->spec->shape == SHAPE_NESTED) {
		put_each(table, out);
		return;
	}
	buf_printf(&id, "chart-%s", table->spec->name);
	put_chart(&bars, buf_cstr(&id), report_caption(table->spec->name), out);
	buf_release(&id);
}
