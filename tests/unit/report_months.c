#include "reports.h"

/*
 * A case at tier two, of which the limit is passed 48 hours and a second
 * after it was accepted.
 */
struct row {
	const char *name, *zone, *from, *to;
	const char *accepted, *events;
	const char *months; /* "month tier met missed breached", one by one */
};

#define YEAR_2026 "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"
#define RESOLVED(at) ",{\"at\":\"" at "\",\"by\":\"ana\",\"type\":\"resolved\"}"
#define REOPENED(at) ",{\"at\":\"" at "\",\"by\":\"ana\",\"type\":\"reopened\"}"

static const struct row rows[] = {
	{ "a month's first second in summer time", "Europe/London", YEAR_2026,
		"2026-03-29T22:59:59Z", "", "2026-04 2 0 0 1;" },
	{ "the last second of the month before, two days after the clocks changed",
		"Europe/London", YEAR_2026, "2026-03-29T22:59:58Z", "", "2026-03 2 0 0 1;" },
	{ "in UTC both are in March", "UTC", YEAR_2026,
		"2026-03-29T22:59:59Z", "", "2026-03 2 0 0 1;" },
	{ "a month begins in summer time and ends in winter time",
		"America/New_York", YEAR_2026, "2026-10-30T03:59:59Z", "", "2026-11 2 0 0 1;" },
	{ "a second before it begins", "America/New_York", YEAR_2026,
		"2026-10-30T03:59:58Z", "", "2026-10 2 0 0 1;" },
	{ "its last second", "America/New_York", YEAR_2026,
		"2026-11-29T04:59:58Z", "", "2026-11 2 0 0 1;" },
	{ "the next one", "America/New_York", YEAR_2026,
		"2026-11-29T04:59:59Z", "", "2026-12 2 0 0 1;" },
	{ "the hour before midnight that comes twice", "Asia/Damascus",
		"2004-01-01T00:00:00Z", "2005-01-01T00:00:00Z",
		"2004-09-28T21:59:58Z", "", "2004-09 2 0 0 1;" },
	{ "and the midnight that comes an hour late", "Asia/Damascus",
		"2004-01-01T00:00:00Z", "2005-01-01T00:00:00Z",
		"2004-09-28T21:59:59Z", "", "2004-10 2 0 0 1;" },
	{ "the midnight that does not come", "Asia/Damascus",
		"2004-01-01T00:00:00Z", "2005-01-01T00:00:00Z",
		"2004-03-29T21:59:59Z", "", "2004-04 2 0 0 1;" },
	{ "a period within a month: its first second", "UTC",
		"2026-10-07T09:00:01Z", "2026-10-07T09:00:02Z",
		"2026-10-05T09:00:00Z", "", "2026-10 2 0 0 1;" },
	{ "... passed before", "UTC", "2026-10-07T09:00:02Z", "2026-10-08T00:00:00Z",
		"2026-10-05T09:00:00Z", "", "" },
	{ "... not yet passed", "UTC", "2026-10-01T00:00:00Z", "2026-10-07T09:00:01Z",
		"2026-10-05T09:00:00Z", "", "" },
	{ "kept: the month of the stop, not of the start", "UTC", YEAR_2026,
		"2026-09-30T12:00:00Z", RESOLVED("2026-10-02T12:00:00Z"), "2026-10 2 1 0 0;" },
	{ "missed: the month in which it passed, not of the stop", "UTC", YEAR_2026,
		"2026-09-28T12:00:00Z", RESOLVED("2026-12-24T12:00:00Z"), "2026-09 2 0 1 0;" },
	{ "missed: passed in the first second of a month", "UTC", YEAR_2026,
		"2026-09-28T23:59:59Z", RESOLVED("2026-12-24T12:00:00Z"), "2026-10 2 0 1 0;" },
	{ "missed: passed before the period, by a second", "UTC",
		"2026-10-01T00:00:01Z", "2027-01-01T00:00:00Z",
		"2026-09-28T23:59:59Z", RESOLVED("2026-12-24T12:00:00Z"), "" },
	{ "stopped after the period: breached in it", "UTC",
		"2026-09-01T00:00:00Z", "2026-10-01T00:00:00Z",
		"2026-09-28T12:00:00Z", RESOLVED("2026-10-01T00:00:00Z"), "2026-09 2 0 0 1;" },
	{ "ended within its limit: nowhere", "UTC", YEAR_2026, "2026-09-28T12:00:00Z",
		",{\"at\":\"2026-09-29T12:00:00Z\",\"by\":\"ana\",\"type\":\"duplicate\"}", "" },
	{ "years apart", "UTC", "1990-01-01T00:00:00Z", "2030-01-01T00:00:00Z",
		"1999-12-29T23:59:59Z",
		RESOLVED("2000-02-01T00:00:00Z") REOPENED("2026-10-01T00:00:00Z")
		RESOLVED("2026-10-02T00:00:00Z") REOPENED("2026-10-03T00:00:00Z")
		RESOLVED("2026-10-04T00:00:00Z") REOPENED("2029-12-30T00:00:00Z"),
		"2000-01 2 0 1 0;2026-10 2 2 0 0;" },
	{ "tiers in their order", "UTC", YEAR_2026, "2026-10-05T09:00:00Z",
		",{\"at\":\"2026-10-05T10:00:00Z\",\"by\":\"ana\",\"type\":\"promoted\",\"to\":1}"
		",{\"at\":\"2026-10-06T10:00:00Z\",\"by\":\"ana\",\"type\":\"promoted\",\"to\":2}"
		",{\"at\":\"2026-10-06T11:00:00Z\",\"by\":\"ana\",\"type\":\"promoted\",\"to\":1}",
		"2026-10 1 1 0 1;2026-10 2 2 0 0;" },
};

static void
put_months(struct buf *out, const struct months *months)
{
	for (size_t i = 0; i < months->n; i++) {
		const struct month_row *row = &months->row[i];

		assert_int_equal(row->id, CLOCK_TIER);
		period_put_month_of(out, row->month);
		buf_printf(out, " %d %d %d %d;", row->tier, (int)row->met,
			(int)row->missed, (int)row->breached);
	}
}

static void
count_row(struct terms *terms, const struct row *row, struct report *report)
{
	struct err err = { 0 };
	struct period period = { .now = at("2031-01-01T00:00:00Z"),
		.from = at(row->from), .to = at(row->to),
		.zone = zone_load(row->zone, &err) };
	struct buf line = { 0 }, events = { 0 };

	assert_non_null(period.zone);
	period_close(&period);
	buf_printf(&events, ",{\"at\":\"%s\",\"by\":\"ana\",\"type\":\"accepted\",\"tier\":2}%s",
		row->accepted, row->events);
	put_case(&line, 1, row->accepted, "", buf_cstr(&events));
	report_init(report, &period, (struct span){ NULL, 0 });
	add_line(terms, report, &line);
	buf_release(&line);
	buf_release(&events);
}

static void
test_rows(void **state)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buf got = { 0 };
		struct report report;

		count_row(*state, &rows[i], &report);
		put_months(&got, &report.total.months);
		if (strcmp(buf_cstr(&got), rows[i].months) != 0)
			fail_msg("%s: %s; expected %s", rows[i].name, got.data,
				rows[i].months);
		report_release(&report);
		buf_release(&got);
	}
}

/* Of any months in any order: rows in theirs, each once. */
static void
test_merge(void **state)
{
	struct months one = { 0 }, two = { 0 };
	struct buf got = { 0 };

	(void)state;
	for (int i = 0; i < 40; i++) {
		struct month_row row = { .month = 24000 + i * 7 % 20 * 11,
			.id = CLOCK_TIER, .tier = 1 + i / 20, .met = 1,
			.breached = (uint64_t)i % 3 };

		months_count(i % 5 < 2 ? &one : &two, &row);
	}
	months_merge(&one, &two);
	assert_int_equal(one.n, 40);
	for (size_t i = 1; i < one.n; i++)
		assert_true(one.row[i - 1].month < one.row[i].month
			|| (one.row[i - 1].month == one.row[i].month
				&& one.row[i - 1].tier < one.row[i].tier));
	months_merge(&one, &two);
	one.n = 4;
	put_months(&got, &one);
	assert_string_equal(buf_cstr(&got), "2000-01 1 1 0 0;2000-01 2 1 0 2;"
		"2000-12 1 2 0 0;2000-12 2 2 0 4;");
	months_release(&one);
	months_release(&two);
	buf_release(&got);
}

static void
test_written(void **state)
{
	static const struct { int month; const char *text; } months[] = {
		{ 0, "0000-01" }, { 11, "0000-12" }, { 12, "0001-01" }, { -1, "-0001-12" },
		{ 2026 * 12 + 9, "2026-10" }, { 9999 * 12 + 11, "9999-12" },
		{ 10000 * 12, "10000-01" },
	};
	struct buf out = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(months); i++) {
		out.len = 0;
		period_put_month_of(&out, months[i].month);
		assert_string_equal(buf_cstr(&out), months[i].text);
	}
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_rows, set_up, tear_down),
		cmocka_unit_test(test_merge),
		cmocka_unit_test(test_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
