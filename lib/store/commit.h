/*
 * commit: a batch of records into the store, whole or not at all.  What came
 * in is kept aside (spool.h) without a lock; then, under the append lock,
 * each record meets the one that is stored (domain/merge.h), attachments
 * and policy texts are put beside the log, and all new lines are one batch.
 * Memory is bounded whatever the size of the batch.
 * Order: commit_new, commit_add..., commit_run, commit_print, commit_free.
 * Source: esc-store(5), COMMIT.
 */
#ifndef ESC_STORE_COMMIT_H
#define ESC_STORE_COMMIT_H

#include "domain/merge.h"
#include "store/append.h"
#include "store/index.h"

enum commit_input {
	COMMIT_RECORDS,
	COMMIT_EVENTS, /* lines {"id","rev"?,"event":{..}} */
};

enum commit_mode {
	COMMIT_LOOK,
	COMMIT_WRITE,
};

/* What became of a line. */
struct commit_outcome {
	uint64_t number;       /* as given to commit_add */
	struct span line;      /* as it came in */
	struct span id;        /* {NULL, 0} where it could not be read */
	int64_t rev;           /* the revision that stands now, or would; 0: none */
	enum merged merged;
	struct err *err;       /* REFUSED and STALE: why */
};

struct commit_terms {
	enum commit_input input;
	struct merge_terms merge;
	struct span world;      /* see index.h */
	const char *blobs;      /* where attachments are taken from; NULL */
	bool if_new;            /* known ids are passed over */
	bool each_alone;        /* refused ones do not refuse the rest (--reject) */
	bool strict;            /* nothing is looked at behind a refused one */
	bool print;             /* commit_print will be called */
	bool no_index;
	int64_t max_line;
	/* In the order of the input, under the lock, before anything is written. */
	void (*outcome)(void *ctx, const struct commit_outcome *outcome);
	void (*indexed)(void *ctx, uint64_t done); /* bytes of log that the index lacked */
	void (*step)(void *ctx, uint64_t done);    /* lines; either may be NULL */
	void *ctx;
};

struct commit_count {
	uint64_t new_cases, grown, same, refused, stale;
	uint64_t late;      /* of them: recorded when the case was last, since the clock was
	                       before that */
	int64_t behind;     /* see append.h */
	int64_t seq;        /* of the last line of the store, after */
};

struct commit;

/* terms are copied, not what they point to. */
struct commit *commit_new(const struct commit_terms *terms);

/*
 * Keeps a line (scanned and, of records, read without fault) for commit_run.
 * 0; -1 with EX_IOERR.
 */
int commit_add(struct commit *commit, struct span line, uint64_t number, struct err *err);

/*
 * 0: acknowledged (also where nothing was to be written); 1: lines were
 * refused, so nothing was written; -1: nothing was written, or the outcome is
 * unknown and said to be: EX_TEMPFAIL (busy), EX_DATAERR (an attachment that
 * changed meanwhile), EX_IOERR, EX_CANTCREAT, EX_NOPERM, EX_CONFIG.  The
 * store must outlive the commit.  COMMIT_LOOK: no lock is taken and nothing
 * is written, else the same.
 */
int commit_run(struct commit *commit, const struct store *store, enum commit_mode mode,
	struct commit_count *count, struct err *err);

/*
 * After commit_run said 0: each record as it now stands, in the order of the
 * input.  0; -1 with EX_IOERR, and the commit stays.
 */
int commit_print(struct commit *commit, void (*print)(void *ctx, struct span record), void *ctx,
	struct err *err);

/* Signals that waited since the first byte was written are delivered: once all is said. */
void commit_free(struct commit *commit);

#endif
