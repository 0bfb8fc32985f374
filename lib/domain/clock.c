#include "domain/clock.h"

#include "base/instant.h"

const char *const clock_state_names[CLOCK_STATES] = {
	[CLOCK_RUNNING] = "running",
	[CLOCK_HELD] = "held",
	[CLOCK_MET] = "met",
	[CLOCK_MISSED] = "missed",
	[CLOCK_ENDED] = "ended",
};

int64_t
clock_between(const struct clock *clock, int64_t a, int64_t b)
{
	if (clock->business)
		return calendar_open_between(clock->calendar, a, b);
	return b - a;
}

/* at and a duration; what lies beyond the calendar's range is its end. */
static int64_t
add_duration(const struct clock *clock, int64_t at, struct duration duration)
{
	struct err err = { 0 };
	int64_t sum;

	if (duration.unit == UNIT_PLAIN)
		sum = at + duration.n;
	else if (calendar_add(clock->calendar, at, duration, clock->day_ends, &sum, &err) < 0)
		sum = CALENDAR_MAX;
	err_release(&err);
	return sum < CALENDAR_MAX ? sum : CALENDAR_MAX;
}

/* at and seconds of the clock's own kind; zero moves nothing. */
static int64_t
add_seconds(const struct clock *clock, int64_t at, int64_t s)
{
	struct err err = { 0 };
	int64_t sum = at + s;

	if (s > 0 && clock->business &&
		calendar_add_open(clock->calendar, at, s, &sum, &err) < 0)
		sum = CALENDAR_MAX;
	err_release(&err);
	return sum < CALENDAR_MAX ? sum : CALENDAR_MAX;
}

static int64_t
warn_after(int64_t whole_s, uint32_t warn)
{
	return (whole_s * (int64_t)warn + WARN_MILLION / 2) / WARN_MILLION;
}

/* One ended hold, the part of it from `since` on. */
static void
move(const struct clock *clock, struct moving *goal, const struct hold *hold, int64_t since)
{
	int64_t from = hold->from > since ? hold->from : since;

	if (goal->fixed || hold->to == INSTANT_NONE || hold->to <= since)
		return;
	goal->fixed = goal->at < from;
	if (goal->fixed)
		return;
	goal->sum += clock_between(clock, from, hold->to);
	goal->at = add_seconds(clock, goal->base, goal->sum);
}

/* A goal moved by all ended holds from `since` on. */
static struct moving
moved(const struct clock *clock, int64_t base, int64_t since)
{
	struct moving goal = { .base = base, .at = base };

	for (size_t i = 0; i < clock->n_holds; i++)
		move(clock, &goal, &clock->hold[i], since);
	return goal;
}

static void
set_goals_of_review(struct clock *clock)
{
	clock->limit_at = INSTANT_NONE;
	clock->target_at = INSTANT_NONE;
	if (!clock->ladder || !clock->ladder->has_review)
		return;
	clock->target = moved(clock,
		add_duration(clock, clock->review_from, clock->ladder->review),
		clock->review_from);
	clock->target_at = clock->target.at;
}

static void
set_goals_of_terms(struct clock *clock)
{
	const struct goal *goal = clock->goal;
	int64_t start = clock->started_at;
	int64_t limit = add_duration(clock, start, goal->limit), target;

	if (goal->has_target)
		target = add_duration(clock, start, goal->target);
	else
		target = add_seconds(clock, start,
			warn_after(clock_between(clock, start, limit), goal->warn));
	clock->limit = moved(clock, limit, start);
	clock->target = moved(clock, target, start);
	clock->limit_at = clock->limit.at;
	clock->target_at = clock->target.at;
}

static bool
is_business(const struct clock *clock)
{
	if (clock->goal)
		return duration_is_business(clock->goal->limit);
	return true;
}

static int64_t
sum_of_holds(const struct clock *clock)
{
	int64_t sum = 0;

	for (size_t i = 0; i < clock->n_holds; i++)
		if (clock->hold[i].to != INSTANT_NONE)
			sum += clock_between(clock, clock->hold[i].from, clock->hold[i].to);
	return sum;
}

void
clock_set_goals(struct clock *clock)
{
	clock->business = is_business(clock);
	clock->open_ended = !clock->goal && clock->due_set == INSTANT_NONE;
	clock->paused = sum_of_holds(clock);
	if (clock->goal)
		set_goals_of_terms(clock);
	else if (clock->open_ended)
		set_goals_of_review(clock);
	else {
		clock->limit_at = clock->due_set;
		clock->target_at = clock->due_target;
	}
}

void
clock_set_due(struct clock *clock, int64_t due)
{
	int64_t start = clock->started_at;
	int64_t whole = due > start ? clock_between(clock, start, due) : 0;
	int64_t target = add_seconds(clock, start, warn_after(whole, clock->ladder->warn));

	clock->due_set = due;
	clock->due_target = target < due ? target : due;
	clock_set_goals(clock);
}

void
clock_hold(struct clock *clock, int64_t at, uint32_t step, struct arena *arena)
{
	if (clock->state != CLOCK_RUNNING)
		return;
	clock->hold = arena_grow(arena, clock->hold, clock->n_holds, &clock->cap_holds,
		sizeof *clock->hold);
	clock->hold[clock->n_holds++] = (struct hold){ at, INSTANT_NONE, step };
	clock->held_at = at;
	clock->state = CLOCK_HELD;
}

void
clock_set_review(struct clock *clock, int64_t at)
{
	clock->review_from = at;
	if (clock->open_ended)
		set_goals_of_review(clock);
}

/* Only the last hold is new. */
static void
add_hold(struct clock *clock, const struct hold *hold)
{
	int64_t since = clock->open_ended ? clock->review_from : clock->started_at;

	clock->paused += clock_between(clock, hold->from, hold->to);
	if (clock->due_set != INSTANT_NONE && !clock->goal)
		return;
	move(clock, &clock->target, hold, since);
	move(clock, &clock->limit, hold, since);
	if (clock->target_at != INSTANT_NONE)
		clock->target_at = clock->target.at;
	if (clock->limit_at != INSTANT_NONE)
		clock->limit_at = clock->limit.at;
}

void
clock_release(struct clock *clock, int64_t at)
{
	if (clock->state != CLOCK_HELD)
		return;
	clock->hold[clock->n_holds - 1].to = at;
	clock->held_at = INSTANT_NONE;
	clock->state = CLOCK_RUNNING;
	add_hold(clock, &clock->hold[clock->n_holds - 1]);
}

void
clock_stop(struct clock *clock, int64_t at, bool ends)
{
	clock_release(clock, at);
	clock->stopped_at = at;
	if (clock->limit_at != INSTANT_NONE && at > clock->limit_at) {
		clock->state = CLOCK_MISSED;
		clock->over = clock_between(clock, clock->limit_at, at);
	} else {
		clock->state = ends ? CLOCK_ENDED : CLOCK_MET;
	}
}
