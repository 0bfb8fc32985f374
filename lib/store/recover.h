/*
 * recover: what lies behind HEAD when nobody writes: whole, valid, finished
 * batches are written again in place (a sync may have failed on them),
 * synced and counted; the rest is copied to quarantine/ and truncated, and a
 * `recovered` line says so.  Needs the append lock: append_open does it, and
 * append->recovery is what esc-store recover tells.  Killed at any moment it
 * is done again: HEAD moves only to what is synced, the notice is written
 * over what was copied, and later segments go last.
 */
#ifndef ESC_STORE_RECOVER_H
#define ESC_STORE_RECOVER_H

#include "store/append.h"

/* Whether anything lies behind HEAD: 1, 0, or -1 with EX_IOERR. */
int recover_is_needed(const struct store *store, const struct head *head, struct err *err);

/*
 * Removes the temporary files of killed writers (store_new.h) that only the
 * append lock guards: log/, seals/, policies/, quarantine/.
 */
void recover_sweep(const struct store *store);

/*
 * A segment that is not full but has the mode of a sealed one, as a copy of a
 * store may have it, gets its own again.
 */
void recover_mode(const struct store *store, const struct head *head);

/* 0; -1 with EX_IOERR. */
int recover_tail(struct append *append, struct recovery *recovery, struct err *err);

#endif
