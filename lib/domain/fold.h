/*
 * fold: what a case's events amount to: state, tier, clocks, fields in
 * force.  Total: it never refuses an event; what has nothing to act on is
 * without effect.  Goes by `at`, ties in list order; retracted events are
 * left out (the last retraction first); a clock that a remaining event's
 * `judged` names is stopped by that event alone, as written.
 * Source: esc-case(5).  Fails only for want of a policy.
 */
#ifndef ESC_DOMAIN_FOLD_H
#define ESC_DOMAIN_FOLD_H

#include "domain/clock.h"
#include "domain/policy.h"
#include "domain/record.h"
#include "domain/rule.h"

#define NO_STEP  UINT32_MAX
#define TIER_MAX 999 /* a tier beyond is as good as none */

/*
 * One effect on the case, in the order of the fold.  An implied one stands
 * before the event that implies it and shares its event.
 */
struct step {
	const struct event *event;
	enum event_type type;
	bool implied;
	bool effect;             /* false: recorded, without effect */
	enum case_state before, after;
	int tier_before, tier_after;
	int64_t at;              /* never before `created` */
	uint8_t past_limit;      /* 1U << id: lived past its limit when it came */
	uint8_t held_late;       /* 1U << id: held by it, past its target */
};

/*
 * One stop of a clock, as it was judged then: what an event's `judged` says.
 * A reopening that lets the clock run on takes it back, but not this.
 */
struct stop {
	uint32_t step, clock;    /* places in fold->step and fold->clock */
	struct clock judged;     /* the clock as it stopped */
	bool written;            /* the event says so already */
};

/* An x_ or unknown field that an `amended` event set. */
struct amend {
	struct span name;
	struct value value;      /* node 0: removed */
	struct value submitted;
	uint32_t own;            /* its node in the record's line; 0: not there */
};

/* A name that a reclassified or amended event sets. */
struct named {
	struct span name;
	uint32_t place;          /* of the first event in the list that sets it */
	uint32_t amend;          /* 1 + its place in fold->amend; 0: a form field */
	bool in_was;             /* that event's `was` says what it was */
};

struct fold {
	const struct record *record;
	const struct policy *policy;  /* the terms in force at the end */
	struct span policy_version;
	enum case_state state;
	unsigned held;                /* HOLD_ bits */
	int tier;                     /* 0: none yet */
	struct span priority, assignee, queue; /* decoded; {NULL, 0}: none */
	bool priority_by_rule, queue_by_rule, assignee_by_rule;
	struct value form[FIELD_COUNT]; /* the form's fields in force */
	struct value submitted[FIELD_COUNT]; /* ... and as they were submitted */
	struct amend *amend;          /* in the order in which they were first set */
	size_t n_amends;
	struct named *named;          /* all names that events set, sorted */
	size_t n_named;
	struct value **was;           /* see fold_was; NULL where none lacks it */
	struct clock *clock;          /* in the order of their start */
	size_t n_clocks;
	struct step *step;
	size_t n_steps;
	struct stop *stop;            /* in the order of the fold */
	size_t n_stops;
	uint32_t *first_stop;         /* per event: 1 + its first stop; 0: none */
	const struct step *resolved;  /* the resolution in force, or NULL */
	const struct step *rated;     /* the feedback in force, or NULL */
	bool *alive;                  /* per event: not retracted, not after until */
	struct calendar *calendar;    /* the case's, at the end */
	int64_t due, risk;            /* or INSTANT_NONE */
	struct arena *arena;
};

/*
 * Folds the events that happened at or before `until` (INT64_MAX: all).
 * All of *fold lives in the arena and borrows from the record and policies.
 * 0, or -1 with EX_CONFIG.
 */
int fold_record(struct fold *fold, const struct record *record,
	const struct policy_source *policies, int64_t until,
	struct arena *arena, struct err *err);

/*
 * The same as if all of it had happened under that text: what was judged
 * then is judged by it, and no `repinned` leads to another.  Cannot fail.
 */
void fold_rejudge(struct fold *fold, const struct record *record,
	const struct policy *policy, int64_t until, struct arena *arena);

/*
 * The value in force of a form, x_ or unknown field, by its dotted name;
 * node 0: none.
 */
struct value fold_value(const struct fold *fold, struct span name);

/*
 * Whether the field of that name says so already: texts are compared decoded,
 * numbers as they are written, null is as good as none.
 */
bool fold_says(const struct fold *fold, struct span name, struct value value);

/* What was amended of an x_ or unknown name; NULL. */
const struct amend *fold_amend(const struct fold *fold, struct span name);

/* The version of the policy under which the case was submitted. */
struct span fold_submitted_version(const struct record *record, struct arena *arena);

/* The stops that an event made, one behind the other; *n of them. */
const struct stop *fold_stops(const struct fold *fold, const struct event *event,
	size_t *n);

/*
 * For an event that changes fields and has no `was`: what the member of its
 * `set` (the k-th, name) said before.  false: it was never applied.
 */
bool fold_was(const struct fold *fold, const struct event *event, size_t k,
	struct span name, struct value *was);

/* The clock of that kind that runs or is held; NULL. */
const struct clock *fold_clock(const struct fold *fold, enum clock_id id);

/* The facts that rules look at, as of `at`. */
struct facts fold_facts(const struct fold *fold, int64_t at);

static inline bool
fold_is_open(const struct fold *fold)
{
	return (STATE(fold->state) & STATES_OPEN) != 0;
}

#endif
