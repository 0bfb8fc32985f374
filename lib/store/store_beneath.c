#include "store/store_work.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/mem.h"

#define FOLDER_FLAGS (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)

/* A folder one name further down, from `at`, which is closed if it is not dir. */
static int
step_down(int dir, int at, const char *name)
{
	int next = openat(at, name, FOLDER_FLAGS);
	int why = errno;

	if (at != dir)
		close(at);
	errno = why;
	return next;
}

static bool
leads_on(const char *name)
{
	return *name && strcmp(name, "..") != 0;
}

/* Name by name, none of them a link or a way up. */
static int
open_by_names(int dir, char *path, int flags, mode_t mode)
{
	char *name = path, *slash;
	int at = dir, fd = -1, why = EXDEV;

	while ((slash = strchr(name, '/')) != NULL) {
		*slash = '\0';
		if (!leads_on(name))
			break;
		at = step_down(dir, at, name);
		if (at < 0)
			return -1;
		name = slash + 1;
	}
	if (leads_on(name) && !slash) {
		fd = openat(at, name, flags | O_NOFOLLOW, mode);
		why = errno;
	}
	if (at != dir)
		close(at);
	errno = why;
	return fd;
}

static int
open_without(int dir, const char *path, int flags, mode_t mode)
{
	char *names = mem_copy(path, strlen(path));
	int fd = open_by_names(dir, names, flags, mode);
	int why = errno;

	free(names);
	errno = why;
	return fd;
}

/* Kernels before 5.6 have no openat2. */
int
store_open_beneath(int dir, const char *path, int flags, mode_t mode)
{
	static bool missing;
	struct open_how how = {
		.flags = (unsigned)flags,
		.mode = mode,
		.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS,
	};
	long fd;

	if (missing)
		return open_without(dir, path, flags, mode);
	do
		fd = syscall(SYS_openat2, dir, path, &how, sizeof how);
	while (fd < 0 && (errno == EINTR || errno == EAGAIN));
	missing = fd < 0 && errno == ENOSYS;
	return missing ? open_without(dir, path, flags, mode) : (int)fd;
}
