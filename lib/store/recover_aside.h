/*
 * recover_aside: copies what follows the last finished batch to quarantine/,
 * one file a segment, synced.  Removes nothing.  Private to recover*.c.
 */
#ifndef ESC_STORE_RECOVER_ASIDE_H
#define ESC_STORE_RECOVER_ASIDE_H

#include "store/store.h"

#define ASIDE_SIZE 96

struct aside {
	char file[ASIDE_SIZE]; /* quarantine/000000000001-4096-20261122T003000Z.jsonl */
	struct place place;    /* where it stood */
};

struct asides {
	struct aside *list;
	size_t n, cap;
};

/* first: the segments that are there.  0; -1 with EX_IOERR, EX_CANTCREAT. */
int recover_copy(const struct store *store, const int64_t *first, size_t n,
	const struct position *good, struct asides *asides, struct err *err);

#endif
