/*
 * calendar_show: business time as text for people: a month, and why a
 * deadline is what it is.  Other people's names are made fit for a terminal.
 */
#ifndef ESC_DOMAIN_CALENDAR_SHOW_H
#define ESC_DOMAIN_CALENDAR_SHOW_H

#include "base/buf.h"
#include "domain/calendar.h"

/* The weeks of a month (1 to 12) with the open hours of each day. */
void calendar_show_month(struct calendar *calendar, int year, int month,
	struct buf *out);

/* "2026 to 2028", of calendar_dated_span; nothing where there is none. */
void calendar_show_years(const struct calendar *calendar, struct buf *out);

enum explain_time {
	EXPLAIN_OPEN,  /* open time counts */
	EXPLAIN_DAYS,  /* the same, and business days are numbered from 0 */
	EXPLAIN_PLAIN, /* all time counts */
};

/*
 * A line for each piece of time between two instants, and their sum; where
 * `to` is the earlier one, the same pieces and a negative sum.
 */
void calendar_explain(struct calendar *calendar, int64_t from, int64_t to,
	enum explain_time time, struct buf *out);

#endif
