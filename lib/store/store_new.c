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

/* A number that was used before may lie there still: the next one. */
static int
open_temp(struct store_new *new, mode_t mode)
{
	static unsigned number;

	do {
		snprintf(new->temp, sizeof new->temp, STORE_TEMP "%ld-%u", (long)getpid(),
		        number++);
		new->fd = openat(new->parent, new->temp, NEW_FLAGS, mode);
	} while (new->fd < 0 && (errno == EEXIST || errno == EINTR));
	return new->fd < 0 || fchmod(new->fd, mode) != 0 ? -1 : 0;
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
		if (strncmp(entry->d_name, STORE_TEMP, sizeof STORE_TEMP - 1) == 0)
			unlinkat(dirfd(dir), entry->d_name, 0);
	closedir(dir);
}
