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
	int64_t segment, offset, seq; /* segment 0: not in the log */
	const char *what;
};

struct verify_terms {
	const struct position *checkpoint; /* only seq and h; NULL: none */
	void (*found)(void *ctx, const struct finding *finding);
	void (*step)(void *ctx, uint64_t done); /* bytes; may be NULL */
	void *ctx;
};

struct verify_count {
	uint64_t lines, batches, bytes, erased, blobs, findings;
	int64_t unacknowledged; /* bytes behind HEAD: no finding, but told */
};

/* 0 (whatever was found), or -1 with EX_IOERR. */
int verify_store(const struct store *store, const struct verify_terms *terms,
	struct verify_count *count, struct err *err);

enum compared {
	COMPARED_EQUAL,
	COMPARED_NEWER,  /* it has all of the other, and more */
	COMPARED_OLDER,
	COMPARED_FORKED, /* they part at *seq, or are no copies of each other */
};

/* By chain: both are read up to the shorter one's end. */
int verify_against(const struct store *store, const struct store *other,
	enum compared *compared, int64_t *seq, struct err *err);

#endif
