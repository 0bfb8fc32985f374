#include "domain/report_period.h"

#include <stdlib.h>

#include "base/instant.h"

void
period_close(struct period *period)
{
	period->end = period->now;
	if (period->to != INSTANT_NONE && period->to <= period->now)
		period->end = period->to - 1;
}

static int64_t
midnight(const struct zone *zone, int64_t days)
{
	int64_t local_s = days * DAY_S;

	return zone ? zone_instant(zone, local_s) : local_s;
}

static int
month_read(struct span text, int64_t *year, int64_t *month, struct err *err)
{
	bool ok = text.n == 7 && text.p[4] == '-'
		&& text_digits((struct span){ text.p, 4 }, year) == 0
		&& text_digits((struct span){ text.p + 5, 2 }, month) == 0
		&& *month >= 1 && *month <= 12;

	if (!ok)
		return err_add(err, EX_USAGE, NULL,
			"expected a month such as 2026-10, got \"%.*s\"",
			(int)text.n, text.p);
	return 0;
}

int
period_month(struct span text, const struct zone *zone, int64_t *from,
	int64_t *to, struct err *err)
{
	int64_t year, month;

	if (month_read(text, &year, &month, err) != 0)
		return -1;
	int64_t first = civil_days((int)year, (int)month, 1);
	*from = midnight(zone, first);
	*to = midnight(zone, first + civil_month_days((int)year, (int)month));
	if (*from < INSTANT_MIN || *to > INSTANT_MAX)
		return err_add(err, EX_USAGE, NULL, "out of the years 0 to 9999");
	return 0;
}

/* The local date of an instant that is its midnight; false: it is not. */
static bool
date_of_midnight(const struct zone *zone, int64_t at, int64_t *days)
{
	int64_t local_s = at + (zone ? zone_offset(zone, at, NULL, NULL) : 0);

	*days = local_s / DAY_S - (local_s % DAY_S < 0);
	return midnight(zone, *days) == at;
}

/* Months since the year 0 of a first of a month; false: it is another day. */
static bool
month_of_first(int64_t days, int64_t *months)
{
	int year, month, day;

	civil_from_days(days, &year, &month, &day);
	*months = (int64_t)year * 12 + month - 1;
	return day == 1;
}

/* Where the period before [from, to) begins. */
static int64_t
before(const struct zone *zone, int64_t from, int64_t to)
{
	int64_t first, last, a, b;

	if (!date_of_midnight(zone, from, &first) || !date_of_midnight(zone, to, &last))
		return from - (to - from);
	if (!month_of_first(first, &a) || !month_of_first(last, &b))
		return midnight(zone, first - (last - first));
	a -= b - a;
	return a < 0 ? INSTANT_NONE
		: midnight(zone, civil_days((int)(a / 12), (int)(a % 12) + 1, 1));
}

int
period_previous(const struct period *period, struct period *previous,
	struct err *err)
{
	int64_t to = period->to == INSTANT_NONE ? period->now : period->to;

	if (period->from == INSTANT_NONE)
		return err_add(err, EX_USAGE, NULL,
			"a period that begins with the first case has none before it");
	*previous = *period;
	previous->from = before(period->zone, period->from, to);
	previous->to = period->from;
	if (previous->from < INSTANT_MIN)
		return err_add(err, EX_USAGE, NULL,
			"the period before is out of the years 0 to 9999");
	period_close(previous);
	return 0;
}

int
period_month_of(const struct zone *zone, int64_t at)
{
	struct civil civil;
	int64_t offset = zone ? zone_offset(zone, at, NULL, NULL) : 0;

	civil_from_seconds(at + offset, &civil);
	return civil.year * 12 + civil.month - 1;
}

static char
digit(int value)
{
	return (char)('0' + abs(value) % 10);
}

/* Once a case: without printf. */
void
period_put_month_of(struct buf *out, int month)
{
	int of_year = (month % 12 + 12) % 12, year = (month - of_year) / 12;
	const char text[] = { digit(year / 1000), digit(year / 100), digit(year / 10),
		digit(year), '-', digit((of_year + 1) / 10), digit(of_year + 1) };

	buf_puts(out, year < 0 ? "-" : year > 9999 ? "1" : "");
	buf_put(out, text, sizeof text);
}

void
period_put_month(struct buf *out, const struct zone *zone, int64_t at)
{
	period_put_month_of(out, period_month_of(zone, at));
}
