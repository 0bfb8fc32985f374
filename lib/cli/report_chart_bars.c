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
#define NO_ROW SIZE_MAX

struct bars {
	const struct page_table *table;
	size_t name, n;      /* the columns of the name and of the count */
	size_t from, to;     /* rows */
	size_t row[MOST], shown; /* those that are drawn; NO_ROW: a month without one */
	int64_t first;       /* month, of the first of them */
	bool months;         /* in which nothing is left out for being small */
	int64_t top;         /* of the longest bar */
	bool before, left;   /* what was before is drawn; there are more rows */
};

static int64_t
count_at(const struct bars *bars, size_t row)
{
	return row == NO_ROW ? 0 : page_number(page_cell(bars->table, row, bars->n)->value);
}

/* Cases of a month are not compared with those of another. */
static int64_t
before_at(const struct bars *bars, size_t row)
{
	return row == NO_ROW || bars->months ? 0
		: page_number(page_cell(bars->table, row, bars->n)->previous);
}

/* The count that just more rows reach than are drawn; -1: all can be. */
static int64_t
count_left_out(const struct bars *bars)
{
	int64_t largest[MOST + 1];
	size_t n = 0;

	for (size_t i = bars->from; i < bars->to; i++) {
		int64_t count = count_at(bars, i);
		size_t k = n;

		if (n <= MOST)
			n++;
		else if (count > largest[MOST])
			k = MOST;
		else
			continue;
		for (; k > 0 && largest[k - 1] < count; k--)
			largest[k] = largest[k - 1];
		largest[k] = count;
	}
	return n > MOST ? largest[MOST] : -1;
}

static void
take_largest(struct bars *bars)
{
	int64_t least = count_left_out(bars);

	for (size_t i = bars->from; i < bars->to; i++)
		if (count_at(bars, i) > least)
			bars->row[bars->shown++] = i;
	bars->left = least >= 0;
}

/* The last months in a row, with those between that have no cases. */
static void
take_months(struct bars *bars)
{
	int64_t first = INT64_MAX, last = -1;

	for (size_t i = bars->from; i < bars->to; i++) {
		int64_t month = chart_month(page_cell(bars->table, i, bars->name)->value);

		if (month < 0 || count_at(bars, i) <= 0)
			continue;
		first = month < first ? month : first;
		last = month > last ? month : last;
	}
	if (last < 0)
		return;
	bars->left = last - first >= MOST;
	bars->first = bars->left ? last - MOST + 1 : first;
	while (bars->shown <= (size_t)(last - bars->first))
		bars->row[bars->shown++] = NO_ROW;
	for (size_t i = bars->from; i < bars->to; i++) {
		int64_t month = chart_month(page_cell(bars->table, i, bars->name)->value);

		if (month >= bars->first && month <= last && count_at(bars, i) > 0)
			bars->row[month - bars->first] = i;
	}
}

static void
measure(struct bars *bars)
{
	(bars->months ? take_months : take_largest)(bars);
	for (size_t i = 0; i < bars->shown; i++) {
		int64_t now = count_at(bars, bars->row[i]), before = before_at(bars, bars->row[i]);

		bars->top = now > bars->top ? now : bars->top;
		bars->top = before > bars->top ? before : bars->top;
		bars->before = bars->before || before > 0;
	}
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
put_label(const struct bars *bars, size_t i, int64_t y, struct buf *out)
{
	struct buf month = { 0 };
	struct span label;

	if (bars->row[i] == NO_ROW) {
		period_put_month_of(&month, (int)(bars->first + (int64_t)i));
		label = buf_text(&month);
	} else {
		label = label_of(bars, bars->row[i]);
	}
	svg_text(out, "name", 0, y, label, LABEL);
	buf_release(&month);
}

static void
put_row(const struct bars *bars, size_t i, struct buf *out)
{
	size_t row = bars->row[i];
	int64_t length = chart_scale(count_at(bars, row), bars->top, BAR_W);
	int64_t before = chart_scale(before_at(bars, row), bars->top, BAR_W);
	int64_t y = 20 + (int64_t)i * ROW_H;

	put_label(bars, i, y + 95, out);
	if (count_at(bars, row) > 0)
		svg_rect(out, "met", (struct svg_box){ BAR_X, y, length > 5 ? length : 5, BAR_H });
	if (before > 0)
		svg_rect(out, "before", (struct svg_box){ BAR_X, y + BAR_H + 10, before, 35 });
	if (row != NO_ROW)
		svg_figure(out, "value", BAR_X + length + 50, y + 95, PAGE_COUNT,
			view_side(page_cell(bars->table, row, bars->n), VIEW_NOW));
	buf_putc(out, '\n');
}

static void
put_chart(struct bars *bars, const char *id, const char *title, struct buf *out)
{
	static const struct chart_key key = {
		"<rect class=\"before\" y=\"4\" width=\"22\" height=\"4\"/>", "the period before" };

	measure(bars);
	if (!bars->top || bars->shown < 2)
		return;
	chart_begin(out, title);
	svg_begin(out, id, title, "A bar for each row; the table has the figures.",
		(struct svg_box){ 0, 0, CHART_WIDTH, 20 + (int64_t)bars->shown * ROW_H });
	for (size_t i = 0; i < bars->shown; i++)
		put_row(bars, i, out);
	svg_end(out);
	if (bars->before)
		chart_legend(out, &key, 1);
	if (bars->left)
		buf_printf(out, "<p class=\"hint\">The %s; the table has all.</p>\n",
			bars->months ? "last" : "largest");
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
		struct bars bars = { .table = table, .name = 1, .n = 2, .from = from,
			.months = span_is(name, "month") };

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
