#include "slow_clock.h"

#include "base/instant.h"

#define END INT64_C(7258118399) /* 2199-12-31T23:59:59Z */

static int64_t
earlier(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t
later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static bool
is_business(const struct clock *clock)
{
	return !clock->goal || clock->goal->limit.unit != UNIT_PLAIN;
}

static struct slow_calendar *
calendar_of(const struct clock *clock)
{
	return slow_calendar(calendar_name(clock->calendar));
}

static int64_t
between(const struct clock *clock, int64_t from, int64_t to)
{
	if (from >= to)
		return 0;
	return is_business(clock) ? slow_open(calendar_of(clock), from, to) : to - from;
}

/* Unknown parts make an unknown sum. */
static int64_t
add(const struct clock *clock, int64_t at, int64_t s)
{
	if (at == SLOW_NONE || s == SLOW_NONE)
		return SLOW_NONE;
	if (is_business(clock))
		return slow_add_open(calendar_of(clock), at, s);
	return earlier(at + s, END);
}

static int64_t
after(const struct clock *clock, int64_t at, struct duration duration)
{
	if (duration.unit == UNIT_PLAIN)
		return earlier(at + duration.n, END);
	if (duration.unit == UNIT_BUSINESS)
		return slow_add_open(calendar_of(clock), at, duration.n);
	return slow_add_days(calendar_of(clock), at, duration.n,
		clock->day_ends == DAY_ENDS_SAME_TIME);
}

/* The start plus a share of the time to the limit; none of it moves nothing. */
static int64_t
share(const struct clock *clock, int64_t limit, uint32_t warn)
{
	int64_t whole = between(clock, clock->started_at, limit), part;

	if (limit == SLOW_NONE || whole == SLOW_NONE)
		return SLOW_NONE;
	part = (whole * warn + WARN_MILLION / 2) / WARN_MILLION;
	return part ? add(clock, clock->started_at, part) : clock->started_at;
}

/* By the holds that began before it was past, from `since` on. */
static int64_t
moved(const struct clock *clock, int64_t goal, int64_t since)
{
	int64_t sum = 0, at = goal;

	for (size_t i = 0; i < clock->n_holds && at != SLOW_NONE; i++) {
		const struct hold *hold = &clock->hold[i];
		int64_t from = later(hold->from, since), length;

		if (hold->to == INSTANT_NONE || hold->to <= since || from > at)
			continue;
		length = between(clock, from, hold->to);
		if (length == SLOW_NONE)
			return SLOW_NONE;
		sum += length;
		at = sum ? add(clock, goal, sum) : goal;
	}
	return at;
}

/* Set once, in the calendar of that day, and never moved. */
static struct slow_goals
goals_by_hand(const struct clock *clock)
{
	return (struct slow_goals){ clock->due_target, clock->due_set,
		clock->due_target <= clock->due_set };
}

static struct slow_goals
goals_of_review(const struct clock *clock)
{
	struct slow_goals goals = { INSTANT_NONE, INSTANT_NONE, true };

	if (!clock->ladder->has_review)
		return goals;
	goals.target = moved(clock, after(clock, clock->review_from, clock->ladder->review),
		clock->review_from);
	goals.known = goals.target != SLOW_NONE;
	return goals;
}

struct slow_goals
slow_goals(const struct clock *clock)
{
	const struct goal *goal = clock->goal;
	struct slow_goals goals;
	int64_t limit;

	if (!goal && clock->due_set != INSTANT_NONE)
		return goals_by_hand(clock);
	if (!goal)
		return goals_of_review(clock);
	limit = after(clock, clock->started_at, goal->limit);
	goals.limit = moved(clock, limit, clock->started_at);
	goals.target = moved(clock,
		goal->has_target ? after(clock, clock->started_at, goal->target)
				 : share(clock, limit, goal->warn), clock->started_at);
	goals.known = goals.limit != SLOW_NONE && goals.target != SLOW_NONE;
	return goals;
}

static int
verdict_of_running(const struct fold *fold, const struct clock *clock,
	const struct slow_goals *goals, int64_t at)
{
	if (goals->limit != INSTANT_NONE && at > goals->limit)
		return clock->id == CLOCK_TIER && clock->tier == (int)fold->policy->n_tiers
			? VERDICT_EXHAUSTED : VERDICT_BREACHED;
	if (goals->target != INSTANT_NONE && at > goals->target)
		return VERDICT_RISK;
	return goals->limit == INSTANT_NONE ? VERDICT_OPEN_ENDED : VERDICT_OK;
}

int
slow_verdict(const struct fold *fold, const struct clock *clock, int64_t at)
{
	struct slow_goals goals;
	bool has_limit;

	if (clock->judged)
		return SLOW_JUDGED;
	goals = slow_goals(clock);
	if (!goals.known)
		return SLOW_UNKNOWN;
	has_limit = goals.limit != INSTANT_NONE;
	if (clock->state == CLOCK_RUNNING)
		return verdict_of_running(fold, clock, &goals, at);
	if (clock->state == CLOCK_HELD)
		return has_limit && goals.limit < clock->hold[clock->n_holds - 1].from
			? VERDICT_PAUSED_BREACHED : VERDICT_PAUSED;
	if (has_limit && clock->stopped_at > goals.limit)
		return VERDICT_MISSED;
	return clock->state == CLOCK_ENDED ? VERDICT_ENDED : VERDICT_MET;
}

int64_t
slow_elapsed(const struct clock *clock, int64_t at)
{
	int64_t end = clock->stopped_at == INSTANT_NONE ? at : clock->stopped_at;
	int64_t sum = between(clock, clock->started_at, end);

	for (size_t i = 0; i < clock->n_holds && sum != SLOW_NONE; i++) {
		const struct hold *hold = &clock->hold[i];
		int64_t to = hold->to == INSTANT_NONE ? end : earlier(hold->to, end);
		int64_t held = between(clock, hold->from, to);

		sum = held == SLOW_NONE ? SLOW_NONE : sum - held;
	}
	return sum;
}

static bool
is_hold(const struct clock *clock, const struct ledger_line *line, int64_t end)
{
	for (size_t i = 0; i < clock->n_holds; i++)
		if (clock->hold[i].from == line->from &&
			(clock->hold[i].to == INSTANT_NONE ? end : clock->hold[i].to) == line->to)
			return true;
	return false;
}

static const char *
line_fault(const struct clock *clock, const struct ledger_line *line, int64_t end)
{
	int64_t open_s;

	if (line->kind == LEDGER_DST)
		return line->from == line->to && !line->counted ? NULL : "a change that lasts";
	if (line->from >= line->to)
		return "an empty piece";
	if (line->kind == LEDGER_PAUSED)
		return is_hold(clock, line, end) && !line->counted ? NULL : "a hold that is none";
	if ((line->counted > 0) != (line->kind == LEDGER_COUNTED))
		return "a piece of the wrong kind";
	open_s = line->to - clock->started_at > SLOW_LONGEST ? SLOW_NONE
		: between(clock, line->from, line->to);
	if (open_s != SLOW_NONE && open_s != line->counted)
		return "a piece that counted something else";
	return line->joined || !line->counted || line->counted == line->to - line->from
		? NULL : "a piece that was not open throughout";
}

const char *
slow_ledger_fault(const struct clock *clock, const struct explained *ledger, int64_t at)
{
	int64_t slow = slow_elapsed(clock, at), sum = 0, from = clock->started_at;
	int64_t end = clock->stopped_at == INSTANT_NONE ? later(at, from) : clock->stopped_at;
	const char *fault = NULL;

	for (size_t i = 0; i < ledger->n && !fault; i++) {
		const struct ledger_line *line = &ledger->line[i];

		fault = line->from == from ? line_fault(clock, line, end) : "a gap";
		from = line->to;
		sum += line->counted;
	}
	if (!fault && from != end)
		fault = "another end";
	if (!fault && sum != ledger->elapsed)
		fault = "a sum that is not what elapsed";
	if (!fault && slow != SLOW_NONE && slow != sum)
		fault = "a sum that slowly is another";
	return fault;
}
