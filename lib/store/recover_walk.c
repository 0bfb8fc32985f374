#include "store/recover_walk.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/fd.h"
#include "store/segment.h"

#define BLOCK     ((size_t)1 << 20)
#define LINE_MOST ((size_t)64 << 20) /* what is longer is no line */

struct walk {
	const struct store *store;
	const int64_t *first;
	size_t n;
	int fd;               /* of end's segment; -1: none is open */
	char *block;          /* bytes of it, from offset on */
	size_t cap, start, len;
	int64_t offset;
	struct position end;  /* behind the last whole line */
	uint64_t place, of;   /* of that line in its batch */
	uint64_t lines;       /* of the batch that is not yet finished */
	struct walked *walked;
};

static int
open_segment(struct walk *walk, int64_t first, int64_t offset, struct err *err)
{
	char path[SEGMENT_PATH_SIZE];

	if (walk->fd >= 0)
		close(walk->fd);
	segment_path(first, path);
	walk->fd = store_openat(walk->store, path, O_RDONLY);
	walk->start = walk->len = 0;
	walk->offset = walk->end.length = offset;
	walk->end.segment = first;
	if (walk->fd < 0)
		return store_fails(walk->store, EX_IOERR, path, "cannot open", err);
	return 0;
}

/* More of the segment behind what is not yet taken: 1; 0 at its end; -1. */
static int
read_more(struct walk *walk, struct err *err)
{
	size_t left = walk->len - walk->start;
	int64_t got;

	if (left)
		memmove(walk->block, walk->block + walk->start, left);
	walk->offset += (int64_t)walk->start;
	walk->start = 0;
	walk->len = left;
	if (walk->cap - left < BLOCK) {
		walk->cap = mem_grow(walk->cap, left + BLOCK);
		walk->block = mem_resize(walk->block, walk->cap);
	}
	got = fd_read(walk->fd, walk->block + left, BLOCK, walk->offset + (int64_t)left);
	if (got < 0)
		return store_fails(walk->store, EX_IOERR, "log", "cannot read", err);
	walk->len += (size_t)got;
	return got > 0;
}

/* 1 and the next line; 0: there is none that ends; -1. */
static int
next_line(struct walk *walk, struct span *text, struct err *err)
{
	size_t seen = 0;

	for (;;) {
		const char *from = walk->block + walk->start;
		size_t left = walk->len - walk->start;
		const char *newline = left > seen ? memchr(from + seen, '\n', left - seen)
		                                  : NULL;
		int rc;

		if (newline) {
			*text = (struct span){ from, (size_t)(newline - from) };
			return 1;
		}
		seen = left;
		rc = seen > LINE_MOST ? 0 : read_more(walk, err);
		if (rc <= 0)
			return rc;
	}
}

/* A batch begins where the last one is finished, and only there. */
static bool
is_in_turn(const struct walk *walk, const struct store_line *line)
{
	if (walk->place == walk->of)
		return line->place == 1;
	return line->place == walk->place + 1 && line->of == walk->of;
}

static bool
take_line(struct walk *walk, struct span text)
{
	struct store_line line;
	struct err why = { 0 };
	char h[HASH_HEX];
	bool framed = line_parse(text, &line, &why) == 0;

	err_release(&why);
	if (!framed || line.seq != walk->end.seq + 1 || !is_in_turn(walk, &line))
		return false;
	memcpy(h, walk->end.h, sizeof h);
	line_chain(&line, h);
	if (!span_is(line.h, h) || !line_data_is_whole(&line))
		return false;
	walk->start += text.n + 1;
	walk->end.length += (int64_t)text.n + 1;
	walk->end.seq = line.seq;
	memcpy(walk->end.h, h, sizeof h);
	walk->place = line.place;
	walk->of = line.of;
	walk->lines++;
	return true;
}

static void
finish_batch(struct walk *walk)
{
	walk->walked->good = walk->end;
	walk->walked->batches++;
	walk->walked->lines += walk->lines;
	walk->lines = 0;
}

/* All lines of the open segment: 1 where it ends with the last; 0; -1. */
static int
walk_segment(struct walk *walk, struct err *err)
{
	struct span text;
	int rc;

	while ((rc = next_line(walk, &text, err)) > 0) {
		if (!take_line(walk, text))
			return 0;
		if (walk->place == walk->of)
			finish_batch(walk);
	}
	if (rc < 0)
		return -1;
	return walk->start == walk->len;
}

static bool
is_listed(const struct walk *walk, int64_t first)
{
	for (size_t i = 0; i < walk->n; i++)
		if (walk->first[i] == first)
			return true;
	return false;
}

int
recover_walk(const struct store *store, const int64_t *first, size_t n,
	const struct position *head, struct walked *walked, struct err *err)
{
	struct walk walk = {
		.store = store,
		.first = first,
		.n = n,
		.fd = -1,
		.end = *head,
		.walked = walked,
	};
	int rc = 1;

	*walked = (struct walked){ .good = *head };
	if (head->length) {
		rc = open_segment(&walk, head->segment, head->length, err);
		if (rc == 0)
			rc = walk_segment(&walk, err);
	}
	while (rc > 0 && is_listed(&walk, walk.end.seq + 1)) {
		rc = open_segment(&walk, walk.end.seq + 1, 0, err);
		if (rc == 0)
			rc = walk_segment(&walk, err);
		if (rc > 0 && walk.end.length == 0)
			break; /* an empty one: no line has its name */
	}
	if (walk.fd >= 0)
		close(walk.fd);
	free(walk.block);
	return rc < 0 ? -1 : 0;
}
