#include "store/index_vfs.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/text.h"
#include "store/fd.h"

#define GENERATION_SIZE 8
#define GENERATION_AT   (INDEX_PAGE - INDEX_RESERVE) /* in a page */
#define SUM_AT          (INDEX_PAGE - HASH_SHORT_SIZE)
#define HEADER_SIZE     100 /* SQLite reads that much of page 1 alone */
#define HEADER_PAGES    28  /* where it says how many pages there are */

_Static_assert(GENERATION_SIZE + HASH_SHORT_SIZE == INDEX_RESERVE, "what a page keeps");

struct index_file {
	sqlite3_file file;
	int fd;
	unsigned char generation[GENERATION_SIZE];
	unsigned char page[INDEX_PAGE];
};

static struct index_file *
of(sqlite3_file *file)
{
	return (struct index_file *)(void *)file;
}

static void
page_sum(const unsigned char *page, int64_t number, unsigned char sum[HASH_SHORT_SIZE])
{
	unsigned char key[HASH_SHORT_KEY] = "esc pg";

	for (int i = 0; i < 8; i++)
		key[8 + i] = (unsigned char)(number >> 8 * i);
	hash_short(key, page, SUM_AT, sum);
}

static bool
page_is_whole(const unsigned char *page, int64_t number, const unsigned char *generation)
{
	unsigned char sum[HASH_SHORT_SIZE];

	page_sum(page, number, sum);
	return memcmp(page + SUM_AT, sum, sizeof sum) == 0 &&
		memcmp(page + GENERATION_AT, generation, GENERATION_SIZE) == 0;
}

static void
page_seal(unsigned char *page, int64_t number, const unsigned char *generation)
{
	memcpy(page + GENERATION_AT, generation, GENERATION_SIZE);
	page_sum(page, number, page + SUM_AT);
}

static int
file_close(sqlite3_file *file)
{
	close(of(file)->fd);
	return SQLITE_OK;
}

static int
file_read(sqlite3_file *file, void *to, int n, sqlite3_int64 at)
{
	int64_t got = fd_read(of(file)->fd, to, (size_t)n, at);

	if (got < 0)
		return SQLITE_IOERR_READ;
	if (got < n) {
		memset((char *)to + got, 0, (size_t)(n - got));
		return SQLITE_IOERR_SHORT_READ;
	}
	if (n == INDEX_PAGE && at % INDEX_PAGE == 0)
		return page_is_whole(to, at / INDEX_PAGE, of(file)->generation) ?
			SQLITE_OK : SQLITE_IOERR_DATA;
	return at + n <= HEADER_SIZE ? SQLITE_OK : SQLITE_IOERR_DATA;
}

static int
file_write(sqlite3_file *file, const void *from, int n, sqlite3_int64 at)
{
	unsigned char *page = of(file)->page;

	if (n != INDEX_PAGE || at % INDEX_PAGE)
		return SQLITE_IOERR_WRITE;
	memcpy(page, from, INDEX_PAGE);
	page_seal(page, at / INDEX_PAGE, of(file)->generation);
	return fd_write(of(file)->fd, (char *)page, INDEX_PAGE, at) == 0 ?
		SQLITE_OK : SQLITE_FULL;
}

static int
file_truncate(sqlite3_file *file, sqlite3_int64 length)
{
	return ftruncate(of(file)->fd, length) == 0 ? SQLITE_OK : SQLITE_IOERR_TRUNCATE;
}

/* A page that the power took is found by its checksum. */
static int
file_sync(sqlite3_file *file, int flags)
{
	(void)file, (void)flags;
	return SQLITE_OK;
}

static int
file_length(sqlite3_file *file, sqlite3_int64 *length)
{
	*length = fd_length(of(file)->fd);
	return *length < 0 ? SQLITE_IOERR_FSTAT : SQLITE_OK;
}

static int
file_lock(sqlite3_file *file, int level)
{
	(void)file, (void)level;
	return SQLITE_OK;
}

static int
file_is_locked(sqlite3_file *file, int *answer)
{
	(void)file;
	*answer = 0;
	return SQLITE_OK;
}

static int
file_control(sqlite3_file *file, int op, void *arg)
{
	(void)file, (void)op, (void)arg;
	return SQLITE_NOTFOUND;
}

static int
file_sector(sqlite3_file *file)
{
	(void)file;
	return INDEX_PAGE;
}

static int
file_device(sqlite3_file *file)
{
	(void)file;
	return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

/* Version 1: no shared memory, so no write-ahead log; no memory mapping. */
static const sqlite3_io_methods file_methods = {
	.iVersion = 1,
	.xClose = file_close,
	.xRead = file_read,
	.xWrite = file_write,
	.xTruncate = file_truncate,
	.xSync = file_sync,
	.xFileSize = file_length,
	.xLock = file_lock,
	.xUnlock = file_lock,
	.xCheckReservedLock = file_is_locked,
	.xFileControl = file_control,
	.xSectorSize = file_sector,
	.xDeviceCharacteristics = file_device,
};

static int64_t
pages_said(const unsigned char *page)
{
	const unsigned char *p = page + HEADER_PAGES;

	return (int64_t)p[0] << 24 | p[1] << 16 | p[2] << 8 | p[3];
}

/* A new file gets a generation, one that is there tells its own. */
static int
file_begin(struct index_file *file)
{
	int64_t length = fd_length(file->fd);
	unsigned char *page = file->page;

	if (length == 0)
		return getrandom(file->generation, GENERATION_SIZE, 0) == GENERATION_SIZE ?
			SQLITE_OK : SQLITE_IOERR;
	if (length < INDEX_PAGE || fd_read(file->fd, (char *)page, INDEX_PAGE, 0) != INDEX_PAGE)
		return SQLITE_IOERR_DATA;
	memcpy(file->generation, page + GENERATION_AT, GENERATION_SIZE);
	return page_is_whole(page, 0, file->generation) &&
		length == pages_said(page) * INDEX_PAGE ? SQLITE_OK : SQLITE_IOERR_DATA;
}

static sqlite3_vfs *
usual(void)
{
	return sqlite3_vfs_find(NULL);
}

static int
vfs_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *opened, int flags, int *flags_out)
{
	struct index_file *file = of(opened);
	int64_t fd;
	int answer;

	(void)vfs;
	if (!name || !(flags & SQLITE_OPEN_MAIN_DB))
		return usual()->xOpen(usual(), name, opened, flags, flags_out);
	*file = (struct index_file){ .fd = -1 };
	if (text_digits(span_of(name), &fd) == 0)
		file->fd = fcntl((int)fd, F_DUPFD_CLOEXEC, 0);
	if (file->fd < 0)
		return SQLITE_CANTOPEN;
	answer = file_begin(file);
	if (answer != SQLITE_OK) {
		close(file->fd);
		return answer;
	}
	opened->pMethods = &file_methods;
	if (flags_out)
		*flags_out = (fcntl(file->fd, F_GETFL) & O_ACCMODE) == O_RDWR ?
			SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
	return SQLITE_OK;
}

static int
vfs_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
	(void)vfs, (void)name, (void)sync;
	return SQLITE_OK;
}

/* Nothing lies beside it: no journal, no log. */
static int
vfs_access(sqlite3_vfs *vfs, const char *name, int flags, int *answer)
{
	(void)vfs, (void)name, (void)flags;
	*answer = 0;
	return SQLITE_OK;
}

static int
vfs_path(sqlite3_vfs *vfs, const char *name, int n, char *path)
{
	(void)vfs;
	sqlite3_snprintf(n, path, "%s", name);
	return SQLITE_OK;
}

int
index_vfs_register(void)
{
	static sqlite3_vfs vfs;

	if (vfs.zName)
		return 0;
	if (sqlite3_initialize() != SQLITE_OK || !usual())
		return -1;
	vfs = *usual();
	vfs.pNext = NULL;
	vfs.zName = INDEX_VFS;
	if (vfs.szOsFile < (int)sizeof(struct index_file))
		vfs.szOsFile = (int)sizeof(struct index_file);
	vfs.xOpen = vfs_open;
	vfs.xDelete = vfs_delete;
	vfs.xAccess = vfs_access;
	vfs.xFullPathname = vfs_path;
	return sqlite3_vfs_register(&vfs, 0) == SQLITE_OK ? 0 : -1;
}

int
index_vfs_copy(int from, int to)
{
	unsigned char old[GENERATION_SIZE], new[GENERATION_SIZE], page[INDEX_PAGE];
	int64_t length = fd_length(from);

	if (getrandom(new, sizeof new, 0) != sizeof new)
		return -1;
	for (int64_t at = 0; at < length; at += INDEX_PAGE) {
		if (fd_read(from, (char *)page, INDEX_PAGE, at) != INDEX_PAGE)
			return -1;
		if (at == 0)
			memcpy(old, page + GENERATION_AT, sizeof old);
		if (!page_is_whole(page, at / INDEX_PAGE, old))
			return -1;
		page_seal(page, at / INDEX_PAGE, new);
		if (fd_write(to, (char *)page, INDEX_PAGE, at) < 0)
			return -1;
	}
	return 0;
}
