#include "store/blobs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "store/blobs_file.h"
#include "store/store_new.h"

static int
no_hash(struct span b2, struct err *err)
{
	return err_add(err, EX_DATAERR, NULL, "no hash: \"%.*s\"",
		b2.n < 80 ? (int)b2.n : 80, b2.n ? b2.p : "");
}

/* Renames the copy to its hash, in a folder of its first two digits. */
static int
settle(const struct store_new *copy, const char *b2, struct err *err)
{
	const struct store *store = copy->store;
	char path[BLOB_PATH_SIZE], folder[sizeof "blobs/ab"];
	int dir, result = 0;

	blobs_path(span_of(b2), path);
	snprintf(folder, sizeof folder, "%.8s", path);
	if (fsync(copy->fd) < 0)
		return store_fails(store, EX_IOERR, path, "cannot write", err);
	if (store_mkdir(store, folder, err) < 0)
		return -1;
	dir = store_openat(store, folder, O_RDONLY | O_DIRECTORY);
	if (dir < 0)
		return store_fails(store, EX_IOERR, folder, "cannot open", err);
	if (renameat(copy->parent, copy->temp, dir, b2) < 0)
		result = store_fails(store, EX_CANTCREAT, path, "cannot create", err);
	close(dir);
	return result < 0 ? -1 : store_sync_dir(store, folder, err);
}

/* b2: what it must be; {NULL, 0}: anything. */
static int
take(const struct store *store, int from, struct span b2, struct blob *blob, struct err *err)
{
	struct store_new copy;
	int result;

	if (store_new_open(&copy, store, "blobs/new", 0, err) < 0)
		return -1;
	result = blobs_read(from, copy.fd, blob, err);
	if (result == 0 && b2.p && !span_is(b2, blob->b2))
		result = err_add(err, EX_DATAERR, NULL, "%.*s: altered: its content is %s",
			(int)b2.n, b2.p, blob->b2);
	if (result == 0)
		result = settle(&copy, blob->b2, err);
	store_new_drop(&copy); /* what was renamed is not there any more */
	return result;
}

int
blobs_put(const struct store *store, int fd, struct blob *blob, struct err *err)
{
	return take(store, fd, (struct span){ NULL, 0 }, blob, err);
}

int
blobs_take(const struct store *store, const char *dir, struct span b2, struct err *err)
{
	struct blob blob;
	int fd, answer;

	if (!blobs_is_hash(b2))
		return no_hash(b2, err);
	answer = blobs_open_dir(dir, b2, &fd, err);
	if (answer <= 0)
		return answer;
	answer = take(store, fd, b2, &blob, err) < 0 ? -1 : 1;
	close(fd);
	return answer;
}

/* Reads an open one to its end, and closes it; dir NULL: it lies in the store. */
static int
check(int fd, struct span b2, int64_t size, const char *dir, struct err *err)
{
	struct blob blob;
	int result = blobs_read(fd, -1, &blob, err);

	close(fd);
	if (result < 0)
		return -1;
	if (!span_is(b2, blob.b2))
		return err_add(err, EX_DATAERR, NULL,
			"%.*s: altered in %s: its content is %s%s", (int)b2.n, b2.p,
			dir ? dir : "the store", blob.b2,
			dir ? "" : "; put the original back with esc-store put");
	if (size >= 0 && size != blob.size)
		return err_add(err, EX_DATAERR, NULL,
			"%.*s: altered: it has %lld bytes, not %lld", (int)b2.n, b2.p,
			(long long)blob.size, (long long)size);
	return 1;
}

int
blobs_check(const struct store *store, struct span b2, int64_t size, struct err *err)
{
	int fd, answer;

	if (!blobs_is_hash(b2))
		return no_hash(b2, err);
	answer = blobs_open_store(store, b2, &fd, err);
	return answer <= 0 ? answer : check(fd, b2, size, NULL, err);
}

int
blobs_check_in(const char *dir, struct span b2, int64_t size, struct err *err)
{
	int fd, answer;

	if (!blobs_is_hash(b2))
		return no_hash(b2, err);
	answer = blobs_open_dir(dir, b2, &fd, err);
	return answer <= 0 ? answer : check(fd, b2, size, dir, err);
}

int
blobs_open(const struct store *store, struct span b2, struct err *err)
{
	int fd, answer;

	if (!blobs_is_hash(b2))
		return err_add(err, EX_NOINPUT, NULL, "no such attachment: \"%.*s\"",
			b2.n < 80 ? (int)b2.n : 80, b2.n ? b2.p : "");
	answer = blobs_open_store(store, b2, &fd, err);
	if (answer == 0)
		return err_add(err, EX_NOINPUT, NULL, "%.*s: no such attachment in the store",
			(int)b2.n, b2.p);
	return answer < 0 ? -1 : fd;
}

int
blobs_settle(const struct store *store, struct span b2, struct err *err)
{
	char path[BLOB_PATH_SIZE], folder[sizeof "blobs/ab"];

	if (!blobs_is_hash(b2))
		return no_hash(b2, err);
	blobs_path(b2, path);
	snprintf(folder, sizeof folder, "%.8s", path);
	if (faccessat(store->dir, path, F_OK, AT_SYMLINK_NOFOLLOW) < 0 && errno == ENOENT)
		return 0;
	if (store_sync_dir(store, folder, err) < 0 || store_sync_dir(store, "blobs", err) < 0)
		return -1;
	return 1;
}

int
blobs_remove(const struct store *store, struct span b2, struct err *err)
{
	char path[BLOB_PATH_SIZE], folder[sizeof "blobs/ab"];

	if (!blobs_is_hash(b2))
		return no_hash(b2, err);
	blobs_path(b2, path);
	snprintf(folder, sizeof folder, "%.8s", path);
	if (unlinkat(store->dir, path, 0) < 0)
		return errno == ENOENT ? 0 :
			store_fails(store, EX_IOERR, path, "cannot remove", err);
	return store_sync_dir(store, folder, err);
}
