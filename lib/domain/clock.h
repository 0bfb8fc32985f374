/*
 * clock: one measurement of a case against a goal: started, held, stopped.
 * Goals are computed from the start by the policy's duration in the case's
 * calendar and moved by the holds, each in the clock's own kind of time.
 * Source: esc-case(5), CLOCKS.
 */
#ifndef ESC_DOMAIN_CLOCK_H
#define ESC_DOMAIN_CLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "domain/calendar.h"
#include "domain/policy.h"

enum clock_state {
	CLOCK_RUNNING,
	CLOCK_HELD,
	CLOCK_MET,
	CLOCK_MISSED,
	CLOCK_ENDED,
	CLOCK_STATES
};

extern const char *const clock_state_names[CLOCK_STATES];

/* [from, to) in which a clock did not run; to is INSTANT_NONE while it lasts. */
struct hold {
	int64_t from, to;
	uint32_t step; /* place in fold->step of what the clock waited for first */
};

/* A goal and the holds that moved it; kept, so that each hold is added once. */
struct moving {
	int64_t base;   /* without holds */
	int64_t sum;    /* of the holds, own kind */
	int64_t at;     /* the goal as moved */
	bool fixed;     /* it was past when a hold began: no later one moves it */
};

struct clock {
	enum clock_id id;
	int tier;            /* when it started; 0: none (acknowledge) */
	int cycle;           /* from 1 */
	enum clock_state state;
	int64_t started_at;
	int64_t target_at, limit_at, stopped_at, held_at; /* or INSTANT_NONE */
	int64_t paused;      /* ended holds, seconds of the clock's own kind */
	int64_t over;        /* when missed: seconds past the limit, own kind */
	bool business;       /* its own kind is open time, else plain time */
	bool open_ended;     /* a case-specific tier without a deadline */
	bool judged;         /* its end is as an event's `judged` says */
	int64_t due_set;     /* the deadline set by hand, or INSTANT_NONE */
	int64_t due_target;  /* ... and when it is at risk */
	int64_t review_from; /* an open-ended clock's last sign of life */
	struct moving target, limit;
	struct hold *hold;
	size_t n_holds, cap_holds;
	struct calendar *calendar;
	enum day_ends day_ends;
	const struct goal *goal;    /* NULL: open-ended, or a deadline by hand */
	const struct tier *ladder;  /* the tier clock's tier; else NULL */
	uint32_t start_step, stop_step; /* places in fold->step; NO_STEP: none */
};

static inline bool
clock_lives(const struct clock *clock)
{
	return clock->state == CLOCK_RUNNING || clock->state == CLOCK_HELD;
}

/* Seconds from a to b in the clock's own kind; negative when reversed. */
int64_t clock_between(const struct clock *clock, int64_t a, int64_t b);

/*
 * Computes target_at, limit_at and paused from the start, the goal, the
 * holds and a deadline set by hand, all afresh.
 */
void clock_set_goals(struct clock *clock);


/* An open-ended clock's sign of life: its review counts from there. */
void clock_set_review(struct clock *clock, int64_t at);

/* A deadline by hand: from here on nothing else moves limit and target. */
void clock_set_due(struct clock *clock, int64_t due);

/*
 * Begins and ends a hold; nothing happens where that is already so.  step:
 * what began it.
 */
void clock_hold(struct clock *clock, int64_t at, uint32_t step, struct arena *arena);
void clock_release(struct clock *clock, int64_t at);

/*
 * Stops it: met or missed.  Where `ends`, a clock within its limit (or
 * without one) is `ended`.
 */
void clock_stop(struct clock *clock, int64_t at, bool ends);

#endif
