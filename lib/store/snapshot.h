/*
 * snapshot: a copy of a store as of its HEAD, while others write: FORMAT,
 * the log up to HEAD, seals, blobs, policies, quarantine, then a HEAD that
 * fits.  The copy is a store; the index is left to be made again.
 */
#ifndef ESC_STORE_SNAPSHOT_H
#define ESC_STORE_SNAPSHOT_H

#include "store/head.h"
#include "store/store.h"

/* `path` must not be there, or be an empty folder. 0; -1. */
int snapshot_make(const struct store *store, const char *path, struct position *position,
	struct err *err);

#endif
