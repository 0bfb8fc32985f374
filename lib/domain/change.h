/*
 * change: a record to which a command appends events.  Checks what the fold
 * forgives (esc-case(5), EVENTS): the state, the starred members, the
 * policy's `require`, what a backdated event may do; then appends, folds,
 * fills in `judged` and `was`, and rewrites the derived fields in place.
 * Order: change_init once a run; for each record change_begin, for each
 * event change_event and change_add, then change_write; change_release.
 */
#ifndef ESC_DOMAIN_CHANGE_H
#define ESC_DOMAIN_CHANGE_H

#include "base/buf.h"
#include "domain/fold.h"

struct draft;

struct change {
	const struct policy_source *policies;
	int64_t now;           /* the recording of what is added */
	struct span by;
	bool judge_all;        /* esc-import: `judged` for every event that lacks it */
	int64_t rev;           /* what the line will say; -1: what it says */
	struct arena *arena;   /* the record's, from here on */
	const struct record *record;
	int64_t at;            /* when it happened; INSTANT_NONE: at `recorded` */
	int64_t last;          /* the record's last recording */
	int64_t recorded;      /* now, or the last recording where that is later */
	struct fold fold;      /* the case with what was added so far */
	struct record grown;   /* the record with what was added so far */
	size_t n_added;
	struct draft **draft;
	size_t cap_drafts;
};

void change_init(struct change *change, const struct policy_source *policies,
	int64_t now, struct span by);
void change_release(struct change *change);

/*
 * `at` backdates (INSTANT_NONE: not): in the future or before created it is
 * refused.  0, or -1 with EX_DATAERR, or EX_CONFIG where a policy is missing.
 */
int change_begin(struct change *change, const struct record *record,
	int64_t at, struct arena *arena, struct err *err);

/* now lay before the last event's recording, which is used instead. */
bool change_is_late(const struct change *change);

/*
 * Starts an event's text, {"at":..,"logged"?:..,"by":..,"type":.. ; add
 * members with buf_key and buf_json..., then call change_add, which closes
 * the brace.  change_event_at gives an `at` of its own (catch-up).
 */
struct buf *change_event(struct change *change, enum event_type type);
struct buf *change_event_at(struct change *change, enum event_type type,
	int64_t at);

/*
 * Checks and appends the event begun last.  1: appended; 0: already so,
 * nothing is changed; -1 with EX_DATAERR and why it is forbidden.
 */
int change_add(struct change *change, struct err *err);

/*
 * For events that are there already (merge).  change_start is change_begin
 * without the fold; change_take appends events as they are, unchecked, and
 * folds: they and their texts live until change_write.
 */
void change_start(struct change *change, const struct record *record, struct arena *arena);
int change_take(struct change *change, const struct event *event, size_t n, struct err *err);

/* The next event's text, empty: all but the brace that change_add closes. */
struct buf *change_text(struct change *change);

/* Like change_add, but unchecked: 0; -1. */
int change_put(struct change *change, struct err *err);

/* From here on events are checked as of `at`; INSTANT_NONE: of all there is. */
int change_as_of(struct change *change, int64_t at, struct err *err);

/*
 * The record's new line, without newline, into out: derived fields afresh,
 * `sla` dropped, all else as it was.  0, or -1 (a policy is missing).
 */
int change_write(struct change *change, struct buf *out, struct err *err);

#endif
