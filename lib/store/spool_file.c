#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "store/fd.h"
#include "store/spool.h"

static const char *usual = "/tmp";

void
spool_folder(const char *folder)
{
	usual = folder ? folder : "/tmp";
}

static int
fails(const char *what, struct err *err)
{
	return err_add(err, EX_IOERR, NULL, "%s a temporary file: %s (TMPDIR names their folder)",
		what, strerror(errno));
}

/* Where O_TMPFILE is not known: a name for a moment. */
static int
unlinked(const char *folder)
{
	struct buf path = { 0 };
	int fd;

	buf_printf(&path, "%s/esc-XXXXXX", folder);
	fd = mkostemp(buf_cstr(&path), O_CLOEXEC);
	if (fd >= 0)
		unlink(path.data);
	buf_release(&path);
	return fd;
}

int
spool_file(const char *folder, struct err *err)
{
	int fd;

	folder = folder ? folder : usual;
	fd = open(folder, O_TMPFILE | O_RDWR | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL))
		fd = unlinked(folder);
	if (fd < 0)
		return err_add(err, EX_IOERR, NULL, "%s: cannot make a temporary file: %s",
			folder, strerror(errno));
	return fd;
}

int
spool_file_read(int fd, char *p, size_t n, int64_t offset, struct err *err)
{
	int64_t done = fd_read(fd, p, n, offset);

	if (done >= 0 && done < (int64_t)n)
		errno = EIO;
	return done < (int64_t)n ? fails("cannot read", err) : 0;
}

int
spool_file_write(int fd, const char *p, size_t n, int64_t offset, struct err *err)
{
	return fd_write(fd, p, n, offset) < 0 ? fails("cannot write", err) : 0;
}
