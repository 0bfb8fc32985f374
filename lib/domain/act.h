/*
 * act: the events that people's commands add, one function each: they put
 * the members together and hand the event to change_add.  All return 0
 * (added, or already so) or -1 with EX_DATAERR.  Texts may be NULL: left out.
 */
#ifndef ESC_DOMAIN_ACT_H
#define ESC_DOMAIN_ACT_H

#include "domain/change.h"

/* An event with at most one text, `member`. */
int act_text(struct change *change, enum event_type type, const char *member,
	const char *text, struct err *err);

/* at: INSTANT_NONE, or when the customer may expect more. */
int act_update(struct change *change, const char *text, int64_t expected,
	struct err *err);

int act_due(struct change *change, int64_t due, const char *because, struct err *err);
int act_reprioritise(struct change *change, const char *priority, const char *because,
	struct err *err);

/* tier 0: where the policy's rules say, else 1. */
int act_accept(struct change *change, int64_t tier, const char *text, struct err *err);

/* to 0: the next tier. */
int act_promote(struct change *change, int64_t to, const char *reason,
	const char *assignee, struct err *err);

/* outcome: by code or label of the case's tier. */
int act_resolve(struct change *change, const char *outcome, const char *summary,
	struct err *err);
int act_rate(struct change *change, int64_t score, const char *comment, struct err *err);
int act_retract(struct change *change, int64_t place, const char *because,
	struct err *err);

/* Judges the case by another version of its own policy. */
int act_repin(struct change *change, const struct policy *policy, const char *because,
	struct err *err);

struct act_code {
	enum field field;
	const char *text; /* a code or its label; NULL: not given */
};

/*
 * All that are given in one event; none: nothing.  An empty text takes the
 * field away.
 */
int act_reclassify(struct change *change, const struct act_code *code, size_t n,
	const char *because, struct err *err);

/* FIELD=VALUE texts; an empty VALUE takes the field away. */
int act_amend(struct change *change, const char *const *text, size_t n,
	const char *because, struct err *err);

/* attachment: the object's JSON. */
int act_attach(struct change *change, struct span attachment, struct err *err);

#endif
