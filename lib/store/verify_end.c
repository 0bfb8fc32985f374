/* Where a log ends by its own lines, for a store whose HEAD is damaged. */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "store/fd.h"
#include "store/log_lines.h"
#include "store/verify_work.h"

/* The last line of the text that can be taken apart; its end. */
static bool
last_line(struct span text, struct position *end, size_t *behind)
{
	struct err ignored = { 0 };
	struct store_line line;

	while (text.n) {
		const char *stop = memrchr(text.p, '\n', text.n), *start;
		struct span line_text;

		if (!stop)
			break;
		text.n = (size_t)(stop - text.p);
		start = text.n ? memrchr(text.p, '\n', text.n) : NULL;
		line_text.p = start ? start + 1 : text.p;
		line_text.n = (size_t)(stop - line_text.p);
		if (line_parse(line_text, &line, &ignored) == 0) {
			end->seq = line.seq;
			memcpy(end->h, line.h.p, line.h.n);
			end->h[line.h.n] = '\0';
			*behind = (size_t)(stop - text.p) + 1;
			err_release(&ignored);
			return true;
		}
	}
	err_release(&ignored);
	return false;
}

/* 1: a line was found; 0: none in this segment; -1. */
static int
end_in(const struct store *store, int64_t first, struct position *end, struct err *err)
{
	char path[SEGMENT_PATH_SIZE];
	struct buf text = { 0 };
	int64_t length, n, got = -1;
	size_t behind;
	int fd, answer = -1;

	segment_path(first, path);
	fd = store_openat(store, path, O_RDONLY);
	length = fd < 0 ? -1 : fd_length(fd);
	n = length < (int64_t)LOG_LINE_MOST ? length : (int64_t)LOG_LINE_MOST;
	if (length >= 0)
		got = fd_read(fd, buf_reserve(&text, (size_t)n), (size_t)n, length - n);
	if (got < 0)
		store_fails(store, EX_IOERR, path, "cannot read", err);
	else
		answer = last_line((struct span){ text.data, (size_t)got }, end, &behind);
	if (answer > 0) {
		end->segment = first;
		end->length = length - n + (int64_t)behind;
	}
	if (fd >= 0)
		close(fd);
	buf_release(&text);
	return answer;
}

int
verify_log_end(const struct store *store, struct position *end, struct err *err)
{
	int64_t *first;
	int answer = 0;
	size_t n;

	store_genesis(store, end);
	if (segment_list(store, &first, &n, err) < 0)
		return -1;
	while (n > 0 && answer == 0)
		answer = end_in(store, first[--n], end, err);
	free(first);
	return answer < 0 ? -1 : 0;
}
