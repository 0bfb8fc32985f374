/*
 * mend: a HEAD of which no slot is whole, made anew from the log: only where
 * the whole log verifies, since nobody else knows how far it was acknowledged.
 */
#ifndef ESC_STORE_MEND_H
#define ESC_STORE_MEND_H

#include "store/verify.h"

/*
 * 1: made anew, at count->end; 0: HEAD is whole; -1 with EX_IOERR: the log is
 * damaged (findings are told by terms), or as lock_take.
 */
int mend_head(const struct store *store, const struct verify_terms *terms,
	struct verify_count *count, struct err *err);

#endif
