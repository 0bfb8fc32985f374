#include "store/snapshot.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/fd.h"
#include "store/lock.h"
#include "store/segment.h"
#include "store/store_new.h"
#include "store/store_walk.h"

#define BLOCK ((size_t)256 << 10)

struct snapshot {
	const struct store *from;
	struct store to;
	struct head head;
	char *block;
};

/* From the beginning, n bytes at most (-1: all). */
static int
copy_bytes(struct snapshot *copy, int from, int to, int64_t n)
{
	int64_t done = 0;

	while (n < 0 || done < n) {
		size_t want = n < 0 || n - done > (int64_t)BLOCK ? BLOCK : (size_t)(n - done);
		int64_t got = fd_read(from, copy->block, want, done);

		if (got < 0 || fd_write(to, copy->block, (size_t)got, done) < 0)
			return -1;
		done += got;
		if (got < (int64_t)want)
			break;
	}
	errno = EIO;
	return n < 0 || done == n ? 0 : -1;
}

static int
copy_file(struct snapshot *copy, const char *path, mode_t mode, int64_t n, struct err *err)
{
	int from = store_openat(copy->from, path, O_RDONLY);
	struct store_new new;
	int result;

	if (from < 0)
		return store_fails(copy->from, EX_IOERR, path, "cannot open", err);
	result = store_new_open(&new, &copy->to, path, mode, err);
	if (result == 0 && copy_bytes(copy, from, new.fd, n) < 0) {
		result = store_fails(copy->from, EX_IOERR, path, "cannot copy", err);
		store_new_drop(&new);
	} else if (result == 0) {
		result = store_new_finish(&new, err);
	}
	close(from);
	return result;
}

static int
copy_folder(struct snapshot *copy, const char *folder, struct err *err);

/* What is on its way (a temporary file) is left out. */
static int
copy_entry(void *ctx, const struct walk_entry *entry, struct err *err)
{
	struct snapshot *copy = ctx;

	if (S_ISDIR(entry->mode))
		return copy_folder(copy, entry->path, err);
	if (!S_ISREG(entry->mode) || store_new_is_temp(entry->name))
		return 0;
	return copy_file(copy, entry->path, 0, -1, err);
}

static int
copy_folder(struct snapshot *copy, const char *folder, struct err *err)
{
	if (store_mkdir(&copy->to, folder, err) < 0)
		return -1;
	return store_walk(copy->from, folder, copy_entry, copy, err);
}

/* Only a segment that is full can have a seal; one that is damaged is left out. */
static int
copy_seal(struct snapshot *copy, int64_t first, struct err *err)
{
	char path[SEGMENT_PATH_SIZE];
	struct position end;
	struct err why = { 0 };
	int answer = segment_read_seal(copy->from, first, &end, &why);

	segment_seal_path(first, path);
	if (answer < 0 && why.status != EX_DATAERR)
		err_add(err, why.status, NULL, "%s", err_text(&why));
	else if (answer < 0 || end.seq > copy->head.position.seq)
		answer = 0;
	err_release(&why);
	return answer > 0 ? copy_file(copy, path, 0, -1, err) : answer;
}

/*
 * The last one may have been filled and sealed since HEAD was read: what is
 * copied of it is to be written to.
 */
static mode_t
segment_mode(const struct snapshot *copy, int64_t first, const struct stat *st)
{
	const struct position *end = &copy->head.position;
	bool goes_on = first == end->segment && end->length < copy->to.segment_bytes;

	return goes_on ? copy->to.file_mode : st->st_mode & 0777;
}

static int
copy_segment(struct snapshot *copy, int64_t first, struct err *err)
{
	const struct position *end = &copy->head.position;
	char path[SEGMENT_PATH_SIZE];
	struct stat st;

	segment_path(first, path);
	if (fstatat(copy->from->dir, path, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return store_fails(copy->from, EX_IOERR, path, "cannot look at", err);
	if (copy_file(copy, path, segment_mode(copy, first, &st),
			first == end->segment ? end->length : -1, err) < 0)
		return -1;
	return copy_seal(copy, first, err);
}

static int
copy_log(struct snapshot *copy, struct err *err)
{
	int64_t *first;
	int result = 0;
	size_t n;

	if (store_mkdir(&copy->to, "log", err) < 0 || store_mkdir(&copy->to, "seals", err) < 0 ||
		segment_list(copy->from, &first, &n, err) < 0)
		return -1;
	for (size_t i = 0; i < n && result == 0; i++)
		if (copy->head.position.seq && first[i] <= copy->head.position.segment)
			result = copy_segment(copy, first[i], err);
	free(first);
	return result;
}

/* FORMAT comes last: without it this is no store. */
static int
copy_all(struct snapshot *copy, struct err *err)
{
	static const char *const folders[] = { "blobs", "policies", "quarantine" };

	if (head_read(copy->from, &copy->head, err) < 0 || copy_log(copy, err) < 0)
		return -1;
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
		if (copy_folder(copy, folders[i], err) < 0)
			return -1;
	if (store_mkdir(&copy->to, "outbox", err) < 0 ||
		store_write_file(&copy->to, "lock", (struct span){ "", 0 }, 0, err) < 0 ||
		head_create(&copy->to, &copy->head.position, err) < 0)
		return -1;
	if (copy_file(copy, "FORMAT", 0, -1, err) < 0)
		return -1;
	return store_sync_parent(&copy->to, err);
}

static int
refuse_entry(void *ctx, const struct walk_entry *entry, struct err *err)
{
	const struct snapshot *copy = ctx;

	return err_add(err, EX_CANTCREAT, copy->to.path, "not empty: there is %s", entry->name);
}

/* As far as one may: the copy of a shared store is for the same group. */
static void
give_to_group(const struct snapshot *copy)
{
	struct stat st;
	int ignored = fstat(copy->from->dir, &st);

	if (ignored == 0)
		ignored = fchown(copy->to.dir, (uid_t)-1, st.st_gid);
	(void)ignored;
}

static int
open_target(struct snapshot *copy, const char *path, struct err *err)
{
	const struct store *from = copy->from;

	copy->to = (struct store){ .path = mem_copy(path, strlen(path)),
		.segment_bytes = from->segment_bytes, .file_mode = from->file_mode,
		.dir_mode = from->dir_mode };
	memcpy(copy->to.id, from->id, sizeof copy->to.id);
	copy->to.dir = -1;
	if (mkdir(path, from->dir_mode) == 0 || errno == EEXIST)
		copy->to.dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (copy->to.dir < 0)
		return store_fails(&copy->to, EX_CANTCREAT, "", "cannot create", err);
	if (store_walk(&copy->to, "", refuse_entry, copy, err) < 0)
		return -1;
	give_to_group(copy);
	if (fchmod(copy->to.dir, from->dir_mode) != 0)
		return store_fails(&copy->to, EX_CANTCREAT, "", "cannot set its mode", err);
	return 0;
}

/*
 * While it lasts nothing is erased, for an erasure rewrites what was copied.
 * Who may not lock reads a store that is not written to, or takes the risk
 * that esc-store verify shows.
 */
static int
hold_erasures(const struct store *store, int *lock, struct err *err)
{
	struct err why = { 0 };
	int result = 0;

	*lock = lock_take(store, LOCK_MAINTENANCE, &why);
	if (*lock < 0 && why.status == EX_TEMPFAIL)
		result = err_add(err, EX_TEMPFAIL, store->path, "busy: an erasure is at work");
	err_release(&why);
	return result;
}

int
snapshot_make(const struct store *store, const char *path, struct position *position,
	struct err *err)
{
	struct snapshot copy = { .from = store, .block = mem_alloc(BLOCK) };
	int lock = -1, result = -1;

	copy.to.dir = -1;
	if (hold_erasures(store, &lock, err) == 0 && open_target(&copy, path, err) == 0) {
		result = copy_all(&copy, err);
		if (result < 0)
			err_add(err, err->status, path, "the copy is unfinished: delete it");
	}
	*position = copy.head.position;
	if (lock >= 0)
		close(lock);
	store_close(&copy.to);
	free(copy.block);
	return result;
}
