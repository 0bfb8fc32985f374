/*
 * store: the folder of a case store, opened.  All paths below it are taken
 * from one directory descriptor, never through a symbolic link or out of
 * the folder (openat2, RESOLVE_BENEATH), with O_CLOEXEC.  Refuses a newer
 * format (78), a store that everybody may write (77), a network file
 * system (78) unless allowed.  Readers take no lock.
 * Order: store_init once; store_open, the other modules, store_close.
 * Source: esc-store(5).
 */
#ifndef ESC_STORE_STORE_H
#define ESC_STORE_STORE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/hash.h"
#include "store/line.h"

#define STORE_FORMAT        1
#define STORE_SEGMENT_BYTES (INT64_C(64) << 20)
#define STORE_WAIT_S        30

enum store_use {
	STORE_READ,
	STORE_WRITE,
};

/* How a store is made. */
struct store_plan {
	bool shared;           /* the group writes too: 0660, 2770 */
	const char *group;     /* ... this one; NULL: the user's own */
	int64_t segment_bytes; /* 0: STORE_SEGMENT_BYTES */
	bool allow_network_fs;
};

struct store_access {
	enum store_use use;
	bool allow_network_fs;
	int wait_s;            /* how long to wait for a lock */
};

struct store {
	char *path;            /* as given, for messages */
	int dir;               /* its descriptor */
	char id[STORE_ID_DIGITS + 1];
	int64_t segment_bytes;
	mode_t file_mode, dir_mode; /* of what is created in it */
	uid_t owner;           /* whose that is, for root in another's store; 0: one's own */
	int wait_s;
};

/* A point between two lines: all before it has been acknowledged, say. */
struct position {
	int64_t segment;       /* its first seq; 1 in an empty store */
	int64_t length;        /* bytes of that segment before it */
	int64_t seq;           /* of the last line before it; 0: none */
	char h[HASH_HEX];      /* of that line, else the genesis */
};

/* Where a line stands; length without its newline. */
struct place {
	int64_t segment, offset, length;
};

/*
 * Makes a store: the folder is made, or is there and empty.  0; -1 with
 * EX_CANTCREAT (not empty, no parent), EX_NOPERM, EX_IOERR, EX_CONFIG.
 */
int store_init(const char *path, const struct store_plan *plan, struct err *err);

/* 0; -1 with EX_NOINPUT (no store there), EX_NOPERM, EX_CONFIG, EX_IOERR. */
int store_open(struct store *store, const char *path, const struct store_access *access,
	struct err *err);
void store_close(struct store *store);

/* Whether FORMAT is, to the byte, what init wrote; what a newer esc wrote is its own affair. */
bool store_format_is_own(const struct store *store);

/* The beginning of the log. */
void store_genesis(const struct store *store, struct position *position);

/*
 * A descriptor of `path` below the store, -1 with errno.  flags as of
 * open(2); what is created gets the store's mode whatever the umask.
 */
int store_openat(const struct store *store, const char *path, int flags);

/* Makes a folder with the store's mode and syncs its parent; there already: 0. */
int store_mkdir(const struct store *store, const char *path, struct err *err);

/* fsync of a folder below the store ("" the store itself). */
int store_sync_dir(const struct store *store, const char *path, struct err *err);

/* The same for the folder in which the store lies: its own name. */
int store_sync_parent(const struct store *store, struct err *err);

/*
 * The whole of a file below the store, appended to out.  1; 0 where there is
 * none; -1 with EX_IOERR, EX_NOPERM, or EX_DATAERR beyond `most` bytes.
 */
int store_read_file(const struct store *store, const char *path, size_t most, struct buf *out,
	struct err *err);

/*
 * Writes a file as a whole: a temporary one beside it, fsync, rename, fsync
 * of the folder; mode 0: the store's.  0, or -1 with EX_CANTCREAT, EX_IOERR.
 */
int store_write_file(const struct store *store, const char *path, struct span text, mode_t mode,
	struct err *err);

/* Removes a file below the store: 0, or -1 with errno.  No sync. */
int store_unlink(const struct store *store, const char *path);

/*
 * The login of who runs the program (the password file, not the environment),
 * else the number of the user.  Borrowed until the program ends.
 */
const char *store_login(void);

/*
 * Adds `PATH: what: reason of errno`: EX_NOPERM for EACCES, EX_IOERR for a
 * full disk and its like, else status.  -1.
 */
int store_fails(const struct store *store, int status, const char *path, const char *what,
	struct err *err);

#endif
