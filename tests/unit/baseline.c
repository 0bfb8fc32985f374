/* A baseline's lines, strictly read, sorted, each once; and what is in it. */
#include "cases.h"

#include "domain/baseline.h"

static const struct {
	const char *line, *error;
} lines[] = {
	{ "{\"id\":\"ESC-1\",\"clock\":\"tier\",\"tier\":2,\"cycle\":1}", NULL },
	{ " { \"cycle\" : 1, \"clock\" : \"t\\u0069er\", \"id\" : \"ESC-\\u0032\", \"tier\" : 10 } ", NULL },
	{ "{\"id\":\"ESC-1\",\"clock\":\"acknowledge\",\"cycle\":3}", NULL },
	{ "{\"id\":\"ESC-1\",\"clock\":\"tier\",\"tier\":2}", "expected id, clock, tier and cycle alone" },
	{ "{\"id\":\"ESC-1\",\"clock\":\"tier\",\"tier\":2,\"cycle\":1,\"x\":1}",
		"expected id, clock, tier and cycle alone" },
	{ "{\"ID\":\"ESC-1\",\"clock\":\"tier\",\"cycle\":1}", "id: expected a case's id" },
	{ "{\"id\":7,\"clock\":\"tier\",\"cycle\":1}", "id: expected a case's id" },
	{ "{\"id\":\"ESC-1\",\"clock\":\"repair\",\"cycle\":1}",
		"clock: expected acknowledge, contact, tier, update or resolve" },
	{ "{\"id\":\"ESC-1\",\"clock\":\"tier\",\"tier\":0,\"cycle\":1}",
		"tier: expected a number, from 1" },
	{ "{\"id\":\"ESC-1\",\"clock\":\"tier\",\"tier\":\"2\",\"cycle\":1}",
		"tier: expected a number, from 1" },
	{ "{\"id\":\"ESC-1\",\"clock\":\"tier\",\"tier\":2,\"cycle\":1.5}",
		"cycle: expected a number, from 1" },
	{ "{\"id\":\"ESC-1\",\"clock\":\"tier\",\"tier\":2,\"cycle\":4294967297}",
		"cycle: expected a number, from 1" },
};

static int
read_line(struct baseline *baseline, const char *line, struct err *err)
{
	struct scan scan;
	struct buf text = { 0 };
	int result;

	scan_init(&scan);
	buf_puts(&text, line);
	memset(buf_reserve(&text, BUF_SLACK), 0, BUF_SLACK);
	assert_int_equal(scan_line(&scan, text.data, text.len, err), 0);
	result = baseline_read(baseline, &scan, err);
	scan_release(&scan);
	buf_release(&text);
	return result;
}

static void
test_lines(void **state)
{
	struct baseline baseline;
	struct err err = { 0 };

	(void)state;
	baseline_init(&baseline);
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		int result = read_line(&baseline, lines[i].line, &err);

		if ((result == 0) != !lines[i].error ||
			(result < 0 && strcmp(err_text(&err), lines[i].error) != 0))
			fail_msg("%s: %s", lines[i].line, err_text(&err));
		assert_int_equal(err.status, result < 0 ? EX_CONFIG : 0);
		err_reset(&err);
	}
	assert_int_equal(baseline.n, 3);
	baseline_release(&baseline);
	err_release(&err);
}

static struct clock
clock_of(enum clock_id id, int tier, int cycle)
{
	return (struct clock){ .id = id, .tier = tier, .cycle = cycle };
}

static void
test_set(void **state)
{
	static const char sorted[] =
		"{\"id\":\"ESC-1\",\"clock\":\"acknowledge\",\"cycle\":1}\n"
		"{\"id\":\"ESC-1\",\"clock\":\"tier\",\"tier\":2,\"cycle\":9}\n"
		"{\"id\":\"ESC-1\",\"clock\":\"tier\",\"tier\":2,\"cycle\":10}\n"
		"{\"id\":\"ESC-1\",\"clock\":\"tier\",\"tier\":10,\"cycle\":1}\n"
		"{\"id\":\"ESC-1\\\"\",\"clock\":\"tier\",\"tier\":1,\"cycle\":1}\n";
	const struct clock clock[] = { clock_of(CLOCK_TIER, 10, 1), clock_of(CLOCK_TIER, 2, 10),
		clock_of(CLOCK_TIER, 2, 9), clock_of(CLOCK_ACKNOWLEDGE, 0, 1),
		clock_of(CLOCK_TIER, 2, 9) };
	const struct clock other = clock_of(CLOCK_TIER, 1, 1), update = clock_of(CLOCK_UPDATE, 2, 9);
	struct baseline baseline;
	struct buf text = { 0 };

	(void)state;
	baseline_init(&baseline);
	assert_false(baseline_has(&baseline, span_of("ESC-1"), &other));
	baseline_sort(&baseline);
	baseline_add(&baseline, span_of("ESC-1\""), &other);
	for (size_t i = 0; i < sizeof clock / sizeof *clock; i++)
		baseline_add(&baseline, span_of("ESC-1"), &clock[i]);
	baseline_sort(&baseline);
	for (size_t i = 0; i < baseline.n; i++)
		baseline_line(&baseline.entry[i], &text);
	assert_string_equal(buf_cstr(&text), sorted);
	for (size_t i = 0; i < sizeof clock / sizeof *clock; i++)
		assert_true(baseline_has(&baseline, span_of("ESC-1"), &clock[i]));
	assert_false(baseline_has(&baseline, span_of("ESC-1"), &other));
	assert_false(baseline_has(&baseline, span_of("ESC-1"), &update));
	assert_false(baseline_has(&baseline, span_of("ESC-2"), &clock[0]));
	buf_release(&text);
	baseline_release(&baseline);
}

static void
test_lost(void **state)
{
	const struct clock tier = clock_of(CLOCK_TIER, 1, 1), again = clock_of(CLOCK_TIER, 1, 2);
	struct baseline before, after;

	(void)state;
	baseline_init(&before);
	baseline_init(&after);
	baseline_add(&before, span_of("ESC-1"), &tier);
	baseline_add(&before, span_of("ESC-2"), &tier);
	baseline_sort(&before);
	assert_int_equal(baseline_lost(&before, &after), 2);
	assert_int_equal(baseline_lost(&after, &before), 0);
	baseline_add(&after, span_of("ESC-2"), &again);
	baseline_add(&after, span_of("ESC-2"), &tier);
	baseline_sort(&after);
	assert_int_equal(baseline_lost(&before, &after), 1);
	assert_int_equal(baseline_lost(&before, &before), 0);
	baseline_release(&before);
	baseline_release(&after);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_set),
		cmocka_unit_test(test_lost),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
