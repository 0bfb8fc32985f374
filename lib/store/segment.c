#include "store/segment.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/take.h"

#define SEALED_MODE 0440
#define SEAL_MOST   ((size_t)512)

static void
path_of(const char *folder, int64_t first, const char *end, char path[SEGMENT_PATH_SIZE])
{
	char digits[SEGMENT_DIGITS + 1] = { 0 };

	for (int i = SEGMENT_DIGITS - 1; i >= 0; i--) {
		digits[i] = (char)('0' + first % 10);
		first /= 10;
	}
	stpcpy(stpcpy(stpcpy(path, folder), digits), end);
}

void
segment_path(int64_t first, char path[SEGMENT_PATH_SIZE])
{
	path_of("log/", first, ".jsonl", path);
}

void
segment_seal_path(int64_t first, char path[SEGMENT_PATH_SIZE])
{
	path_of("seals/", first, ".json", path);
}

/* The first seq of a segment's name; 0 where it is none. */
static int64_t
first_of(const char *name)
{
	int64_t first;

	if (strlen(name) != SEGMENT_DIGITS + strlen(".jsonl")
	        || strcmp(name + SEGMENT_DIGITS, ".jsonl") != 0
	        || text_digits((struct span){ name, SEGMENT_DIGITS }, &first))
		return 0;
	return first;
}

static int
by_number(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static int
read_names(DIR *dir, int64_t **first, size_t *n)
{
	struct dirent *entry;
	size_t cap = 0;

	while (errno = 0, (entry = readdir(dir)) != NULL) {
		int64_t number = first_of(entry->d_name);

		if (!number)
			continue;
		if (*n == cap) {
			cap = mem_grow(cap, *n + 1);
			*first = mem_resize(*first, cap * sizeof **first);
		}
		(*first)[(*n)++] = number;
	}
	return errno ? -1 : 0;
}

int
segment_list(const struct store *store, int64_t **first, size_t *n, struct err *err)
{
	int fd = store_openat(store, "log", O_RDONLY | O_DIRECTORY);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	int rc = 0;

	*first = NULL;
	*n = 0;
	if (!dir || read_names(dir, first, n))
		rc = store_fails(store, EX_IOERR, "log", "cannot read", err);
	if (dir)
		closedir(dir);
	else if (fd >= 0)
		close(fd);
	if (*n)
		qsort(*first, *n, sizeof **first, by_number);
	if (rc) {
		free(*first);
		*first = NULL;
		*n = 0;
	}
	return rc;
}

static void
render(const struct position *end, struct buf *text)
{
	buf_printf(text, "{\"first\":%lld,\"last\":%lld,\"length\":%lld,\"h\":\"%s\"}\n",
	        (long long)end->segment, (long long)end->seq, (long long)end->length, end->h);
}

/* In a shared store the segment may be another's: then its mode stays. */
static int
set_mode(const struct store *store, int64_t first, struct err *err)
{
	char path[SEGMENT_PATH_SIZE];
	int fd, rc = 0;

	segment_path(first, path);
	fd = store_openat(store, path, O_RDONLY);
	if (fd < 0 || (fchmod(fd, SEALED_MODE) != 0 && errno != EPERM))
		rc = store_fails(store, EX_IOERR, path, "cannot seal", err);
	if (fd >= 0)
		close(fd);
	return rc;
}

int
segment_seal(const struct store *store, const struct position *end, struct err *err)
{
	char path[SEGMENT_PATH_SIZE];
	struct buf text = { 0 };
	int rc;

	if (set_mode(store, end->segment, err))
		return -1;
	segment_seal_path(end->segment, path);
	render(end, &text);
	rc = store_write_file(store, path, buf_text(&text), 0, err);
	buf_release(&text);
	return rc;
}

/* What would be written for it must be what is there. */
static bool
is_seal(struct span text, struct position *end)
{
	struct span left = text, h;
	struct buf form = { 0 };
	bool same;

	*end = (struct position){ 0 };
	if (!take_text(&left, "{\"first\":") || !take_number(&left, &end->segment)
	        || !take_text(&left, ",\"last\":") || !take_number(&left, &end->seq)
	        || !take_text(&left, ",\"length\":") || !take_number(&left, &end->length)
	        || !take_text(&left, ",\"h\":\"") || !take_hex(&left, HASH_HEX - 1, &h))
		return false;
	memcpy(end->h, h.p, h.n);
	render(end, &form);
	same = span_eq(buf_text(&form), text);
	buf_release(&form);
	return same;
}

int
segment_read_seal(const struct store *store, int64_t first, struct position *end,
	struct err *err)
{
	char path[SEGMENT_PATH_SIZE];
	struct buf text = { 0 };
	int rc;

	segment_seal_path(first, path);
	rc = store_read_file(store, path, SEAL_MOST, &text, err);
	if (rc > 0 && (!is_seal(buf_text(&text), end) || end->segment != first))
		rc = err_add(err, EX_DATAERR, path, "damaged: it is no seal");
	buf_release(&text);
	return rc;
}
