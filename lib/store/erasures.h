/*
 * erasures: which erased lines are as an `erased` line says, which are not,
 * and which have yet to be rewritten.  Fed with the whole log, in bounded
 * memory; told in the order of seq.
 * Order: erasures_new, erasures_line and erasures_said..., erasures_end,
 * erasures_free.
 */
#ifndef ESC_STORE_ERASURES_H
#define ESC_STORE_ERASURES_H

#include "store/log.h"

enum erasure_state {
	ERASURE_DONE,
	ERASURE_UNFINISHED, /* said, but the line is as it was, or as an older one says */
	ERASURE_UNEXPLAINED, /* the data does not fit its dh, and no line says why */
};

struct erasure {
	enum erasure_state state;
	int64_t seq;         /* of the line that was, or is to be, erased */
	struct place place;  /* its own; where it is as it was, that of `said` */
	bool differs;        /* its data does not fit its dh */
	int64_t said_seq;    /* the last `erased` line that names it; 0: none */
	struct place said;
};

typedef int (*erasure_fn)(void *ctx, const struct erasure *erasure, struct err *err);

struct erasures;

struct erasures *erasures_new(void);
void erasures_free(struct erasures *erasures);

/* A line whose data does not fit its dh, and whose salt is gone. */
int erasures_line(struct erasures *erasures, const struct log_entry *entry, struct err *err);

/* The `erased` line `entry` says that line seq is to have the hash dh: 1; 0: nonsense. */
int erasures_said(struct erasures *erasures, const struct log_entry *entry, int64_t seq,
	struct span dh, struct err *err);

/* 0; what fn answers; -1 with EX_IOERR. */
int erasures_end(struct erasures *erasures, erasure_fn fn, void *ctx, struct err *err);

#endif
