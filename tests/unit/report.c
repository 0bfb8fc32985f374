#include "partials.h"
#include "reports.h"

static struct period
october(const char *now)
{
	struct period period = { .now = at(now) };
	struct err err = { 0 };

	assert_int_equal(period_month(span_of("2026-10"), NULL, &period.from,
		&period.to, &err), 0);
	period_close(&period);
	return period;
}

/* What a case's report holds, as pieces of the document. */
struct row {
	const char *name, *created, *form, *events;
	const char *now;
	const char *holds[6];
};

#define MON "2026-10-05T09:00:00Z"

static const struct row rows[] = {
	{ "limit at the last second of the period: not yet passed",
		"2026-10-29T23:59:59Z", "",
		EVENT("10-29T23:59:59", "accepted") ",\"tier\":2}",
		"2026-12-01T00:00:00Z",
		{ "\"clocks\":[{\"clock\":\"tier\",\"tier\":2,\"n\":0,\"met\":0,"
		  "\"in_target\":0,\"missed\":0,\"running\":0,\"risk\":1," } },
	{ "stopped at exactly the limit: met", MON, "",
		EVENT("10-05T09:00:00", "accepted") ",\"tier\":2}"
		EVENT("10-07T09:00:00", "resolved") ",\"outcome\":\"o\",\"summary\":\"s\"}",
		"2026-12-01T00:00:00Z",
		{ "\"n\":1,\"met\":1,\"in_target\":0,\"missed\":0", "\"met_rate\":1}",
		  "\"resolutions\":[{\"id\":\"ESC-00000000000000000000000001\","
		  "\"outcome\":\"o\",\"summary\":\"s\"}]" } },
	{ "a second later: missed", MON, "",
		EVENT("10-05T09:00:00", "accepted") ",\"tier\":2}"
		EVENT("10-07T09:00:01", "resolved") ",\"outcome\":\"o\",\"summary\":\"s\"}",
		"2026-12-01T00:00:00Z",
		{ "\"n\":1,\"met\":0,\"in_target\":0,\"missed\":1", "\"met_rate\":0}",
		  "\"why\":[\"missed-limit\",\"longest-in-tier\","
		  "\"resolved-without-contact\"]",
		  "\"gross\":{\"p50\":172801,\"p90\":172801,\"p95\":172801,"
		  "\"max\":172801,\"mean\":172801}" } },
	{ "passed before the period, still running: counted then",
		"2026-09-01T09:00:00Z", "",
		EVENT("09-01T09:00:00", "accepted") ",\"tier\":2}",
		"2026-12-01T00:00:00Z",
		{ "\"clocks\":[],\"months\":[],\"times\":[{\"measure\":\"tier\",\"tier\":2,"
		  "\"n\":0,\"open\":1}]", "\"older\":1}",
		  "\"why\":[\"exhausted\",\"longest-in-tier\"]" } },
	{ "a missed clock counts where its limit passed, its time where it stopped",
		"2026-09-28T09:00:00Z", "",
		EVENT("09-28T09:00:00", "accepted") ",\"tier\":2}"
		EVENT("10-02T09:00:00", "resolved") ",\"outcome\":\"o\",\"summary\":\"s\"}",
		"2026-12-01T00:00:00Z",
		{ "\"clocks\":[],\"months\":[],\"times\":[{\"measure\":\"tier\",\"tier\":2,"
		  "\"n\":1,\"open\":0,\"net\":{\"p50\":345600" } },
	{ "net is business time less holds, gross is neither", MON, "",
		EVENT("10-05T09:00:00", "accepted") ",\"tier\":1}"
		EVENT("10-05T10:00:00", "paused") ",\"reason\":\"r\"}"
		EVENT("10-05T11:00:00", "resumed") "}"
		EVENT("10-06T10:00:00", "resolved") ",\"outcome\":\"o\",\"summary\":\"s\"}",
		"2026-12-01T00:00:00Z",
		{ "\"net\":{\"p50\":28800,", "\"gross\":{\"p50\":90000," } },
	{ "closed implies resolved and accepted, and all count", MON, "",
		EVENT("10-06T10:00:00", "closed") "}", "2026-12-01T00:00:00Z",
		{ "\"accepted\":1", "\"resolved\":1", "\"closed\":1",
		  "\"resolutions\":[{\"id\":\"ESC-00000000000000000000000001\"}]",
		  "\"top_reached\":{\"1\":1}" } },
	{ "promotions up and down", MON, "",
		EVENT("10-05T09:00:00", "accepted") ",\"tier\":1}"
		EVENT("10-05T10:00:00", "promoted") ",\"from\":1,\"to\":2,\"reason\":\"r\"}"
		EVENT("10-05T11:00:00", "promoted") ",\"from\":2,\"to\":1,\"reason\":\"r\"}"
		EVENT("10-05T12:00:00", "promoted") ",\"from\":1,\"to\":2,\"reason\":\"r\"}",
		"2026-12-01T00:00:00Z",
		{ "\"promotions\":2,\"returns\":1,\"per_100_cases\":200,"
		  "\"by_tier\":{\"2\":2},\"top_reached\":{\"2\":1},"
		  "\"flow\":[{\"from\":\"accepted\",\"to\":\"1\",\"n\":1},"
		  "{\"from\":\"1\",\"to\":\"2\",\"n\":2},"
		  "{\"from\":\"2\",\"to\":\"1\",\"n\":1}]", "\"promoted\":1" } },
	{ "a list counts in each of its values, once", MON,
		"\"impact\":\"major\",\"reason\":[\"b\",\"a\",\"b\"]", "",
		"2026-12-01T00:00:00Z",
		{ "\"by\":{\"impact\":{\"major\":1},\"reason\":{\"a\":1,\"b\":1},"
		  "\"trigger\":{},\"region\":{},\"month\":{\"2026-10\":1}}" } },
	{ "the last feedback counts; rated of closed", MON, "",
		EVENT("10-06T10:00:00", "closed") "}"
		EVENT("10-07T10:00:00", "rated") ",\"score\":1}"
		EVENT("10-08T10:00:00", "rated") ",\"score\":5}",
		"2026-12-01T00:00:00Z",
		{ "\"feedback\":{\"n\":1,\"mean\":5,\"scores\":{\"5\":1},"
		  "\"response_rate\":1}" } },
	{ "what comes after the period is not looked at", MON, "",
		EVENT("11-01T00:00:00", "acknowledged") "}", "2026-12-01T00:00:00Z",
		{ "\"acknowledged\":0", "\"open\":1" } },
	{ "what comes after now is not looked at", MON, "",
		EVENT("10-05T10:00:00", "acknowledged") "}", "2026-10-05T09:59:59Z",
		{ "\"acknowledged\":0", "\"<1bd\":1" } },
	{ "submitted after the end: no case at all", "2026-11-01T00:00:00Z", "", "",
		"2026-12-01T00:00:00Z", { "\"submitted\":0", "\"policies\":{}" } },
	{ "held after the target, reopened soon, resolved in silence", MON, "",
		EVENT("10-05T09:00:00", "accepted") ",\"tier\":2}"
		EVENT("10-06T09:00:01", "asked") ",\"text\":\"?\"}"
		EVENT("10-06T10:00:00", "answered") ",\"text\":\"!\"}"
		EVENT("10-06T11:00:00", "resolved") ",\"outcome\":\"o\",\"summary\":\"s\"}"
		EVENT("10-08T17:00:00", "reopened") ",\"reason\":\"r\"}",
		"2026-12-01T00:00:00Z",
		{ "\"held_after_target\":1", "\"reopened_within_2bd\":1",
		  "\"resolved_without_contact\":1", "\"resolutions\":[]",
		  "\"reopened\":1" } },
	{ "reopened a second after two business days; contact was made", MON, "",
		EVENT("10-05T09:00:00", "accepted") ",\"tier\":2}"
		EVENT("10-06T09:00:00", "contacted") "}"
		EVENT("10-06T11:00:00", "resolved") ",\"outcome\":\"o\",\"summary\":\"s\"}"
		EVENT("10-08T17:00:01", "reopened") ",\"reason\":\"r\"}",
		"2026-12-01T00:00:00Z",
		{ "\"reopened_within_2bd\":0", "\"resolved_without_contact\":0" } },
	{ "said to be in time when the limit was over", MON, "",
		EVENT("10-05T09:00:00", "accepted") ",\"tier\":2}"
		EVENT("10-07T09:00:00", "resolved")
		",\"logged\":\"2026-10-07T09:00:01Z\",\"outcome\":\"o\",\"summary\":\"s\"}",
		"2026-12-01T00:00:00Z", { "\"backdated_past_limit\":1", "\"met\":1" } },
	{ "reclassified after a breach, amended, retracted", MON, "",
		EVENT("10-05T09:00:00", "accepted") ",\"tier\":2}"
		EVENT("10-07T09:00:01", "reclassified")
		",\"set\":{\"impact\":\"x\"},\"because\":\"b\"}"
		EVENT("10-07T10:00:00", "amended") ",\"set\":{\"subject\":\"x\"},\"because\":\"b\"}"
		EVENT("10-07T11:00:00", "noted") ",\"text\":\"x\"}"
		EVENT("10-07T12:00:00", "retracted") ",\"event\":5,\"because\":\"b\"}",
		"2026-12-01T00:00:00Z",
		{ "\"reclassified_after_breach\":1", "\"retracted\":1,\"amended\":1" } },
	{ "an improvement", MON, "",
		EVENT("10-07T10:00:00", "improved") ",\"text\":\"a \\\"b\\\"\"}",
		"2026-12-01T00:00:00Z",
		{ "\"improvements\":[{\"id\":\"ESC-00000000000000000000000001\","
		  "\"at\":\"2026-10-07T10:00:00Z\",\"by\":\"ana\",\"text\":\"a \\\"b\\\"\"}]" } },
};

static void
test_one_case(void **state)
{
	struct terms *terms = *state;

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct period period = october(rows[i].now);
		struct buf line = { 0 }, out = { 0 };

		put_case(&line, 1, rows[i].created, rows[i].form, rows[i].events);
		report_one(terms, &period, &line, &out);
		for (size_t j = 0; j < COUNT(rows[i].holds) && rows[i].holds[j]; j++)
			if (!strstr(out.data, rows[i].holds[j]))
				fail_msg("%s: no %s in %s", rows[i].name,
					rows[i].holds[j], out.data);
		buf_release(&line);
		buf_release(&out);
	}
}

/* A case at random, but the same one for the same number. */
static void
random_case(struct buf *line, int number)
{
	static const char *const types[] = {
		"accepted\",\"tier\":1", "promoted\",\"to\":2", "promoted\",\"to\":1",
		"asked\",\"text\":\"?", "answered\",\"text\":\"!", "closed\",\"x\":\"y",
		"resolved\",\"outcome\":\"o\",\"summary\":\"s", "improved\",\"text\":\"t",
		"rated\",\"score\":3", "reopened\",\"reason\":\"r", "contacted\",\"text\":\"t",
	};
	unsigned seed = (unsigned)number;
	struct buf events = { 0 };
	int64_t now = at("2026-10-01T00:00:00Z") + rand_r(&seed) % (20 * DAY_S);
	char created[INSTANT_SIZE], text[INSTANT_SIZE];
	char form[] = "\"impact\":\"a\"";

	instant_format(now, created);
	form[sizeof form - 3] = (char)('a' + rand_r(&seed) % 4);
	for (int n = rand_r(&seed) % 12; n > 0; n--) {
		const char *type = types[(size_t)rand_r(&seed) % COUNT(types)];

		now += rand_r(&seed) % (2 * DAY_S);
		instant_format(now, text);
		buf_printf(&events, ",{\"at\":\"%s\",\"by\":\"ana\",\"type\":\"%s%s}",
			text, type, type[strlen(type) - 2] == ':' ? "" : "\"");
	}
	put_case(line, number, created, form, buf_cstr(&events));
	buf_release(&events);
}

#define CASES 400
#define PARTS 5

/* Parts in any order, merged in any order: the bytes of the whole. */
static void
test_merge(void **state)
{
	struct terms *terms = *state;
	struct period period = october("2026-10-25T00:00:00Z");
	struct span group_by = span_of("impact");
	struct buf line = { 0 }, want = { 0 }, got = { 0 };
	struct report_part part[PARTS];
	struct report whole;
	struct sum sum;
	unsigned seed = 3;

	sum_init(&sum);
	report_init(&whole, &period, group_by);
	for (size_t i = 0; i < PARTS; i++)
		begin_part(&part[i], &period, group_by);
	for (int i = 1; i <= CASES; i++) {
		random_case(&line, i);
		add_line(terms, &whole, &line);
	}
	for (int i = CASES; i >= 1; i--) {
		random_case(&line, i);
		add_line(terms, &part[(size_t)rand_r(&seed) % (PARTS - 1)].report, &line);
	}
	for (size_t i = PARTS; i-- > 0;)
		sum_part(&sum, &part[i]);
	report_write(&whole, &want);
	report_write(&sum.reader.part.report, &got);
	assert_string_equal(buf_cstr(&got), buf_cstr(&want));
	assert_non_null(strstr(want.data, "\"review_of\":"));
	report_release(&whole);
	sum_release(&sum);
	buf_release(&line);
	buf_release(&want);
	buf_release(&got);
}

static void
test_empty(void **state)
{
	struct period period = october("2026-10-25T00:00:00Z");
	struct buf out = { 0 };
	struct report report;

	(void)state;
	report_init(&report, &period, span_of("tier"));
	report_refused_times(&report, at("2026-10-01T00:00:00Z"), 1);
	report_refused_times(&report, at("2026-10-25T00:00:00Z"), 1);
	report_refused_times(&report, at("2026-10-25T00:00:01Z"), 1);
	report_refused_times(&report, at("2026-09-30T23:59:59Z"), 1);
	report_write(&report, &out);
	buf_cstr(&out);
	assert_non_null(strstr(out.data, "\"refused\":2"));
	assert_non_null(strstr(out.data, "\"clocks\":[],\"months\":[],\"times\":[]"));
	assert_non_null(strstr(out.data, "\"feedback\":{\"n\":0,\"scores\":{}}"));
	assert_non_null(strstr(out.data, "\"group_by\":\"tier\",\"groups\":{}}"));
	assert_null(strstr(out.data, "rate\""));
	report_release(&report);
	buf_release(&out);
}

/* Months begin at the zone's midnight, whatever its offset then is. */
static void
test_months(void **state)
{
	static const struct {
		const char *month, *zone, *from, *to;
	} months[] = {
		{ "2026-10", NULL, "2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z" },
		{ "2026-10", "Europe/London", "2026-09-30T23:00:00Z",
			"2026-11-01T00:00:00Z" },
		{ "2026-12", "Australia/Sydney", "2026-11-30T13:00:00Z",
			"2026-12-31T13:00:00Z" },
		{ "2024-02", "UTC", "2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z" },
	};
	static const char *const wrong[] = { "", "2026", "2026-13", "2026-00",
		"2026-1", "26-10-01", "2026/10", "2026-10-01", "9999-12" };
	struct err err = { 0 };
	int64_t from, to;

	(void)state;
	for (size_t i = 0; i < COUNT(months); i++) {
		const struct zone *zone = months[i].zone
			? zone_load(months[i].zone, &err) : NULL;

		assert_int_equal(period_month(span_of(months[i].month), zone,
			&from, &to, &err), 0);
		assert_int_equal(from, at(months[i].from));
		assert_int_equal(to, at(months[i].to));
	}
	for (size_t i = 0; i < COUNT(wrong); i++)
		assert_int_equal(period_month(span_of(wrong[i]), NULL, &from, &to,
			&err), -1);
	err_release(&err);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_one_case, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_merge, set_up, tear_down),
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_months),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
