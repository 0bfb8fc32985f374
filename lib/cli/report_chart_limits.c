/* Each clock and tier as a whole: what of it was met, missed, breached. */
#include "cli/html_out.h"
#include "cli/report_chart.h"
#include "cli/report_view.h"
#include "cli/svg_out.h"

#define BAR_X   1060
#define BAR_W   1500
#define BAR_H   120
#define ROW_H   240
#define HEAD_H  180
#define RATE_X  3120
#define COUNT_X 3600
#define LABEL   18 /* columns */

struct chart_limits {
	const struct page_table *table;
	const char *id, *title;
	const char *marker; /* what it means; NULL: there is none */
	struct span (*mark)(const struct chart_limits *chart, size_t row);
	const struct page_table *other;
};

static const char *const parts[] = { "met", "missed", "breached" };

static void
put_bar(const struct chart_limits *chart, size_t row, int64_t y, struct buf *out)
{
	int64_t n = page_number(chart_cell(chart->table, row, "n")->value);
	int64_t sum = 0, from = 0;

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		int64_t to;

		sum += page_number(chart_cell(chart->table, row, parts[i])->value);
		to = chart_scale(sum, n, BAR_W);
		if (to > from)
			svg_rect(out, parts[i],
				(struct svg_box){ BAR_X + from, y, to - from, BAR_H });
		from = to;
	}
}

/* A pale bar below, as long as the rate it is compared with. */
static void
put_mark(const struct chart_limits *chart, size_t row, int64_t y, struct buf *out)
{
	struct span rate = chart->marker ? chart->mark(chart, row) : (struct span){ NULL, 0 };

	if (!rate.p)
		return;
	svg_rect(out, "before", (struct svg_box){ BAR_X, y + BAR_H + 15,
		chart_scale(page_number(rate), 10000, BAR_W), 35 });
}

static void
put_row(const struct chart_limits *chart, size_t row, int64_t y, struct buf *out)
{
	struct buf label = { 0 };

	chart_clock(chart->table, row, 0, &label);
	svg_text(out, "name", 0, y + 100, buf_text(&label), LABEL);
	buf_release(&label);
	put_bar(chart, row, y, out);
	put_mark(chart, row, y, out);
	svg_figure(out, "e", RATE_X, y + 100, PAGE_SHARE,
		chart_cell(chart->table, row, "met_rate")->value);
	svg_figure(out, "e soft", COUNT_X, y + 100, PAGE_COUNT,
		chart_cell(chart->table, row, "n")->value);
	buf_putc(out, '\n');
}

static void
put_legend(const struct chart_limits *chart, struct buf *out)
{
	const struct chart_key key[] = {
		{ "<rect class=\"met\" width=\"22\" height=\"12\"/>", "met" },
		{ "<rect class=\"missed\" width=\"22\" height=\"12\"/>",
			"missed: stopped too late" },
		{ "<rect class=\"breached\" width=\"22\" height=\"12\"/>",
			"breached: not stopped at the end" },
		{ "<rect class=\"before\" y=\"4\" width=\"22\" height=\"4\"/>", chart->marker },
	};

	chart_legend(out, key, chart->marker ? 4 : 3);
}

/* What an empty row was in the period before is in the table. */
static bool
has_figures(const struct page_table *table, size_t row)
{
	return page_number(chart_cell(table, row, "n")->value) > 0;
}

static void
put_chart(const struct chart_limits *chart, struct buf *out)
{
	int64_t rows = 0, y = HEAD_H;

	for (size_t i = 0; i < chart->table->n_rows; i++)
		rows += has_figures(chart->table, i);
	if (!rows)
		return;
	chart_begin(out, chart->title);
	svg_begin(out, chart->id, chart->title, "A bar for each clock and tier, "
		"divided into what was met, missed and breached; the table has the figures.",
		(struct svg_box){ 0, 0, CHART_WIDTH, HEAD_H + rows * ROW_H });
	svg_text(out, "tick e", RATE_X, 100, span_of("met rate"), LABEL);
	svg_text(out, "tick e", COUNT_X, 100, span_of("n"), LABEL);
	buf_putc(out, '\n');
	for (size_t i = 0; i < chart->table->n_rows; i++) {
		if (!has_figures(chart->table, i))
			continue;
		put_row(chart, i, y, out);
		y += ROW_H;
	}
	svg_end(out);
	put_legend(chart, out);
	chart_end(out);
}

static struct span
rate_before(const struct chart_limits *chart, size_t row)
{
	return chart_cell(chart->table, row, "met_rate")->previous;
}

/* The rate of the same clock and tier as the pinned terms have it. */
static struct span
rate_pinned(const struct chart_limits *chart, size_t row)
{
	for (size_t i = 0; i < chart->other->n_rows; i++)
		if (chart_is_same(page_cell(chart->other, i, 0),
			page_cell(chart->table, row, 0)))
			return chart_cell(chart->other, i, "met_rate")->value;
	return (struct span){ NULL, 0 };
}

void
report_chart_limits(const struct page_part *part, const struct page_table *table,
	struct buf *out)
{
	struct chart_limits chart = { .table = table, .id = "chart-limits",
		.title = "Limits kept and passed, by clock and tier", .mark = rate_before };

	(void)part;
	if (chart_has_previous(table, "met_rate"))
		chart.marker = "met rate in the period before";
	put_chart(&chart, out);
}

void
report_chart_rejudged(const struct page_part *part, const struct page_table *table,
	struct buf *out)
{
	struct chart_limits chart = { .table = table, .id = "chart-rejudged",
		.title = "Limits under the other terms, by clock and tier",
		.marker = "met rate under the pinned terms", .mark = rate_pinned,
		.other = page_part_table(part, "clocks") };

	put_chart(&chart, out);
}
