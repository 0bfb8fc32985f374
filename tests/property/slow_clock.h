/*
 * slow_clock: what a clock of a fold says at an instant, from esc-case(5)
 * and slow_time alone: its goals from its start, its terms and its holds,
 * its verdict, and the time that it counted.
 */
#ifndef ESC_TESTS_PROPERTY_SLOW_CLOCK_H
#define ESC_TESTS_PROPERTY_SLOW_CLOCK_H

#include "domain/explain.h"
#include "slow_time.h"

/* Of a clock of its own kind; SLOW_NONE: beyond the years of slow_time. */
struct slow_goals {
	int64_t target, limit; /* or INSTANT_NONE where there is none */
	bool known;
};

struct slow_goals slow_goals(const struct clock *clock);

#define SLOW_JUDGED  (-1) /* as an event says */
#define SLOW_UNKNOWN (-2)

/* A verdict, or one of these. */
int slow_verdict(const struct fold *fold, const struct clock *clock, int64_t at);

/* Seconds of the clock's own kind from its start to its end or `at`. */
int64_t slow_elapsed(const struct clock *clock, int64_t at);

/*
 * What is wrong with a ledger, NULL: nothing.  Its pieces follow one another
 * from the start to the end; each counted what was open, or is a hold; they
 * add up.
 */
const char *slow_ledger_fault(const struct clock *clock, const struct explained *ledger,
	int64_t at);

#endif
