#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/fd.h"
#include "store/store_new.h"
#include "store/store_work.h"

int
store_parent(const struct store *store, const char *path, const char **name)
{
	const char *slash = strrchr(path, '/');
	char *folder = mem_copy(path, slash ? (size_t)(slash - path) : 0);
	int fd = store_openat(store, folder, O_RDONLY | O_DIRECTORY);

	*name = slash ? slash + 1 : path;
	free(folder);
	return fd;
}

/*
 * One that is there may be of a process that was killed before it set the
 * mode or synced, so both are done again; who does not own it cannot.
 */
static int
settle_folder(const struct store *store, int parent, const char *name)
{
	int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	struct stat st;
	int rc;

	if (fd < 0)
		return -1;
	rc = fstat(fd, &st);
	if (rc == 0 && st.st_uid == geteuid() &&
		(store->owner || (st.st_mode & 07777) != store->dir_mode))
		rc = store_settle(store, fd, store->dir_mode);
	if (rc == 0)
		rc = fsync(parent);
	close(fd);
	return rc;
}

int
store_mkdir(const struct store *store, const char *path, struct err *err)
{
	const char *name;
	int parent = store_parent(store, path, &name);
	int rc = 0;

	if (parent < 0)
		return store_fails(store, EX_CANTCREAT, path, "cannot create", err);
	if ((mkdirat(parent, name, store->dir_mode) != 0 && errno != EEXIST)
	        || settle_folder(store, parent, name) != 0)
		rc = store_fails(store, EX_CANTCREAT, path, "cannot create", err);
	close(parent);
	return rc;
}

int
store_unlink(const struct store *store, const char *path)
{
	const char *name;
	int parent = store_parent(store, path, &name);
	int rc, why;

	if (parent < 0)
		return -1;
	rc = unlinkat(parent, name, 0);
	why = errno;
	close(parent);
	errno = why;
	return rc;
}

static int
read_whole(const struct store *store, int fd, const char *path, size_t most, struct buf *out,
	struct err *err)
{
	int64_t length = fd_length(fd), got;

	if (length < 0)
		return store_fails(store, EX_IOERR, path, "cannot read", err);
	if ((uint64_t)length > most)
		return err_add(err, EX_DATAERR, path, "longer than %zu bytes", most);
	got = fd_read(fd, buf_reserve(out, (size_t)length), (size_t)length, 0);
	if (got < 0)
		return store_fails(store, EX_IOERR, path, "cannot read", err);
	out->len += (size_t)got;
	return 1;
}

int
store_read_file(const struct store *store, const char *path, size_t most, struct buf *out,
	struct err *err)
{
	int fd = store_openat(store, path, O_RDONLY);
	int rc;

	if (fd < 0 && errno == ENOENT)
		return 0;
	if (fd < 0)
		return store_fails(store, EX_IOERR, path, "cannot open", err);
	rc = read_whole(store, fd, path, most, out, err);
	close(fd);
	return rc;
}

int
store_write_file(const struct store *store, const char *path, struct span text, mode_t mode,
	struct err *err)
{
	struct store_new new;

	if (store_new_open(&new, store, path, mode, err))
		return -1;
	if (fd_write(new.fd, text.p, text.n, 0) == 0)
		return store_new_finish(&new, err);
	store_fails(store, EX_IOERR, path, "cannot write", err);
	store_new_drop(&new);
	return -1;
}
