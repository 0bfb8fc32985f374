/*
 * commit: a batch of records into the store, whole or not at all.  What came
 * in is kept aside (spool.h) without a lock; then, under the append lock,
 * each record meets the one that is stored (domain/merge.h), attachments
 * and policy texts are put beside the log, and all new lines are one batch.
 * Order: commit_new, commit_add..., commit_run, commit_free.
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

struct commit_terms {
	enum commit_input input;
	struct merge_terms merge;
	struct span world;      /* see index.h */
	const char *blobs;      /* where attachments are taken from; NULL */
	bool if_new;            /* known ids are passed over */
	bool dry_run;
	bool each_alone;        /* refused ones do not refuse the rest (--reject) */
	bool no_index;
	int64_t max_line;
	/*
	 * What became of a line, in the order of the input.  REFUSED and STALE:
	 * err says why.  Called under the lock, before anything is written.
	 */
	void (*outcome)(void *ctx, uint64_t number, struct span line, enum merged merged,
		const struct err *err);
	/* --print: each record as it now stands, once acknowledged, in order. */
	void (*print)(void *ctx, struct span record);
	void (*step)(void *ctx, uint64_t done);
	void *ctx;
};

struct commit_count {
	uint64_t read, new_cases, grown, same, refused, stale;
	int64_t seq;        /* of the last line of the store, after */
};

struct commit;

struct commit *commit_new(const struct commit_terms *terms);

/* Keeps a line (scanned and, of records, read without fault) for commit_run. */
int commit_add(struct commit *commit, struct span line, uint64_t number, struct err *err);

/*
 * 0: acknowledged (also where nothing was to be written, or the dry run
 * went well); -1: nothing written: EX_DATAERR or EX_TEMPFAIL where a line
 * was refused, EX_TEMPFAIL busy, EX_IOERR, EX_CANTCREAT, EX_CONFIG.
 */
int commit_run(struct commit *commit, const struct store *store, struct commit_count *count,
	struct err *err);
void commit_free(struct commit *commit);

#endif
