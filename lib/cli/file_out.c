#include "cli/file_out.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "cli/file_path.h"
#include "cli/msg.h"
#include "cli/opt.h"
#include "cli/output.h"
#include "cli/undo.h"

/* Changed under undo_hold, as sweep may come between any two steps. */
static struct file_out *begun;

static void
sweep(void)
{
	for (struct file_out *file = begun; file; file = file->next)
		if (file->beside)
			unlink(file->beside);
}

static _Noreturn void
cannot_path(const char *path, int status, const char *what)
{
	int error = errno;

	msg_die(error == EACCES || error == EPERM ? EX_NOPERM : status, "%s: cannot %s: %s",
		path, what, strerror(error));
}

static _Noreturn void
cannot(const struct file_out *file, int status, const char *what)
{
	cannot_path(file->path, status, what);
}

static size_t
folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? (size_t)(slash - path) + 1 : 0;
}

static void
name_beside(struct file_out *file)
{
	size_t folder = folder_of(file->path);
	struct buf name = { 0 };

	buf_put(&name, file->path, folder);
	buf_printf(&name, ".%s.XXXXXX", file->path + folder);
	file->beside = mem_copy(buf_cstr(&name), name.len);
	buf_release(&name);
}

static void
make_beside(struct file_out *file)
{
	sigset_t before;

	undo_hold(&before);
	name_beside(file);
	file->fd = mkostemp(file->beside, O_CLOEXEC);
	if (file->fd < 0) {
		free(file->beside);
		file->beside = NULL;
	}
	undo_release(&before);
	if (file->fd < 0)
		cannot(file, EX_CANTCREAT, "create");
}

/* As open(2) would have made it, or as the file is that it replaces. */
static void
open_beside(struct file_out *file, const struct stat *old)
{
	mode_t mask = umask(0);

	umask(mask);
	make_beside(file);
	if (old && fchown(file->fd, (uid_t)-1, old->st_gid) < 0)
		msg_warn("%s: its group cannot be kept: %s", file->path, strerror(errno));
	if (fchmod(file->fd, old ? old->st_mode & 07777 : 0666 & ~mask) < 0)
		cannot(file, EX_CANTCREAT, "create");
}

static bool
is_taken(const char *resolved)
{
	for (const struct file_out *file = begun; file; file = file->next)
		if (file->beside && strcmp(file->path, resolved) == 0)
			return true;
	return false;
}

bool
file_out_takes(const char *path)
{
	char *resolved = file_path_resolve(path);
	bool taken = is_taken(resolved);

	free(resolved);
	return taken;
}

static void
remember(struct file_out *file)
{
	static bool swept;
	sigset_t before;

	if (!swept)
		undo_at_end(sweep);
	swept = true;
	undo_hold(&before);
	file->next = begun;
	begun = file;
	undo_release(&before);
}

/* What is open may be a file half of which somebody else writes: no place. */
static void
open_descriptor(struct file_out *file, int number)
{
	int flags = fcntl(number, F_GETFL);

	if (flags >= 0 && (flags & O_ACCMODE) == O_RDONLY) {
		errno = EBADF;
		flags = -1;
	}
	file->fd = flags < 0 ? -1 : fcntl(number, F_DUPFD_CLOEXEC, 0);
	if (file->fd < 0)
		cannot(file, EX_CANTCREAT, "open");
}

/* Under the name that was given: that of a pipe may lead nowhere. */
static void
open_as_it_stands(struct file_out *file)
{
	file->fd = open(file->path, O_WRONLY | O_CLOEXEC);
	if (file->fd < 0)
		cannot(file, EX_CANTCREAT, "open");
}

static void
open_place(struct file_out *file, const struct stat *old)
{
	char *place = file_path_resolve(file->path);

	if (is_taken(place))
		opt_usage("%s: is to be written twice: give each a file of its own",
			file->path);
	free(file->path);
	file->path = place;
	open_beside(file, old);
}

struct file_out *
file_out_open(const char *path)
{
	struct file_out *file = mem_zero(sizeof *file);
	int number = file_path_descriptor(path);
	struct stat old;
	bool there;

	file->path = mem_copy(path, strlen(path));
	there = stat(path, &old) == 0;
	if (number < 0 && !there && errno != ENOENT)
		cannot(file, EX_CANTCREAT, "create");
	remember(file);
	if (number >= 0) {
		open_descriptor(file, number);
	} else if (there && S_ISDIR(old.st_mode)) {
		errno = EISDIR;
		cannot(file, EX_CANTCREAT, "create");
	} else if (there && !S_ISREG(old.st_mode)) {
		open_as_it_stands(file);
	} else {
		open_place(file, there ? &old : NULL);
	}
	return file;
}

void
file_out_flush(struct file_out *file, bool full)
{
	if (full && file->buf.len < OUTPUT_FULL)
		return;
	if (output_flush(file->fd, &file->buf) < 0)
		cannot(file, EX_IOERR, "write");
}

static void
forget(struct file_out *file)
{
	struct file_out **at = &begun;
	sigset_t before;

	undo_hold(&before);
	while (*at != file)
		at = &(*at)->next;
	*at = file->next;
	undo_release(&before);
	buf_release(&file->buf);
	free(file->path);
	free(file->beside);
	free(file);
}

void
file_out_finish(struct file_out *file)
{
	file_out_flush(file, false);
	if (file->beside && fsync(file->fd) < 0)
		cannot(file, EX_IOERR, "write");
}

void
file_out_keep(struct file_out *file)
{
	if (close(file->fd) < 0)
		cannot(file, EX_IOERR, "write");
	if (file->beside && rename(file->beside, file->path) < 0)
		cannot(file, EX_CANTCREAT, "rename to");
	forget(file);
}

void
file_out_drop(struct file_out *file)
{
	close(file->fd);
	if (file->beside)
		unlink(file->beside);
	forget(file);
}

static void
make_folder(const char *path)
{
	if (mkdir(path, 0777) < 0 && errno != EEXIST)
		cannot_path(path, EX_CANTCREAT, "create");
}

void
file_out_folder(const char *path)
{
	struct buf above = { 0 };
	struct stat st;

	for (const char *p = path; *p; p++) {
		if (*p == '/' && above.len)
			make_folder(buf_cstr(&above));
		buf_putc(&above, *p);
	}
	make_folder(path);
	buf_release(&above);
	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return;
	errno = ENOTDIR;
	cannot_path(path, EX_CANTCREAT, "create");
}
