/*
 * lock: who may write, by OFD locks (fcntl(2)) on bytes of the file `lock`,
 * which is never removed.  A lock ends with its descriptor, so a killed
 * writer leaves none.  Readers take none.
 */
#ifndef ESC_STORE_LOCK_H
#define ESC_STORE_LOCK_H

#include "store/store.h"

enum lock_byte {
	LOCK_APPEND,      /* appending to the log */
	LOCK_MAINTENANCE, /* rewriting what is there: erase */
	LOCK_INDEX,       /* replacing the index */
};

/*
 * Waits for it, store->wait_s at most.  The descriptor that holds it (close
 * it to unlock); -1 with EX_TEMPFAIL after the wait, EX_NOPERM, EX_IOERR.
 */
int lock_take(const struct store *store, enum lock_byte byte, struct err *err);

/* Whether some process holds it now; false where that cannot be told. */
bool lock_is_held(const struct store *store, enum lock_byte byte);

#endif
