/*
 * merge: what a record that comes in adds to the one that is stored.  Pure:
 * both are lines in memory; lib/store finds and keeps them.
 *
 * By revision (`rev` 1 or more): the incoming events must begin with the
 * stored ones, compared as JSON values (see same.h), `judged`, `was` and
 * `was_at` left aside; the stored bytes stay, the new events follow, `rev`
 * rises by one, derived fields are computed afresh.  Form and other fields
 * must say what is in force once the new events are folded: only events
 * change a committed case.  With `rebase` the new events of a stale record
 * are replayed as commands on the stored one.
 * By import (`rev` 0, a known id): events that the stored one lacks, in any
 * place, follow it; fields that the import changed since it was last taken
 * become one `amended` and one `reclassified` (because "import").
 * Order: merge_init once; merge_new, merge_record or merge_event for each;
 * merge_release.
 * Source: esc-store(5), COMMIT.
 */
#ifndef ESC_DOMAIN_MERGE_H
#define ESC_DOMAIN_MERGE_H

#include "domain/change.h"

enum merged {
	MERGED_STALE = -2,   /* err, EX_TEMPFAIL: others were there first */
	MERGED_REFUSED = -1, /* err, EX_DATAERR (EX_CONFIG: a policy is missing) */
	MERGED_SAME,         /* nothing new: acknowledged, nothing written */
	MERGED_GROWN,        /* out has the stored record's next revision */
	MERGED_NEW,          /* out has revision 1 */
};

struct merge_terms {
	const struct policy_source *policies;
	int64_t now;      /* the commit's clock */
	int64_t latest;   /* an event later than this is refused: now + 300, or INT64_MAX */
	struct span by;   /* fills in an event's `by` where it is absent */
	bool rebase;
};

#define MERGE_AHEAD_S 300

/* The record that is stored. */
struct merge_stored {
	const struct record *record;
	bool erased;      /* "" {} [] of a stored value equal anything, and stay */
};

struct merge {
	struct merge_terms terms;
	bool late;           /* the last one's new events say a later recording than their clock */
	struct change change;
	struct buf text;     /* of one event at a time */
	struct scan scan;    /* of that text */
	struct arena scratch[2]; /* of one comparison, or one replayed event, at a time */
};

void merge_init(struct merge *merge, const struct merge_terms *terms);
void merge_release(struct merge *merge);

/*
 * A case that the store does not know.  `rev` 1 or more is refused.  What it
 * lacks (`judged`, `was`) is filled in.  out is appended to: one line
 * without newline.
 */
enum merged merge_new(struct merge *merge, const struct record *in, struct arena *arena,
	struct buf *out, struct err *err);

enum merged merge_record(struct merge *merge, const struct merge_stored *stored,
	const struct record *in, struct arena *arena, struct buf *out, struct err *err);

/* One line of --events. */
struct event_line {
	struct span id;
	int64_t rev;         /* -1: not said */
	const struct scan *scan;
	uint32_t event;      /* its node */
};

/* {"id":"..","rev":N?,"event":{..}}; other members are refused. 0; -1. */
int event_line_read(struct event_line *line, const struct scan *scan, struct arena *arena,
	struct err *err);

/*
 * A command: the event is checked as esc-note would (esc-case(5), EVENTS);
 * `at` and `by` are filled in where absent, `logged`, `judged` and `was` by
 * the commit alone.  An event with `at` that is there already is
 * MERGED_SAME; another `rev` than the stored one is stale.
 */
enum merged merge_event(struct merge *merge, const struct merge_stored *stored,
	const struct event_line *line, struct arena *arena, struct buf *out, struct err *err);

#endif
