/* Met rates month by month, a small panel for each clock and tier. */
#include "base/mem.h"
#include "cli/html_out.h"
#include "cli/report_chart.h"
#include "cli/report_view.h"
#include "cli/svg_out.h"

#include <stdlib.h>

#define PANEL_W  1720
#define PANEL_H  900
#define STEP_X   1880 /* from one panel to the next */
#define STEP_Y   1010
#define PLOT_X   260  /* within a panel */
#define PLOT_Y   260
#define PLOT_W   1430
#define PLOT_H   500
#define MOST     12   /* panels */
#define DOTS     24   /* months with a dot each */
#define LABEL    20   /* columns */

struct months {
	const struct page_table *table;
	struct span *month; /* each once, in their order */
	size_t n_months;
	size_t *first, n_panels; /* a row for each clock and tier */
};

static int
by_bytes(const void *a, const void *b)
{
	return span_order(*(const struct span *)a, *(const struct span *)b);
}

static bool
is_same_clock(const struct page_table *table, size_t a, size_t b)
{
	return span_eq(page_cell(table, a, 1)->value, page_cell(table, b, 1)->value)
		&& span_eq(page_cell(table, a, 2)->value, page_cell(table, b, 2)->value);
}

static void
collect_months(struct months *months)
{
	const struct page_table *table = months->table;
	size_t n = 0;

	for (size_t i = 0; i < table->n_rows; i++)
		if (chart_cell(table, i, "met_rate")->value.p)
			months->month[n++] = page_cell(table, i, 0)->value;
	if (n)
		qsort(months->month, n, sizeof *months->month, by_bytes);
	for (size_t i = 0; i < n; i++)
		if (!months->n_months
			|| !span_eq(months->month[months->n_months - 1], months->month[i]))
			months->month[months->n_months++] = months->month[i];
}

/* In the order in which the table of clocks has them. */
static void
collect_panels(struct months *months, const struct page_table *clocks)
{
	const struct page_table *table = months->table;

	for (size_t k = 0; k < clocks->n_rows; k++)
		for (size_t i = 0; i < table->n_rows; i++)
			if (chart_cell(table, i, "met_rate")->value.p
				&& span_eq(page_cell(clocks, k, 0)->value, page_cell(table, i, 1)->value)
				&& span_eq(page_cell(clocks, k, 1)->value, page_cell(table, i, 2)->value)) {
				months->first[months->n_panels++] = i;
				break;
			}
}

static int64_t
x_of(const struct months *months, struct span month)
{
	size_t i = 0;

	while (!span_eq(months->month[i], month))
		i++;
	return PLOT_X + (int64_t)i * PLOT_W / (int64_t)(months->n_months - 1);
}

static int64_t
y_of(const struct page_cell *rate)
{
	return PLOT_Y + PLOT_H - chart_scale(page_number(rate->value), 10000, PLOT_H);
}

/* The row of that month for the panel's clock; n_rows. */
static size_t
row_of(const struct months *months, size_t first, struct span month)
{
	const struct page_table *table = months->table;

	for (size_t i = 0; i < table->n_rows; i++)
		if (is_same_clock(table, first, i)
			&& span_eq(page_cell(table, i, 0)->value, month)
			&& chart_cell(table, i, "met_rate")->value.p)
			return i;
	return table->n_rows;
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
	svg_text(out, "tick", x + PLOT_X, y + PANEL_H - 20, months->month[0], LABEL);
	svg_text(out, "tick e", x + PLOT_X + PLOT_W, y + PANEL_H - 20,
		months->month[months->n_months - 1], LABEL);
}

/* A month without any is a gap in the line. */
static void
put_points(const struct months *months, size_t first, int64_t x, int64_t y, struct buf *out)
{
	struct buf dots = { 0 };
	bool joined = false;

	buf_puts(out, "<path class=\"trend\" d=\"");
	for (size_t i = 0; i < months->n_months; i++) {
		size_t row = row_of(months, first, months->month[i]);
		int64_t at[2];

		if (row == months->table->n_rows) {
			joined = false;
			continue;
		}
		at[0] = x + x_of(months, months->month[i]);
		at[1] = y + y_of(chart_cell(months->table, row, "met_rate"));
		svg_step(out, joined ? 'L' : 'M', at, 1);
		svg_circle(&dots, "met", at[0], at[1], months->n_months > DOTS ? 12 : 22);
		joined = true;
	}
	buf_puts(out, "\"/>");
	buf_span(out, buf_text(&dots));
	buf_release(&dots);
}

static void
put_panel(const struct months *months, size_t k, struct buf *out)
{
	size_t first = months->first[k], last = months->table->n_rows;
	int64_t x = (int64_t)(k % 2) * STEP_X, y = (int64_t)(k / 2) * STEP_Y;
	struct buf name = { 0 };

	for (size_t i = months->n_months; i > 0 && last == months->table->n_rows; i--)
		last = row_of(months, first, months->month[i - 1]);
	chart_clock(months->table, first, 1, &name);
	svg_text(out, "name", x, y + 110, buf_text(&name), LABEL);
	buf_release(&name);
	svg_figure(out, "e value", x + PANEL_W, y + 110, PAGE_SHARE,
		chart_cell(months->table, last, "met_rate")->value);
	put_frame(months, x, y, out);
	put_points(months, first, x, y, out);
	buf_putc(out, '\n');
}

static void
put_chart(const struct months *months, struct buf *out)
{
	static const char title[] = "Met rate by month, in percent";
	size_t n = months->n_panels < MOST ? months->n_panels : MOST;

	chart_begin(out, title);
	svg_begin(out, "chart-months", title, "A line for each clock and tier, from none to all "
		"limits met; the figure is that of its last month; the table has all.",
		(struct svg_box){ 0, 0, CHART_WIDTH, (int64_t)(n + 1) / 2 * STEP_Y });
	for (size_t k = 0; k < n; k++)
		put_panel(months, k, out);
	svg_end(out);
	buf_printf(out, "<p class=\"hint\">The figure is that of the last month%s.</p>\n",
		n < months->n_panels ? "; the table has more" : "");
	chart_end(out);
}

void
report_chart_months(const struct page_part *part, const struct page_table *table,
	struct buf *out)
{
	struct months months = { .table = table,
		.month = mem_zero((table->n_rows + 1) * sizeof(struct span)),
		.first = mem_zero((page_part_table(part, "clocks")->n_rows + 1)
			* sizeof(size_t)) };

	collect_months(&months);
	collect_panels(&months, page_part_table(part, "clocks"));
	if (months.n_months > 1 && months.n_panels)
		put_chart(&months, out);
	free(months.month);
	free(months.first);
}
