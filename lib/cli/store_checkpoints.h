/*
 * store_checkpoints: lines of `esc-store checkpoint` that were kept
 * somewhere else: STORE_ID SEQ HASH.  Lines of other stores are passed by.
 */
#ifndef ESC_CLI_STORE_CHECKPOINTS_H
#define ESC_CLI_STORE_CHECKPOINTS_H

#include "store/store.h"

struct checkpoints {
	struct position *list; /* in the order of seq */
	size_t n, cap;
	size_t others;         /* lines of other stores */
};

void checkpoint_put(struct buf *out, const struct store *store,
	const struct position *position);

/* 0; -1 with EX_NOINPUT, EX_IOERR, or EX_DATAERR at FILE:LINE. */
int checkpoints_read(struct checkpoints *checkpoints, const char *file,
	const struct store *store, struct err *err);
void checkpoints_release(struct checkpoints *checkpoints);

#endif
