#include "store/blobs_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK 65536

/* O_NONBLOCK: a FIFO must not keep us waiting before it is refused. */
#define READ_FLAGS (O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)

bool
blobs_is_hash(struct span b2)
{
	if (b2.n != HASH_HEX - 1)
		return false;
	for (size_t i = 0; i < b2.n; i++)
		if (!memchr("0123456789abcdef", b2.p[i], 16))
			return false;
	return true;
}

void
blobs_path(struct span b2, char path[BLOB_PATH_SIZE])
{
	snprintf(path, BLOB_PATH_SIZE, "blobs/%.2s/%.*s", b2.p, (int)b2.n, b2.p);
}

static int
fails(const char *path, const char *what, struct err *err)
{
	int status = errno == EACCES || errno == EPERM ? EX_NOPERM : EX_IOERR;

	return err_add(err, status, NULL, "%s: %s: %s", path, what, strerror(errno));
}

/* What open answered: 1, 0, -1 as of blobs_open_store. */
static int
opened(int fd, const char *path, int *answer, struct err *err)
{
	struct stat st;

	if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
		return 0;
	if (fd < 0 && (errno == ELOOP || errno == ENXIO))
		return err_add(err, EX_DATAERR, NULL, "%s: not a regular file", path);
	if (fd < 0)
		return fails(path, "cannot open", err);
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
		*answer = fd;
		return 1;
	}
	close(fd);
	return err_add(err, EX_DATAERR, NULL, "%s: not a regular file", path);
}

int
blobs_open_store(const struct store *store, struct span b2, int *fd, struct err *err)
{
	char path[BLOB_PATH_SIZE];

	blobs_path(b2, path);
	return opened(store_openat(store, path, READ_FLAGS), path, fd, err);
}

int
blobs_open_dir(const char *dir, struct span b2, int *fd, struct err *err)
{
	struct buf path = { 0 };
	int answer;

	buf_printf(&path, "%s/%.2s/%.*s", dir, b2.p, (int)b2.n, b2.p);
	answer = opened(open(buf_cstr(&path), READ_FLAGS), path.data, fd, err);
	buf_release(&path);
	return answer;
}

static int
write_all(int fd, const char *p, size_t n)
{
	while (n) {
		ssize_t done = write(fd, p, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done == 0)
			errno = EIO;
		if (done <= 0)
			return -1;
		p += done;
		n -= (size_t)done;
	}
	return 0;
}

int
blobs_read(int from, int to, struct blob *blob, struct err *err)
{
	unsigned char sum[HASH_SIZE];
	struct hash hash;
	char block[BLOCK];
	ssize_t n;

	hash_init(&hash);
	blob->size = 0;
	while ((n = read(from, block, sizeof block)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return fails("an attachment", "cannot read", err);
		if (to >= 0 && write_all(to, block, (size_t)n) < 0)
			return fails("an attachment", "cannot write", err);
		hash_add(&hash, block, (size_t)n);
		blob->size += n;
	}
	hash_end(&hash, sum);
	hash_to_hex(sum, sizeof sum, blob->b2);
	return 0;
}
