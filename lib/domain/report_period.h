/*
 * report_period: the stretch of time that a report is about, and the local
 * months of its zone.  Pure: bounds are computed from what was asked for,
 * now and the zone.
 */
#ifndef ESC_DOMAIN_REPORT_PERIOD_H
#define ESC_DOMAIN_REPORT_PERIOD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/zone.h"

struct period {
	int64_t now;
	int64_t from; /* INSTANT_NONE: from the first case on */
	int64_t to;   /* the first instant after it; INSTANT_NONE: up to now */
	int64_t end;  /* the last instant that is looked at */
	const struct zone *zone; /* NULL: UTC */
};

/* Sets `end`: the period's last second or now, the earlier. */
void period_close(struct period *period);

static inline bool
period_has(const struct period *period, int64_t at)
{
	return at >= period->from && at <= period->end;
}

/* [*from, *to) of the local month "2026-10".  0, or -1 with EX_USAGE. */
int period_month(struct span text, const struct zone *zone, int64_t *from,
	int64_t *to, struct err *err);

/*
 * The period before, closed: as many months where both bounds are the
 * midnights that begin local months, as many days where they are midnights,
 * else as many seconds.  0, or -1 with EX_USAGE: there is none before a
 * period without a beginning, nor before the year 0.
 */
int period_previous(const struct period *period, struct period *previous,
	struct err *err);

/* The local month of an instant: how many whole ones since the year 0. */
int period_month_of(const struct zone *zone, int64_t at);

/* "2026-10": such a month; and the local month of an instant. */
void period_put_month_of(struct buf *out, int month);
void period_put_month(struct buf *out, const struct zone *zone, int64_t at);

#endif
