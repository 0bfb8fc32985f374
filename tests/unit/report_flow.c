#include "reports.h"

#define PROMOTED(at, to) EVENT(at, "promoted") ",\"to\":" to "}"

/* What comes after the submission, and the ways: "from>to n", one by one. */
static const struct {
	const char *name, *events, *ways;
} rows[] = {
	{ "no way into a tier", "", "" },
	{ "up, back, up, and resolved",
		EVENT("10-05T09:00:00", "accepted") ",\"tier\":1}"
		PROMOTED("10-05T10:00:00", "2") PROMOTED("10-05T11:00:00", "1")
		PROMOTED("10-05T12:00:00", "2") EVENT("10-05T13:00:00", "resolved") "}",
		"accepted>1 1;1>2 2;2>1 1;2>resolved 1;" },
	{ "reopened at its tier, twice",
		EVENT("10-05T09:00:00", "accepted") ",\"tier\":2}"
		EVENT("10-05T10:00:00", "resolved") "}" EVENT("10-05T11:00:00", "reopened") "}"
		EVENT("10-05T12:00:00", "closed") "}" EVENT("10-05T13:00:00", "reopened") "}",
		"accepted>2 1;reopened>2 2;2>resolved 2;" },
	{ "cancelled at a tier, reopened without one, accepted once more",
		EVENT("10-05T09:00:00", "accepted") ",\"tier\":2}"
		EVENT("10-05T10:00:00", "cancelled") "}" EVENT("10-05T11:00:00", "reopened") "}"
		EVENT("10-05T12:00:00", "accepted") ",\"tier\":1}",
		"accepted>1 1;accepted>2 1;2>cancelled 1;" },
	{ "cancelled at a tier, then prioritised: it had left",
		EVENT("10-05T09:00:00", "accepted") ",\"tier\":2}"
		EVENT("10-05T10:00:00", "cancelled") "}" EVENT("10-05T11:00:00", "prioritised") "}",
		"accepted>2 1;2>cancelled 1;" },
	{ "cancelled, merged and prioritised before any tier",
		EVENT("10-05T10:00:00", "cancelled") "}" EVENT("10-05T11:00:00", "reopened") "}"
		EVENT("10-05T12:00:00", "duplicate") ",\"of\":\"ESC-2\"}", "" },
	{ "merged at a tier", EVENT("10-05T09:00:00", "accepted") ",\"tier\":3}"
		EVENT("10-05T10:00:00", "duplicate") ",\"of\":\"ESC-2\"}",
		"accepted>3 1;3>merged 1;" },
	{ "implied steps are steps", EVENT("10-05T09:00:00", "promoted")
		",\"from\":2,\"to\":10}" EVENT("10-05T10:00:00", "closed") "}",
		"accepted>2 1;2>10 1;10>resolved 1;" },
	{ "tiers as numbers", EVENT("10-05T09:00:00", "accepted") ",\"tier\":10}"
		PROMOTED("10-05T10:00:00", "9") PROMOTED("10-05T11:00:00", "10")
		PROMOTED("10-05T12:00:00", "999"),
		"accepted>10 1;9>10 1;10>9 1;10>999 1;" },
	{ "to where it is: no step", EVENT("10-05T09:00:00", "accepted") ",\"tier\":1}"
		PROMOTED("10-05T10:00:00", "1") EVENT("10-05T11:00:00", "accepted") ",\"tier\":2}",
		"accepted>1 1;" },
	{ "only what is of the period", EVENT("09-30T23:59:59", "accepted") ",\"tier\":1}"
		PROMOTED("10-01T00:00:00", "2") PROMOTED("10-31T23:59:59", "3")
		PROMOTED("11-01T00:00:00", "2"), "1>2 1;2>3 1;" },
	{ "retracted: no step", EVENT("10-05T09:00:00", "accepted") ",\"tier\":1}"
		PROMOTED("10-05T10:00:00", "2")
		EVENT("10-05T11:00:00", "retracted") ",\"event\":3}", "accepted>1 1;" },
};

static void
put_end(struct buf *out, int end)
{
	const char *name = flow_end_name(end);

	if (name)
		buf_puts(out, name);
	else
		buf_int(out, end);
}

static void
put_flow(struct buf *out, const struct flow *flow)
{
	for (size_t i = 0; i < flow->n; i++) {
		put_end(out, flow->row[i].from);
		buf_putc(out, '>');
		put_end(out, flow->row[i].to);
		buf_printf(out, " %d;", (int)flow->row[i].n);
	}
}

static void
test_rows(void **state)
{
	struct period period = { .now = at("2026-12-01T00:00:00Z"),
		.from = at("2026-10-01T00:00:00Z"), .to = at("2026-11-01T00:00:00Z") };

	period_close(&period);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buf line = { 0 }, got = { 0 };
		struct report report;

		report_init(&report, &period, (struct span){ NULL, 0 });
		put_case(&line, 1, "2026-09-01T00:00:00Z", "", rows[i].events);
		add_line(*state, &report, &line);
		put_flow(&got, &report.total.flow);
		if (strcmp(buf_cstr(&got), rows[i].ways) != 0)
			fail_msg("%s: %s; expected %s", rows[i].name, got.data, rows[i].ways);
		report_release(&report);
		buf_release(&line);
		buf_release(&got);
	}
}

/* In any order: the same rows. */
static void
test_merge(void **state)
{
	static const int ends[][2] = { { 999, FLOW_MERGED }, { FLOW_REOPENED, 1 },
		{ 1, FLOW_CANCELLED }, { FLOW_ACCEPTED, 2 }, { 1, 2 }, { 10, 1 },
		{ 2, 1 }, { 1, FLOW_RESOLVED }, { FLOW_ACCEPTED, 1 }, { 1, 10 } };
	struct flow one = { 0 }, two = { 0 };
	struct buf got = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(ends); i++) {
		flow_count(i % 3 ? &one : &two, ends[i][0], ends[i][1], i + 1);
		flow_count(&two, ends[i][0], ends[i][1], 1);
	}
	flow_count(&one, 5, 6, 0);
	flow_merge(&one, &two);
	put_flow(&got, &one);
	assert_string_equal(buf_cstr(&got), "accepted>1 10;accepted>2 5;reopened>1 3;"
		"1>2 6;1>10 11;1>resolved 9;1>cancelled 4;2>1 8;10>1 7;999>merged 2;");
	flow_release(&one);
	flow_release(&two);
	buf_release(&got);
}

/* What is put is read, and nothing else. */
static void
test_ends(void **state)
{
	static const int ends[] = { FLOW_ACCEPTED, FLOW_REOPENED, 1, 12, TIER_MAX,
		FLOW_RESOLVED, FLOW_CANCELLED, FLOW_MERGED };
	static const char *const no_ends[] = { "", "0", "-1", "1.5", "1000", "lunch" };
	struct buf out = { 0 };
	int end;

	(void)state;
	for (size_t i = 0; i < COUNT(ends); i++) {
		out.len = 0;
		put_end(&out, ends[i]);
		assert_int_equal(flow_read_end(buf_text(&out), &end), 0);
		assert_int_equal(end, ends[i]);
	}
	for (size_t i = 0; i < COUNT(no_ends); i++)
		assert_int_equal(flow_read_end(span_of(no_ends[i]), &end), -1);
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_rows, set_up, tear_down),
		cmocka_unit_test(test_merge),
		cmocka_unit_test(test_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
