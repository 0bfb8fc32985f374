#include "store/recover_aside.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/instant.h"
#include "base/mem.h"
#include "store/fd.h"
#include "store/segment.h"
#include "store/store_new.h"

#define BLOCK ((size_t)1 << 18)

/* An instant without its marks: 20261122T003000Z. */
static void
stamp(char text[INSTANT_SIZE])
{
	size_t n = 0;

	instant_format(time(NULL), text);
	for (const char *p = text; *p; p++)
		if (*p != '-' && *p != ':')
			text[n++] = *p;
	text[n] = '\0';
}

/* Only who holds the append lock makes such files, so a free name stays free. */
static void
name_aside(const struct store *store, struct aside *aside)
{
	char at[INSTANT_SIZE];
	unsigned again = 0;

	stamp(at);
	snprintf(aside->file, sizeof aside->file, "quarantine/%012lld-%lld-%s.jsonl",
	        (long long)aside->place.segment, (long long)aside->place.offset, at);
	while (faccessat(store->dir, aside->file, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
		snprintf(aside->file, sizeof aside->file,
		        "quarantine/%012lld-%lld-%s-%u.jsonl",
		        (long long)aside->place.segment, (long long)aside->place.offset, at,
		        ++again);
}

static int
copy_bytes(const struct store *store, int from, int to, const struct aside *aside,
	struct err *err)
{
	char *block = mem_alloc(BLOCK);
	int64_t done = 0;
	int rc = 0;

	while (rc == 0 && done < aside->place.length) {
		int64_t got = fd_read(from, block, BLOCK, aside->place.offset + done);

		if (got <= 0 || fd_write(to, block, (size_t)got, done))
			rc = store_fails(store, EX_IOERR, aside->file, "cannot copy", err);
		done += got;
	}
	free(block);
	return rc;
}

static int
copy_aside(const struct store *store, int from, struct aside *aside, struct err *err)
{
	struct store_new new;

	name_aside(store, aside);
	if (store_new_open(&new, store, aside->file, 0, err))
		return -1;
	if (copy_bytes(store, from, new.fd, aside, err) == 0)
		return store_new_finish(&new, err);
	store_new_drop(&new);
	return -1;
}

static int
add_aside(const struct store *store, int fd, const struct place *place, struct asides *asides,
	struct err *err)
{
	struct aside aside = { .place = *place };

	if (copy_aside(store, fd, &aside, err))
		return -1;
	if (asides->n == asides->cap) {
		asides->cap = mem_grow(asides->cap, asides->n + 1);
		asides->list = mem_resize(asides->list, asides->cap * sizeof aside);
	}
	asides->list[asides->n++] = aside;
	return 0;
}

static int
copy_segment(const struct store *store, int64_t first, int64_t offset, struct asides *asides,
	struct err *err)
{
	struct place place = { .segment = first, .offset = offset };
	char path[SEGMENT_PATH_SIZE];
	int64_t length;
	int fd, rc = 0;

	segment_path(first, path);
	fd = store_openat(store, path, O_RDONLY);
	if (fd < 0)
		return store_fails(store, EX_IOERR, path, "cannot open", err);
	length = fd_length(fd);
	place.length = length - offset;
	if (length < 0)
		rc = store_fails(store, EX_IOERR, path, "cannot look at", err);
	else if (place.length > 0)
		rc = add_aside(store, fd, &place, asides, err);
	close(fd);
	return rc;
}

int
recover_copy(const struct store *store, const int64_t *first, size_t n,
	const struct position *good, struct asides *asides, struct err *err)
{
	if (store_mkdir(store, "quarantine", err))
		return -1;
	for (size_t i = 0; i < n; i++) {
		int64_t offset = first[i] == good->segment ? good->length : 0;

		if (first[i] < good->segment)
			continue;
		if (copy_segment(store, first[i], offset, asides, err))
			return -1;
	}
	return 0;
}
