#include "store/recover.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/append_work.h"
#include "store/fd.h"
#include "store/recover_aside.h"
#include "store/recover_walk.h"
#include "store/segment.h"
#include "store/store_new.h"

#define BLOCK ((size_t)1 << 20)

struct work {
	struct append *append;
	const struct store *store;
	int64_t *first;       /* the segments that are there */
	size_t n;
	struct asides asides;
	size_t told;          /* of them, with a line */
	struct buf data;      /* of that line */
};

static bool
is_behind(const struct position *head, int64_t first)
{
	return first > head->segment || head->seq == 0;
}

static int64_t
length_of(const struct store *store, int64_t first, struct err *err)
{
	char path[SEGMENT_PATH_SIZE];
	struct stat st;

	segment_path(first, path);
	if (fstatat(store->dir, path, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return store_fails(store, EX_IOERR, path, "cannot look at", err);
	return st.st_size;
}

int
recover_is_needed(const struct store *store, const struct head *head, struct err *err)
{
	const struct position *end = &head->position;
	int64_t *first, length;
	size_t n;
	bool behind;

	if (segment_list(store, &first, &n, err))
		return -1;
	behind = n && is_behind(end, first[n - 1]);
	free(first);
	if (behind || end->seq == 0)
		return behind;
	length = length_of(store, end->segment, err);
	return length < 0 ? -1 : length > end->length;
}

void
recover_sweep(const struct store *store)
{
	static const char *const folders[] = { "", "log", "seals", "policies", "quarantine",
		"blobs" };

	for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++)
		store_new_sweep(store, folders[i]);
}

/* Where the mode cannot be set, opening the segment to write will say so. */
static void
make_writable(const struct store *store, int64_t first)
{
	char path[SEGMENT_PATH_SIZE];
	struct stat st;
	int fd;

	segment_path(first, path);
	fd = store_openat(store, path, O_RDONLY);
	if (fd < 0)
		return;
	if (fstat(fd, &st) == 0 && !(st.st_mode & S_IWUSR))
		fchmod(fd, store->file_mode);
	close(fd);
}

void
recover_mode(const struct store *store, const struct head *head)
{
	const struct position *end = &head->position;

	if (end->seq && end->length < store->segment_bytes)
		make_writable(store, end->segment);
}

/* A seal behind HEAD is one of a HEAD that was lost: it is made again. */
static int
unseal(const struct work *work, int64_t first, struct err *err)
{
	char path[SEGMENT_PATH_SIZE];

	segment_seal_path(first, path);
	if (store_unlink(work->store, path) != 0 && errno != ENOENT)
		return store_fails(work->store, EX_IOERR, path, "cannot remove", err);
	make_writable(work->store, first);
	return 0;
}

static int
unseal_behind(const struct work *work, struct err *err)
{
	const struct position *head = &work->append->head.position;
	bool full = head->length >= work->store->segment_bytes;

	for (size_t i = 0; i < work->n; i++)
		if ((work->first[i] > head->segment || (work->first[i] == head->segment && !full))
		        && unseal(work, work->first[i], err))
			return -1;
	return 0;
}

static int
rewrite(int fd, int64_t from, int64_t to)
{
	char *block = mem_alloc(BLOCK);
	int rc = 0;

	while (rc == 0 && from < to) {
		size_t want = to - from < (int64_t)BLOCK ? (size_t)(to - from) : BLOCK;
		int64_t got = fd_read(fd, block, want, from);

		if (got <= 0 || fd_write(fd, block, (size_t)got, from))
			rc = -1;
		from += got;
	}
	free(block);
	return rc == 0 ? fsync(fd) : -1;
}

/*
 * Its pages may be marked clean though a sync of them failed, so they are
 * written, not only synced.  The part before HEAD stays as it is.
 */
static int
settle_segment(const struct work *work, int64_t first, const struct position *good,
	struct err *err)
{
	const struct position *head = &work->append->head.position;
	int64_t from = first == head->segment ? head->length : 0;
	int64_t to = first == good->segment ? good->length : length_of(work->store, first, err);
	char path[SEGMENT_PATH_SIZE];
	int fd, rc;

	if (to < 0 || from >= to)
		return to < 0 ? -1 : 0;
	segment_path(first, path);
	fd = store_openat(work->store, path, O_RDWR);
	if (fd < 0)
		return store_fails(work->store, EX_IOERR, path, "cannot write again", err);
	rc = rewrite(fd, from, to);
	if (rc)
		store_fails(work->store, EX_IOERR, path, "cannot write again", err);
	close(fd);
	return rc;
}

static int
take_in(struct work *work, const struct position *good, struct err *err)
{
	struct append *append = work->append;

	for (size_t i = 0; i < work->n && work->first[i] <= good->segment; i++)
		if (work->first[i] >= append->head.position.segment
		        && settle_segment(work, work->first[i], good, err))
			return -1;
	if (store_sync_dir(work->store, "log", err)
	        || head_write(work->store, &append->head, good, err))
		return -1;
	return append_check_end(append, err);
}

static int
next_notice(void *ctx, struct append_line *line, struct err *err)
{
	struct work *work = ctx;
	const struct aside *aside = &work->asides.list[work->told++];

	(void)err;
	work->data.len = 0;
	buf_printf(&work->data,
	        "{\"recovered\":{\"file\":\"%s\",\"segment\":%lld,\"offset\":%lld,\"bytes\":%lld}}",
	        aside->file, (long long)aside->place.segment, (long long)aside->place.offset,
	        (long long)aside->place.length);
	*line = (struct append_line){ .id = { "", 0 }, .data = buf_text(&work->data) };
	return 1;
}

/*
 * The notice is written over what was copied.  Where the segment is full the
 * notice goes to the next one, so what follows in this one is cut off first.
 */
static int
cut_full(struct work *work, struct err *err)
{
	const struct position *head = &work->append->head.position;
	int64_t length = length_of(work->store, head->segment, err);
	char path[SEGMENT_PATH_SIZE];
	int fd, rc;

	if (length < 0 || head->length < work->store->segment_bytes || length <= head->length)
		return length < 0 ? -1 : 0;
	segment_path(head->segment, path);
	fd = store_openat(work->store, path, O_RDWR);
	if (fd < 0)
		return store_fails(work->store, EX_IOERR, path, "cannot open", err);
	rc = ftruncate(fd, head->length);
	if (rc == 0)
		rc = fsync(fd);
	if (rc)
		store_fails(work->store, EX_IOERR, path, "cannot truncate", err);
	close(fd);
	return rc;
}

static int
drop_behind(const struct work *work, struct err *err)
{
	char path[SEGMENT_PATH_SIZE];

	for (size_t i = work->n; i-- && is_behind(&work->append->head.position, work->first[i]);) {
		segment_path(work->first[i], path);
		if (store_unlink(work->store, path) != 0)
			return store_fails(work->store, EX_IOERR, path, "cannot remove", err);
	}
	return store_sync_dir(work->store, "log", err);
}

static int
set_aside(struct work *work, struct recovery *recovery, struct err *err)
{
	const struct asides *asides = &work->asides;

	if (recover_copy(work->store, work->first, work->n, &work->append->head.position,
	            &work->asides, err))
		return -1;
	for (size_t i = 0; i < asides->n; i++)
		recovery->set_aside += asides->list[i].place.length;
	recovery->files = asides->n;
	if (asides->n && (cut_full(work, err)
	        || append_write(work->append, asides->n, next_notice, work, true, err)))
		return -1;
	return drop_behind(work, err);
}

static int
recover(struct work *work, struct recovery *recovery, struct err *err)
{
	const struct position *head = &work->append->head.position;
	struct walked walked;

	if (unseal_behind(work, err))
		return -1;
	if (recover_walk(work->store, work->first, work->n, head, &walked, err))
		return -1;
	recovery->batches = walked.batches;
	recovery->lines = walked.lines;
	if (walked.batches && take_in(work, &walked.good, err))
		return -1;
	return set_aside(work, recovery, err);
}

int
recover_tail(struct append *append, struct recovery *recovery, struct err *err)
{
	struct work work = { .append = append, .store = append->store };
	int rc;

	*recovery = (struct recovery){ 0 };
	recover_sweep(append->store);
	rc = segment_list(append->store, &work.first, &work.n, err);
	if (rc == 0)
		rc = recover(&work, recovery, err);
	free(work.asides.list);
	buf_release(&work.data);
	free(work.first);
	return rc;
}
