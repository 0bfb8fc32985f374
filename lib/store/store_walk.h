/*
 * store_walk: what lies in a folder below the store, one entry at a time,
 * in no order.  Follows no link, and goes no deeper.
 */
#ifndef ESC_STORE_STORE_WALK_H
#define ESC_STORE_STORE_WALK_H

#include <time.h>

#include "store/store.h"

struct walk_entry {
	const char *path, *name; /* "blobs/ab", "ab"; borrowed */
	mode_t mode;
	int64_t size;
	time_t changed;
};

/* 0 goes on, else ends it. */
typedef int (*walk_fn)(void *ctx, const struct walk_entry *entry, struct err *err);

/* "": the store itself.  0 (also where there is no such folder), fn's, or -1. */
int store_walk(const struct store *store, const char *folder, walk_fn fn, void *ctx,
	struct err *err);

#endif
