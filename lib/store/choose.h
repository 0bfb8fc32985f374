/*
 * choose: the cases that esc-cat was asked for, in the order of their ids,
 * by the index or by a scan of the log, which give the same answers: every
 * line that the index names is read and looked at again.  Where the index,
 * or a line that it names, is found damaged, the answer goes on by a scan,
 * behind the last line given.
 * Order: fill a struct choice, choose_each.
 */
#ifndef ESC_STORE_CHOOSE_H
#define ESC_STORE_CHOOSE_H

#include "store/index.h"
#include "store/log.h"

#define CHOOSE_END_MIN 5 /* digits of an end of an id */

/*
 * Which cases.  With ids, those alone; the conditions (due_by, since, pick) must
 * hold beside that.  They look at the case's newest line (as of then), also
 * where all of its revisions are given.
 */
struct choice {
	bool all;
	const struct span *id;   /* whole, or an end of CHOOSE_END_MIN or more; any case */
	size_t n_ids;
	int64_t due_by;          /* INSTANT_NONE: any */
	int64_t since;           /* what a report can count from then on; INSTANT_NONE: any */
	const struct pick *pick; /* NULL: any; looks at what is printed */
	bool history;            /* every revision, the oldest first */
	int64_t as_of;           /* as the store was then; INSTANT_NONE: now */
	bool no_index;
	bool unread;             /* nobody looks into the records: chosen.record may be NULL */
};

struct chosen {
	struct span id;
	int64_t rev, seq, at;
	struct span data;        /* the record; SCAN_SLACK bytes readable after it */
	const struct record *record; /* the same, read; NULL: of a newer version */
	const struct scan *scan;
	bool erased;
};

/* 0 goes on, -1 with err ends it. */
typedef int (*choose_fn)(void *ctx, const struct chosen *chosen, struct arena *arena,
	struct err *err);

struct choose_terms {
	const struct policy_source *policies;
	struct span world;
	index_damage_fn damage;  /* a line that cannot be read: told, then on */
	/* an id that names no case, or more than one (then CHOOSE_CANDIDATES at most) */
	void (*unknown)(void *ctx, struct span id, const struct span *candidate, size_t n);
	void (*step)(void *ctx, uint64_t done); /* of making an index; may be NULL */
	void *ctx;
};

#define CHOOSE_CANDIDATES 16

/* 0 (also where lines were damaged: they were told); -1. */
int choose_each(const struct store *store, const struct choice *choice,
	const struct choose_terms *terms, choose_fn fn, void *ctx, struct err *err);

#endif
