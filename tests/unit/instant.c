#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/instant.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

static const struct {
	const char *text;
	int64_t at;
	const char *printed;
} taken[] = {
	{ "1970-01-01T00:00:00Z", 0, "1970-01-01T00:00:00Z" },
	{ "2026-11-21T19:30:00Z", 1795289400, "2026-11-21T19:30:00Z" },
	{ "2026-11-21t19:30:00z", 1795289400, "2026-11-21T19:30:00Z" },
	{ "2026-11-21 19:30:00Z", 1795289400, "2026-11-21T19:30:00Z" },
	{ "2026-11-21T19:30:00+00:00", 1795289400, "2026-11-21T19:30:00Z" },
	{ "2026-11-21T19:30:00-00:00", 1795289400, "2026-11-21T19:30:00Z" },
	{ "2026-11-22T01:00:00+05:30", 1795289400, "2026-11-21T19:30:00Z" },
	{ "2026-11-21T19:29:00-00:01", 1795289400, "2026-11-21T19:30:00Z" },
	{ "2026-11-22T19:29:00+23:59", 1795289400, "2026-11-21T19:30:00Z" },
	{ "2026-11-21T19:30:00.999999999999Z", 1795289400, "2026-11-21T19:30:00Z" },
	{ "2026-11-21T19:30:00.0+00:00", 1795289400, "2026-11-21T19:30:00Z" },
	{ "1969-12-31T23:59:59.9Z", -1, "1969-12-31T23:59:59Z" },
	{ "1969-12-31T23:59:59Z", -1, "1969-12-31T23:59:59Z" },
	{ "2024-02-29T00:00:00Z", 1709164800, "2024-02-29T00:00:00Z" },
	{ "2000-02-29T23:59:59Z", 951868799, "2000-02-29T23:59:59Z" },
	{ "0000-01-01T00:00:00Z", INSTANT_MIN, "0000-01-01T00:00:00Z" },
	{ "9999-12-31T23:59:59.9Z", INSTANT_MAX, "9999-12-31T23:59:59Z" },
};

static const char *const refused[][2] = {
	{ "", "expected YYYY-MM-DDThh:mm:ssZ; got \"\"" },
	{ "now", "expected" },
	{ "2026-11-21", "expected" },
	{ "2026-11-21T19:30Z", "expected" },
	{ "2026-11-21T19:30:00", "no zone" },
	{ "2026-11-21T19:30:00.5", "no zone" },
	{ "2026-11-21T19:30:00 Z", "no zone" },
	{ "2026-11-21T19:30:00Europe/Paris", "no zone" },
	{ "2026-02-30T00:00:00Z", "no such day; got \"2026-02-30T00:00:00Z\"" },
	{ "2026-02-29T00:00:00Z", "no such day" },
	{ "1900-02-29T00:00:00Z", "no such day" },
	{ "2026-04-31T00:00:00Z", "no such day" },
	{ "2026-01-00T00:00:00Z", "no such day" },
	{ "2026-13-01T00:00:00Z", "no such month" },
	{ "2026-00-01T00:00:00Z", "no such month" },
	{ "2026-01-01T24:00:00Z", "no such hour" },
	{ "2026-01-01T00:60:00Z", "no such minute" },
	{ "2016-12-31T23:59:60Z", "leap seconds are not taken" },
	{ "2026-01-01T00:00:61Z", "no such second" },
	{ "10000-01-01T00:00:00Z", "the year has more than four digits" },
	{ "99999-01-01T00:00:00Z", "the year has more than four digits" },
	{ "-2026-01-01T00:00:00Z", "expected" },
	{ "026-01-01T00:00:00Z", "expected" },
	{ "2026-1-1T00:00:00Z", "expected" },
	{ "2026-01-01_00:00:00Z", "expected" },
	{ "2026-01-01T00:00:00.Z", "expected" },
	{ "2026-01-01T00:00:00,5Z", "no zone" },
	{ "2026-01-01T00:00:00+24:00", "no such offset" },
	{ "2026-01-01T00:00:00+12:60", "no such offset" },
	{ "2026-01-01T00:00:00+1:00", "expected an offset" },
	{ "2026-01-01T00:00:00+0100", "expected an offset" },
	{ "2026-01-01T00:00:00+01", "expected an offset" },
	{ "2026-01-01T00:00:00Zx", "something follows" },
	{ "2026-01-01T00:00:00Z ", "something follows" },
	{ "2026-01-01T00:00:00+01:00Z", "something follows" },
	{ " 2026-01-01T00:00:00Z", "expected" },
	{ "0000-01-01T00:00:00+00:01", "not within the years" },
	{ "9999-12-31T23:59:59-00:01", "not within the years" },
	{ "a text that is longer than forty bytes, of which \xc3\xa4",
	        "got \"a text that is longer than forty bytes, \"" },
	{ "a text that is longer than forty bytes \xc3\xa4",
	        "got \"a text that is longer than forty bytes \"" },
};

static void
test_parse_and_format(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(taken); i++) {
		char text[INSTANT_SIZE];
		struct err err = { 0 };
		int64_t at = INSTANT_NONE;

		assert_int_equal(instant_parse(span_of(taken[i].text), &at, &err), 0);
		assert_int_equal(err.n, 0);
		assert_int_equal(at, taken[i].at);
		instant_format(at, text);
		assert_string_equal(text, taken[i].printed);
	}
}

static void
test_refuse(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(refused); i++) {
		struct err err = { 0 };
		int64_t at = 7;

		assert_int_equal(instant_parse(span_of(refused[i][0]), &at, &err), -1);
		assert_int_equal(at, 7);
		assert_int_equal(err.status, EX_DATAERR);
		if (!strstr(err_text(&err), refused[i][1]))
			fail_msg("%s\n is not: %s", err_text(&err), refused[i][1]);
		err_release(&err);
	}
}

/* Nothing beyond the span is looked at, and a NUL is no end. */
static void
test_spans(void **state)
{
	static const char text[] = "2026-11-21T19:30:00Z0";
	struct err err = { 0 };
	int64_t at;

	(void)state;
	for (size_t n = 0; n < 22; n++) {
		int result = instant_parse((struct span){ text, n }, &at, &err);

		assert_int_equal(result, n == 20 ? 0 : -1);
	}
	assert_int_equal(instant_parse((struct span){ NULL, 0 }, &at, &err), -1);
	assert_int_equal(instant_parse((struct span){ "2026-11-21\0"
	                                              "19:30:00Z",
	                                       20 },
	                         &at, &err),
	        -1);
	err_release(&err);
}

static void
test_format_keeps_to_its_room(void **state)
{
	char text[INSTANT_SIZE];

	(void)state;
	instant_format(INSTANT_NONE, text);
	assert_string_equal(text, "0000-01-01T00:00:00Z");
	instant_format(INT64_MAX, text);
	assert_string_equal(text, "9999-12-31T23:59:59Z");
}

static void
test_date(void **state)
{
	static const struct {
		const char *text;
		int64_t days;
		const char *why;
	} rows[] = {
		{ "1970-01-01", 0, NULL },
		{ "2024-02-29", 19782, NULL },
		{ "0000-01-01", INSTANT_MIN / DAY_S, NULL },
		{ "2026-02-29", 0, "no such day" },
		{ "2026-11", 0, "expected YYYY-MM-DD; got \"2026-11\"" },
		{ "2026-11-21T00:00:00Z", 0, "something follows" },
		{ "20261-01-01", 0, "the year has more than four digits" },
		{ "", 0, "expected" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct err err = { 0 };
		int64_t days = 0;
		int result = date_parse(span_of(rows[i].text), &days, &err);

		assert_int_equal(result, rows[i].why ? -1 : 0);
		assert_int_equal(days, rows[i].days);
		if (rows[i].why)
			assert_non_null(strstr(err_text(&err), rows[i].why));
		err_release(&err);
	}
}

/* Counted up one day at a time, over all the years that can be written. */
static void
test_every_day(void **state)
{
	int64_t days = INSTANT_MIN / DAY_S;
	int weekday = 6; /* 0000-01-01 was a Saturday */

	(void)state;
	for (int year = 0; year <= 9999; year++) {
		for (int month = 1; month <= 12; month++) {
			for (int day = 1; day <= civil_month_days(year, month); day++) {
				int y, m, d;

				civil_from_days(days, &y, &m, &d);
				if (y != year || m != month || d != day ||
				        civil_days(year, month, day) != days ||
				        civil_weekday(days) != weekday)
					fail_msg("%d-%d-%d", year, month, day);
				days++;
				weekday = (weekday + 1) % 7;
			}
		}
	}
	assert_int_equal(days, INSTANT_MAX / DAY_S + 1);
}

static void
test_month_days(void **state)
{
	static const int rows[][3] = { { 2026, 2, 28 }, { 2024, 2, 29 }, { 1900, 2, 28 },
		{ 2000, 2, 29 }, { 0, 2, 29 }, { 2026, 4, 30 }, { 2026, 12, 31 } };

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_int_equal(civil_month_days(rows[i][0], rows[i][1]), rows[i][2]);
}

static void
test_seconds_there_and_back(void **state)
{
	(void)state;
	for (int64_t s = INSTANT_MIN; s <= INSTANT_MAX; s += 86399 * 37) {
		struct civil civil;

		civil_from_seconds(s, &civil);
		assert_int_equal(civil_seconds(&civil), s);
		assert_in_range(civil.hour, 0, 23);
		assert_in_range(civil.minute, 0, 59);
		assert_in_range(civil.second, 0, 59);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse_and_format),
		cmocka_unit_test(test_refuse),
		cmocka_unit_test(test_spans),
		cmocka_unit_test(test_format_keeps_to_its_room),
		cmocka_unit_test(test_date),
		cmocka_unit_test(test_every_day),
		cmocka_unit_test(test_month_days),
		cmocka_unit_test(test_seconds_there_and_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
