/*
 * recover_walk: reads what lies behind HEAD as far as it is whole: lines that
 * continue the chain with data that fits, in finished batches.  Memory is
 * that of the longest line.  Private to recover*.c.
 */
#ifndef ESC_STORE_RECOVER_WALK_H
#define ESC_STORE_RECOVER_WALK_H

#include "store/store.h"

struct walked {
	struct position good; /* behind the last finished batch */
	uint64_t batches, lines;
};

/* first: the segments that are there.  0; -1 with EX_IOERR. */
int recover_walk(const struct store *store, const int64_t *first, size_t n,
	const struct position *head, struct walked *walked, struct err *err);

#endif
