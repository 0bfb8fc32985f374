#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/store_work.h"

/* O_NONBLOCK: a FIFO must not keep us waiting before it is refused. */
#define OPEN_ALWAYS (O_CLOEXEC | O_NOFOLLOW | O_NOCTTY | O_NONBLOCK)

int
store_fails(const struct store *store, int status, const char *path, const char *what,
	struct err *err)
{
	int why = errno;
	struct buf where = { 0 };

	if (why == EACCES || why == EPERM)
		status = EX_NOPERM;
	else if (why == ENOSPC || why == EDQUOT || why == EFBIG || why == EIO)
		status = EX_IOERR;
	buf_puts(&where, store->path);
	if (*path)
		buf_printf(&where, "/%s", path);
	err_add(err, status, buf_cstr(&where), "%s: %s", what, strerror(why));
	buf_release(&where);
	return -1;
}

/* Closes fd, keeping the reason in errno: -1. */
static int
refuse(int fd, int why)
{
	close(fd);
	errno = why;
	return -1;
}

static int
open_there(const struct store *store, const char *path, int flags)
{
	int fd = store_open_beneath(store->dir, path, flags | OPEN_ALWAYS, 0);
	struct stat st;

	if (fd < 0)
		return -1;
	if (fstat(fd, &st) != 0)
		return refuse(fd, errno);
	return S_ISREG(st.st_mode) || S_ISDIR(st.st_mode) ? fd : refuse(fd, ENXIO);
}

void
store_find_owner(struct store *store)
{
	struct stat st;

	if (geteuid() == 0 && fstat(store->dir, &st) == 0)
		store->owner = st.st_uid;
}

/* Where even root cannot give it away, it stays root's. */
int
store_settle(const struct store *store, int fd, mode_t mode)
{
	if (store->owner && fchown(fd, store->owner, (gid_t)-1) != 0 && errno != EPERM &&
		errno != EINVAL)
		return -1;
	return fchmod(fd, mode);
}

static int
open_new(const struct store *store, const char *path, int flags)
{
	const int all = flags | OPEN_ALWAYS | O_CREAT | O_EXCL;
	int fd = store_open_beneath(store->dir, path, all, store->file_mode);

	if (fd >= 0 && store_settle(store, fd, store->file_mode) != 0)
		return refuse(fd, errno);
	return fd;
}

/* Only who made a file sets its mode, so it must be known whether we did. */
int
store_openat(const struct store *store, const char *path, int flags)
{
	int plain = flags & ~(O_CREAT | O_EXCL);
	int fd;

	if (!*path)
		path = ".";
	if (!(flags & O_CREAT))
		return open_there(store, path, plain);
	if (flags & O_EXCL)
		return open_new(store, path, plain);
	do {
		fd = open_there(store, path, plain);
		if (fd >= 0 || errno != ENOENT)
			return fd;
		fd = open_new(store, path, plain);
	} while (fd < 0 && errno == EEXIST);
	return fd;
}

int
store_sync_dir(const struct store *store, const char *path, struct err *err)
{
	int fd = store_openat(store, path, O_RDONLY | O_DIRECTORY);
	int rc = 0;

	if (fd < 0)
		return store_fails(store, EX_IOERR, path, "cannot open", err);
	if (fsync(fd) != 0)
		rc = store_fails(store, EX_IOERR, path, "cannot sync", err);
	close(fd);
	return rc;
}

void
store_modes(struct store *store, bool shared)
{
	store->file_mode = shared ? 0660 : 0640;
	store->dir_mode = shared ? 02770 : 02750;
}

void
store_genesis(const struct store *store, struct position *position)
{
	*position = (struct position){ .segment = 1 };
	line_genesis(span_of(store->id), position->h);
}

void
store_close(struct store *store)
{
	if (store->dir >= 0)
		close(store->dir);
	free(store->path);
	*store = (struct store){ .dir = -1 };
}
