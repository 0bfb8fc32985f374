#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/text.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

static void
test_equality(void **state)
{
	static const struct {
		const char *a, *b;
		bool eq, nocase;
	} rows[] = {
		{ "", "", true, true },
		{ NULL, "", true, true },
		{ "abc", "abc", true, true },
		{ "abc", "aBC", false, true },
		{ "abc", "ab", false, false },
		{ "abc", "abd", false, false },
		{ "@", "`", false, false },
		{ "[", "{", false, false },
		{ "\xc3\x84", "\xc3\xa4", false, false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct span a = span_of(rows[i].a), b = span_of(rows[i].b);

		assert_int_equal(span_eq(a, b), rows[i].eq);
		assert_int_equal(span_is(a, rows[i].b), rows[i].eq);
		assert_int_equal(span_eq_nocase(a, b), rows[i].nocase);
	}
}

static void
test_order(void **state)
{
	/* each is before the next */
	static const char *const rows[] = { "", "A", "a", "aa", "ab", "b", "\xc3\xa9" };

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		for (size_t k = 0; k < COUNT(rows); k++) {
			int order = span_order(span_of(rows[i]), span_of(rows[k]));

			assert_int_equal((order > 0) - (order < 0), (i > k) - (i < k));
		}
	}
}

static void
test_trim(void **state)
{
	static const char *const rows[][2] = {
		{ "", "" },
		{ " \t\r\n", "" },
		{ "a", "a" },
		{ " a b\r\n", "a b" },
		{ "\ta", "a" },
		{ "a ", "a" },
		{ "\va\f", "\va\f" },
		{ "\xc2\xa0", "\xc2\xa0" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_true(span_is(span_trim(span_of(rows[i][0])), rows[i][1]));
	assert_int_equal(span_trim((struct span){ NULL, 0 }).n, 0);
}

static void
test_digits(void **state)
{
	static const struct {
		const char *text;
		int result;
		int64_t value;
	} rows[] = {
		{ "0", 0, 0 },
		{ "007", 0, 7 },
		{ "999999999999999999", 0, INT64_C(999999999999999999) },
		{ "1000000000000000000", -1, 0 },
		{ "", -1, 0 },
		{ "-1", -1, 0 },
		{ "+1", -1, 0 },
		{ " 1", -1, 0 },
		{ "1a", -1, 0 },
		{ "1.5", -1, 0 },
		{ "\xd9\xa1", -1, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		int64_t value = 0;

		assert_int_equal(
		        text_digits(span_of(rows[i].text), &value), rows[i].result);
		assert_int_equal(value, rows[i].value);
	}
}

static void
test_blanks(void **state)
{
	static const struct {
		const char *a, *b;
		bool same;
	} rows[] = {
		{ "", "", true }, { "{}", "{ }", true }, { " {\"a\":1}\r", "{\"a\" :\t1}", true },
		{ "{\"a b\":1}", "{\"ab\":1}", false }, { "{\"a\":1}", "{\"a\":1", false },
		{ "{\"a\":\"\\\" \"}", "{\"a\": \"\\\" \"}", true },
		{ "{\"a\":\"\\\" \"}", "{\"a\":\"\\\"\"}", false },
		{ "[1,2]", "[12]", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_int_equal(json_eq_but_blanks(span_of(rows[i].a), span_of(rows[i].b)),
			rows[i].same);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_equality),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_trim),
		cmocka_unit_test(test_digits),
		cmocka_unit_test(test_blanks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
