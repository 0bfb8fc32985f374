/*
 * spool: pieces of bytes that are kept in order, in memory up to
 * SPOOL_MEMORY, then in an unlinked temporary file, so that a batch of any
 * size takes bounded memory.
 * Order: spool_new, spool_put..., spool_rewind, spool_next..., spool_free;
 * spool_at at any time.
 */
#ifndef ESC_STORE_SPOOL_H
#define ESC_STORE_SPOOL_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

#define SPOOL_MEMORY ((size_t)1 << 20)

struct spool;

/* folder: where the file goes, borrowed; NULL: /tmp. */
struct spool *spool_new(const char *folder);

/* Keeps n bytes; their offset, for spool_at (may be NULL).  -1 with EX_IOERR. */
int spool_put(struct spool *spool, struct span bytes, int64_t *offset, struct err *err);
void spool_rewind(struct spool *spool);

/*
 * 1 and the next ones, borrowed until the next call (BUF_SLACK bytes
 * readable after them); 0 after the last; -1 with EX_IOERR.
 */
int spool_next(struct spool *spool, struct span *bytes, struct err *err);

/* Those at an offset, appended to out; does not disturb spool_next. */
int spool_at(struct spool *spool, int64_t offset, struct buf *out, struct err *err);
void spool_free(struct spool *spool);

/* The folder of temporary files where none is named; borrowed.  NULL: /tmp. */
void spool_folder(const char *folder);

/*
 * An open file without a name in `folder` (NULL: that one), for nobody else
 * to read; -1 with EX_IOERR.
 */
int spool_file(const char *folder, struct err *err);

/* All n bytes from offset; -1 with EX_IOERR, also where the file ends. */
int spool_file_read(int fd, char *p, size_t n, int64_t offset, struct err *err);
int spool_file_write(int fd, const char *p, size_t n, int64_t offset, struct err *err);

#endif
