#include "cli/attach.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "cli/msg.h"

#define BLOCK 65536

const char *
attach_folder(const char *option)
{
	const char *folder = setting_get(option, "ESC_BLOBS", "blobs");

	if (!folder)
		opt_usage("--attach needs --blobs DIR or ESC_BLOBS: where the copy goes");
	return folder;
}

static int
fails(struct err *err, int status, const char *path, const char *what)
{
	int saved = errno;

	if (saved == EACCES || saved == EPERM)
		status = EX_NOPERM;
	return err_add(err, status, NULL, "%s: %s: %s", path, what, strerror(saved));
}

/* O_NONBLOCK: a FIFO must not keep us waiting before it is refused. */
int
attach_open(const char *file, struct err *err)
{
	int fd = open(file,
		O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	struct stat st;

	if (fd < 0 && errno == ELOOP)
		return err_add(err, EX_DATAERR, NULL,
			"%s: a symbolic link is not attached", file);
	if (fd < 0)
		return fails(err, EX_NOINPUT, file, "cannot open");
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		return fd;
	close(fd);
	return err_add(err, EX_DATAERR, NULL,
		"%s: only a regular file can be attached", file);
}

static int
write_all(int fd, const char *p, size_t n)
{
	while (n) {
		ssize_t done = write(fd, p, n);

		if (done < 0 && errno != EINTR)
			return -1;
		if (done > 0) {
			p += done;
			n -= (size_t)done;
		}
	}
	return 0;
}

static int
copy(int from, int to, const char *file, struct attachment *attachment,
	struct err *err)
{
	unsigned char sum[HASH_SIZE];
	struct hash hash;
	char block[BLOCK];
	ssize_t n;

	hash_init(&hash);
	attachment->size = 0;
	while ((n = read(from, block, sizeof block)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return fails(err, EX_IOERR, file, "cannot read");
		if (write_all(to, block, (size_t)n) < 0)
			return fails(err, EX_IOERR, file, "cannot copy");
		hash_add(&hash, block, (size_t)n);
		attachment->size += n;
	}
	if (fsync(to) < 0)
		return fails(err, EX_IOERR, file, "cannot copy");
	hash_end(&hash, sum);
	hash_to_hex(sum, sizeof sum, attachment->b2);
	return 0;
}

/* What was renamed stays renamed: a record names it from now on. */
static int
sync_folder(const char *folder, struct err *err)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int result = 0;

	if (fd < 0 || (fsync(fd) < 0 && errno != EINVAL))
		result = fails(err, EX_IOERR, folder, "cannot write");
	if (fd >= 0)
		close(fd);
	return result;
}

/* Renames the copy to its hash, in a folder of its first two digits. */
static int
settle(const char *temp, const char *folder, const char *b2, struct err *err)
{
	struct buf in = { 0 }, path = { 0 };
	int result = 0;

	buf_printf(&in, "%s/%.2s", folder, b2);
	buf_printf(&path, "%s/%s", buf_cstr(&in), b2);
	if (mkdir(buf_cstr(&in), 0777) < 0 && errno != EEXIST)
		result = fails(err, EX_CANTCREAT, buf_cstr(&in), "cannot create");
	else if (rename(temp, buf_cstr(&path)) < 0)
		result = fails(err, EX_CANTCREAT, buf_cstr(&path), "cannot create");
	else if (sync_folder(buf_cstr(&in), err) < 0 ||
		sync_folder(folder, err) < 0)
		result = -1;
	buf_release(&in);
	buf_release(&path);
	return result;
}

static int
copy_into(int from, const char *file, const char *folder,
	struct attachment *attachment, struct err *err)
{
	struct buf temp = { 0 };
	int to, result;

	buf_printf(&temp, "%s/tmp-XXXXXX", folder);
	to = mkostemp(buf_cstr(&temp), O_CLOEXEC);
	if (to < 0) {
		result = fails(err, EX_CANTCREAT, folder, "cannot create a file in it");
		buf_release(&temp);
		return result;
	}
	if (fchmod(to, 0640) < 0)
		result = fails(err, EX_CANTCREAT, buf_cstr(&temp), "cannot change its mode");
	else
		result = copy(from, to, file, attachment, err);
	if (close(to) < 0 && result == 0)
		result = fails(err, EX_IOERR, file, "cannot copy");
	if (result == 0)
		result = settle(buf_cstr(&temp), folder, attachment->b2, err);
	if (result < 0)
		unlink(buf_cstr(&temp));
	buf_release(&temp);
	return result;
}

int
attach_file(const char *file, const char *folder, struct attachment *attachment,
	struct err *err)
{
	const char *slash = strrchr(file, '/');
	int from, result;

	attachment->name = slash ? slash + 1 : file;
	if (!utf8_valid(span_of(attachment->name)))
		return err_add(err, EX_DATAERR, NULL, "%s: a name that is not UTF-8",
			file);
	from = attach_open(file, err);
	if (from < 0)
		return -1;
	if (mkdir(folder, 0777) < 0 && errno != EEXIST) {
		result = fails(err, EX_CANTCREAT, folder, "cannot create");
		close(from);
		return result;
	}
	result = copy_into(from, file, folder, attachment, err);
	close(from);
	return result;
}

struct attachment *
attach_all(const struct opt_list *files, const char *blobs)
{
	struct attachment *list;
	struct err err = { 0 };
	const char *folder;

	if (!files->n)
		return NULL;
	folder = attach_folder(blobs);
	list = mem_alloc(files->n * sizeof *list);
	for (size_t i = 0; i < files->n; i++)
		if (attach_file(files->text[i], folder, &list[i], &err) < 0)
			msg_die_err("--attach", &err);
	return list;
}

void
attach_write(const struct attachment *attachment, struct buf *out)
{
	buf_puts(out, "{\"name\":");
	buf_json(out, span_of(attachment->name));
	buf_key(out, "size");
	buf_int(out, attachment->size);
	buf_key(out, "b2");
	buf_json(out, span_of(attachment->b2));
	buf_putc(out, '}');
}
