#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/report_view.h"

static const struct {
	enum page_kind kind;
	const char *value, *shown, *change;
} rows[] = {
	{ PAGE_COUNT, "0", "0", "0" },
	{ PAGE_COUNT, "8995", "8995", "+8995" },
	{ PAGE_COUNT, "-1061", "-1061", "-1061" },
	{ PAGE_COUNT, "30.54", "30.54", "+30.54" },
	{ PAGE_COUNT, "-11.4", "-11.4", "-11.4" },
	{ PAGE_SHARE, "0", "0 %", "0" },
	{ PAGE_SHARE, "1", "100 %", "+100 pp" },
	{ PAGE_SHARE, "0.6706", "67.06 %", "+67.06 pp" },
	{ PAGE_SHARE, "0.5", "50 %", "+50 pp" },
	{ PAGE_SHARE, "0.123", "12.3 %", "+12.3 pp" },
	{ PAGE_SHARE, "0.0001", "0.01 %", "+0.01 pp" },
	{ PAGE_SHARE, "-0.065", "-6.5 %", "-6.5 pp" },
	{ PAGE_SHARE, "2.5", "250 %", "+250 pp" },
	{ PAGE_NET, "12000", "3h 20m", "+3h 20m" },
	{ PAGE_NET, "205200", "57h", "+57h" },
	{ PAGE_GROSS, "-205200", "-2d 9h", "-2d 9h" },
	{ PAGE_GROSS, "45", "45s", "+45s" },
	{ PAGE_TEXT, "-3 % \x1B", "-3 % \x1B", "" },
};

static void
test_figures(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buf text = { 0 };

		report_show(rows[i].kind, span_of(rows[i].value), &text);
		assert_string_equal(buf_cstr(&text), rows[i].shown);
		text.len = 0;
		report_show_change(rows[i].kind, span_of(rows[i].value), &text);
		assert_string_equal(buf_cstr(&text), rows[i].change);
		buf_release(&text);
	}
}

static void
test_missing(void **state)
{
	static const enum page_kind kinds[] = { PAGE_TEXT, PAGE_COUNT, PAGE_NET, PAGE_GROSS,
		PAGE_SHARE };

	(void)state;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		struct buf text = { 0 };

		report_show(kinds[i], (struct span){ NULL, 0 }, &text);
		report_show_change(kinds[i], (struct span){ NULL, 0 }, &text);
		assert_int_equal(text.len, 0);
		buf_release(&text);
	}
}

static void
test_numbers(void **state)
{
	(void)state;
	assert_int_equal(page_number(span_of("0.6706")), 6706);
	assert_int_equal(page_number(span_of("-0.5")), -5000);
	assert_int_equal(page_number(span_of("12")), 120000);
	assert_int_equal(page_number(span_of("30.54")), 305400);
	assert_int_equal(page_number((struct span){ NULL, 0 }), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_figures),
		cmocka_unit_test(test_missing),
		cmocka_unit_test(test_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
