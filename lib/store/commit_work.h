/*
 * commit_work: what the parts of commit share: commit.c (the order of
 * things), commit_merge.c (one line meets what is stored), commit_stored.c
 * (what is stored), commit_overlay.c (ids of the batch) and commit_beside.c
 * (attachments and policy texts).  Private to them.
 */
#ifndef ESC_STORE_COMMIT_WORK_H
#define ESC_STORE_COMMIT_WORK_H

#include "store/commit.h"
#include "store/commit_overlay.h"
#include "store/log.h"
#include "store/spool.h"

/* A line of the batch, in the spool `made`: this, the id, the record. */
struct made {
	int64_t rev;
	int64_t base;        /* the revision before the batch; 0: none */
	uint64_t id_len;
	uint64_t erased;     /* some revision of the case was */
};

/* For --print, in the spool `results`: in `made`, or in the log. */
struct result {
	int64_t offset;      /* -1: in the log */
	int64_t seq;
	struct place place;
};

/* A policy that a case was judged by. */
struct judge {
	const struct policy *policy;
	bool touched;        /* by the line at hand */
	bool used;           /* by one that is committed */
};

/* The record that a line meets. */
struct stored {
	struct record record;
	int64_t rev, base;
	bool erased;
	struct result result;
	struct overlay_slot slot; /* where the id goes in the overlay */
};

struct commit {
	struct commit_terms terms;
	struct policy_source policies; /* the terms', watched */
	const struct store *store;
	enum commit_mode mode;
	struct spool *lines, *made, *results, *wanted;
	uint64_t n_lines, n_made;
	struct commit_count count;
	struct append append;
	struct head head;
	struct index *index;
	bool index_renewed;
	struct err damage;             /* the first damaged line met */
	struct log_files *files;
	struct overlay *overlay;
	struct merge merge;
	struct judge *judge;
	size_t n_judges, cap_judges;
	struct scan scan, stored_scan, made_scan;
	struct arena arena;            /* of one line */
	struct buf text, stored_text, entry;
	struct err why;                /* of one line */
};

/* Opens the index at commit->head.  0; -1. */
int commit_open_index(struct commit *commit, struct err *err);

/*
 * What the id stands for now: in this batch, else in the store.  1, 0: no
 * such case (stored->slot is good all the same), -1 with EX_IOERR.
 */
int commit_find(struct commit *commit, struct span id, struct stored *stored, struct err *err);

/* A line of the batch at an offset, taken apart; borrows from out. */
int commit_made(struct commit *commit, int64_t offset, struct buf *out, struct made *made,
	struct span *record, struct err *err);
void commit_take_apart(struct span entry, struct made *made, struct span *id,
	struct span *record);

/* All lines meet what is stored.  0, 1 as of commit_run, or -1. */
int commit_merge(struct commit *commit, struct err *err);

/* Finds policies for the fold, and notes which. */
const struct policy *commit_policy(void *ctx, struct span name, struct span version,
	struct err *err);

/*
 * Whether the attachments that the record in commit->text names, and the
 * stored one does not, are at hand; those to be taken in are noted.  in: the
 * record that came in, NULL where an event did; stored: NULL where none was.
 * 0; -1 with EX_DATAERR, or another status for the whole batch.
 */
int commit_attachments(struct commit *commit, const struct record *in, const struct record *stored,
	struct err *err);

/* Takes in what was noted, and writes the texts of policies.  0; -1. */
int commit_write_beside(struct commit *commit, struct err *err);

#endif
