#include "store/store_new.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/store_work.h"

#define NEW_FLAGS (O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC)

/* The maker of a temporary file holds a lock on it while it works: see sweep_one. */
static int
lock_temp(int fd, short type)
{
	struct flock lock = { .l_type = type, .l_whence = SEEK_SET };

	return fcntl(fd, F_OFD_SETLK, &lock);
}

/* Whether a sweep came between its making and its lock: 1, 0, -1 with errno. */
static int
is_swept(int fd)
{
	struct stat st;

	if (lock_temp(fd, F_WRLCK) != 0)
		return errno == EAGAIN || errno == EACCES ? 1 : -1;
	return fstat(fd, &st) != 0 ? -1 : st.st_nlink == 0;
}

/* A number that was used before may lie there still: the next one. */
static int
open_next(struct store_new *new, mode_t mode)
{
	static unsigned number;
	int fd;

	do {
		snprintf(new->temp, sizeof new->temp, STORE_TEMP "%ld-%u", (long)getpid(),
		        number++);
		fd = openat(new->parent, new->temp, NEW_FLAGS, mode);
	} while (fd < 0 && (errno == EEXIST || errno == EINTR));
	return fd;
}

static int
open_temp(struct store_new *new, mode_t mode)
{
	int fd, swept;

	for (;;) {
		fd = open_next(new, mode);
		swept = fd < 0 ? -1 : is_swept(fd);
		if (swept <= 0)
			break;
		close(fd);
	}
	new->fd = fd;
	return swept < 0 ? -1 : store_settle(new->store, fd, mode);
}

int
store_new_open(struct store_new *new, const struct store *store, const char *path,
	mode_t mode, struct err *err)
{
	const char *name;

	*new = (struct store_new){ .store = store, .fd = -1 };
	new->path = mem_copy(path, strlen(path));
	new->parent = store_parent(store, path, &name);
	if (new->parent >= 0 && open_temp(new, mode ? mode : store->file_mode) == 0)
		return 0;
	store_fails(store, EX_CANTCREAT, path, "cannot create", err);
	store_new_drop(new);
	return -1;
}

static void
end(struct store_new *new)
{
	if (new->fd >= 0)
		close(new->fd);
	if (new->parent >= 0)
		close(new->parent);
	free(new->path);
	*new = (struct store_new){ .fd = -1, .parent = -1 };
}

void
store_new_drop(struct store_new *new)
{
	if (new->fd >= 0)
		unlinkat(new->parent, new->temp, 0);
	end(new);
}

int
store_new_finish(struct store_new *new, struct err *err)
{
	const char *slash = strrchr(new->path, '/');
	const char *name = slash ? slash + 1 : new->path;

	if (fsync(new->fd) != 0 || renameat(new->parent, new->temp, new->parent, name) != 0) {
		store_fails(new->store, EX_IOERR, new->path, "cannot write", err);
		store_new_drop(new);
		return -1;
	}
	if (fsync(new->parent) != 0) {
		store_fails(new->store, EX_IOERR, new->path, "cannot sync its folder", err);
		end(new);
		return -1;
	}
	end(new);
	return 0;
}

bool
store_new_is_temp(const char *name)
{
	return strncmp(name, STORE_TEMP, sizeof STORE_TEMP - 1) == 0;
}

/* Read only: the copy of a sealed segment may not be written. */
static void
sweep_one(int folder, const char *name)
{
	int fd = openat(folder, name, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);

	if (fd < 0)
		return;
	if (lock_temp(fd, F_RDLCK) == 0)
		unlinkat(folder, name, 0);
	close(fd);
}

void
store_new_sweep(const struct store *store, const char *folder)
{
	int fd = store_openat(store, folder, O_RDONLY | O_DIRECTORY);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *entry;

	if (!dir && fd >= 0)
		close(fd);
	if (!dir)
		return;
	while ((entry = readdir(dir)) != NULL)
		if (store_new_is_temp(entry->d_name))
			sweep_one(dirfd(dir), entry->d_name);
	closedir(dir);
}
