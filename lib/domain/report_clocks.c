#include <stdlib.h>

#include "base/instant.h"
#include "base/mem.h"
#include "domain/report_tally.h"

const char *const clock_figure_names[CLOCK_FIGURES] = {
	[CLOCKS_MET] = "met",
	[CLOCKS_IN_TARGET] = "in_target",
	[CLOCKS_MISSED] = "missed",
	[CLOCKS_RUNNING] = "running",
	[CLOCKS_RISK] = "risk",
	[CLOCKS_BREACHED] = "breached",
	[CLOCKS_PAUSED] = "paused",
	[CLOCKS_OPEN_ENDED] = "open_ended",
};

/* The figure a clock raises by its verdict at the end; -1: none. */
static const int figure_of[VERDICTS] = {
	[VERDICT_EXHAUSTED] = CLOCKS_BREACHED,
	[VERDICT_BREACHED] = CLOCKS_BREACHED,
	[VERDICT_PAUSED_BREACHED] = CLOCKS_BREACHED,
	[VERDICT_RISK] = CLOCKS_RISK,
	[VERDICT_OPEN_ENDED] = CLOCKS_OPEN_ENDED,
	[VERDICT_PAUSED] = CLOCKS_PAUSED,
	[VERDICT_OK] = CLOCKS_RUNNING,
	[VERDICT_MISSED] = CLOCKS_MISSED,
	[VERDICT_MET] = CLOCKS_MET,
	[VERDICT_ENDED] = -1,
	[VERDICT_NONE] = -1,
};

static bool
row_is_before(const struct clock_row *row, enum clock_id id, int tier)
{
	return row->id < id || (row->id == id && row->tier < tier);
}

/* The place of a clock at a tier among the rows, or where it would stand. */
static size_t
row_place(const struct clock_rows *rows, enum clock_id id, int tier)
{
	size_t low = 0, high = rows->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (row_is_before(&rows->row[mid], id, tier))
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

struct clock_row *
clock_rows_get(struct clock_rows *rows, enum clock_id id, int tier)
{
	size_t at = row_place(rows, id, tier);

	if (at < rows->n && rows->row[at].id == id && rows->row[at].tier == tier)
		return &rows->row[at];
	if (rows->n == rows->cap) {
		rows->cap = mem_grow_small(rows->cap, rows->n + 1);
		rows->row = mem_resize(rows->row, rows->cap * sizeof *rows->row);
	}
	memmove(&rows->row[at + 1], &rows->row[at],
		(rows->n - at) * sizeof *rows->row);
	rows->row[at] = (struct clock_row){ .id = id, .tier = tier };
	rows->n++;
	return &rows->row[at];
}

int
clock_figure(const struct clock_verdict *verdict, const struct period *period,
	int64_t *at)
{
	int figure = figure_of[verdict->verdict];

	*at = figure == CLOCKS_MET ? verdict->clock->stopped_at
		: clock_passed_at(verdict);
	if (*at != INSTANT_NONE)
		return period_has(period, *at) ? figure : -1;
	*at = period->end;
	return figure;
}

bool
clock_counts(const struct clock_verdict *verdict, const struct period *period)
{
	int64_t at;

	return clock_figure(verdict, period, &at) >= 0;
}

static void
add_figure(struct clock_rows *rows, const struct clock *clock, int figure)
{
	struct clock_row *row = clock_rows_get(rows, clock->id, clock->tier);

	row->n[figure]++;
	row->n[CLOCKS_IN_TARGET] += figure == CLOCKS_MET
		&& clock->target_at != INSTANT_NONE
		&& clock->stopped_at <= clock->target_at;
}

static void
add_times(struct clock_rows *rows, const struct clock *clock,
	const struct period *period)
{
	bool stopped = clock->state == CLOCK_MET || clock->state == CLOCK_MISSED;

	if (clock_lives(clock)) {
		clock_rows_get(rows, clock->id, clock->tier)->open++;
	} else if (stopped && period_has(period, clock->stopped_at)) {
		struct clock_row *row = clock_rows_get(rows, clock->id, clock->tier);
		int64_t from = clock->started_at, to = clock->stopped_at;

		digest_add(&row->net, clock_between(clock, from, to) - clock->paused);
		digest_add(&row->gross, to - from);
	}
}

void
clock_rows_add(struct clock_rows *rows, const struct case_verdict *verdict,
	const struct period *period)
{
	for (size_t i = 0; i < verdict->n; i++) {
		const struct clock_verdict *one = &verdict->clock[i];
		int64_t at;
		int figure = clock_figure(one, period, &at);

		if (figure >= 0)
			add_figure(rows, one->clock, figure);
		add_times(rows, one->clock, period);
	}
}

void
clock_rows_merge(struct clock_rows *rows, const struct clock_rows *other)
{
	for (size_t i = 0; i < other->n; i++) {
		const struct clock_row *from = &other->row[i];
		struct clock_row *row = clock_rows_get(rows, from->id, from->tier);

		for (int j = 0; j < CLOCK_FIGURES; j++)
			row->n[j] += from->n[j];
		row->open += from->open;
		digest_merge(&row->net, &from->net);
		digest_merge(&row->gross, &from->gross);
	}
}

void
clock_rows_release(struct clock_rows *rows)
{
	for (size_t i = 0; i < rows->n; i++) {
		digest_release(&rows->row[i].net);
		digest_release(&rows->row[i].gross);
	}
	free(rows->row);
	*rows = (struct clock_rows){ 0 };
}
