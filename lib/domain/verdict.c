#include "domain/verdict.h"

#include "base/instant.h"
#include "domain/derived.h"

const char *const verdict_names[VERDICTS] = {
	[VERDICT_EXHAUSTED] = "exhausted",
	[VERDICT_BREACHED] = "breached",
	[VERDICT_PAUSED_BREACHED] = "paused-breached",
	[VERDICT_RISK] = "risk",
	[VERDICT_OPEN_ENDED] = "open-ended",
	[VERDICT_PAUSED] = "paused",
	[VERDICT_OK] = "ok",
	[VERDICT_MISSED] = "missed",
	[VERDICT_MET] = "met",
	[VERDICT_ENDED] = "ended",
	[VERDICT_NONE] = "none",
};

static bool
is_past(int64_t goal, int64_t at)
{
	return goal != INSTANT_NONE && at > goal;
}

static bool
is_at_top(const struct fold *fold, const struct clock *clock)
{
	return clock->id == CLOCK_TIER && (size_t)clock->tier == fold->policy->n_tiers;
}

enum verdict
verdict_of(const struct fold *fold, const struct clock *clock, int64_t at)
{
	static const enum verdict stopped[CLOCK_STATES] = {
		[CLOCK_MET] = VERDICT_MET,
		[CLOCK_MISSED] = VERDICT_MISSED,
		[CLOCK_ENDED] = VERDICT_ENDED,
	};

	if (!clock_lives(clock))
		return stopped[clock->state];
	if (clock->state == CLOCK_HELD)
		return is_past(clock->limit_at, clock->held_at) ? VERDICT_PAUSED_BREACHED
								: VERDICT_PAUSED;
	if (is_past(clock->limit_at, at))
		return is_at_top(fold, clock) ? VERDICT_EXHAUSTED : VERDICT_BREACHED;
	if (is_past(clock->target_at, at))
		return VERDICT_RISK;
	return clock->open_ended ? VERDICT_OPEN_ENDED : VERDICT_OK;
}

static void
measure(struct clock_verdict *verdict, int64_t at)
{
	const struct clock *clock = verdict->clock;
	int64_t from = clock->state == CLOCK_HELD ? clock->held_at : at;

	if (!clock_lives(clock) || clock->limit_at == INSTANT_NONE)
		return;
	verdict->has_left = true;
	verdict->left = clock_between(clock, from, clock->limit_at);
	verdict->left_wall = clock->limit_at - from;
}

/* The worse of two: by verdict, then the earlier limit; none is the latest. */
static bool
is_worse(const struct clock_verdict *a, const struct clock_verdict *b)
{
	int64_t x = a->clock->limit_at, y = b->clock->limit_at;

	if (a->verdict != b->verdict)
		return a->verdict < b->verdict;
	if (x == INSTANT_NONE || y == INSTANT_NONE)
		return x != INSTANT_NONE;
	return x < y;
}

void
verdict_at(const struct fold *fold, int64_t at, struct case_verdict *verdict)
{
	struct clock_verdict *clock = arena_zero(fold->arena, fold->n_clocks * sizeof *clock);

	*verdict = (struct case_verdict){ .verdict = VERDICT_NONE, .clock = clock,
		.n = fold->n_clocks };
	for (size_t i = 0; i < fold->n_clocks; i++) {
		clock[i].clock = &fold->clock[i];
		clock[i].verdict = verdict_of(fold, clock[i].clock, at);
		measure(&clock[i], at);
		if (!verdict->worst || is_worse(&clock[i], verdict->worst))
			verdict->worst = &clock[i];
	}
	if (verdict->worst)
		verdict->verdict = verdict->worst->verdict;
}

const struct clock_verdict *
verdict_twin(const struct case_verdict *verdict, const struct clock *clock)
{
	for (size_t i = 0; i < verdict->n; i++) {
		const struct clock *other = verdict->clock[i].clock;

		if (other->id == clock->id && other->tier == clock->tier &&
			other->cycle == clock->cycle)
			return &verdict->clock[i];
	}
	return NULL;
}

void
verdict_clock(const struct clock_verdict *verdict, struct buf *out)
{
	const struct clock *clock = verdict->clock;

	derived_clock(out, clock);
	buf_key(out, "verdict");
	buf_json(out, span_of(verdict_names[verdict->verdict]));
	derived_instant(out, "target_at", clock->target_at);
	derived_instant(out, "limit_at", clock->limit_at);
	if (verdict->has_left) {
		buf_key(out, "left");
		buf_int(out, verdict->left);
		buf_key(out, "left_wall");
		buf_int(out, verdict->left_wall);
	}
}
