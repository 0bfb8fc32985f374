#include "store/append_work.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/fd.h"
#include "store/segment.h"
#include "store/take.h"

#define BLOCK 65536

int
append_end_hash(int fd, int64_t length, char h[HASH_HEX])
{
	char tail[LINE_TAIL + 1];
	struct span text = { tail, sizeof tail }, digits;

	if (length < (int64_t)sizeof tail)
		return -1;
	if (fd_read(fd, tail, sizeof tail, length - (int64_t)sizeof tail) != sizeof tail)
		return -1;
	if (!take_text(&text, ",\"h\":\"") || !take_hex(&text, HASH_HEX - 1, &digits)
	        || !take_text(&text, "\"}\n"))
		return -1;
	memcpy(h, digits.p, digits.n);
	h[digits.n] = '\0';
	return 0;
}

/* Where the line that ends at `length` begins; -1 with errno. */
static int64_t
line_start(int fd, int64_t length)
{
	int64_t to = length - 1; /* its own newline is left aside */

	while (to > 0) {
		char block[BLOCK];
		size_t n = to < BLOCK ? (size_t)to : BLOCK;
		const char *newline;

		if (fd_read(fd, block, n, to - (int64_t)n) != (int64_t)n)
			return -1;
		newline = memrchr(block, '\n', n);
		if (newline)
			return to - (int64_t)n + (newline - block) + 1;
		to -= (int64_t)n;
	}
	return 0;
}

static int
damaged(const struct append *append, const char *why, struct err *err)
{
	const struct position *end = &append->head.position;
	char path[SEGMENT_PATH_SIZE];

	segment_path(end->segment, path);
	return err_add(err, EX_IOERR, path,
	        "damaged at offset %lld, seq %lld: %s; nothing more is written, run "
	        "esc-store verify",
	        (long long)end->length, (long long)end->seq, why);
}

static int
check_line(struct append *append, int fd, struct err *err)
{
	const struct position *end = &append->head.position;
	char start[LINE_START], h[HASH_HEX];
	int64_t at, got, seq, length = fd_length(fd);

	if (length < 0)
		return store_fails(append->store, EX_IOERR, "log", "cannot look at", err);
	if (length < end->length)
		return damaged(append, "the segment is shorter than HEAD says", err);
	if (append_end_hash(fd, end->length, h) || strcmp(h, end->h) != 0)
		return damaged(append, "the last line is not the one that HEAD names", err);
	at = line_start(fd, end->length);
	got = at < 0 ? -1 : fd_read(fd, start, sizeof start, at);
	if (got < 0 || line_parse_start((struct span){ start, (size_t)got }, &seq, &append->at)
	        || seq != end->seq)
		return damaged(append, "the last line is not the one that HEAD names", err);
	return 0;
}

int
append_check_end(struct append *append, struct err *err)
{
	const struct position *end = &append->head.position;
	char path[SEGMENT_PATH_SIZE];
	int fd, rc;

	append->at = 0;
	if (end->seq == 0)
		return end->length == 0 ? 0 : damaged(append, "HEAD names no line", err);
	segment_path(end->segment, path);
	fd = store_openat(append->store, path, O_RDONLY);
	if (fd < 0 && errno == ENOENT)
		return damaged(append, "the segment is missing", err);
	if (fd < 0)
		return store_fails(append->store, EX_IOERR, path, "cannot open", err);
	rc = check_line(append, fd, err);
	close(fd);
	return rc;
}
