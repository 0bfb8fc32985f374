#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/instant.h"
#include "base/json.h"
#include "domain/calendar.h"

#define VECTORS "tests/data/vectors/"
#define COLUMNS 6

/* --- reading tables ---------------------------------------------------- */

static void
read_file(const char *path, struct buf *text)
{
	FILE *file = fopen(path, "r");

	if (!file)
		fail_msg("%s: cannot be read", path);
	while (!feof(file))
		text->len += fread(buf_reserve(text, 4096), 1, 4096, file);
	fclose(file);
	buf_cstr(text);
}

static struct calendar *
read_calendar(const char *name)
{
	struct buf path = { 0 }, text = { 0 };
	struct calendar *calendar;
	struct err err = { 0 };

	buf_printf(&path, "tests/data/calendars/%s.json", name);
	if (access(buf_cstr(&path), R_OK) != 0) {
		path.len = 0;
		buf_printf(&path, VECTORS "calendars/%s.json", name);
	}
	read_file(buf_cstr(&path), &text);
	calendar = calendar_parse(name, buf_text(&text), &err);
	if (!calendar)
		fail_msg("%s: %s", name, err_text(&err));
	buf_release(&path);
	buf_release(&text);
	return calendar;
}

static struct calendar *
parse(const char *text)
{
	struct err err = { 0 };
	struct calendar *calendar = calendar_parse("test", span_of(text), &err);

	if (!calendar)
		fail_msg("%s: %s", text, err_text(&err));
	return calendar;
}

static int64_t
instant(const char *text)
{
	struct err err = { 0 };
	int64_t at;

	if (instant_parse(span_of(text), &at, &err) != 0)
		fail_msg("%s", err_text(&err));
	return at;
}

static const char *
text_of(int64_t at, char text[INSTANT_SIZE])
{
	instant_format(at, text);
	return text;
}

/* Keeps the calendar of the line before: tables are sorted by it. */
static struct calendar *
switch_calendar(struct calendar *calendar, const char *name)
{
	if (calendar && strcmp(calendar_name(calendar), name) == 0)
		return calendar;
	calendar_free(calendar);
	return read_calendar(name);
}

/* Calls check for each line that is neither empty nor a remark. */
static int
each_line(const char *path, int columns,
	void (*check)(struct calendar *calendar, char **column))
{
	struct buf text = { 0 };
	struct calendar *calendar = NULL;
	char *line, *rest, *column[COLUMNS];
	int n = 0;

	read_file(path, &text);
	rest = text.data;
	while ((line = strsep(&rest, "\n"))) {
		if (!*line || *line == '#')
			continue;
		for (int i = 0; i < columns; i++)
			if (!(column[i] = strsep(&line, "\t")))
				fail_msg("%s: a line has no column %d", path, i + 1);
		calendar = switch_calendar(calendar, column[0]);
		check(calendar, column);
		n++;
	}
	calendar_free(calendar);
	buf_release(&text);
	return n;
}

/* --- tables ------------------------------------------------------------ */

static enum day_ends
day_ends(const char *text)
{
	return strcmp(text, "close") == 0 ? DAY_ENDS_CLOSE :
		DAY_ENDS_SAME_TIME;
}

/* calendar, day_ends, start, duration, deadline */
static void
check_deadline(struct calendar *calendar, char **column)
{
	char text[INSTANT_SIZE];
	struct err err = { 0 };
	struct duration duration;
	int64_t at = 0;

	if (duration_parse(span_of(column[3]), &duration, &err) != 0 ||
		calendar_add(calendar, instant(column[2]), duration,
			day_ends(column[1]), &at, &err) != 0)
		fail_msg("%s %s %s: %s", column[0], column[2], column[3],
			err_text(&err));
	if (at != instant(column[4]))
		fail_msg("%s %s: %s and %s: expected %s; got %s", column[0],
			column[1], column[2], column[3], column[4],
			text_of(at, text));
}

/* calendar, from, to, open seconds */
static void
check_elapsed(struct calendar *calendar, char **column)
{
	int64_t got = calendar_open_between(calendar, instant(column[1]),
		instant(column[2]));

	if (got != atoll(column[3]))
		fail_msg("%s %s to %s: expected %s; got %lld", column[0],
			column[1], column[2], column[3], (long long)got);
	assert_int_equal(calendar_open_between(calendar, instant(column[2]),
		instant(column[1])), -got);
}

static void
test_deadlines(void **state)
{
	(void)state;
	assert_int_equal(each_line(VECTORS "deadlines.tsv", 5, check_deadline),
		720);
}

static void
test_elapsed(void **state)
{
	(void)state;
	assert_int_equal(each_line(VECTORS "elapsed.tsv", 4, check_elapsed),
		720);
}

static void
test_rules(void **state)
{
	(void)state;
	assert_true(each_line("tests/rules/calendar.tsv", 5,
		check_deadline) > 60);
}

/* --- published suites -------------------------------------------------- */

/* "2026-11-21 19:30:00" on the calendar's clock. */
static int64_t
local_instant(const struct calendar *calendar, const json_t *text)
{
	struct buf utc = { 0 };
	int64_t local;

	buf_puts(&utc, json_string_value(text));
	buf_putc(&utc, 'Z');
	local = instant(buf_cstr(&utc));
	buf_release(&utc);
	return zone_instant(calendar_zone(calendar), local);
}

static void
check_published(const json_t *line)
{
	const char *id = json_string_value(json_object_get(line, "id"));
	int64_t seconds = json_integer_value(json_object_get(line, "seconds"));
	int64_t start, end, at = 0;
	struct calendar *calendar;
	struct err err = { 0 };
	char text[INSTANT_SIZE];

	calendar = calendar_from_json("published",
		json_object_get(line, "calendar"), &err);
	if (!calendar)
		fail_msg("%s: %s", id, err_text(&err));
	start = local_instant(calendar, json_object_get(line, "start_local"));
	end = local_instant(calendar, json_object_get(line, "end_local"));
	if (*id == 'e') {
		at = calendar_open_between(calendar, start, end);
		if (at != seconds)
			fail_msg("%s: got %lld", id, (long long)at);
	} else if (calendar_add_open(calendar, start, seconds, &at, &err) != 0 ||
		at != end) {
		fail_msg("%s: got %s", id, text_of(at, text));
	}
	calendar_free(calendar);
}

static void
test_published(void **state)
{
	struct buf text = { 0 };
	struct err err = { 0 };
	char *line, *rest;
	int n = 0;

	(void)state;
	read_file(VECTORS "published.jsonl", &text);
	rest = text.data;
	while ((line = strsep(&rest, "\n")) && *line) {
		json_t *json = json_read(span_of(line), &err);

		assert_non_null(json);
		check_published(json);
		json_decref(json);
		n++;
	}
	assert_int_equal(n, 65);
	buf_release(&text);
}

/* --- what is refused --------------------------------------------------- */

#define WEEK "\"hours\":{\"mon\":[\"09:00-17:00\"]}"
#define ZONE "\"timezone\":\"UTC\","

struct refused {
	const char *text, *where, *what;
};

static const struct refused refused[] = {
	{ "[]", "", "expected an object" },
	{ "{", "", "line 1" },
	{ "{" WEEK "}", "/timezone", "required" },
	{ "{\"timezone\":7," WEEK "}", "/timezone", "expected a text" },
	{ "{\"timezone\":\"Europe/Lodnon\"," WEEK "}", "/timezone",
		"unknown time zone \"Europe/Lodnon\"" },
	{ "{\"timezone\":\"../UTC\"," WEEK "}", "/timezone", "unknown" },
	{ "{\"timezone\":\"UTC\"}", "/hours", "required" },
	{ "{" ZONE "\"hours\":[]}", "/hours", "expected an object" },
	{ "{" ZONE "\"hours\":{\"Mon\":[]}}", "/hours/Mon", "unknown key" },
	{ "{" ZONE "\"hours\":{\"mon\":\"09:00-17:00\"}}", "/hours/mon",
		"expected a list" },
	{ "{" ZONE "\"hours\":{\"mon\":[\"9-17\"]}}", "/hours/mon/0",
		"expected hours such as" },
	{ "{" ZONE "\"hours\":{\"mon\":[9]}}", "/hours/mon/0",
		"expected hours such as" },
	{ "{" ZONE "\"hours\":{\"mon\":[\"09:00-24:01\"]}}", "/hours/mon/0",
		"expected hours such as" },
	{ "{" ZONE "\"hours\":{\"mon\":[\"09:00-09:60\"]}}", "/hours/mon/0",
		"expected hours such as" },
	{ "{" ZONE "\"hours\":{\"mon\":[\"09:00-09:00\"]}}", "/hours/mon/0",
		"empty" },
	{ "{" ZONE "\"hours\":{\"mon\":[\"22:00-06:00\"]}}", "/hours/mon/0",
		"as two days" },
	{ "{" ZONE "\"hours\":{\"mon\":[\"12:00-14:00\",\"09:00-12:01\"]}}",
		"/hours/mon", "overlap at 12:00" },
	{ "{" ZONE WEEK ",\"color\":1}", "/color", "unknown key" },
	{ "{" ZONE WEEK ",\"a/b~c\":1}", "/a~1b~0c", "unknown key" },
	{ "{" ZONE WEEK ",\"name\":1}", "/name", "expected a text" },
	{ "{" ZONE WEEK ",\"holidays\":{}}", "/holidays", "expected a list" },
	{ "{" ZONE WEEK ",\"holidays\":[1]}", "/holidays/0", "expected a date" },
	{ "{" ZONE WEEK ",\"holidays\":[\"2026-02-29\"]}", "/holidays/0",
		"no such day" },
	{ "{" ZONE WEEK ",\"holidays\":[{\"name\":\"x\"}]}", "/holidays/0",
		"either" },
	{ "{" ZONE WEEK ",\"holidays\":[{\"date\":\"2026-01-01\","
		"\"yearly\":\"01-01\"}]}", "/holidays/0", "either" },
	{ "{" ZONE WEEK ",\"holidays\":[{\"date\":\"2026-1-1\"}]}",
		"/holidays/0/date", "expected YYYY-MM-DD" },
	{ "{" ZONE WEEK ",\"holidays\":[{\"yearly\":\"02-30\"}]}",
		"/holidays/0/yearly", "MM-DD" },
	{ "{" ZONE WEEK ",\"holidays\":[{\"yearly\":\"01-01\",\"day\":1}]}",
		"/holidays/0/day", "unknown key" },
	{ "{" ZONE WEEK ",\"holidays\":[{\"yearly\":\"01-01\","
		"\"hours\":[\"x\"]}]}", "/holidays/0/hours/0", "expected hours" },
	{ "{" ZONE WEEK ",\"holidays\":[\"2026-01-01\",\"2026-01-01\"]}",
		"/holidays/1", "twice" },
	{ "{" ZONE WEEK ",\"holidays\":[{\"yearly\":\"01-01\"},"
		"{\"yearly\":\"01-01\"}]}", "/holidays/1", "twice" },
	{ "{" ZONE "\"hours\":{}}", "", "no open time within ten years" },
	{ "{" ZONE "\"hours\":{\"mon\":[]}}", "", "no open time" },
	{ "{" ZONE "\"hours\":{},\"holidays\":[{\"date\":\"2026-01-01\","
		"\"hours\":[\"09:00-17:00\"]}]}", "", "no open time" },
};

static void
test_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		const struct refused *r = &refused[i];
		struct err err = { 0 };

		assert_null(calendar_parse("test", span_of(r->text), &err));
		assert_int_equal(err.status, EX_CONFIG);
		assert_int_equal(err.n, 1);
		if (strcmp(err.fault[0].where, r->where) != 0 ||
			!strstr(err.fault[0].what, r->what))
			fail_msg("%s: got %s: %s", r->text, err.fault[0].where,
				err.fault[0].what);
		err_release(&err);
	}
}

/* A fault does not hide the next. */
static void
test_all_faults(void **state)
{
	struct err err = { 0 };

	(void)state;
	assert_null(calendar_parse("test", span_of("{\"timezone\":\"Moon\","
		"\"hours\":{\"mon\":[\"x\",\"09:00-17:00\",\"10:00-11:00\"],"
		"\"week\":[]},\"holidays\":[true,\"x\"],\"more\":0}"), &err));
	assert_int_equal(err.n, 7);
	err_release(&err);
}

/* Every weekday of ten years closed, one by one; one less is enough. */
static void
put_mondays(struct buf *text, int n)
{
	int64_t monday = civil_days(2030, 1, 7);
	int year, month, day;

	text->len = 0;
	buf_puts(text, "{" ZONE WEEK ",\"holidays\":[");
	for (int i = 0; i < n; i++) {
		civil_from_days(monday + 7 * i, &year, &month, &day);
		buf_printf(text, "%s\"%04d-%02d-%02d\"", i ? "," : "", year,
			month, day);
	}
	buf_puts(text, "]}");
}

static void
test_ten_years(void **state)
{
	struct calendar *calendar;
	struct err err = { 0 };
	struct buf text = { 0 };
	int64_t first, last;

	(void)state;
	put_mondays(&text, 522);
	assert_null(calendar_parse("test", buf_text(&text), &err));
	assert_non_null(strstr(err_text(&err), "from 2029"));
	put_mondays(&text, 520);
	calendar = parse(buf_cstr(&text));
	assert_true(calendar_dated_span(calendar, &first, &last));
	assert_int_equal(first, civil_days(2030, 1, 7));
	assert_int_equal(last, civil_days(2030, 1, 7) + 7 * 519);
	calendar_free(calendar);
	buf_release(&text);
	err_release(&err);
}

/* Holidays, and the years that they cover; 0: all. */
static const struct {
	const char *holidays;
	int from, to;
} spans[] = {
	{ "", 0, 0 },
	{ "{\"yearly\":\"12-25\"}", 0, 0 },
	{ "\"2026-12-24\"", 2026, 2026 },
	{ "\"2028-12-25\",\"2026-01-01\"", 2026, 2028 },
	{ "{\"yearly\":\"12-25\"},\"2026-12-24\"", 0, 0 },
	{ "{\"yearly\":\"12-25\"},\"2026-01-02\",\"2026-12-24\",\"2026-12-28\"", 0, 0 },
	{ "{\"yearly\":\"12-25\"},\"2026-01-02\",\"2026-04-03\",\"2026-12-24\","
	  "\"2026-12-28\"", 2026, 2026 },
	{ "{\"yearly\":\"12-25\"},\"2026-04-06\",\"2027-03-29\"", 2026, 2027 },
};

static void
test_span(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
		struct buf text = { 0 };
		struct calendar *calendar;
		int64_t first, last, from, to;

		buf_printf(&text, "{\"timezone\":\"Etc/GMT-3\",\"hours\":{\"mon\":"
			"[\"09:00-17:00\"]},\"holidays\":[%s]}", spans[i].holidays);
		calendar = parse(buf_cstr(&text));
		assert_int_equal(calendar_dated_span(calendar, &first, &last),
			spans[i].from > 0);
		from = civil_days(spans[i].from, 1, 1) * DAY_S - 3 * 3600;
		to = civil_days(spans[i].to + 1, 1, 1) * DAY_S - 3 * 3600;
		assert_true(calendar_covers(calendar, from, to));
		assert_true(calendar_covers(calendar, to, from));
		assert_int_equal(calendar_covers(calendar, from - 1, to), spans[i].from == 0);
		assert_int_equal(calendar_covers(calendar, to + 1, from), spans[i].from == 0);
		calendar_free(calendar);
		buf_release(&text);
	}
}

/* --- the ends of time, and openings ------------------------------------ */

static int
add(struct calendar *calendar, const char *start, const char *duration,
	int64_t *at)
{
	struct err err = { 0 };
	struct duration d;
	int result;

	assert_int_equal(duration_parse(span_of(duration), &d, &err), 0);
	result = calendar_add(calendar, instant(start), d, DAY_ENDS_CLOSE, at,
		&err);
	assert_int_equal(err.status, result == 0 ? 0 : EX_DATAERR);
	err_release(&err);
	return result;
}

static void
test_ends_of_time(void **state)
{
	struct calendar *calendar = parse("{" ZONE WEEK "}");
	int64_t at;

	(void)state;
	assert_int_equal(add(calendar, "1899-12-31T23:59:59Z", "1m", &at), -1);
	assert_int_equal(add(calendar, "2200-01-01T00:00:00Z", "0bd", &at), -1);
	assert_int_equal(add(calendar, "1900-01-01T00:00:00Z", "0bd", &at), 0);
	assert_int_equal(at, instant("1900-01-01T17:00:00Z"));
	assert_int_equal(add(calendar, "2199-12-30T00:00:00Z", "0bd", &at), 0);
	assert_int_equal(at, instant("2199-12-30T17:00:00Z"));
	assert_int_equal(add(calendar, "2199-12-30T00:00:00Z", "1bd", &at), -1);
	assert_int_equal(add(calendar, "2199-12-30T00:00:00Z", "9bh", &at), -1);
	assert_int_equal(add(calendar, "2199-12-30T00:00:00Z", "2d", &at), -1);
	assert_int_equal(add(calendar, "2026-01-01T00:00:00Z", "100000bd", &at),
		-1);
	assert_int_equal(add(calendar, "2026-01-01T00:00:00Z", "9000bd", &at),
		0);
	assert_int_equal(calendar_open_between(calendar, INT64_MIN, INT64_MAX),
		calendar_open_between(calendar, CALENDAR_MIN, CALENDAR_MAX));
	assert_false(calendar_is_open(calendar, CALENDAR_MIN - 1));
	calendar_free(calendar);
}

/* Whatever was asked before, in whatever order, the answer is the same. */
static void
test_order_of_asking(void **state)
{
	struct calendar *up = read_calendar("night-sydney");
	struct calendar *down = read_calendar("night-sydney");
	int64_t first = instant("1901-01-01T00:00:00Z");
	int64_t sums[299];

	(void)state;
	for (int i = 0; i < 299; i++)
		sums[i] = calendar_open_between(up, first,
			first + i * 31556952LL);
	for (int i = 298; i >= 0; i--)
		assert_int_equal(calendar_open_between(down,
			first + i * 31556952LL, first), -sums[i]);
	calendar_free(up);
	calendar_free(down);
}

static void
test_openings(void **state)
{
	struct calendar *calendar = read_calendar("rules-utc");
	struct err err = { 0 };
	struct opening o;
	int64_t first, last;
	bool partly;

	(void)state;
	assert_int_equal(calendar_opening(calendar,
		instant("2026-11-20T12:00:00Z"), &o, &err), 0);
	assert_int_equal(o.from, instant("2026-11-20T13:00:00Z"));
	assert_int_equal(o.to, instant("2026-11-20T17:00:00Z"));
	assert_int_equal(o.day, civil_days(2026, 11, 20));
	assert_true(calendar_is_open(calendar, o.from));
	assert_false(calendar_is_open(calendar, o.to));
	assert_string_equal(calendar_holiday(calendar,
		civil_days(2026, 12, 24), &partly), "Christmas Eve");
	assert_true(partly);
	assert_string_equal(calendar_holiday(calendar,
		civil_days(2027, 12, 24), &partly), "");
	assert_false(partly);
	assert_null(calendar_holiday(calendar, civil_days(2027, 2, 28), NULL));
	assert_true(calendar_dated_span(calendar, &first, &last));
	assert_int_equal(first, civil_days(2026, 12, 25));
	assert_int_equal(last, civil_days(2027, 12, 24));
	assert_int_equal(calendar_opening(calendar, CALENDAR_MAX + 1, &o, &err),
		-1);
	calendar_free(calendar);
	err_release(&err);
}

/* Intervals that touch are one. */
static void
test_touching(void **state)
{
	struct calendar *calendar = parse("{" ZONE "\"hours\":{\"mon\":"
		"[\"12:00-17:00\",\"09:00-12:00\"]},\"note\":\"x\"}");
	struct err err = { 0 };
	struct opening o;

	(void)state;
	assert_int_equal(calendar_opening(calendar,
		instant("2026-11-23T00:00:00Z"), &o, &err), 0);
	assert_int_equal(o.to - o.from, 8 * 3600);
	calendar_free(calendar);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_deadlines),
		cmocka_unit_test(test_elapsed),
		cmocka_unit_test(test_rules),
		cmocka_unit_test(test_published),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_all_faults),
		cmocka_unit_test(test_ten_years),
		cmocka_unit_test(test_span),
		cmocka_unit_test(test_ends_of_time),
		cmocka_unit_test(test_order_of_asking),
		cmocka_unit_test(test_openings),
		cmocka_unit_test(test_touching),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
