#include "store/spool.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"

#define WINDOW ((size_t)256 << 10)
#define HEAD   sizeof(uint64_t) /* before each piece: its length */

/*
 * Offsets count from the first byte ever put.  What lies before `written`
 * is in the file, the rest in `tail`.
 */
struct spool {
	const char *folder;
	int fd;             /* -1: all is in memory */
	struct buf tail;
	int64_t written;
	int64_t next;       /* of spool_next */
	struct buf window;  /* bytes of the file from window_at */
	int64_t window_at;
};

struct spool *
spool_new(const char *folder)
{
	struct spool *spool = mem_zero(sizeof *spool);

	spool->folder = folder;
	spool->fd = -1;
	return spool;
}

static int
spill(struct spool *spool, struct err *err)
{
	if (spool->fd < 0)
		spool->fd = spool_file(spool->folder, err);
	if (spool->fd < 0)
		return -1;
	if (spool_file_write(spool->fd, spool->tail.data, spool->tail.len, spool->written,
			err) < 0)
		return -1;
	spool->written += (int64_t)spool->tail.len;
	spool->tail.len = 0;
	return 0;
}

int
spool_put(struct spool *spool, struct span bytes, int64_t *offset, struct err *err)
{
	uint64_t n = bytes.n;

	if (spool->tail.len && spool->tail.len + HEAD + bytes.n > SPOOL_MEMORY &&
		spill(spool, err) < 0)
		return -1;
	if (offset)
		*offset = spool->written + (int64_t)spool->tail.len;
	buf_put(&spool->tail, (const char *)&n, HEAD);
	buf_span(&spool->tail, bytes);
	return 0;
}

void
spool_rewind(struct spool *spool)
{
	spool->next = 0;
}

/* The window over n bytes of the file from `at`, and some more. */
static int
look(struct spool *spool, int64_t at, size_t n, struct err *err)
{
	struct buf *window = &spool->window;
	size_t most = (size_t)(spool->written - at);

	if (window->len && at >= spool->window_at &&
		at + (int64_t)n <= spool->window_at + (int64_t)window->len)
		return 0;
	window->len = 0;
	if (n < WINDOW)
		n = most < WINDOW ? most : WINDOW;
	if (spool_file_read(spool->fd, buf_reserve(window, n), n, at, err) < 0)
		return -1;
	window->len = n;
	spool->window_at = at;
	return 0;
}

int
spool_next(struct spool *spool, struct span *bytes, struct err *err)
{
	const int64_t at = spool->next;
	const char *p;
	uint64_t n;

	if (at >= spool->written) {
		size_t in = (size_t)(at - spool->written);

		if (in >= spool->tail.len)
			return 0;
		p = spool->tail.data + in;
		memcpy(&n, p, HEAD);
	} else {
		if (look(spool, at, HEAD, err) < 0)
			return -1;
		memcpy(&n, spool->window.data + (at - spool->window_at), HEAD);
		if (look(spool, at, HEAD + n, err) < 0)
			return -1;
		p = spool->window.data + (at - spool->window_at);
	}
	*bytes = (struct span){ p + HEAD, n };
	spool->next = at + (int64_t)(HEAD + n);
	return 1;
}

int
spool_at(struct spool *spool, int64_t offset, struct buf *out, struct err *err)
{
	uint64_t n;

	if (offset >= spool->written) {
		const char *p = spool->tail.data + (offset - spool->written);

		memcpy(&n, p, HEAD);
		buf_put(out, p + HEAD, n);
		return 0;
	}
	if (spool_file_read(spool->fd, (char *)&n, HEAD, offset, err) < 0)
		return -1;
	if (spool_file_read(spool->fd, buf_reserve(out, n), n, offset + (int64_t)HEAD, err) < 0)
		return -1;
	out->len += n;
	return 0;
}

void
spool_free(struct spool *spool)
{
	if (!spool)
		return;
	if (spool->fd >= 0)
		close(spool->fd);
	buf_release(&spool->tail);
	buf_release(&spool->window);
	free(spool);
}
