/*
 * calendar_ledger: a span of time piece by piece: what counts as business
 * time and what does not, and why.  The counted seconds add up to
 * calendar_open_between.
 */
#ifndef ESC_DOMAIN_CALENDAR_LEDGER_H
#define ESC_DOMAIN_CALENDAR_LEDGER_H

#include "domain/calendar.h"

enum ledger_kind {
	LEDGER_COUNTED,
	LEDGER_CLOSED,
	LEDGER_HOLIDAY, /* not open, on a holiday; also one with hours */
	LEDGER_DST,     /* from == to: the clocks change */
	LEDGER_PAUSED,  /* not a calendar's: see explain.h */
};

extern const char *const ledger_names[];

struct ledger_entry {
	enum ledger_kind kind;
	int64_t from, to;
	int64_t day;       /* the local day since 1970, of its beginning */
	const char *name;  /* of the holiday; NULL: none, "": nameless */
	int32_t forward_s; /* LEDGER_DST: by how much; negative: back */
};

typedef void (*ledger_fn)(void *ctx, const struct ledger_entry *entry);

/*
 * One call an entry, in the order of time, without gaps, from `from` to
 * `to`; none where from is not before to.  Bounded as in
 * calendar_open_between.
 */
void calendar_ledger(struct calendar *calendar, int64_t from, int64_t to,
	ledger_fn fn, void *ctx);

#endif
