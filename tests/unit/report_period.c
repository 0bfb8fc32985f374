#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/instant.h"
#include "domain/report_period.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

/* now: an instant after all others, where it is NULL. */
struct stretch {
	const char *zone, *now, *from, *to, *before;
};

static int64_t
at(const char *text)
{
	struct err err = { 0 };
	int64_t instant;

	assert_int_equal(instant_parse(span_of(text), &instant, &err), 0);
	return instant;
}

static struct period
period_of(const struct stretch *row)
{
	struct err err = { 0 };
	struct period period = {
		.now = at(row->now ? row->now : "9998-06-15T12:00:00Z"),
		.from = row->from ? at(row->from) : INSTANT_NONE,
		.to = row->to ? at(row->to) : INSTANT_NONE,
		.zone = row->zone ? zone_load(row->zone, &err) : NULL,
	};

	assert_true(!row->zone || period.zone);
	period_close(&period);
	return period;
}

static void
check_all(const struct stretch *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct period period = period_of(&rows[i]), previous;
		char text[INSTANT_SIZE];
		struct err err = { 0 };

		assert_int_equal(period_previous(&period, &previous, &err), 0);
		instant_format(previous.from, text);
		assert_string_equal(text, rows[i].before);
		assert_int_equal(previous.to, period.from);
		assert_int_equal(previous.now, period.now);
		assert_ptr_equal(previous.zone, period.zone);
	}
}

/* Whole months: as many months, however long they are. */
static void
test_months(void **state)
{
	static const struct stretch rows[] = {
		{ NULL, NULL, "2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z",
			"2026-09-01T00:00:00Z" },
		{ NULL, NULL, "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z",
			"2025-12-01T00:00:00Z" },
		{ NULL, NULL, "2024-03-01T00:00:00Z", "2024-04-01T00:00:00Z",
			"2024-02-01T00:00:00Z" },
		{ NULL, NULL, "2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z",
			"2024-01-01T00:00:00Z" },
		{ NULL, NULL, "2026-04-01T00:00:00Z", "2026-07-01T00:00:00Z",
			"2026-01-01T00:00:00Z" },
		{ NULL, NULL, "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z",
			"2025-01-01T00:00:00Z" },
		{ NULL, NULL, "2024-11-01T00:00:00Z", "2025-01-01T00:00:00Z",
			"2024-09-01T00:00:00Z" },
		{ NULL, NULL, "1969-02-01T00:00:00Z", "1969-03-01T00:00:00Z",
			"1969-01-01T00:00:00Z" },
		{ NULL, NULL, "0000-02-01T00:00:00Z", "0000-03-01T00:00:00Z",
			"0000-01-01T00:00:00Z" },
		/* one bound in summer time, one in winter time */
		{ "Europe/London", NULL, "2026-09-30T23:00:00Z", "2026-11-01T00:00:00Z",
			"2026-08-31T23:00:00Z" },
		{ "Europe/London", NULL, "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z",
			"2026-09-30T23:00:00Z" },
		{ "Europe/London", NULL, "2026-03-31T23:00:00Z", "2026-04-30T23:00:00Z",
			"2026-03-01T00:00:00Z" },
		{ "Australia/Sydney", NULL, "2026-12-31T13:00:00Z", "2027-01-31T13:00:00Z",
			"2026-11-30T13:00:00Z" },
		/* a month without its first midnight: the clocks went from 0 to 1 */
		{ "America/Asuncion", NULL, "2017-10-01T04:00:00Z", "2017-11-01T03:00:00Z",
			"2017-09-01T04:00:00Z" },
	};

	(void)state;
	check_all(rows, COUNT(rows));
}

/* Whole days: as many days, though they have 23 or 25 hours. */
static void
test_days(void **state)
{
	static const struct stretch rows[] = {
		{ NULL, NULL, "2026-10-05T00:00:00Z", "2026-10-12T00:00:00Z",
			"2026-09-28T00:00:00Z" },
		{ NULL, NULL, "2024-03-01T00:00:00Z", "2024-03-02T00:00:00Z",
			"2024-02-29T00:00:00Z" },
		{ NULL, NULL, "2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z",
			"2026-02-28T00:00:00Z" },
		{ NULL, NULL, "2026-01-01T00:00:00Z", "2026-01-15T00:00:00Z",
			"2025-12-18T00:00:00Z" },
		/* from the first, but not to one */
		{ NULL, NULL, "2026-10-01T00:00:00Z", "2026-10-31T00:00:00Z",
			"2026-09-01T00:00:00Z" },
		{ "Europe/London", NULL, "2026-03-28T00:00:00Z", "2026-03-29T00:00:00Z",
			"2026-03-27T00:00:00Z" },
		{ "Europe/London", NULL, "2026-03-29T00:00:00Z", "2026-03-29T23:00:00Z",
			"2026-03-28T00:00:00Z" },
		{ "Europe/London", NULL, "2026-03-29T23:00:00Z", "2026-03-30T23:00:00Z",
			"2026-03-29T00:00:00Z" },
		{ "Europe/London", NULL, "2026-10-24T23:00:00Z", "2026-10-26T00:00:00Z",
			"2026-10-23T23:00:00Z" },
		/* midnight twice: the first is the midnight */
		{ "America/Havana", NULL, "2019-11-03T04:00:00Z", "2019-11-04T05:00:00Z",
			"2019-11-02T04:00:00Z" },
		/* a day that there was not: 2011-12-30 */
		{ "Pacific/Apia", NULL, "2011-12-30T10:00:00Z", "2012-01-01T10:00:00Z",
			"2011-12-29T10:00:00Z" },
		{ "Asia/Kathmandu", NULL, "2026-05-04T18:15:00Z", "2026-05-05T18:15:00Z",
			"2026-05-03T18:15:00Z" },
	};

	(void)state;
	check_all(rows, COUNT(rows));
}

/* Else as many seconds; up to now where there is no other end. */
static void
test_seconds(void **state)
{
	static const struct stretch rows[] = {
		{ NULL, NULL, "2026-10-01T00:00:01Z", "2026-11-01T00:00:00Z",
			"2026-08-31T00:00:02Z" },
		{ NULL, NULL, "2026-10-01T09:00:00Z", "2026-10-01T17:00:00Z",
			"2026-10-01T01:00:00Z" },
		/* midnight elsewhere */
		{ "Europe/London", NULL, "2026-07-01T00:00:00Z", "2026-08-01T00:00:00Z",
			"2026-05-31T00:00:00Z" },
		{ "Europe/London", NULL, "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z",
			"2026-03-27T12:00:00Z" },
		/* the second of two midnights is none */
		{ "America/Havana", NULL, "2019-11-03T05:00:00Z", "2019-11-04T06:00:00Z",
			"2019-11-02T04:00:00Z" },
		{ NULL, "2026-10-08T10:00:00Z", "2026-10-01T00:00:00Z", NULL,
			"2026-09-23T14:00:00Z" },
		{ NULL, "2026-11-01T00:00:00Z", "2026-10-01T00:00:00Z", NULL,
			"2026-09-01T00:00:00Z" },
		{ NULL, "2026-10-08T00:00:00Z", "2026-10-02T00:00:00Z", NULL,
			"2026-09-26T00:00:00Z" },
		{ NULL, "2026-10-08T10:00:00Z", "2026-10-08T10:00:00Z", NULL,
			"2026-10-08T10:00:00Z" },
	};

	(void)state;
	check_all(rows, COUNT(rows));
}

/* The period before is looked at to its end, or to now. */
static void
test_end(void **state)
{
	static const struct {
		struct stretch stretch;
		const char *end;
	} rows[] = {
		{ { NULL, NULL, "2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z", NULL },
			"2026-09-30T23:59:59Z" },
		{ { NULL, "2026-10-12T09:00:00Z", "2026-10-01T00:00:00Z",
			"2026-11-01T00:00:00Z", NULL }, "2026-09-30T23:59:59Z" },
		{ { NULL, "2026-10-12T09:00:00Z", "2026-11-01T00:00:00Z",
			"2026-12-01T00:00:00Z", NULL }, "2026-10-12T09:00:00Z" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct period period = period_of(&rows[i].stretch), previous;
		struct err err = { 0 };

		assert_int_equal(period_previous(&period, &previous, &err), 0);
		assert_int_equal(previous.end, at(rows[i].end));
	}
}

static void
test_none(void **state)
{
	static const struct stretch rows[] = {
		{ NULL, NULL, NULL, "2026-11-01T00:00:00Z", NULL },
		{ NULL, NULL, NULL, NULL, NULL },
		{ NULL, NULL, "0000-01-01T00:00:00Z", "0000-02-01T00:00:00Z", NULL },
		{ NULL, NULL, "0001-01-01T00:00:00Z", "0004-01-01T00:00:00Z", NULL },
		{ NULL, NULL, "0000-01-02T00:00:00Z", "0000-01-05T00:00:00Z", NULL },
		{ NULL, NULL, "0000-01-01T00:00:01Z", "0000-01-01T00:00:03Z", NULL },
		{ NULL, NULL, "0000-01-02T00:00:00Z", "9999-12-31T23:59:59Z", NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct period period = period_of(&rows[i]), previous;
		struct err err = { 0 };

		assert_int_equal(period_previous(&period, &previous, &err), -1);
		assert_int_equal(err.status, EX_USAGE);
		err_release(&err);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_months),
		cmocka_unit_test(test_days),
		cmocka_unit_test(test_seconds),
		cmocka_unit_test(test_end),
		cmocka_unit_test(test_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
