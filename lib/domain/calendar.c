#include "domain/calendar.h"

#include <stdlib.h>

#include "domain/calendar_table.h"

/* So many dated holidays are no exceptions, even of one year. */
#define MANY_DATED 4

void
calendar_free(struct calendar *calendar)
{
	if (!calendar)
		return;
	table_release(&calendar->table);
	arena_release(&calendar->arena);
	free(calendar->name);
	free(calendar);
}

const char *
calendar_name(const struct calendar *calendar)
{
	return calendar->name;
}

const struct zone *
calendar_zone(const struct calendar *calendar)
{
	return calendar->zone;
}

static const struct holiday *
find_dated(const struct calendar *calendar, int64_t day)
{
	size_t low = 0, high = calendar->n_dated;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (calendar->dated[mid].day < day)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == calendar->n_dated || calendar->dated[low].day != day)
		return NULL;
	return &calendar->dated[low];
}

/* A dated holiday beats a yearly one. */
const struct holiday *
calendar_find_holiday(const struct calendar *calendar, int64_t day)
{
	const struct holiday *dated = find_dated(calendar, day);
	int year, month, mday, at;

	if (dated || calendar->n_yearly == 0)
		return dated;
	civil_from_days(day, &year, &month, &mday);
	at = calendar->yearly_at[month][mday];
	return at > 0 ? &calendar->yearly[at - 1] : NULL;
}

const struct hours *
calendar_hours(const struct calendar *calendar, int64_t day)
{
	const struct holiday *holiday = calendar_find_holiday(calendar, day);

	return holiday ? &holiday->hours : &calendar->week[civil_weekday(day)];
}

const char *
calendar_holiday(const struct calendar *calendar, int64_t day, bool *partly)
{
	const struct holiday *holiday = calendar_find_holiday(calendar, day);

	if (partly)
		*partly = holiday && holiday->partly;
	return holiday ? holiday->name : NULL;
}

static int
year_of(int64_t day)
{
	int year, month, mday;

	civil_from_days(day, &year, &month, &mday);
	return year;
}

bool
calendar_dated_span(const struct calendar *calendar, int64_t *first,
	int64_t *last)
{
	size_t n = calendar->n_dated;

	if (n == 0)
		return false;
	*first = calendar->dated[0].day;
	*last = calendar->dated[n - 1].day;
	return calendar->n_yearly == 0 || n >= MANY_DATED ||
		year_of(*first) != year_of(*last);
}

static int
local_year(const struct calendar *calendar, int64_t at)
{
	struct civil civil;

	civil_from_seconds(at + zone_offset(calendar->zone, at, NULL, NULL), &civil);
	return civil.year;
}

bool
calendar_covers(const struct calendar *calendar, int64_t from, int64_t to)
{
	int64_t early = from < to ? from : to, late = from < to ? to : from;
	int64_t first, last;

	if (!calendar_dated_span(calendar, &first, &last))
		return true;
	if (late > early)
		late--;
	return local_year(calendar, early) >= year_of(first) &&
		local_year(calendar, late) <= year_of(last);
}

static int64_t
clamp(int64_t at)
{
	if (at < CALENDAR_MIN)
		return CALENDAR_MIN;
	return at > CALENDAR_MAX ? CALENDAR_MAX : at;
}

int64_t
calendar_open_between(struct calendar *calendar, int64_t from, int64_t to)
{
	from = clamp(from);
	to = clamp(to);
	table_ensure(calendar, from);
	table_ensure(calendar, to);
	return table_total(&calendar->table, to) -
		table_total(&calendar->table, from);
}

bool
calendar_is_open(struct calendar *calendar, int64_t at)
{
	if (at < CALENDAR_MIN || at > CALENDAR_MAX)
		return false;
	table_ensure(calendar, at);
	return table_piece(&calendar->table, at)->from <= at;
}
