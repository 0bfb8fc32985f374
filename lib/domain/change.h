/*
 * change: a record to which a command appends events.  Checks the table of
 * esc-case(5), EVENTS, that the fold forgives: the state, the starred
 * members, the policy's `require`, what a backdated event may do; then
 * appends, folds, writes `judged`, and rewrites the derived fields in place.
 * Order: change_begin, change_add..., change_write.
 */
#ifndef ESC_DOMAIN_CHANGE_H
#define ESC_DOMAIN_CHANGE_H

#include "base/buf.h"
#include "domain/fold.h"

struct change {
	const struct record *record;
	const struct policy_source *policies;
	struct arena *arena;
	struct fold fold;      /* the case as it stands, with what was added */
	int64_t now;           /* the recording of what is added */
	int64_t at;            /* when it happened; INSTANT_NONE: now */
	bool now_raised;       /* now was before the last recording, and is that */
	struct span by;
	struct record grown;   /* the record with the new events */
	struct buf *draft;     /* texts of the new events */
	size_t n_added;
	bool folded;           /* esc-fold: write even where nothing was added */
};

/* 0, or -1 (a policy is missing: EX_CONFIG; `at` not allowed: EX_DATAERR). */
int change_begin(struct change *change, const struct record *record,
	const struct policy_source *policies, int64_t now, int64_t at,
	struct span by, struct arena *arena, struct err *err);

/*
 * Starts an event's text in an arena buffer: {"at":..,"by":..,"type":..
 * (with "logged" after at where backdated).  Add members with buf_key and
 * buf_json..., then hand it to change_add, which closes the brace.
 */
struct buf *change_event(struct change *change, enum event_type type);

/*
 * Checks and appends the event.  1: appended; 0: already so, nothing is
 * changed; -1 with EX_DATAERR and why the state or the table forbids it.
 */
int change_add(struct change *change, struct buf *event, struct err *err);

/*
 * The record's new line, without newline, into out; the line as it was
 * where nothing was added.  0, or -1 with EX_DATAERR (too long).
 */
int change_write(struct change *change, struct buf *out, struct err *err);

#endif
