/*
 * rule: whether a condition of a policy holds for a case as it stands.
 * Pure: what is asked for is in struct facts.
 */
#ifndef ESC_DOMAIN_RULE_H
#define ESC_DOMAIN_RULE_H

#include "domain/policy.h"
#include "domain/record.h"

/* What conditions look at. */
struct facts {
	const struct value *form; /* FIELD_COUNT values in force */
	enum case_state state;
	struct span priority, queue; /* {NULL, 0}: none */
	int64_t opened;  /* case_opened, else created */
	int64_t at;      /* the instant at which age is asked */
	struct calendar *calendar;
	enum day_ends day_ends;
	struct arena *arena;
};

bool when_holds(const struct when *when, const struct facts *facts);

/* The first rule of a group that matches; NULL. */
const struct rule *rule_match(const struct policy *policy,
	enum rule_group group, const struct facts *facts);

/* The first goal whose condition holds; NULL. */
const struct goal *goal_match(const struct goal *goal, size_t n,
	const struct facts *facts);

/* The calendar of a case: its queue's, else its region's, else the default. */
struct calendar *policy_case_calendar(const struct policy *policy,
	const struct value *form, struct span queue, struct arena *arena);

#endif
