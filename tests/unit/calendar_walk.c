/*
 * Business time once more, slow and plain: a minute after the other, by the
 * words of esc-policy(5).  Random calendars in the zones with the oddest
 * clocks, half of the starts near a change of these.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/instant.h"
#include "domain/calendar.h"

#define CALENDARS 104
#define STARTS    40
#define DAYS      24
#define MINUTES   (DAYS * 1440)
#define NEVER     INT64_MAX

static const char *const zones[] = { "UTC", "Europe/London",
	"Africa/Casablanca", "America/New_York", "America/Sao_Paulo",
	"America/St_Johns", "Antarctica/Troll", "Asia/Gaza", "Asia/Tehran",
	"Australia/Lord_Howe", "Pacific/Apia", "Pacific/Chatham",
	"Pacific/Kiritimati" };

/* Hours of a day: at most two spans of minutes. */
struct plan {
	int from[2], to[2];
	int n;
};

struct minute {
	int64_t day;
	int of_day;
	bool open;
};

struct walk {
	const struct zone *zone;
	struct plan week[7], holiday;
	int64_t holiday_at;
	struct calendar *calendar;
	int64_t base;
	struct minute minute[MINUTES];
};

static uint64_t seed = 88172645463325252ULL;

static int64_t
pick(int64_t n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (int64_t)(seed % (uint64_t)n);
}

static int
pick_minute(void)
{
	static const int often[] = { 0, 1, 60, 90, 120, 180, 540, 1380, 1439 };

	return pick(2) ? often[pick(9)] : (int)pick(1440);
}

static void
make_plan(struct plan *plan)
{
	int last = 0;

	plan->n = 0;
	for (int64_t n = pick(3); n > 0; n--) {
		int from = pick_minute(), to = pick(3) ? from + 1 +
			(int)pick(1440 - from) : 1440;

		if (from < last || (plan->n > 0 && from == last))
			continue;
		plan->from[plan->n] = from;
		plan->to[plan->n++] = last = to;
	}
}

static void
put_plan(struct buf *text, const struct plan *plan)
{
	buf_putc(text, '[');
	for (int i = 0; i < plan->n; i++)
		buf_printf(text, "%s\"%02d:%02d-%02d:%02d\"", i ? "," : "",
			plan->from[i] / 60, plan->from[i] % 60,
			plan->to[i] / 60, plan->to[i] % 60);
	buf_putc(text, ']');
}

static void
make_calendar(struct walk *walk, const char *zone)
{
	static const char *const names[] = { "sun", "mon", "tue", "wed", "thu",
		"fri", "sat" };
	struct buf text = { 0 };
	struct err err = { 0 };
	int year, month, day;

	buf_printf(&text, "{\"timezone\":\"%s\",\"hours\":{", zone);
	for (int i = 0; i < 7; i++) {
		make_plan(&walk->week[i]);
		if (i == 3 && walk->week[i].n == 0)
			walk->week[i] = (struct plan){ { 540 }, { 1020 }, 1 };
		buf_printf(&text, "%s\"%s\":", i ? "," : "", names[i]);
		put_plan(&text, &walk->week[i]);
	}
	make_plan(&walk->holiday);
	civil_from_days(walk->holiday_at, &year, &month, &day);
	buf_printf(&text, "},\"holidays\":[{\"date\":\"%04d-%02d-%02d\","
		"\"hours\":", year, month, day);
	put_plan(&text, &walk->holiday);
	buf_puts(&text, "}]}");
	walk->calendar = calendar_parse("walk", buf_text(&text), &err);
	if (!walk->calendar)
		fail_msg("%s: %s", buf_cstr(&text), err_text(&err));
	walk->zone = calendar_zone(walk->calendar);
	buf_release(&text);
}

static bool
plan_is_open(const struct walk *walk, int64_t day, int of_day)
{
	const struct plan *plan = day == walk->holiday_at ? &walk->holiday :
		&walk->week[civil_weekday(day)];

	for (int i = 0; i < plan->n; i++)
		if (of_day >= plan->from[i] && of_day < plan->to[i])
			return true;
	return false;
}

static void
read_clock(struct walk *walk)
{
	for (int i = 0; i < MINUTES; i++) {
		int64_t at = walk->base + 60 * i;
		int64_t local = at + zone_offset(walk->zone, at, NULL, NULL);
		struct minute *m = &walk->minute[i];

		m->day = local / DAY_S;
		m->of_day = (int)(local % DAY_S / 60);
		m->open = plan_is_open(walk, m->day, m->of_day);
	}
}

static int
index_of(const struct walk *walk, int64_t at)
{
	return (int)((at - walk->base) / 60);
}

static int64_t
open_between(const struct walk *walk, int64_t from, int64_t to)
{
	int64_t sum = 0;

	for (int i = index_of(walk, from); i < MINUTES; i++) {
		int64_t start = walk->base + 60 * i, end = start + 60;

		if (start >= to)
			break;
		start = start < from ? from : start;
		end = end > to ? to : end;
		sum += walk->minute[i].open ? end - start : 0;
	}
	return sum;
}

/* The first instant by which open_s have passed. */
static int64_t
add_open(const struct walk *walk, int64_t at, int64_t open_s)
{
	for (int i = index_of(walk, at); i < MINUTES; i++) {
		int64_t end = walk->base + 60 * (i + 1);
		int64_t here = end - at;

		if (!walk->minute[i].open) {
			at = end;
			continue;
		}
		if (open_s <= here && (open_s > 0 || here > 0))
			return at + open_s;
		open_s -= here;
		at = end;
	}
	return NEVER;
}

static int64_t
last_closing(const struct walk *walk, int64_t day)
{
	for (int i = MINUTES - 1; i >= 0; i--)
		if (walk->minute[i].day == day && walk->minute[i].open)
			return walk->base + 60 * (i + 1);
	return NEVER;
}

/* The n-th business day after `day`, itself if n is 0. */
static int64_t
business_day(const struct walk *walk, int64_t day, int n)
{
	int64_t last = walk->minute[MINUTES - 1].day;

	for (; day < last; day++)
		if (last_closing(walk, day) != NEVER && n-- == 0)
			return day;
	return NEVER;
}

static int64_t
day_zero(const struct walk *walk, int64_t start)
{
	int64_t day = walk->minute[index_of(walk, start)].day;
	int64_t close = last_closing(walk, day);

	if (close != NEVER && start >= close)
		day++;
	return business_day(walk, day, 0);
}

/* The day's first open instant at or after one. */
static int64_t
opening_on(const struct walk *walk, int64_t day, int64_t at)
{
	for (int i = index_of(walk, at); i < MINUTES; i++)
		if (walk->minute[i].day == day && walk->minute[i].open)
			return walk->base + 60 * i < at ? at : walk->base + 60 * i;
	return NEVER;
}

/* The day's first instant whose clock reads at or after a time of day. */
static int64_t
reading_on(const struct walk *walk, int64_t day, int64_t time_s)
{
	for (int i = 0; i < MINUTES; i++) {
		const struct minute *m = &walk->minute[i];
		int64_t here = time_s - 60 * m->of_day;

		if (m->day == day && here < 60)
			return walk->base + 60 * i + (here > 0 ? here : 0);
	}
	return NEVER;
}

static int64_t
same_time(const struct walk *walk, int64_t start, int64_t zero, int64_t day)
{
	int64_t first = opening_on(walk, zero, start);
	int i = index_of(walk, first);
	int64_t at = reading_on(walk, day,
		60 * walk->minute[i].of_day + (first - walk->base) % 60);

	if (at != NEVER)
		at = opening_on(walk, day, at);
	return at == NEVER ? last_closing(walk, day) : at;
}

static int64_t
add_days(const struct walk *walk, int64_t start, int n, enum day_ends ends)
{
	int64_t zero = day_zero(walk, start);
	int64_t day = zero == NEVER ? NEVER : business_day(walk, zero, n);

	if (day == NEVER)
		return NEVER;
	return ends == DAY_ENDS_CLOSE ? last_closing(walk, day) :
		same_time(walk, start, zero, day);
}

static void
compare(struct walk *walk, int64_t start, struct duration d,
	enum day_ends ends, int64_t want)
{
	struct err err = { 0 };
	int64_t got;

	if (want == NEVER)
		return;
	assert_int_equal(calendar_add(walk->calendar, start, d, ends, &got,
		&err), 0);
	if (got != want)
		fail_msg("%s: %lld and %lld of unit %d, ends %d: got %lld; "
			"expected %lld", zone_name(walk->zone), (long long)start,
			(long long)d.n, d.unit, ends, (long long)got,
			(long long)want);
}

static void
check_start(struct walk *walk)
{
	int64_t start = walk->base + 3 * DAY_S + pick(4 * DAY_S);
	int64_t end = walk->base + pick(MINUTES * 60);
	int64_t open_s = pick(3) ? pick(40 * 3600) : pick(2) * 3600;
	int n = (int)pick(6);

	if (pick(2))
		start -= start % 1800;
	assert_int_equal(calendar_open_between(walk->calendar, start, end),
		start <= end ? open_between(walk, start, end) :
		-open_between(walk, end, start));
	assert_int_equal(calendar_is_open(walk->calendar, start),
		walk->minute[index_of(walk, start)].open);
	compare(walk, start, (struct duration){ open_s, UNIT_BUSINESS },
		DAY_ENDS_CLOSE, add_open(walk, start, open_s));
	for (int ends = DAY_ENDS_CLOSE; ends <= DAY_ENDS_SAME_TIME; ends++)
		compare(walk, start, (struct duration){ n, UNIT_BUSINESS_DAY },
			(enum day_ends)ends,
			add_days(walk, start, n, (enum day_ends)ends));
}

/* A week before a random minute from 1976 to 2100, or before a change. */
static int64_t
pick_base(const struct zone *zone)
{
	int64_t at = civil_days(1976, 1, 1) * DAY_S +
		pick(124 * 365) * DAY_S, change;

	zone_offset(zone, at, NULL, &change);
	if (pick(2) && change < civil_days(2150, 1, 1) * DAY_S)
		at = change - 5 * DAY_S;
	return at - at % 60;
}

static void
test_walk(void **state)
{
	static struct walk walk;
	struct err err = { 0 };

	(void)state;
	for (int i = 0; i < CALENDARS; i++) {
		const char *name = zones[i % (int)(sizeof zones /
			sizeof *zones)];

		walk.base = pick_base(zone_load(name, &err));
		walk.holiday_at = walk.base / DAY_S + 3 + pick(8);
		make_calendar(&walk, name);
		read_clock(&walk);
		for (int j = 0; j < STARTS; j++)
			check_start(&walk);
		calendar_free(walk.calendar);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_walk),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
