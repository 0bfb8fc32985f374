#include "store/fd.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

int
fd_write(int fd, const char *p, size_t n, int64_t at)
{
	while (n) {
		ssize_t wrote = pwrite(fd, p, n, at);

		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote == 0)
			errno = EIO;
		if (wrote <= 0)
			return -1;
		p += wrote;
		n -= (size_t)wrote;
		at += wrote;
	}
	return 0;
}

int64_t
fd_read(int fd, char *p, size_t n, int64_t at)
{
	int64_t done = 0;

	while (n) {
		ssize_t got = pread(fd, p, n, at + done);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		p += got;
		n -= (size_t)got;
		done += got;
	}
	return done;
}

int64_t
fd_length(int fd)
{
	struct stat st;

	return fstat(fd, &st) ? -1 : st.st_size;
}
