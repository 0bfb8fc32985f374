/*
 * blobs: attachments by content: blobs/ab/abcd... , the name being the hash.
 * Refuses names that are no hash; what a customer called a file is data.
 * What a killed program leaves is blobs/.tmp-... (store_new.h).
 */
#ifndef ESC_STORE_BLOBS_H
#define ESC_STORE_BLOBS_H

#include "store/store.h"

struct blob {
	int64_t size;
	char b2[HASH_HEX];
};

/* 64 lower-case hexadecimal digits. */
bool blobs_is_hash(struct span b2);

/*
 * Takes in what can be read from fd.  0; -1 with EX_IOERR, EX_CANTCREAT,
 * EX_NOPERM.
 */
int blobs_put(const struct store *store, int fd, struct blob *blob, struct err *err);

/*
 * Takes in DIR/ab/abcd... of a folder such as --blobs.  1; 0: not there; -1,
 * with EX_DATAERR where it is not what its name says.
 */
int blobs_take(const struct store *store, const char *dir, struct span b2, struct err *err);

/*
 * Reads a blob whole and compares hash and size (size -1: any).  1: whole;
 * 0: not there; -1 with EX_DATAERR: altered, or EX_IOERR.
 */
int blobs_check(const struct store *store, struct span b2, int64_t size, struct err *err);

/* The same of DIR/ab/abcd..., which blobs_take would take. */
int blobs_check_in(const char *dir, struct span b2, int64_t size, struct err *err);

/* A descriptor of the blob; -1 with EX_NOINPUT or EX_IOERR. */
int blobs_open(const struct store *store, struct span b2, struct err *err);

/*
 * Sees to it that a blob's name is on disk: one that is there may be what a
 * killed writer did not come to sync.  1; 0: not there; -1 with EX_IOERR.
 */
int blobs_settle(const struct store *store, struct span b2, struct err *err);

/* 0, also where there is none; -1. */
int blobs_remove(const struct store *store, struct span b2, struct err *err);

#endif
