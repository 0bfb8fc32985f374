/*
 * ahead: what the passing of time alone will do to a case's verdicts: when
 * one changes next, and which limits pass by a horizon.  Nothing is foreseen
 * but time: no event, no promotion.  Pure, like verdict.
 * Source: esc-sla-check(1), AHEAD.
 */
#ifndef ESC_DOMAIN_AHEAD_H
#define ESC_DOMAIN_AHEAD_H

#include "domain/verdict.h"

/*
 * The first second after `at` at which the verdict of any clock is another
 * than one second before; INSTANT_NONE: none will be.
 */
int64_t ahead_next(const struct fold *fold, int64_t at);

/* Limits that pass by a horizon, its last second included, of clocks not over theirs. */
struct horizon {
	int64_t at;
	const struct clock_verdict **breach; /* of `now`, the earliest limit first */
	size_t n;
};

/* `now` is verdict_at(fold, ...) of an instant at or before `at`. */
void ahead_horizon(const struct fold *fold, const struct case_verdict *now, int64_t at,
	struct horizon *horizon);

#endif
