#include "cli/report_view.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define ROWS_SHOWN 20 /* of lists that hold a row a case */

#define KEPT "clock tier n met in_target missed breached met_rate"
#define NET "measure tier n open net.p50 net.p90 net.p95 net.max net.mean"
#define GROSS "measure tier n open gross.p50 gross.p90 gross.p95 gross.max gross.mean"
#define AT_END "running risk paused open_ended"

const struct report_view report_view[] = {
	{ .section = "Cases", .table = "cases", .manner = VIEW_ACROSS },
	{ .section = "Limits kept and passed in the period", .table = "clocks",
		.columns = KEPT, .asks = "n", .bar = "met_rate" },
	{ .section = "Clocks within their limit at the end", .table = "clocks",
		.columns = "clock tier " AT_END, .asks = AT_END },
	{ .section = "Limits by month", .table = "months", .several = true,
		.bar = "met_rate" },
	{ .section = "Times, net", .note = "Business time less holds.",
		.table = "times", .columns = NET },
	{ .section = "Times, gross", .note = "By the clock on the wall.",
		.table = "times", .columns = GROSS },
	{ .section = "Escalation", .table = "frequency" },
	{ .table = "promoted_to", .bar = "n" },
	{ .table = "top_reached", .bar = "n" },
	{ .table = "flow", .bar = "n" },
	{ .section = "Submitted cases", .table = "by", .bar = "n" },
	{ .section = "Feedback", .table = "feedback" },
	{ .table = "scores", .bar = "n" },
	{ .section = "Backlog at the end", .table = "backlog_tiers", .bar = "n" },
	{ .table = "backlog_ages", .bar = "n" },
	{ .table = "oldest" },
	{ .section = "Hygiene", .table = "hygiene" },
	{ .section = "Limits as the other terms judge them", .table = "rejudged",
		.columns = KEPT, .asks = "n", .bar = "met_rate" },
	{ .section = "Times under the other terms, net", .table = "rejudged_times",
		.columns = NET },
	{ .section = "Times under the other terms, gross", .table = "rejudged_times",
		.columns = GROSS },
	{ .section = "Verdicts that differ", .table = "moved" },
	{ .section = "Resolutions", .table = "resolutions", .most = ROWS_SHOWN },
	{ .section = "Improvements", .table = "improvements", .most = ROWS_SHOWN },
	{ .section = "Cases to review", .note = "The most pressing first.",
		.table = "review" },
};

const size_t report_views = sizeof report_view / sizeof *report_view;

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

static bool
is_several(const struct page_table *table)
{
	for (size_t i = 1; i < table->n_rows; i++)
		if (!span_eq(page_cell(table, 0, 0)->value, page_cell(table, i, 0)->value))
			return true;
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

		if ((cell->value.p && !span_is(cell->value, "0"))
			|| (cell->previous.p && !span_is(cell->previous, "0")))
			return true;
	}
	return false;
}

static void
take_columns(struct view_rows *rows, const char *columns)
{
	struct span member;

	while (columns && (member = next_word(&columns)).p)
		rows->column[rows->n_columns++] = page_column_find(rows->table, member);
	for (size_t i = 0; !columns && i < rows->table->n_columns; i++)
		rows->column[rows->n_columns++] = i;
}

void
report_view_take(const struct report_view *view, const struct page_part *part,
	struct view_rows *rows)
{
	const struct page_table *table = page_part_table(part, view->table);

	*rows = (struct view_rows){ .table = table,
		.row = mem_alloc((table->n_rows + 1) * sizeof(size_t)) };
	take_columns(rows, view->columns);
	for (size_t i = 0; i < table->n_rows; i++) {
		if (!is_wanted(table, i, view->asks))
			continue;
		if (view->most && rows->n_rows == view->most)
			rows->left++;
		else
			rows->row[rows->n_rows++] = i;
	}
}

void
report_view_release(struct view_rows *rows)
{
	free(rows->row);
}
