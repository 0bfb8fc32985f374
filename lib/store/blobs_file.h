/*
 * blobs_file: the two halves of blobs share it: opening what should be a
 * blob, and reading it to its end with its hash.  Private to them.
 */
#ifndef ESC_STORE_BLOBS_FILE_H
#define ESC_STORE_BLOBS_FILE_H

#include "store/blobs.h"

#define BLOB_PATH_SIZE (sizeof "blobs/ab/" + HASH_HEX)

/* "blobs/ab/abcd..." of a hash. */
void blobs_path(struct span b2, char path[BLOB_PATH_SIZE]);

/* 1 and a regular file; 0: not there; -1. */
int blobs_open_store(const struct store *store, struct span b2, int *fd, struct err *err);
int blobs_open_dir(const char *dir, struct span b2, int *fd, struct err *err);

/* Reads from to its end, copying to `to` (-1: nowhere).  0; -1 with EX_IOERR. */
int blobs_read(int from, int to, struct blob *blob, struct err *err);

#endif
