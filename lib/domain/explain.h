/*
 * explain: where a clock's time went: a ledger from its start to its stop or
 * to an instant, piece by piece, without gaps, of what counted and what did
 * not, and why.  The counted seconds add up to `elapsed`, which is reckoned
 * without the pieces.  Pure; verdicts do not depend on it.
 * Source: esc-sla-check(1), WHY.
 */
#ifndef ESC_DOMAIN_EXPLAIN_H
#define ESC_DOMAIN_EXPLAIN_H

#include "base/buf.h"
#include "domain/calendar_ledger.h"
#include "domain/verdict.h"

struct ledger_line {
	enum ledger_kind kind;
	int64_t from, to;   /* [from, to); LEDGER_DST: the same instant */
	int64_t counted;    /* seconds of the clock's own kind */
	struct span name;   /* of a holiday, a hold, a change of clocks */
	struct span by, because; /* LEDGER_PAUSED: of the event that began it */
	bool joined;        /* counted, with the closed hours between */
};

/* As many lines as a ledger has before days are put together, for data. */
#define EXPLAIN_LINES 1000

struct explained {
	int64_t elapsed;    /* seconds of the clock's own kind, without holds */
	int64_t end;        /* stopped_at, or the instant */
	struct ledger_line *line;
	size_t n;
};

/*
 * One clock's.  A longer ledger than `max` lines is made shorter: what
 * counted, and the closed hours between, become a line a week, a month or a
 * year; holidays, holds and changes of clocks keep theirs, so it may stay
 * longer.  The fold must not have looked past `at`.  Lives in its arena.
 */
void explain_clock(const struct fold *fold, const struct clock *clock, int64_t at,
	size_t max, struct explained *explained);

/* One a clock of a fold, in its order. */
const struct explained *explain_case(const struct fold *fold, int64_t at);

/* "elapsed":N,"ledger":[...]; into an open object. */
void explain_write(const struct explained *explained, struct buf *out);

#endif
