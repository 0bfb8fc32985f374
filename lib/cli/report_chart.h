/*
 * report_chart: drawings of a report's tables, for the HTML page.  They
 * compute places and lengths from the figures and show no figure that the
 * document lacks; the table of the same figures stands beside each.
 * A new chart is a file report_chart_x.c and a row in report_html_part.c.
 */
#ifndef ESC_CLI_REPORT_CHART_H
#define ESC_CLI_REPORT_CHART_H

#include "base/buf.h"
#include "cli/report_page.h"

#define CHART_WIDTH 3600 /* tenths of a unit: a phone shows it at its size */

/* Each is a whole <figure>, or nothing where there is nothing to draw. */
typedef void (*chart_fn)(const struct page_part *part, const struct page_table *table,
	struct buf *out);

void report_chart_limits(const struct page_part *part, const struct page_table *table,
	struct buf *out);
void report_chart_rejudged(const struct page_part *part, const struct page_table *table,
	struct buf *out);
void report_chart_months(const struct page_part *part, const struct page_table *table,
	struct buf *out);
void report_chart_times(const struct page_part *part, const struct page_table *table,
	struct buf *out);
void report_chart_flow(const struct page_part *part, const struct page_table *table,
	struct buf *out);
void report_chart_bars(const struct page_part *part, const struct page_table *table,
	struct buf *out);

/* What they share: report_chart.c. */

/* value of top as a part of length, rounded down; within 0 and length. */
int64_t chart_scale(int64_t value, int64_t top, int64_t length);

const struct page_cell *chart_cell(const struct page_table *table, size_t row,
	const char *member);

/* "tier 2", "resolve", "resolve, tier 2": what a row of clocks is about. */
void chart_clock(const struct page_table *table, size_t row, size_t clock, struct buf *text);

/* Whether two cells of a clock, each with its tier behind it, are the same. */
bool chart_is_same(const struct page_cell *clock, const struct page_cell *other);

/* "2016-07" as a number, which grows by 1 a month; -1: it is none. */
int64_t chart_month(struct span name);

void chart_begin(struct buf *out, const char *caption);
void chart_end(struct buf *out);

/* One mark of a legend: a drawing 22 by 12, and what it means. */
struct chart_key {
	const char *drawing, *means;
};

void chart_legend(struct buf *out, const struct chart_key *key, size_t n);

/* Whether some cell of this member has a figure of the period before. */
bool chart_has_previous(const struct page_table *table, const char *member);

#endif
