#include "cli/spell.h"

#include <inttypes.h>

#include "base/instant.h"

static const struct {
	uint64_t s;
	char unit;
} units[] = { { 86400, 'd' }, { 3600, 'h' }, { 60, 'm' }, { 1, 's' } };

#define N_UNITS (sizeof units / sizeof *units)

/* Two units from the largest that fits; seconds only below a minute. */
static void
spell_from(struct buf *out, uint64_t s, size_t first)
{
	size_t i = first;

	while (i < N_UNITS - 1 && s < units[i].s)
		i++;
	buf_printf(out, "%" PRIu64 "%c", s / units[i].s, units[i].unit);
	s %= units[i].s;
	if (i + 2 < N_UNITS && s / units[i + 1].s)
		buf_printf(out, " %" PRIu64 "%c", s / units[i + 1].s, units[i + 1].unit);
}

/* The smallest number has no positive one in its type. */
static void
spell_signed(struct buf *out, int64_t s, size_t first)
{
	if (s < 0)
		buf_putc(out, '-');
	spell_from(out, s < 0 ? -(uint64_t)s : (uint64_t)s, first);
}

void
spell_seconds(struct buf *out, int64_t s)
{
	spell_signed(out, s, 0);
}

void
spell_hours(struct buf *out, int64_t s)
{
	spell_signed(out, s, 1);
}

/* Whole business days from `from` that end by `to`; *rest: where they end. */
static int64_t
whole_days(const struct clock *clock, int64_t from, int64_t to, int64_t *rest)
{
	struct err err = { 0 };
	int64_t n = 0, next;

	*rest = from;
	while (n < 1000) {
		struct duration days = { n + 1, UNIT_BUSINESS_DAY };

		if (calendar_add(clock->calendar, from, days, DAY_ENDS_SAME_TIME, &next, &err) < 0 ||
			next > to)
			break;
		*rest = next;
		n++;
	}
	err_release(&err);
	return n;
}

static void
spell_business(struct buf *out, const struct clock *clock, int64_t from, int64_t to)
{
	int64_t rest, days = whole_days(clock, from, to, &rest);
	int64_t left = calendar_open_between(clock->calendar, rest, to);

	if (days)
		buf_printf(out, "%" PRId64 "bd", days);
	if (days && left >= 3600)
		buf_printf(out, " %" PRId64 "h", left / 3600);
	if (!days)
		spell_hours(out, left);
}

void
spell_between(struct buf *out, const struct clock *clock, int64_t from, int64_t to)
{
	if (!clock->business) {
		spell_seconds(out, to - from);
		return;
	}
	if (to < from)
		buf_putc(out, '-');
	spell_business(out, clock, from < to ? from : to, from < to ? to : from);
}
