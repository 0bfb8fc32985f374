/*
 * append: the only writer of the log.  append_open takes the lock, reads
 * HEAD and takes in, or sets aside, what a killed writer left behind HEAD
 * (recover.h).  append_batch writes one batch at the known end, syncs once,
 * moves HEAD, seals what is full.  A failed sync is never retried: what was
 * written is truncated and the answer is EX_IOERR, "outcome unknown, run
 * again".  SIGINT, SIGTERM and SIGHUP wait, and SIGXFSZ is passed over, while
 * a tail is recovered, and from the first byte that append_batch writes (or
 * from append_hold) to append_close: before it nothing was done that they
 * could cut in half.  Who acknowledges does so before append_close, after
 * append_unlock if others should not wait for it.
 * Order: append_open, append_batch..., append_unlock, append_close.
 */
#ifndef ESC_STORE_APPEND_H
#define ESC_STORE_APPEND_H

#include "store/head.h"
#include "store/signals.h"
#include "store/store.h"

/* What became of what lay behind HEAD. */
struct recovery {
	uint64_t batches;   /* taken in */
	uint64_t lines;     /* in them */
	uint64_t files;     /* in quarantine: one a segment */
	int64_t set_aside;  /* bytes in them */
};

struct append {
	const struct store *store;
	struct head head;
	int lock;            /* -1: none is held */
	bool recovered;      /* something lay behind HEAD */
	bool failed;         /* a write or sync failed: no more batches */
	int64_t at;          /* of the last line; 0 in an empty store */
	int64_t behind;      /* by how many seconds a batch's clock was behind that; 0 */
	struct recovery recovery; /* where recovered */
	struct signals signals;
};

/* One line to be. */
struct append_line {
	struct span id;
	int64_t rev;
	struct span data;
};

/* 1 and the next line; 0 after the last; -1. */
typedef int (*append_next_fn)(void *ctx, struct append_line *line, struct err *err);

/* 0; -1 with EX_TEMPFAIL (busy), EX_NOPERM, EX_IOERR (a damaged store). */
int append_open(struct append *append, const struct store *store, struct err *err);

/*
 * Appends n lines as one batch, acknowledged when it returns 0.  at: the
 * system's clock, raised to the last line's; by: the login, plain text.
 * -1 with EX_IOERR or EX_CANTCREAT; the store is as it was, or, after a
 * failed sync, the outcome is unknown and said to be.
 */
int append_batch(struct append *append, uint64_t n, append_next_fn next, void *ctx,
	struct err *err);

/* One line about the store itself (rev 0): erased, recovered. */
int append_store_line(struct append *append, struct span id, struct span data,
	struct err *err);

/* From here on signals wait. */
void append_hold(struct append *append);

/* Lets other writers go on; signals that wait still do. */
void append_unlock(struct append *append);
void append_close(struct append *append);

#endif
