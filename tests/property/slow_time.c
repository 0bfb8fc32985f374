#include "slow_read.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct slow_calendar *
slow_calendar(const char *name)
{
	static struct slow_calendar *known[32];
	size_t i = 0;

	while (i < 31 && known[i] && strcmp(known[i]->name, name) != 0)
		i++;
	if (!known[i])
		known[i] = slow_read(name);
	return strcmp(known[i]->name, name) == 0 ? known[i] : NULL;
}

/* A dated holiday beats a yearly one. */
static const struct day *
day_of(const struct slow_calendar *calendar, const struct tm *tm)
{
	const struct day *day = &calendar->week[tm->tm_wday];
	char date[11];

	strftime(date, sizeof date, "%Y-%m-%d", tm);
	for (size_t i = 0; i < calendar->n_holidays; i++)
		if (strcmp(calendar->holiday[i].date, date + 5) == 0)
			day = &calendar->holiday[i].day;
	for (size_t i = 0; i < calendar->n_holidays; i++)
		if (strcmp(calendar->holiday[i].date, date) == 0)
			day = &calendar->holiday[i].day;
	return day;
}

static int64_t
offset_at(int64_t at)
{
	time_t time = at;
	struct tm tm;

	localtime_r(&time, &tm);
	return tm.tm_gmtoff;
}

/* The offset in an hour; no zone changes twice within one. */
struct steady {
	int64_t hour, offset;
	bool steady;
};

/* What the wall clock reads. */
static struct tm
read_clock(struct steady *last, int64_t at)
{
	struct tm tm;
	time_t local;

	if (at / 3600 != last->hour) {
		last->hour = at / 3600;
		last->offset = offset_at(last->hour * 3600);
		last->steady = last->offset == offset_at((last->hour + 1) * 3600);
	}
	local = at + (last->steady ? last->offset : offset_at(at));
	gmtime_r(&local, &tm);
	tm.tm_gmtoff = local - at;
	return tm;
}

/* At each minute. */
static void
fill(struct slow_calendar *calendar, int64_t chunk)
{
	const struct day *day = NULL;
	struct steady steady = { .hour = -1 };
	int yday = -1;

	setenv("TZ", calendar->zone, 1);
	tzset();
	for (int64_t m = chunk * CHUNK; m < (chunk + 1) * CHUNK; m++) {
		struct tm tm = read_clock(&steady, FIRST + m * MINUTE);

		if (tm.tm_yday != yday)
			day = day_of(calendar, &tm);
		yday = tm.tm_yday;
		calendar->open[m] = day->open[tm.tm_hour * 60 + tm.tm_min];
		calendar->offset[m] = (int16_t)(tm.tm_gmtoff / MINUTE);
		calendar->hour[m / 60] = (uint8_t)(calendar->hour[m / 60] + calendar->open[m]);
	}
	calendar->filled[chunk] = true;
}

/* The minute that holds an instant, looked at; -1: out of range. */
static int64_t
minute_of(struct slow_calendar *calendar, int64_t at)
{
	int64_t m = (at - FIRST) / MINUTE;

	if (at < FIRST || m >= MINUTES)
		return -1;
	if (!calendar->filled[m / CHUNK])
		fill(calendar, m / CHUNK);
	return m;
}

/* The open seconds of [from, to), which lie in one minute; -1: out of range. */
static int64_t
open_within(struct slow_calendar *calendar, int64_t from, int64_t to)
{
	int64_t m = minute_of(calendar, from);

	if (m < 0)
		return -1;
	return calendar->open[m] ? to - from : 0;
}

/* Whether [at, to) begins with a whole hour; its open seconds. */
static bool
whole_hour(struct slow_calendar *calendar, int64_t at, int64_t to, int64_t *open_s)
{
	if (at % 3600 != 0 || to - at < 3600 || minute_of(calendar, at) < 0)
		return false;
	*open_s = calendar->hour[minute_of(calendar, at) / 60] * INT64_C(60);
	return true;
}

int64_t
slow_open(struct slow_calendar *calendar, int64_t from, int64_t to)
{
	int64_t sum = 0, open_s;

	if (from < FIRST || to - from > SLOW_LONGEST)
		return SLOW_NONE;
	while (from < to) {
		int64_t end = from - from % MINUTE + MINUTE;

		if (whole_hour(calendar, from, to, &open_s))
			end = from + 3600;
		else
			open_s = open_within(calendar, from, end < to ? end : to);
		if (open_s < 0)
			return SLOW_NONE;
		sum += open_s;
		from = end;
	}
	return sum;
}

int64_t
slow_add_open(struct slow_calendar *calendar, int64_t start, int64_t wanted)
{
	int64_t at = start, open_s;

	while (at < start + SLOW_LONGEST) {
		int64_t end = at - at % MINUTE + MINUTE;

		if (whole_hour(calendar, at, at + 3600, &open_s) &&
			(open_s < wanted || open_s == 0)) {
			end = at + 3600;
		} else {
			open_s = open_within(calendar, at, end);
			if (open_s < 0)
				return SLOW_NONE;
			if (open_s > 0 && open_s >= wanted)
				return at + wanted;
		}
		wanted -= open_s;
		at = end;
	}
	return SLOW_NONE;
}

static int64_t
local_of(struct slow_calendar *calendar, int64_t m)
{
	return FIRST + (m + calendar->offset[m]) * MINUTE;
}

/*
 * On a local day, the first instant at or after `since` at which it is open
 * (or, `any`, whose clock reads `clock` or later), and the end of its last
 * open minute.  SLOW_NONE: there is none.
 */
struct sought {
	int64_t since, clock;
	int64_t opens, reads, closes;
};

static void
look_at(struct slow_calendar *calendar, int64_t day, struct sought *sought)
{
	int64_t noon = day * 86400 + 43200;

	sought->opens = sought->reads = sought->closes = SLOW_NONE;
	for (int64_t at = noon - 2 * 86400; at < noon + 2 * 86400; at += MINUTE) {
		int64_t m = minute_of(calendar, at), first, local;

		if (m < 0 || local_of(calendar, m) / 86400 != day)
			continue;
		local = local_of(calendar, m) % 86400;
		if (sought->reads == SLOW_NONE && local + MINUTE > sought->clock)
			sought->reads = at + (sought->clock > local ? sought->clock - local : 0);
		if (!calendar->open[m])
			continue;
		first = at > sought->since ? at : sought->since;
		if (sought->opens == SLOW_NONE && first < at + MINUTE)
			sought->opens = first;
		sought->closes = at + MINUTE;
	}
}

/* From `*day` on, the first day that closes after `since`; false: none. */
static bool
next_business_day(struct slow_calendar *calendar, int64_t *day, struct sought *sought)
{
	for (int i = 0; i < FAR_DAYS; i++, ++*day) {
		look_at(calendar, *day, sought);
		if (sought->closes != SLOW_NONE && sought->closes > sought->since)
			return true;
		if (minute_of(calendar, *day * 86400) < 0)
			return false;
	}
	return false;
}

int64_t
slow_add_days(struct slow_calendar *calendar, int64_t start, int64_t n, bool same_time)
{
	struct sought sought = { .since = start };
	int64_t day, m = minute_of(calendar, start);

	if (m < 0)
		return SLOW_NONE;
	day = local_of(calendar, m) / 86400;
	if (!next_business_day(calendar, &day, &sought))
		return SLOW_NONE;
	start = sought.opens;
	sought.since = SLOW_NONE;
	while (n-- > 0) {
		day++;
		if (!next_business_day(calendar, &day, &sought))
			return SLOW_NONE;
	}
	if (!same_time)
		return sought.closes;
	m = minute_of(calendar, start);
	sought.clock = local_of(calendar, m) % 86400 + start % MINUTE;
	look_at(calendar, day, &sought);
	if (sought.reads == SLOW_NONE)
		return sought.closes;
	sought.since = sought.reads;
	look_at(calendar, day, &sought);
	return sought.opens == SLOW_NONE ? sought.closes : sought.opens;
}
