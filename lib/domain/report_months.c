#include "domain/report_months.h"

#include <stdlib.h>

#include "base/mem.h"
#include "domain/report_tally.h"

static int
row_order(const struct month_row *a, const struct month_row *b)
{
	if (a->month != b->month)
		return a->month < b->month ? -1 : 1;
	if (a->id != b->id)
		return a->id < b->id ? -1 : 1;
	return (a->tier > b->tier) - (a->tier < b->tier);
}

/* The place of a month, clock and tier, or where it would stand. */
static size_t
row_place(const struct months *months, const struct month_row *row)
{
	size_t low = 0, high = months->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (row_order(&months->row[mid], row) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static void
row_insert(struct months *months, size_t at, const struct month_row *row)
{
	if (months->n == months->cap) {
		months->cap = mem_grow_small(months->cap, months->n + 1);
		months->row = mem_resize(months->row,
			months->cap * sizeof *months->row);
	}
	memmove(&months->row[at + 1], &months->row[at],
		(months->n - at) * sizeof *months->row);
	months->row[at] = *row;
	months->n++;
}

void
months_count(struct months *months, const struct month_row *row)
{
	size_t at = row_place(months, row);

	if (at == months->n || row_order(&months->row[at], row) != 0) {
		row_insert(months, at, row);
		return;
	}
	months->row[at].met += row->met;
	months->row[at].missed += row->missed;
	months->row[at].breached += row->breached;
}

void
months_add(struct months *months, const struct case_sum *sum,
	const struct period *period)
{
	for (size_t i = 0; i < sum->verdict.n; i++) {
		const struct clock *clock = sum->verdict.clock[i].clock;
		int64_t at;
		int figure = clock_figure(&sum->verdict.clock[i], period, &at);
		struct month_row row = { .id = clock->id, .tier = clock->tier,
			.met = figure == CLOCKS_MET, .missed = figure == CLOCKS_MISSED,
			.breached = figure == CLOCKS_BREACHED };

		if (row.met + row.missed + row.breached == 0)
			continue;
		row.month = period_month_of(period->zone, at);
		months_count(months, &row);
	}
}

void
months_merge(struct months *months, const struct months *other)
{
	for (size_t i = 0; i < other->n; i++)
		months_count(months, &other->row[i]);
}

void
months_release(struct months *months)
{
	free(months->row);
	*months = (struct months){ 0 };
}
