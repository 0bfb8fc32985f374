/*
 * business: lines of text that ask a calendar, and their answers: what
 * esc-calendar does with each line.  Refuses to read or write files.
 */
#ifndef ESC_CLI_BUSINESS_H
#define ESC_CLI_BUSINESS_H

#include "base/buf.h"
#include "domain/calendar.h"

struct business {
	struct calendar *calendar;
	enum day_ends ends;
	struct duration duration; /* of business_add */
	bool explain;             /* a ledger before each answer */
	int64_t now;              /* what a relative time counts from */
	bool outside;             /* out: asked where holidays are not known */
};

/*
 * The answer to a line, without its newline, is put behind out: 0; or -1
 * with EX_DATAERR.  ctx is a struct business: see loop_text.h.  Business
 * time that is not within the years of the calendar's holidays sets outside.
 */

/* TIME: the deadline. */
int business_add(void *ctx, struct span line, struct buf *out,
	struct err *err);

/* TIME<TAB>DURATION: the deadline. */
int business_batch(void *ctx, struct span line, struct buf *out,
	struct err *err);

/* TIME<TAB>TIME: open seconds. */
int business_between(void *ctx, struct span line, struct buf *out,
	struct err *err);

#endif
