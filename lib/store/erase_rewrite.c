/* Segments with erased lines: a copy with the new lines, then a rename. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/erase_work.h"
#include "store/fd.h"
#include "store/store_new.h"

#define BLOCK ((size_t)256 << 10)

static int
copy_bytes(int from, int to)
{
	char *block = mem_alloc(BLOCK);
	int64_t at = 0, got;

	while ((got = fd_read(from, block, BLOCK, at)) > 0) {
		if (fd_write(to, block, (size_t)got, at) < 0)
			got = -1;
		if (got < 0)
			break;
		at += got;
	}
	free(block);
	return got < 0 ? -1 : 0;
}

static int
write_line(struct erase *erase, const struct erase_line *at, int to, struct err *err)
{
	struct buf data = { 0 };
	struct store_line line;
	struct record record;
	size_t salt, place;
	int result;

	if (erase_read(erase, at, &line, &record, err) < 0)
		return -1;
	salt = (size_t)(line.salt.p - erase->text.data);
	place = (size_t)(line.data.p - erase->text.data);
	erase_redact(erase, &record, &data);
	result = fd_write(to, SALT_ERASED, SALT_DIGITS, at->place.offset + (int64_t)salt);
	if (result == 0)
		result = fd_write(to, data.data, data.len, at->place.offset + (int64_t)place);
	buf_release(&data);
	if (result < 0)
		store_fails(erase->store, EX_IOERR, "log", "cannot write", err);
	return result;
}

/* The lines from `first` on that lie in its segment. */
static int
write_lines(struct erase *erase, size_t first, int to, struct err *err)
{
	const int64_t segment = erase->line[first].place.segment;
	int result = 0;

	for (size_t i = first; i < erase->n_lines && result == 0; i++) {
		if (erase->line[i].place.segment != segment)
			break;
		if (erase->line[i].changes)
			result = write_line(erase, &erase->line[i], to, err);
	}
	return result;
}

static int
rewrite_segment(struct erase *erase, size_t first, struct err *err)
{
	char path[SEGMENT_PATH_SIZE];
	struct store_new new;
	struct stat st;
	int from, result = -1;

	segment_path(erase->line[first].place.segment, path);
	from = store_openat(erase->store, path, O_RDONLY);
	if (from < 0 || fstat(from, &st) != 0) {
		store_fails(erase->store, EX_IOERR, path, "cannot read", err);
	} else if (store_new_open(&new, erase->store, path, st.st_mode & 0777, err) == 0) {
		if (copy_bytes(from, new.fd) < 0)
			store_fails(erase->store, EX_IOERR, path, "cannot copy", err);
		else
			result = write_lines(erase, first, new.fd, err);
		if (result == 0)
			result = store_new_finish(&new, err);
		else
			store_new_drop(&new);
	}
	if (from >= 0)
		close(from);
	return result;
}

int
erase_rewrite(struct erase *erase, struct err *err)
{
	int64_t done = 0;
	int result = 0;

	for (size_t i = 0; i < erase->n_lines && result == 0; i++) {
		const struct erase_line *at = &erase->line[i];

		if (!at->changes || at->place.segment == done)
			continue;
		result = rewrite_segment(erase, i, err);
		done = at->place.segment;
	}
	return result;
}
