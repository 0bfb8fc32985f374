#include "store/log_lines.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"

#define BLOCK ((size_t)1 << 20)

/* The segments from one to another; those that are missing show in the names. */
static int
list(struct log_lines *lines, int64_t from, struct err *err)
{
	size_t n, kept = 0;

	if (segment_list(lines->store, &lines->first, &n, err) < 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		if (lines->first[i] >= from && lines->first[i] <= lines->to.segment)
			lines->first[kept++] = lines->first[i];
	lines->n_first = kept;
	return 0;
}

int64_t
log_lines_offset(const struct log_lines *lines)
{
	return lines->read - (int64_t)(lines->end - lines->start);
}

static void
shut(struct log_lines *lines)
{
	if (lines->fd >= 0)
		close(lines->fd);
	lines->fd = -1;
}

/* Begins a segment at an offset: RAW_SEGMENT, RAW_MISSING, RAW_FAILED. */
static enum raw_line
begin(struct log_lines *lines, int64_t segment, int64_t offset, struct err *err)
{
	char path[SEGMENT_PATH_SIZE];

	shut(lines);
	lines->segment = segment;
	lines->limit = segment == lines->to.segment ? lines->to.length : INT64_MAX;
	lines->read = offset;
	lines->start = lines->end = lines->seen = 0;
	lines->eof = offset >= lines->limit;
	if (lines->eof)
		return RAW_SEGMENT;
	segment_path(segment, path);
	lines->fd = store_openat(lines->store, path, O_RDONLY);
	if (lines->fd >= 0) {
		posix_fadvise(lines->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
		return RAW_SEGMENT;
	}
	lines->eof = true;
	if (errno == ENOENT || errno == ELOOP || errno == ENXIO) /* a link, a FIFO */
		return RAW_MISSING;
	store_fails(lines->store, EX_IOERR, path, "cannot open", err);
	return RAW_FAILED;
}

int
log_lines_init(struct log_lines *lines, const struct store *store,
	const struct position *from, const struct position *to, struct err *err)
{
	*lines = (struct log_lines){ .store = store, .to = *to, .fd = -1, .cap = BLOCK };
	lines->block = mem_alloc(lines->cap + BUF_SLACK);
	if (list(lines, from->segment, err) < 0)
		return -1;
	while (lines->next < lines->n_first && lines->first[lines->next] <= from->segment)
		lines->next++;
	return begin(lines, from->segment, from->length, err) == RAW_FAILED ? -1 : 0;
}

void
log_lines_release(struct log_lines *lines)
{
	shut(lines);
	free(lines->first);
	free(lines->block);
}

/* Room behind the bytes that wait for the rest of their line. */
static void
make_room(struct log_lines *lines)
{
	size_t waiting = lines->end - lines->start;

	if (lines->start) {
		memmove(lines->block, lines->block + lines->start, waiting);
		lines->start = 0;
		lines->end = waiting;
	}
	if (lines->end == lines->cap) {
		lines->cap *= 2;
		lines->block = mem_resize(lines->block, lines->cap + BUF_SLACK);
	}
}

static int
fill(struct log_lines *lines, struct err *err)
{
	char path[SEGMENT_PATH_SIZE];
	size_t room;
	ssize_t got;

	make_room(lines);
	room = lines->cap - lines->end;
	if ((int64_t)room > lines->limit - lines->read)
		room = (size_t)(lines->limit - lines->read);
	do
		got = pread(lines->fd, lines->block + lines->end, room, (off_t)lines->read);
	while (got < 0 && errno == EINTR);
	if (got < 0) {
		segment_path(lines->segment, path);
		return store_fails(lines->store, EX_IOERR, path, "cannot read", err);
	}
	lines->end += (size_t)got;
	lines->read += got;
	lines->eof = got == 0 || lines->read == lines->limit;
	return 0;
}

/* The bytes from start on that end with a newline; 0: none yet. */
static size_t
line_length(struct log_lines *lines)
{
	size_t n = lines->end - lines->start;
	const char *from = lines->block + lines->start;
	const char *newline = n == lines->seen ? NULL
		: memchr(from + lines->seen, '\n', n - lines->seen);

	lines->seen = newline ? 0 : n;
	return newline ? (size_t)(newline - from) + 1 : 0;
}

static void
take(struct log_lines *lines, size_t n, size_t newline, struct span *text, struct place *place)
{
	*place = (struct place){ lines->segment, log_lines_offset(lines), (int64_t)(n - newline) };
	*text = (struct span){ lines->block + lines->start, n - newline };
	lines->start += n;
	lines->seen = 0;
}

/* Passes over the rest of a line that is too long. */
static enum raw_line
skip(struct log_lines *lines, struct span *text, struct place *place, struct err *err)
{
	size_t n;

	take(lines, lines->end - lines->start, 0, text, place);
	while ((n = line_length(lines)) == 0 && !lines->eof) {
		lines->start = lines->end = lines->seen = 0;
		if (fill(lines, err) < 0)
			return RAW_FAILED;
	}
	lines->start = n ? lines->start + n : lines->end;
	lines->seen = 0;
	place->length = log_lines_offset(lines) - place->offset;
	*text = (struct span){ lines->block, 0 };
	return RAW_LONG;
}

/* Behind the last line of a segment. */
static enum raw_line
turn(struct log_lines *lines, struct span *text, struct place *place, struct err *err)
{
	*text = (struct span){ lines->block, 0 };
	*place = (struct place){ lines->segment, lines->read, 0 };
	if (lines->segment < lines->to.segment)
		return begin(lines, lines->next < lines->n_first ? lines->first[lines->next++]
			: lines->to.segment, 0, err);
	if (lines->read >= lines->limit || lines->told_short)
		return RAW_END;
	lines->told_short = true;
	return RAW_SHORT;
}

enum raw_line
log_lines_next(struct log_lines *lines, struct span *text, struct place *place,
	struct err *err)
{
	size_t n;

	while ((n = line_length(lines)) == 0 && !lines->eof) {
		if (lines->end - lines->start >= LOG_LINE_MOST)
			return skip(lines, text, place, err);
		if (fill(lines, err) < 0)
			return RAW_FAILED;
	}
	if (n) {
		take(lines, n, 1, text, place);
		return RAW_LINE;
	}
	if (lines->end == lines->start)
		return turn(lines, text, place, err);
	take(lines, lines->end - lines->start, 0, text, place);
	return RAW_CUT;
}
