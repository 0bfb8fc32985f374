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

const char *const by_names[BY_FIGURES] = {
	[BY_IMPACT] = "impact",
	[BY_REASON] = "reason",
	[BY_TRIGGER] = "trigger",
	[BY_REGION] = "region",
	[BY_MONTH] = "month",
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

static struct clock_row *
row_get(struct tally *tally, enum clock_id id, int tier)
{
	size_t at = 0;

	while (at < tally->n_rows && row_is_before(&tally->row[at], id, tier))
		at++;
	if (at < tally->n_rows && tally->row[at].id == id
		&& tally->row[at].tier == tier)
		return &tally->row[at];
	if (tally->n_rows == tally->cap_rows) {
		tally->cap_rows = mem_grow(tally->cap_rows, tally->n_rows + 1);
		tally->row = mem_resize(tally->row,
			tally->cap_rows * sizeof *tally->row);
	}
	memmove(&tally->row[at + 1], &tally->row[at],
		(tally->n_rows - at) * sizeof *tally->row);
	tally->row[at] = (struct clock_row){ .id = id, .tier = tier };
	tally->n_rows++;
	return &tally->row[at];
}

/*
 * Whether the clock counts at all: a passed limit in the period in which it
 * passed, a stop in time in that of the stop, what runs at the end of any.
 */
static bool
clock_counts(const struct clock_verdict *verdict, const struct period *period)
{
	int64_t passed = clock_passed_at(verdict);

	if (figure_of[verdict->verdict] < 0)
		return false;
	if (passed != INSTANT_NONE)
		return period_has(period, passed);
	if (verdict->verdict == VERDICT_MET)
		return period_has(period, verdict->clock->stopped_at);
	return true;
}

static void
add_verdict(struct tally *tally, const struct clock_verdict *verdict)
{
	const struct clock *clock = verdict->clock;
	struct clock_row *row = row_get(tally, clock->id, clock->tier);

	row->n[figure_of[verdict->verdict]]++;
	row->n[CLOCKS_IN_TARGET] += verdict->verdict == VERDICT_MET
		&& clock->target_at != INSTANT_NONE
		&& clock->stopped_at <= clock->target_at;
}

static void
add_times(struct tally *tally, const struct clock *clock,
	const struct period *period)
{
	bool stopped = clock->state == CLOCK_MET || clock->state == CLOCK_MISSED;

	if (clock_lives(clock)) {
		row_get(tally, clock->id, clock->tier)->open++;
	} else if (stopped && period_has(period, clock->stopped_at)) {
		struct clock_row *row = row_get(tally, clock->id, clock->tier);
		int64_t from = clock->started_at, to = clock->stopped_at;

		digest_add(&row->net, clock_between(clock, from, to) - clock->paused);
		digest_add(&row->gross, to - from);
	}
}

void
tally_add_clocks(struct tally *tally, const struct case_sum *sum,
	const struct period *period)
{
	for (size_t i = 0; i < sum->verdict.n; i++) {
		const struct clock_verdict *verdict = &sum->verdict.clock[i];

		if (clock_counts(verdict, period))
			add_verdict(tally, verdict);
		add_times(tally, verdict->clock, period);
	}
}

void
tally_merge_clocks(struct tally *tally, const struct tally *other)
{
	for (size_t i = 0; i < other->n_rows; i++) {
		const struct clock_row *from = &other->row[i];
		struct clock_row *row = row_get(tally, from->id, from->tier);

		for (int j = 0; j < CLOCK_FIGURES; j++)
			row->n[j] += from->n[j];
		row->open += from->open;
		digest_merge(&row->net, &from->net);
		digest_merge(&row->gross, &from->gross);
	}
}
