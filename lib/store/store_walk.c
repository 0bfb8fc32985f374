#include "store/store_walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct walk {
	const struct store *store;
	const char *folder;
	struct buf path;
	walk_fn fn;
	void *ctx;
};

/* One that goes away meanwhile is passed by. */
static int
visit(struct walk *walk, DIR *dir, const char *name, struct err *err)
{
	struct walk_entry entry = { .name = name };
	struct stat st;

	walk->path.len = 0;
	if (*walk->folder)
		buf_printf(&walk->path, "%s/", walk->folder);
	buf_puts(&walk->path, name);
	entry.path = buf_cstr(&walk->path);
	if (fstatat(dirfd(dir), name, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return errno == ENOENT ? 0 :
			store_fails(walk->store, EX_IOERR, entry.path, "cannot look at", err);
	entry.mode = st.st_mode;
	entry.size = st.st_size;
	entry.changed = st.st_mtime;
	return walk->fn(walk->ctx, &entry, err);
}

static int
walk_open(struct walk *walk, DIR *dir, struct err *err)
{
	struct dirent *entry;
	int result = 0;

	while (result == 0 && (errno = 0, (entry = readdir(dir)) != NULL))
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			result = visit(walk, dir, entry->d_name, err);
	if (result == 0 && errno)
		result = store_fails(walk->store, EX_IOERR, walk->folder, "cannot read", err);
	return result;
}

int
store_walk(const struct store *store, const char *folder, walk_fn fn, void *ctx, struct err *err)
{
	struct walk walk = { .store = store, .folder = folder, .fn = fn, .ctx = ctx };
	int fd = store_openat(store, folder, O_RDONLY | O_DIRECTORY);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	int result;

	if (!dir && errno == ENOENT)
		return 0;
	if (!dir) {
		result = store_fails(store, EX_IOERR, folder, "cannot open", err);
		if (fd >= 0)
			close(fd);
		return result;
	}
	result = walk_open(&walk, dir, err);
	closedir(dir);
	buf_release(&walk.path);
	return result;
}
