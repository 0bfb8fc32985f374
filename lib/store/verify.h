/*
 * verify: reads the whole log once and checks all that esc-store(5)
 * promises: frames, seqs, chain, data hashes (an erased line by its `erased`
 * line), batches, revisions of each case one by one, seals, HEAD, names and
 * hashes of blobs, policy texts; against a checkpoint, or another store.
 * Streaming: memory does not grow with the log.
 */
#ifndef ESC_STORE_VERIFY_H
#define ESC_STORE_VERIFY_H

#include "store/head.h"
#include "store/log.h"

struct finding {
	const char *where;             /* "log/000000000001.jsonl", "HEAD", "blobs/ab/abcd..." */
	int64_t segment, offset, seq;  /* segment 0: not in the log; seq 0: not of one line */
	const char *what;
};

struct verify_terms {
	const struct position *checkpoint; /* in the order of seq; only seq and h are used */
	size_t n_checkpoints;
	void (*found)(void *ctx, const struct finding *finding);
	void (*step)(void *ctx, uint64_t done); /* bytes; may be NULL */
	void *ctx;
};

struct verify_count {
	uint64_t lines, batches, bytes, erased, blobs, findings;
	uint64_t in_log;        /* findings in the log itself */
	uint64_t erasing;       /* lines that an erasure at work had yet to rewrite: the same */
	uint64_t left_over;     /* temporary files of killed writers: told, no finding */
	int64_t unacknowledged; /* bytes behind HEAD: no finding, but told */
	struct position end;    /* HEAD; where that is damaged the last finished batch's end */
};

/* 0 (whatever was found), or -1 with EX_IOERR. */
int verify_store(const struct store *store, const struct verify_terms *terms,
	struct verify_count *count, struct err *err);

enum compared {
	COMPARED_EQUAL,
	COMPARED_NEWER,  /* it has all of the other, and more */
	COMPARED_OLDER,
	COMPARED_FORKED, /* they part at *seq, or are no copies of each other (*seq 0) */
};

/*
 * By chain, up to the shorter one's end, which both logs must reach whole.
 * 0; -1 with EX_IOERR, also where one of them is damaged.
 */
int verify_against(const struct store *store, const struct store *other,
	enum compared *compared, int64_t *seq, struct err *err);

#endif
