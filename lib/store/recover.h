/*
 * recover: what lies behind HEAD when nobody writes: whole, valid, finished
 * batches are written again in place (a sync may have failed on them),
 * synced and counted; the rest is copied to quarantine/ and truncated, and a
 * `recovered` line says so.  Needs the append lock.
 */
#ifndef ESC_STORE_RECOVER_H
#define ESC_STORE_RECOVER_H

#include "store/append.h"

struct recovery {
	uint64_t batches;   /* taken in */
	int64_t set_aside;  /* bytes in quarantine */
};

/* Whether anything lies behind HEAD: 1, 0, or -1 with EX_IOERR. */
int recover_is_needed(const struct store *store, const struct head *head, struct err *err);

/* 0; -1 with EX_IOERR. */
int recover_tail(struct append *append, struct recovery *recovery, struct err *err);

#endif
