/*
 * erase: the personal data of a case, out of every revision, the index,
 * outbox, quarantine and blobs, while the chain stays whole: an `erased`
 * line is appended first (who, why, which seqs, the new hash of each), then
 * the segments are rewritten beside themselves and renamed, the one with the
 * case's last revision last.  The new data is padded with blanks, so that no
 * line moves.  An erasure that was cut short is finished by the next one of
 * that case, or by erase_finish.  Takes LOCK_MAINTENANCE, then LOCK_APPEND.
 * Source: esc-store(5), ERASURE.
 */
#ifndef ESC_STORE_ERASE_H
#define ESC_STORE_ERASE_H

#include "domain/redact.h"
#include "store/append.h"
#include "store/index.h"

struct erase_terms {
	struct redact_terms redact;
	const struct policy_source *policies; /* what each names `personal` */
	struct span by, because;
	bool dry_run;
};

struct erase_count {
	uint64_t lines, blobs, set_aside; /* lines redacted, blobs removed, quarantine files rewritten */
	uint64_t cases;                   /* erase_finish: whose erasure was finished */
};

/*
 * 0, also where there was nothing left to erase; -1 with EX_NOINPUT (no such
 * case), EX_CONFIG (a policy is missing), EX_DATAERR (more than one `erased`
 * line holds), EX_TEMPFAIL, EX_IOERR.  The index is gone after it.
 */
int erase_case(const struct store *store, struct span id, const struct erase_terms *terms,
	struct erase_count *count, struct err *err);

/*
 * Takes in or sets aside what lies behind HEAD, removes what killed programs
 * left over, and finishes erasures whose lines are written and whose data
 * still stands.
 */
int erase_finish(const struct store *store, struct recovery *recovery,
	struct erase_count *count, struct err *err);

#endif
