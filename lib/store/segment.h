/*
 * segment: the files of the log, log/000000000001.jsonl and so on, named by
 * their first seq.  Full ones are sealed: mode 0440, and a seal beside them
 * (seals/000000000001.json) that says where they end.
 * Source: esc-store(5), SEGMENTS.
 */
#ifndef ESC_STORE_SEGMENT_H
#define ESC_STORE_SEGMENT_H

#include "store/store.h"

#define SEGMENT_DIGITS    12
#define SEGMENT_PATH_SIZE 32 /* log/000000000001.jsonl, with the NUL */

void segment_path(int64_t first, char path[SEGMENT_PATH_SIZE]);
void segment_seal_path(int64_t first, char path[SEGMENT_PATH_SIZE]);

/* The segments that are there, in order; the caller frees *first. */
int segment_list(const struct store *store, int64_t **first, size_t *n, struct err *err);

/* {"first":..,"last":..,"length":..,"h":".."} of a segment that ends at `end`. */
int segment_seal(const struct store *store, const struct position *end, struct err *err);

/* 1 and the end of a sealed segment; 0: no seal; -1 with EX_IOERR, EX_DATAERR. */
int segment_read_seal(const struct store *store, int64_t first, struct position *end,
	struct err *err);

#endif
