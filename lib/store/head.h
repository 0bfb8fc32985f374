/*
 * head: the file HEAD, the witness of the acknowledged end of the log: two
 * slots of 256 bytes, written in turn and in place after a successful sync
 * of the log, each with a checksum of its own, so that one of them is whole
 * whatever moment the power fails.  The one with the greater seq is in force.
 * Source: esc-store(5), HEAD.
 */
#ifndef ESC_STORE_HEAD_H
#define ESC_STORE_HEAD_H

#include "store/store.h"

#define HEAD_SLOT  256
#define HEAD_SLOTS 2

struct head {
	struct position position;
	int slot;          /* which one is in force */
	bool slot_is_bad[HEAD_SLOTS]; /* for verify: neither whole nor blank */
};

/* 0; -1 with EX_IOERR where it is missing or no slot is whole. */
int head_read(const struct store *store, struct head *head, struct err *err);

/* Writes the other slot; no sync (what lies past HEAD is taken in again). */
int head_write(const struct store *store, struct head *head, const struct position *position,
	struct err *err);

/*
 * Syncs it: needed before anything that lies before it is changed (a seal, an
 * erasure), since recovery must not meet that behind an older HEAD.
 */
int head_sync(const struct store *store, struct err *err);

/* Both slots for a new or repaired store: a temporary file and a rename. */
int head_create(const struct store *store, const struct position *position, struct err *err);

#endif
