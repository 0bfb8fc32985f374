/*
 * erase: the personal data of a case, out of every revision, the index,
 * outbox, quarantine and blobs, while the chain stays whole: an `erased`
 * line is appended first (who, why, which seqs, the new hash of each), then
 * the segments are rewritten beside themselves and renamed.  The new data
 * is padded with blanks, so that no line moves.  An erasure that was cut
 * short is finished by the next one, or by esc-store recover.
 * Source: esc-store(5), ERASURE.
 */
#ifndef ESC_STORE_ERASE_H
#define ESC_STORE_ERASE_H

#include "domain/redact.h"
#include "store/append.h"
#include "store/index.h"

struct erase_terms {
	struct redact_terms redact;
	struct span by, because;
	bool dry_run;
};

struct erase_count {
	uint64_t lines, blobs, set_aside; /* lines redacted, blobs removed, quarantine files rewritten */
};

/* 0; -1 with EX_NOINPUT (no such case), EX_TEMPFAIL, EX_IOERR. */
int erase_case(const struct store *store, struct span id, const struct erase_terms *terms,
	struct erase_count *count, struct err *err);

/* Finishes erasures whose lines are written and whose data still stands. */
int erase_finish(struct append *append, struct erase_count *count, struct err *err);

#endif
