#include "domain/report_period.h"

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

int
period_date(struct span text, const struct zone *zone, int64_t *from,
	struct err *err)
{
	int64_t days;

	if (date_parse(text, &days, err) != 0)
		return -1;
	*from = midnight(zone, days);
	return 0;
}

void
period_put_month(struct buf *out, const struct zone *zone, int64_t at)
{
	struct civil civil;
	int64_t offset = zone ? zone_offset(zone, at, NULL, NULL) : 0;

	civil_from_seconds(at + offset, &civil);
	buf_printf(out, "%04d-%02d", civil.year, civil.month);
}
