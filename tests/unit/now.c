#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/instant.h"
#include "cli/now.h"

#define NOW INT64_C(1795375800) /* 2026-11-22T19:30:00Z, a Sunday */

static const char hours[] = "{\"timezone\":\"UTC\",\"hours\":{"
	"\"mon\":[\"09:00-17:00\"],\"tue\":[\"09:00-17:00\"],\"wed\":[\"09:00-17:00\"],"
	"\"thu\":[\"09:00-17:00\"],\"fri\":[\"09:00-17:00\"]}}";

static struct calendar *
office(void)
{
	struct err err = { 0 };
	struct calendar *calendar = calendar_parse("office", span_of(hours), &err);

	if (!calendar)
		fail_msg("%s", err_text(&err));
	return calendar;
}

static void
test_times(void **state)
{
	static const struct {
		const char *text, *at; /* at NULL: refused */
	} rows[] = {
		{ "2026-11-21T19:30:00Z", "2026-11-21T19:30:00Z" },
		{ "2026-11-21T19:30:00.999+01:00", "2026-11-21T18:30:00Z" },
		{ "+3h", "2026-11-22T22:30:00Z" },
		{ "-3h", "2026-11-22T16:30:00Z" },
		{ "-2d", "2026-11-20T19:30:00Z" },
		{ "+30m", "2026-11-22T20:00:00Z" },
		{ "+2bd", "2026-11-25T17:00:00Z" },
		{ "+8bh", "2026-11-23T17:00:00Z" },
		{ "-2bd", NULL }, { "-8bh", NULL }, { "-30bm", NULL },
		{ "2026-11-21T19:30:00", NULL }, { "2026-02-30T00:00:00Z", NULL },
		{ "2026-11-21", NULL }, { "", NULL }, { "+", NULL }, { "-", NULL },
		{ "now", NULL }, { "+3", NULL }, { "+3x", NULL }, { "3h", NULL },
	};
	struct calendar *calendar = office();
	struct err err = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int64_t at = 0;
		char text[INSTANT_SIZE];
		int failed = time_parse(rows[i].text, NOW, calendar, DAY_ENDS_CLOSE, &at, &err);

		instant_format(at, text);
		if ((failed != 0) != (rows[i].at == NULL))
			fail_msg("%s: %s", rows[i].text, err_text(&err));
		if (rows[i].at)
			assert_string_equal(text, rows[i].at);
		else
			assert_true(err.n > 0);
		err_reset(&err);
	}
	err_release(&err);
	calendar_free(calendar);
}

static void
test_no_calendar(void **state)
{
	struct err err = { 0 };
	int64_t at;

	(void)state;
	assert_int_equal(time_parse("+3h", NOW, NULL, DAY_ENDS_CLOSE, &at, &err), 0);
	assert_int_equal(time_parse("+3bh", NOW, NULL, DAY_ENDS_CLOSE, &at, &err), -1);
	assert_string_equal(err_text(&err), "business time needs a calendar, and there is none here");
	err_release(&err);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_times),
		cmocka_unit_test(test_no_calendar),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
