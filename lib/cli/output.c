#include "cli/output.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include "cli/undo.h"

void
output_guard_standard(void)
{
	/* The other way round than used: reading from 0 must still fail. */
	static const int mode[] = { O_WRONLY, O_RDONLY, O_WRONLY };

	for (int fd = 0; fd < 3; fd++)
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
			if (open("/dev/null", mode[fd]) < 0)
				_exit(126);
}

int
output_write_all(int fd, const char *p, size_t n)
{
	while (n) {
		ssize_t done = write(fd, p, n);

		if (done > 0) {
			p += done;
			n -= (size_t)done;
		} else if (done == 0) {
			errno = EIO;
			return -1;
		} else if (errno == EAGAIN) {
			poll(&(struct pollfd){ .fd = fd, .events = POLLOUT }, 1, -1);
		} else if (errno == EPIPE) {
			/* Also where it was ignored by whoever started us. */
			undo_die_of(SIGPIPE);
			errno = EPIPE;
			return -1;
		} else if (errno != EINTR) {
			return -1;
		}
	}
	return 0;
}

int
output_flush(int fd, struct buf *buf)
{
	int answer = buf->len ? output_write_all(fd, buf->data, buf->len) : 0;

	buf->len = 0;
	return answer;
}
