/*
 * spool: lines of bytes that are kept in order, in memory up to
 * SPOOL_MEMORY, then in an unlinked temporary file, so that a batch of any
 * size takes bounded memory.
 * Order: spool_init, spool_put..., spool_rewind, spool_next..., spool_release.
 */
#ifndef ESC_STORE_SPOOL_H
#define ESC_STORE_SPOOL_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

#define SPOOL_MEMORY ((size_t)4 << 20)

struct spool;

struct spool *spool_new(void);

/* Keeps n bytes; their offset, for spool_at.  -1 with EX_IOERR. */
int spool_put(struct spool *spool, struct span bytes, int64_t *offset, struct err *err);
void spool_rewind(struct spool *spool);

/* 1 and the next ones, borrowed until the next call (BUF_SLACK readable); 0; -1. */
int spool_next(struct spool *spool, struct span *bytes, struct err *err);

/* Those at an offset, appended to out; does not disturb spool_next. */
int spool_at(struct spool *spool, int64_t offset, struct buf *out, struct err *err);
void spool_free(struct spool *spool);

#endif
