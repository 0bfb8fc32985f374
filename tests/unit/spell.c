/* Lengths of time for people. */
#include "cases.h"

#include "cli/spell.h"

static void
test_seconds(void **state)
{
	static const struct {
		int64_t s;
		const char *text;
	} rows[] = {
		{ 0, "0s" }, { 1, "1s" }, { 59, "59s" }, { 60, "1m" }, { 61, "1m" }, { 119, "1m" },
		{ 3599, "59m" }, { 3600, "1h" }, { 3659, "1h" }, { 3660, "1h 1m" },
		{ 86399, "23h 59m" }, { 86400, "1d" }, { 86400 + 60, "1d" },
		{ 90000, "1d 1h" }, { 10 * 86400 + 23 * 3600 + 59 * 60, "10d 23h" },
		{ -1, "-1s" }, { -3660, "-1h 1m" },
		{ INT64_MAX, "106751991167300d 15h" }, { INT64_MIN, "-106751991167300d 15h" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buf out = { 0 };

		spell_seconds(&out, rows[i].s);
		assert_string_equal(buf_cstr(&out), rows[i].text);
		buf_release(&out);
	}
}

static void
test_hours(void **state)
{
	static const struct {
		int64_t s;
		const char *text;
	} rows[] = {
		{ 0, "0s" }, { 59, "59s" }, { 61, "1m" }, { 3660, "1h 1m" }, { 86400, "24h" },
		{ 205200 + 90, "57h 1m" }, { -86460, "-24h 1m" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buf out = { 0 };

		spell_hours(&out, rows[i].s);
		assert_string_equal(buf_cstr(&out), rows[i].text);
		buf_release(&out);
	}
}

/* Office hours 09-17 UTC; 2026-03-02 is a Monday. */
static void
test_business(void **state)
{
	static const struct {
		const char *from, *to, *text;
	} rows[] = {
		{ "2026-03-02T10:00:00Z", "2026-03-02T10:00:30Z", "30s" },
		{ "2026-03-02T10:00:00Z", "2026-03-02T11:30:00Z", "1h 30m" },
		{ "2026-03-02T18:00:00Z", "2026-03-03T08:00:00Z", "0s" },
		{ "2026-03-02T10:00:00Z", "2026-03-03T10:00:00Z", "1bd" },
		{ "2026-03-02T10:00:00Z", "2026-03-03T10:59:59Z", "1bd" },
		{ "2026-03-02T10:00:00Z", "2026-03-03T12:30:00Z", "1bd 2h" },
		{ "2026-03-06T16:00:00Z", "2026-03-09T10:00:00Z", "2h" },
		{ "2026-03-02T09:00:00Z", "2026-03-16T09:00:00Z", "10bd" },
		{ "2026-03-02T11:30:00Z", "2026-03-02T10:00:00Z", "-1h 30m" },
		{ "2026-03-03T10:00:00Z", "2026-03-02T10:00:00Z", "-1bd" },
	};
	struct clock clock = { .business = true };

	(void)state;
	clock.calendar = cases_find_policy(NULL, span_of("fold"), span_of("fold"), NULL)->calendar;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buf out = { 0 };

		spell_between(&out, &clock, instant(rows[i].from), instant(rows[i].to));
		if (strcmp(buf_cstr(&out), rows[i].text) != 0)
			fail_msg("%s %s: %s, expected %s", rows[i].from, rows[i].to, out.data, rows[i].text);
		buf_release(&out);
	}
}

static void
test_plain(void **state)
{
	struct clock clock = { .business = false };
	struct buf out = { 0 };

	(void)state;
	spell_between(&out, &clock, instant("2026-03-02T18:00:00Z"), instant("2026-03-04T20:00:00Z"));
	buf_putc(&out, ' ');
	spell_between(&out, &clock, instant("2026-03-02T18:00:00Z"), instant("2026-03-02T16:00:00Z"));
	assert_string_equal(buf_cstr(&out), "2d 2h -2h");
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_seconds),
		cmocka_unit_test(test_hours),
		cmocka_unit_test(test_business),
		cmocka_unit_test(test_plain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
