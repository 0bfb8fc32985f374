#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/scan.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

struct fixture {
	struct scan scan;
	struct arena arena;
};

static void
open_text(struct fixture *f, const char *text)
{
	struct err err = { 0 };

	scan_init(&f->scan);
	arena_init(&f->arena);
	if (scan_line(&f->scan, text, strlen(text), &err) < 0)
		fail_msg("%s: %s", text, err_text(&err));
}

static void
close_text(struct fixture *f)
{
	arena_release(&f->arena);
	scan_release(&f->scan);
}

static void
test_tape(void **state)
{
	static const struct {
		enum scan_type type;
		const char *key, *raw;
		uint32_t next, count;
	} rows[] = {
		{ SCAN_OBJECT, "", NULL, 0, 4 },
		{ SCAN_ARRAY, "a", "[1, {\"b\":true}, []]", 6, 3 },
		{ SCAN_NUMBER, "", "1", 3, 0 },
		{ SCAN_OBJECT, "", "{\"b\":true}", 5, 1 },
		{ SCAN_TRUE, "b", "true", 0, 0 },
		{ SCAN_ARRAY, "", "[]", 0, 0 },
		{ SCAN_FALSE, "c", "false", 7, 0 },
		{ SCAN_NULL, "d", "null", 8, 0 },
		{ SCAN_STRING, "e", "\"x\"", 0, 0 },
	};
	static const char text[] = " {\"a\" : [1, {\"b\":true}, []],"
	                           "\"c\":false, \"d\":null ,\"e\":\"x\"} ";
	struct fixture f;

	(void)state;
	open_text(&f, text);
	assert_int_equal(f.scan.n, COUNT(rows));
	for (uint32_t i = 0; i < COUNT(rows); i++) {
		assert_int_equal(scan_type(&f.scan, i), rows[i].type);
		assert_true(span_is(scan_key(&f.scan, i, &f.arena), rows[i].key));
		if (rows[i].raw)
			assert_true(span_is(scan_raw(&f.scan, i), rows[i].raw));
		assert_int_equal(f.scan.node[i].next, rows[i].next);
		assert_int_equal(f.scan.node[i].count, rows[i].count);
		assert_int_equal(scan_first(&f.scan, i), rows[i].count ? i + 1 : 0);
	}
	assert_int_equal(f.scan.node[0].start, 1);
	assert_int_equal(f.scan.node[0].end, sizeof text - 2);
	close_text(&f);
}

static void
test_member(void **state)
{
	struct fixture f;

	(void)state;
	open_text(&f, "{\"a\":{\"x\":1},\"\":2,\"b\\u0063\\ud83d\\ude00\":3,\"ab\":[4]}");
	assert_int_equal(scan_member(&f.scan, 0, "a"), 1);
	assert_int_equal(scan_member(&f.scan, 0, ""), 3);
	assert_int_equal(scan_member(&f.scan, 0, "bc\xf0\x9f\x98\x80"), 4);
	assert_int_equal(scan_member(&f.scan, 0, "b\\u0063\\ud83d\\ude00"), 0);
	assert_int_equal(scan_member(&f.scan, 0, "bc"), 0);
	assert_int_equal(scan_member(&f.scan, 0, "bc\xf0\x9f\x98\x80x"), 0);
	assert_int_equal(scan_member(&f.scan, 0, "x"), 0);
	assert_int_equal(scan_member(&f.scan, 1, "x"), 2);
	assert_int_equal(scan_member(&f.scan, 5, "x"), 0);
	assert_int_equal(scan_member(&f.scan, 6, "x"), 0);
	close_text(&f);
}

static void
test_text(void **state)
{
	static const char *const rows[][2] = {
		{ "\"\"", "" },
		{ "\"plain\"", "plain" },
		{ "\"\\\"\\\\\\/\"", "\"\\/" },
		{ "\"\\b\\f\\n\\r\\t\"", "\b\f\n\r\t" },
		{ "\"\\u0041\\u007f\"", "A\x7f" },
		{ "\"\\u0080\\u07FF\"", "\xc2\x80\xdf\xbf" },
		{ "\"\\u0800\\uffff\"", "\xe0\xa0\x80\xef\xbf\xbf" },
		{ "\"\\ud800\\udc00\\uDBFF\\uDFFF\"",
		        "\xf0\x90\x80\x80\xf4\x8f\xbf\xbf" },
		{ "\"\xc3\xa9\\n\xe2\x82\xac\"", "\xc3\xa9\n\xe2\x82\xac" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char text[100] = "{\"a\":";
		struct fixture f;

		strcat(strcat(text, rows[i][0]), "}");
		open_text(&f, text);
		assert_true(span_is(scan_text(&f.scan, 1, &f.arena), rows[i][1]));
		assert_int_equal(f.scan.node[1].escaped, strchr(text, '\\') != NULL);
		close_text(&f);
	}
}

/* What has no escape is borrowed; what is no string has no text. */
static void
test_text_borrows(void **state)
{
	static const char text[] = "{\"key\":\"text\",\"b\":1}";
	struct fixture f;

	(void)state;
	open_text(&f, text);
	assert_ptr_equal(scan_text(&f.scan, 1, NULL).p, text + 8);
	assert_ptr_equal(scan_key(&f.scan, 1, NULL).p, text + 2);
	assert_null(scan_text(&f.scan, 2, NULL).p);
	assert_null(scan_text(&f.scan, 0, NULL).p);
	close_text(&f);
}

static void
test_int(void **state)
{
	static const struct {
		const char *raw;
		int result;
		int64_t value;
	} rows[] = {
		{ "0", 0, 0 },
		{ "-0", 0, 0 },
		{ "17", 0, 17 },
		{ "-17", 0, -17 },
		{ "9223372036854775807", 0, INT64_MAX },
		{ "-9223372036854775808", 0, INT64_MIN },
		{ "9223372036854775808", -1, 7 },
		{ "-9223372036854775809", -1, 7 },
		{ "12345678901234567890", -1, 7 },
		{ "1.0", -1, 7 },
		{ "1E2", -1, 7 },
		{ "\"1\"", -1, 7 },
		{ "[1]", -1, 7 },
		{ "true", -1, 7 },
		{ "null", -1, 7 },
		{ "{}", -1, 7 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char text[100] = "{\"a\":";
		struct fixture f;
		int64_t value = 7;

		strcat(strcat(text, rows[i].raw), "}");
		open_text(&f, text);
		assert_int_equal(scan_int(&f.scan, 1, &value), rows[i].result);
		assert_int_equal(value, rows[i].value);
		close_text(&f);
	}
}

/* A scan is used for line after line, long and short ones, good and bad. */
static void
test_again(void **state)
{
	struct err err = { 0 };
	struct scan scan;

	(void)state;
	scan_init(&scan);
	for (int i = 0; i < 100; i++) {
		assert_int_equal(scan_line(&scan, "{\"a\":[1,2,3]}", 13, &err), 0);
		assert_int_equal(scan.n, 5);
		assert_int_equal(scan_line(&scan, "{\"a\":[1,2,3}", 12, &err), -1);
		assert_int_equal(scan_line(&scan, "{}", 2, &err), 0);
		assert_int_equal(scan.n, 1);
		assert_int_equal(scan_member(&scan, 0, "a"), 0);
	}
	err_release(&err);
	scan_release(&scan);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tape),
		cmocka_unit_test(test_member),
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_text_borrows),
		cmocka_unit_test(test_int),
		cmocka_unit_test(test_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
