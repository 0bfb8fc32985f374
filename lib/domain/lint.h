/*
 * lint: what can be judged by a policy and is still unlikely to be meant.
 * policy_parse refuses the impossible; this finds the improbable.
 * Source of the list: esc-policy(1), CHECKS.
 */
#ifndef ESC_DOMAIN_LINT_H
#define ESC_DOMAIN_LINT_H

#include "domain/policy.h"

#define LINT_FINDING      1  /* the status of a finding */
#define LINT_HOLIDAY_DAYS 90

/* Adds each finding, placed by JSON pointer (or "calendars/NAME"). */
void lint_policy(const struct policy *policy, int64_t now, struct err *findings);

/* Whether all that `narrow` matches is matched by `wide` already. */
bool when_within(const struct when *narrow, const struct when *wide);

/* Whether no case at all can match. */
bool when_impossible(const struct when *when);

#endif
