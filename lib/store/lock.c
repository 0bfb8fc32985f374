#include "store/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define NAP_MS 2 /* between two tries */

static struct flock
range(enum lock_byte byte)
{
	return (struct flock){
		.l_type = F_WRLCK,
		.l_whence = SEEK_SET,
		.l_start = (off_t)byte,
		.l_len = 1,
	};
}

static int64_t
now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool
is_busy(void)
{
	return errno == EAGAIN || errno == EACCES || errno == EINTR;
}

/*
 * Tries again and again rather than wait in fcntl, which knows no deadline.
 * 0, or -1 with errno.
 */
static int
wait_for(int fd, enum lock_byte byte, int64_t until)
{
	const struct timespec nap = { .tv_nsec = NAP_MS * 1000000 };
	struct flock lock = range(byte);

	while (fcntl(fd, F_OFD_SETLK, &lock) != 0) {
		if (!is_busy() || now_ms() >= until)
			return -1;
		nanosleep(&nap, NULL);
	}
	return 0;
}

/* What whoever holds it is at. */
static const char *const holder[] = {
	[LOCK_APPEND] = "another program writes to it",
	[LOCK_MAINTENANCE] = "an erasure or a snapshot is at work",
	[LOCK_INDEX] = "its index is being made",
};

int
lock_take(const struct store *store, enum lock_byte byte, struct err *err)
{
	int64_t until = now_ms() + (int64_t)store->wait_s * 1000;
	int fd = store_openat(store, "lock", O_RDWR | O_CREAT);

	if (fd < 0)
		return store_fails(store, EX_IOERR, "lock", "cannot open", err);
	if (wait_for(fd, byte, until) == 0)
		return fd;
	if (is_busy())
		err_add(err, EX_TEMPFAIL, store->path,
			"busy: %s (waited %d s)", holder[byte], store->wait_s);
	else
		store_fails(store, EX_IOERR, "lock", "cannot lock", err);
	close(fd);
	return -1;
}

bool
lock_is_held(const struct store *store, enum lock_byte byte)
{
	struct flock lock = range(byte);
	int fd = store_openat(store, "lock", O_RDONLY);
	bool held;

	if (fd < 0)
		return false;
	held = fcntl(fd, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
	close(fd);
	return held;
}
