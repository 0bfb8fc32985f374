#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/store_work.h"

/* The store's own name may be a symbolic link; nothing below it is. */
static int
open_folder(struct store *store, struct err *err)
{
	store->dir = open(store->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (store->dir >= 0)
		return 0;
	if (errno == ENOENT || errno == ENOTDIR)
		return store_is_none(store->path, strerror(errno), err);
	return store_fails(store, EX_IOERR, "", "cannot open", err);
}

static int
check_mode(const struct store *store, const char *path, mode_t mode, struct err *err)
{
	if (!(mode & S_IWOTH))
		return 0;
	return err_add(err, EX_NOPERM, store->path,
	        "everybody may write to it (%s): chmod o-w, then esc-store verify", path);
}

static int
check_folder(struct store *store, const char *path, mode_t *mode, struct err *err)
{
	struct stat st;

	if (fstatat(store->dir, path, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return store_fails(store, EX_IOERR, path, "cannot look at", err);
	if (!S_ISDIR(st.st_mode))
		return err_add(err, EX_IOERR, path, "damaged: not a folder");
	*mode = st.st_mode;
	return check_mode(store, path, st.st_mode, err);
}

/* For writers: verify finds these, too.  What is not there is told by who needs it. */
static int
check_others(const struct store *store, struct err *err)
{
	static const char *const names[] = { "FORMAT", "HEAD", "lock", "seals", "blobs",
		"policies", "outbox", "quarantine" };
	struct stat st;

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (fstatat(store->dir, names[i], &st, AT_SYMLINK_NOFOLLOW) == 0 &&
			check_mode(store, names[i], S_ISLNK(st.st_mode) ? 0 : st.st_mode, err))
			return -1;
	return 0;
}

/* A store is shared where its folder is. */
static int
check_folders(struct store *store, struct err *err)
{
	mode_t top, log;

	if (check_folder(store, ".", &top, err))
		return -1;
	store_modes(store, top & S_IWGRP);
	return check_folder(store, "log", &log, err);
}

static int
may_write(const struct store *store, struct err *err)
{
	if (faccessat(store->dir, ".", W_OK | X_OK, AT_EACCESS) != 0)
		return store_fails(store, EX_IOERR, "", "cannot write", err);
	if (faccessat(store->dir, "log", W_OK | X_OK, AT_EACCESS) != 0)
		return store_fails(store, EX_IOERR, "log", "cannot write", err);
	return 0;
}

static int
look(struct store *store, const struct store_access *access, struct err *err)
{
	if (!access->allow_network_fs && store_refuse_network(store, err))
		return -1;
	if (store_format_read(store, access->use, err) || check_folders(store, err))
		return -1;
	if (access->use == STORE_READ)
		return 0;
	return check_others(store, err) ? -1 : may_write(store, err);
}

int
store_open(struct store *store, const char *path, const struct store_access *access,
	struct err *err)
{
	*store = (struct store){ .dir = -1, .wait_s = access->wait_s };
	store->path = mem_copy(path, strlen(path));
	store_modes(store, false);
	if (open_folder(store, err) == 0 && look(store, access, err) == 0) {
		store_find_owner(store);
		return 0;
	}
	store_close(store);
	return -1;
}
