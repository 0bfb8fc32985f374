/* Met rates month by month, a small panel for each clock and tier. */
#include "base/mem.h"
#include "cli/html_out.h"
#include "cli/report_chart.h"
#include "cli/report_view.h"
#include "cli/svg_out.h"

#include <stdlib.h>

#define PANEL_W  1720
#define STEP_X   1880 /* from one panel to the next */
#define STEP_Y   1220
#define PLOT_X   260  /* within a panel */
#define PLOT_Y   340
#define PLOT_W   1430
#define PLOT_H   450
#define COUNT_H  130  /* of the bar of the most limits of a month */
#define FOOT     1110 /* of names of months */
#define MOST     12   /* panels */
#define DOTS     24   /* months with a dot each */
#define LABEL    20   /* columns */

struct months {
	const struct page_table *table;
	size_t first, last;  /* rows of the first month and of the last one */
	size_t *panel, n_panels; /* a row for each clock and tier */
};

static bool
has_rate(const struct months *months, size_t row)
{
	return chart_cell(months->table, row, "met_rate")->value.p != NULL;
}

static int64_t
month_of(const struct months *months, size_t row)
{
	return chart_month(page_cell(months->table, row, 0)->value);
}

static int64_t
count_of(const struct months *months, size_t row)
{
	return page_number(chart_cell(months->table, row, "n")->value);
}

/* Whether the row has a rate of the panel's clock and tier. */
static bool
is_of(const struct months *months, size_t panel, size_t row)
{
	return chart_is_same(page_cell(months->table, panel, 1),
		page_cell(months->table, row, 1)) && has_rate(months, row);
}

/* False: there are no two months. */
static bool
find_ends(struct months *months)
{
	bool any = false;

	for (size_t i = 0; i < months->table->n_rows; i++) {
		if (!has_rate(months, i))
			continue;
		if (!any || month_of(months, i) < month_of(months, months->first))
			months->first = i;
		if (!any || month_of(months, i) > month_of(months, months->last))
			months->last = i;
		any = true;
	}
	return any && month_of(months, months->first) < month_of(months, months->last);
}

/* The first row with a rate of that clock and tier; n_rows. */
static size_t
row_of(const struct months *months, const struct page_cell *clock)
{
	size_t i = 0;

	while (i < months->table->n_rows && !(has_rate(months, i)
		&& chart_is_same(page_cell(months->table, i, 1), clock)))
		i++;
	return i;
}

/* In the order in which the table of clocks has them. */
static void
collect_panels(struct months *months, const struct page_table *clocks)
{
	for (size_t k = 0; k < clocks->n_rows; k++) {
		size_t row = row_of(months, page_cell(clocks, k, 0));

		if (row < months->table->n_rows)
			months->panel[months->n_panels++] = row;
	}
}

static int64_t
months_apart(const struct months *months)
{
	return month_of(months, months->last) - month_of(months, months->first);
}

static int64_t
x_of(const struct months *months, size_t row)
{
	int64_t from = month_of(months, months->first);

	return PLOT_X + (month_of(months, row) - from) * PLOT_W / months_apart(months);
}

static int64_t
y_of(const struct months *months, size_t row)
{
	return PLOT_Y + PLOT_H - chart_scale(page_number(chart_cell(months->table, row,
		"met_rate")->value), 10000, PLOT_H);
}

static void
put_frame(const struct months *months, int64_t x, int64_t y, struct buf *out)
{
	static const char *const level[] = { "100", "50", "0" };

	for (int64_t i = 0; i < 3; i++) {
		int64_t at = y + PLOT_Y + i * PLOT_H / 2;

		svg_line(out, "grid", x + PLOT_X, at, x + PLOT_X + PLOT_W, at);
		svg_text(out, "tick e", x + PLOT_X - 40, at + 30, span_of(level[i]), LABEL);
	}
	svg_text(out, "tick", x + PLOT_X, y + FOOT,
		page_cell(months->table, months->first, 0)->value, LABEL);
	svg_text(out, "tick e", x + PLOT_X + PLOT_W, y + FOOT,
		page_cell(months->table, months->last, 0)->value, LABEL);
}

/* A month without any is a gap in the line. */
static void
put_points(const struct months *months, size_t panel, int64_t x, int64_t y, struct buf *out)
{
	int64_t radius = months_apart(months) < DOTS ? 22 : 12, before = -2;
	struct buf dots = { 0 };

	buf_puts(out, "<path class=\"trend\" d=\"");
	for (size_t i = 0; i < months->table->n_rows; i++) {
		int64_t at[2];

		if (!is_of(months, panel, i))
			continue;
		at[0] = x + x_of(months, i);
		at[1] = y + y_of(months, i);
		svg_step(out, month_of(months, i) == before + 1 ? 'L' : 'M', at, 1);
		svg_circle(&dots, "met", at[0], at[1], radius);
		before = month_of(months, i);
	}
	buf_puts(out, "\"/>");
	buf_span(out, buf_text(&dots));
	buf_release(&dots);
}

/* How many limits a month's rate is of: the fewer, the less it says. */
static void
put_counts(const struct months *months, size_t panel, int64_t x, int64_t y, struct buf *out)
{
	int64_t width = PLOT_W / (months_apart(months) + 1) / 2, most = 0;

	width = width < 5 ? 5 : width > 60 ? 60 : width;
	for (size_t i = 0; i < months->table->n_rows; i++)
		if (is_of(months, panel, i) && count_of(months, i) > most)
			most = count_of(months, i);
	for (size_t i = 0; i < months->table->n_rows; i++) {
		int64_t h = chart_scale(count_of(months, i), most, COUNT_H);

		if (!is_of(months, panel, i))
			continue;
		h = h < 5 ? 5 : h;
		svg_rect(out, "before", (struct svg_box){ x + x_of(months, i) - width / 2,
			y + FOOT - 110 - h, width, h });
	}
}

/* The clock's last month, which is not that of all where it had none since. */
static size_t
last_of(const struct months *months, size_t panel)
{
	size_t last = panel;

	for (size_t i = 0; i < months->table->n_rows; i++)
		if (is_of(months, panel, i) && month_of(months, i) > month_of(months, last))
			last = i;
	return last;
}

static void
put_head(const struct months *months, size_t panel, int64_t x, int64_t y, struct buf *out)
{
	size_t last = last_of(months, panel);
	struct buf name = { 0 };

	chart_clock(months->table, panel, 1, &name);
	svg_text(out, "name", x, y + 110, buf_text(&name), LABEL);
	buf_release(&name);
	svg_figure(out, "e value", x + PANEL_W, y + 110, PAGE_SHARE,
		chart_cell(months->table, last, "met_rate")->value);
	svg_text(out, "tick", x, y + 235, span_of("n"), LABEL);
	svg_figure(out, "soft", x + 90, y + 235, PAGE_COUNT,
		chart_cell(months->table, last, "n")->value);
	svg_text(out, "tick e", x + PANEL_W, y + 235,
		page_cell(months->table, last, 0)->value, LABEL);
}

static void
put_panel(const struct months *months, size_t k, struct buf *out)
{
	int64_t x = (int64_t)(k % 2) * STEP_X, y = (int64_t)(k / 2) * STEP_Y;

	put_head(months, months->panel[k], x, y, out);
	put_frame(months, x, y, out);
	put_counts(months, months->panel[k], x, y, out);
	put_points(months, months->panel[k], x, y, out);
	buf_putc(out, '\n');
}

static void
put_chart(const struct months *months, struct buf *out)
{
	static const char title[] = "Met rate by month, in percent";
	size_t n = months->n_panels < MOST ? months->n_panels : MOST;

	chart_begin(out, title);
	svg_begin(out, "chart-months", title, "A line for each clock and tier, from none to all "
		"limits met, and a bar for how many there were in each month; the figures are "
		"those of its last month; the table has all.",
		(struct svg_box){ 0, 0, CHART_WIDTH, (int64_t)(n + 1) / 2 * STEP_Y });
	for (size_t k = 0; k < n; k++)
		put_panel(months, k, out);
	svg_end(out);
	buf_printf(out, "<p class=\"hint\">The figures are those of the clock's last month, "
		"which is named; bars: how many limits a month had%s.</p>\n",
		n < months->n_panels ? "; the table has more clocks" : "");
	chart_end(out);
}

void
report_chart_months(const struct page_part *part, const struct page_table *table,
	struct buf *out)
{
	const struct page_table *clocks = page_part_table(part, "clocks");
	struct months months = { .table = table,
		.panel = mem_zero((clocks->n_rows + 1) * sizeof(size_t)) };

	collect_panels(&months, clocks);
	if (find_ends(&months) && months.n_panels)
		put_chart(&months, out);
	free(months.panel);
}
