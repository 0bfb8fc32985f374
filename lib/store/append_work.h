/*
 * append_work: what the files of append and recover share: writing a batch,
 * looking at the end of a segment, sealing.  Private to them.
 */
#ifndef ESC_STORE_APPEND_WORK_H
#define ESC_STORE_APPEND_WORK_H

#include "store/append.h"

/*
 * append_batch; over: garbage may lie at the known end, is written over, and
 * cut off before the sync; then a failure takes nothing back.
 */
int append_write(struct append *append, uint64_t n, append_next_fn next, void *ctx, bool over,
	struct err *err);

/* The h of the line that ends at `length`: 0; -1 where none ends there. */
int append_end_hash(int fd, int64_t length, char h[HASH_HEX]);

/*
 * Looks at what HEAD says of its segment, and reads append->at.  0; -1 with
 * EX_IOERR: the store is damaged before HEAD.
 */
int append_check_end(struct append *append, struct err *err);

/*
 * Seals what is full, lies before HEAD and has no seal.  What fails is left
 * for the next writer: the commit is acknowledged all the same.
 */
void append_seal(struct append *append);

#endif
