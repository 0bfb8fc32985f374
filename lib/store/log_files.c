#include "store/log.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/fd.h"
#include "store/log_lines.h"

#define FILES 32

/* The segments that were read last stay open. */
struct log_file {
	int64_t segment;
	int fd;          /* -1: none */
	uint64_t used;
};

struct log_files {
	const struct store *store;
	struct log_file file[FILES];
	uint64_t uses;
};

struct log_files *
log_files_open(const struct store *store)
{
	struct log_files *files = mem_zero(sizeof *files);

	files->store = store;
	for (size_t i = 0; i < FILES; i++)
		files->file[i].fd = -1;
	return files;
}

void
log_files_close(struct log_files *files)
{
	for (size_t i = 0; files && i < FILES; i++)
		if (files->file[i].fd >= 0)
			close(files->file[i].fd);
	free(files);
}

/* The segment's, else the one that was not used for longest. */
static struct log_file *
place_for(struct log_files *files, int64_t segment)
{
	struct log_file *oldest = &files->file[0];

	for (size_t i = 0; i < FILES; i++) {
		struct log_file *file = &files->file[i];

		if (file->fd >= 0 && file->segment == segment)
			return file;
		if (file->used < oldest->used)
			oldest = file;
	}
	if (oldest->fd >= 0)
		close(oldest->fd);
	oldest->fd = -1;
	return oldest;
}

/* Where a process may have few files open, fewer stay open: 0; -1 with none to close. */
static int
close_some(struct log_files *files)
{
	int closed = -1;

	for (size_t i = 0; i < FILES; i++)
		if (files->file[i].fd >= 0) {
			closed = close(files->file[i].fd);
			files->file[i].fd = -1;
		}
	return closed;
}

static int
open_segment(struct log_files *files, int64_t segment, struct err *err)
{
	struct log_file *file = place_for(files, segment);
	char path[SEGMENT_PATH_SIZE];

	file->used = ++files->uses;
	if (file->fd >= 0)
		return file->fd;
	segment_path(segment, path);
	file->segment = segment;
	file->fd = store_openat(files->store, path, O_RDONLY);
	if (file->fd < 0 && errno == EMFILE && close_some(files) == 0)
		file->fd = store_openat(files->store, path, O_RDONLY);
	if (file->fd < 0)
		store_fails(files->store, EX_IOERR, path, "cannot open", err);
	return file->fd;
}

static int
fails(const struct place *place, int64_t seq, const char *what, struct err *err)
{
	char path[SEGMENT_PATH_SIZE];

	segment_path(place->segment, path);
	return err_add(err, EX_IOERR, path, "offset %" PRId64 ", seq %" PRId64 ": %s",
		place->offset, seq, what);
}

/* The line with its newline, which is then left out. */
static int
read_text(struct log_files *files, const struct place *place, int64_t seq, struct buf *text,
	struct err *err)
{
	size_t n = (size_t)place->length + 1;
	int64_t got;
	int fd;

	if (place->offset < 0 || place->length < 0 || n > LOG_LINE_MOST)
		return fails(place, seq, "no line can stand there", err);
	fd = open_segment(files, place->segment, err);
	if (fd < 0)
		return -1;
	text->len = 0;
	got = fd_read(fd, buf_reserve(text, n), n, place->offset);
	if (got != (int64_t)n)
		return fails(place, seq, got < 0 ? strerror(errno) : "the segment ends there", err);
	text->len = n - 1;
	if (text->data[n - 1] != '\n' || memchr(text->data, '\n', n - 1))
		return fails(place, seq, "no line stands there", err);
	return 0;
}

int
log_read(struct log_files *files, const struct place *place, int64_t seq, struct buf *text,
	struct store_line *line, struct err *err)
{
	struct err why = { 0 };
	int result = 0;

	if (read_text(files, place, seq, text, err) < 0)
		return -1;
	if (line_parse(buf_text(text), line, &why) < 0)
		result = fails(place, seq, err_text(&why), err);
	else if (line->seq != seq)
		result = fails(place, seq, "another seq stands there", err);
	else if (!line_is_erased(line) && !line_data_is_whole(line))
		result = fails(place, seq, "the data does not fit its hash", err);
	err_release(&why);
	return result;
}
