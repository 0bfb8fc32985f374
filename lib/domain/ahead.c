#include "domain/ahead.h"

#include <stdlib.h>

#include "base/instant.h"

/* Whether any clock says something else one second before. */
static bool
changes_at(const struct fold *fold, int64_t at)
{
	for (size_t i = 0; i < fold->n_clocks; i++)
		if (verdict_of(fold, &fold->clock[i], at) !=
			verdict_of(fold, &fold->clock[i], at - 1))
			return true;
	return false;
}

int64_t
ahead_next(const struct fold *fold, int64_t at)
{
	int64_t next = INSTANT_NONE;

	for (size_t i = 0; i < fold->n_clocks; i++) {
		const struct clock *clock = &fold->clock[i];
		const int64_t goal[] = { clock->target_at, clock->limit_at };

		for (size_t k = 0; k < sizeof goal / sizeof *goal; k++) {
			int64_t then = goal[k] == INSTANT_NONE ? goal[k] : goal[k] + 1;

			if (then > at && (next == INSTANT_NONE || then < next) &&
				changes_at(fold, then))
				next = then;
		}
	}
	return next;
}

static bool
is_over(enum verdict verdict)
{
	return verdict == VERDICT_BREACHED || verdict == VERDICT_EXHAUSTED;
}

static int
by_limit(const void *a, const void *b)
{
	const struct clock_verdict *const *x = a, *const *y = b;
	int64_t p = (*x)->clock->limit_at, q = (*y)->clock->limit_at;

	return (p > q) - (p < q);
}

void
ahead_horizon(const struct fold *fold, const struct case_verdict *now, int64_t at,
	struct horizon *horizon)
{
	*horizon = (struct horizon){ .at = at,
		.breach = arena_zero(fold->arena, now->n * sizeof(*horizon->breach)) };
	for (size_t i = 0; i < now->n; i++) {
		const struct clock_verdict *verdict = &now->clock[i];

		if (!is_over(verdict->verdict) && is_over(verdict_of(fold, verdict->clock, at + 1)))
			horizon->breach[horizon->n++] = verdict;
	}
	qsort(horizon->breach, horizon->n, sizeof(*horizon->breach), by_limit);
}
