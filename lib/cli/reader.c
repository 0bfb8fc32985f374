#include "cli/reader.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"

#define BLOCK ((size_t)256 * 1024)

void
reader_init(struct reader *reader, size_t most)
{
	*reader = (struct reader){ .fd = -1, .most = most, .cap = BLOCK };
	reader->block = mem_zero(BLOCK + BUF_SLACK);
}

void
reader_release(struct reader *reader)
{
	reader_close(reader);
	free(reader->block);
	reader->block = NULL;
}

static int
open_file(const char *file, struct err *err)
{
	int fd = open(file, O_RDONLY | O_CLOEXEC | O_NOCTTY);

	if (fd < 0 && (errno == EACCES || errno == EPERM))
		return err_add(err, EX_NOPERM, NULL, "cannot open: %s", strerror(errno));
	if (fd < 0)
		return err_add(err, EX_NOINPUT, NULL, "cannot open: %s", strerror(errno));
	return fd;
}

int
reader_open(struct reader *reader, const char *file, struct err *err)
{
	struct stat st;
	int fd = STDIN_FILENO;

	if (strcmp(file, "-") != 0 && (fd = open_file(file, err)) < 0)
		return -1;
	if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
		if (fd != STDIN_FILENO)
			close(fd);
		return err_add(err, EX_NOINPUT, NULL, "is a directory");
	}
	reader->fd = fd;
	reader->file = file;
	reader->number = 0;
	reader->start = reader->end = reader->seen = 0;
	reader->eof = false;
	return 0;
}

void
reader_close(struct reader *reader)
{
	if (reader->fd > STDIN_FILENO)
		close(reader->fd);
	reader->fd = -1;
}

static bool
would_wait(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };

	return poll(&p, 1, 0) == 0;
}

/* Moves what is left of the block to its beginning, and makes room. */
static void
make_room(struct reader *reader)
{
	size_t left = reader->end - reader->start;

	if (reader->start && left)
		memmove(reader->block, reader->block + reader->start, left);
	reader->start = 0;
	reader->end = left;
	if (left < reader->cap)
		return;
	reader->cap *= 2;
	reader->block = mem_resize(reader->block, reader->cap + BUF_SLACK);
}

static ssize_t
read_some(struct reader *reader)
{
	char *to = reader->block + reader->end;
	size_t room = reader->cap - reader->end;
	ssize_t n;

	for (;;) {
		if (reader->before_wait && would_wait(reader->fd))
			reader->before_wait(reader->ctx);
		n = read(reader->fd, to, room);
		if (n >= 0)
			return n;
		if (errno == EAGAIN)
			poll(&(struct pollfd){ .fd = reader->fd, .events = POLLIN }, 1, -1);
		else if (errno != EINTR)
			return -1;
	}
}

/* 0, or -1 with the error; at the end of input eof is set. */
static int
fill(struct reader *reader, struct err *err)
{
	ssize_t n;

	make_room(reader);
	n = read_some(reader);
	if (n < 0)
		return err_add(err, EX_IOERR, NULL, "cannot read: %s", strerror(errno));
	if (n == 0)
		reader->eof = true;
	reader->end += (size_t)n;
	reader->bytes += (uint64_t)n;
	memset(reader->block + reader->end, 0, BUF_SLACK);
	return 0;
}

/* Drops the rest of a line over the limit, block by block. */
static enum reader_answer
skip_line(struct reader *reader, struct err *err)
{
	for (;;) {
		char *from = reader->block + reader->start;
		char *newline = memchr(from, '\n', reader->end - reader->start);

		reader->seen = 0;
		if (newline) {
			reader->start = (size_t)(newline + 1 - reader->block);
			return READER_LONG;
		}
		reader->start = reader->end;
		if (reader->eof)
			return READER_LONG;
		if (fill(reader, err) < 0)
			return READER_FAIL;
	}
}

static enum reader_answer
take_line(struct reader *reader, size_t length, size_t newline,
	struct span *line)
{
	*line = (struct span){ reader->block + reader->start, length };
	reader->cut = newline == 0;
	reader->start += length + newline;
	reader->seen = 0;
	reader->number++;
	return length > reader->most ? READER_LONG : READER_LINE;
}

enum reader_answer
reader_next(struct reader *reader, struct span *line, struct err *err)
{
	for (;;) {
		char *from = reader->block + reader->start;
		size_t have = reader->end - reader->start;
		char *newline = memchr(from + reader->seen, '\n', have - reader->seen);

		if (newline)
			return take_line(reader, (size_t)(newline - from), 1, line);
		if (reader->eof)
			return have ? take_line(reader, have, 0, line) : READER_END;
		if (have > reader->most) {
			reader->number++;
			return reader->gives_up ? READER_LONG : skip_line(reader, err);
		}
		reader->seen = have;
		if (fill(reader, err) < 0)
			return READER_FAIL;
	}
}
