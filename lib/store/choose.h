/*
 * choose: the cases that esc-cat was asked for, in the order of their ids,
 * by the index or by a scan of the log, which give the same answers: every
 * line that the index names is read and looked at again.
 * Order: fill a struct choice, choose_each.
 */
#ifndef ESC_STORE_CHOOSE_H
#define ESC_STORE_CHOOSE_H

#include "store/index.h"
#include "store/log.h"

struct choice {
	bool all;
	const struct span *id;   /* whole, or an end of 5 characters or more */
	size_t n_ids;
	int64_t due_by;          /* INSTANT_NONE: any */
	const struct pick *pick; /* NULL: any; looks at what is printed */
	bool history;            /* every revision, the oldest first */
	int64_t as_of;           /* as the store was then; INSTANT_NONE: now */
	bool no_index;
};

struct chosen {
	struct span id;
	int64_t rev, seq, at;
	struct span data;        /* the record; SCAN_SLACK bytes readable after it */
	const struct record *record; /* the same, read */
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
	/* an id that names no case, or more than one (then the candidates) */
	void (*unknown)(void *ctx, struct span id, const struct span *candidate, size_t n);
	void *ctx;
};

int choose_each(const struct store *store, const struct choice *choice,
	const struct choose_terms *terms, choose_fn fn, void *ctx, struct err *err);

#endif
