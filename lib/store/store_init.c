#include "store/store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/head.h"
#include "store/segment.h"
#include "store/store_new.h"
#include "store/store_work.h"

static const char *const folders[] = { "log", "seals", "blobs", "policies", "outbox",
	"quarantine" };

/* What an init that was killed may have left: it made FORMAT last. */
static bool
is_ours(const char *name)
{
	static const char *const files[] = { ".", "..", "HEAD", "lock" };

	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
		if (strcmp(name, files[i]) == 0)
			return true;
	for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++)
		if (strcmp(name, folders[i]) == 0)
			return true;
	return strncmp(name, STORE_TEMP, sizeof STORE_TEMP - 1) == 0;
}

static int
refuse_names(const struct store *store, DIR *dir, struct err *err)
{
	struct dirent *entry;

	while ((entry = readdir(dir)) != NULL)
		if (!is_ours(entry->d_name))
			return err_add(err, EX_CANTCREAT, store->path,
			        "not empty: there is %s", entry->d_name);
	return 0;
}

static int
refuse_segments(const struct store *store, struct err *err)
{
	int64_t *first = NULL;
	size_t n = 0;

	if (faccessat(store->dir, "log", F_OK, AT_SYMLINK_NOFOLLOW) != 0)
		return 0;
	if (segment_list(store, &first, &n, err))
		return -1;
	free(first);
	return n ? err_add(err, EX_CANTCREAT, store->path, "not empty: there is a log") : 0;
}

static int
refuse_full(const struct store *store, struct err *err)
{
	int fd = store_openat(store, "", O_RDONLY | O_DIRECTORY);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	int rc;

	if (!dir && fd >= 0)
		close(fd);
	if (!dir)
		return store_fails(store, EX_CANTCREAT, "", "cannot open", err);
	rc = refuse_names(store, dir, err);
	closedir(dir);
	return rc ? rc : refuse_segments(store, err);
}

static int
find_group(const struct store *store, const struct store_plan *plan, gid_t *gid,
	struct err *err)
{
	const struct group *group;

	*gid = plan->shared ? getegid() : (gid_t)-1;
	if (!plan->shared || !plan->group)
		return 0;
	group = getgrnam(plan->group);
	if (!group)
		return err_add(err, EX_CONFIG, store->path, "no such group: %s", plan->group);
	*gid = group->gr_gid;
	return 0;
}

static int
set_group(const struct store *store, const struct store_plan *plan, gid_t gid, struct err *err)
{
	if (fchown(store->dir, (uid_t)-1, gid) == 0)
		return 0;
	if (errno == EPERM && plan->group)
		return err_add(err, EX_NOPERM, store->path, "cannot give it to the group %s: "
			"who makes the store must belong to it", plan->group);
	return store_fails(store, EX_CANTCREAT, "", "cannot give it to the group", err);
}

static int
settle_folder(struct store *store, const struct store_plan *plan, gid_t gid, struct err *err)
{
	store->dir = open(store->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (store->dir < 0)
		return store_fails(store, EX_CANTCREAT, "", "cannot open", err);
	if (!plan->allow_network_fs && store_refuse_network(store, err))
		return -1;
	store_find_owner(store);
	if (refuse_full(store, err) || set_group(store, plan, gid, err))
		return -1;
	if (fchmod(store->dir, store->dir_mode) != 0)
		return store_fails(store, EX_CANTCREAT, "", "cannot set its mode", err);
	return 0;
}

/* A folder that we made, but not into a store, is not left behind. */
static int
make_folder(struct store *store, const struct store_plan *plan, struct err *err)
{
	bool made;
	gid_t gid;

	if (find_group(store, plan, &gid, err))
		return -1;
	made = mkdir(store->path, 0700) == 0;
	if (!made && errno != EEXIST)
		return store_fails(store, EX_CANTCREAT, "", "cannot create", err);
	if (settle_folder(store, plan, gid, err) == 0)
		return 0;
	if (made)
		rmdir(store->path);
	return -1;
}

static int
make_lock(const struct store *store, struct err *err)
{
	int fd = store_openat(store, "lock", O_RDWR | O_CREAT);

	if (fd < 0)
		return store_fails(store, EX_CANTCREAT, "lock", "cannot create", err);
	close(fd);
	return 0;
}

/* Where the parent cannot be read, all is synced. */
int
store_sync_parent(const struct store *store, struct err *err)
{
	int fd = openat(store->dir, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int rc = fd < 0 ? syncfs(store->dir) : fsync(fd);

	if (rc != 0)
		rc = store_fails(store, EX_IOERR, "", "cannot sync", err);
	if (fd >= 0)
		close(fd);
	return rc;
}

static int
fill(const struct store *store, struct err *err)
{
	struct position genesis;

	store_new_sweep(store, "");
	for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++)
		if (store_mkdir(store, folders[i], err))
			return -1;
	store_genesis(store, &genesis);
	if (make_lock(store, err) || head_create(store, &genesis, err)
	        || store_format_write(store, err))
		return -1;
	return store_sync_parent(store, err);
}

int
store_init(const char *path, const struct store_plan *plan, struct err *err)
{
	struct store store = { .dir = -1 };
	int rc;

	store.path = mem_copy(path, strlen(path));
	store.segment_bytes = plan->segment_bytes ? plan->segment_bytes : STORE_SEGMENT_BYTES;
	store_modes(&store, plan->shared);
	line_salt(store.id);
	rc = make_folder(&store, plan, err);
	if (rc == 0)
		rc = fill(&store, err);
	store_close(&store);
	return rc;
}
