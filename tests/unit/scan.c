#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/scan.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

static const char *const taken[] = {
	"{}",
	" { } ",
	"{\"a\":1}\r\n",
	"\t{\"a\" : [ ] , \"b\":{ }}",
	"{\"\":0}",
	"{\"a\":{\"a\":{\"a\":1}}}",
	"{\"a\":[{\"b\":1},{\"b\":1}]}",
	"{\"a\":0,\"b\":-0,\"c\":1E2,\"d\":0.1,\"e\":1e-400,\"f\":1e999}",
	"{\"a\":12345678901234567890123456789012345678901234567890}",
	"{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00\"}",
	"{\"a\":\"\\uffff\\ufffe\\u2028\x7f\"}",
	"{\"a\":\"\xc2\x80\xdf\xbf\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80\xef\xbf\xbf\"}",
	"{\"a\":\"\xf0\x90\x80\x80\xf4\x8f\xbf\xbf\"}",
	"{\"a\":\"exactly sixteen.\",\"b\":\"exactly sixteen bytes and more\"}",
	"{\"ab\":1,\"ba\":2,\"a\\u0063\":3,\"aC\":4,\"\\n\":5,\"\\\\n\":6}",
};

/* A text and the reason; the byte counts from 1. */
static const char *const refused[][2] = {
	{ "", "byte 1: unexpected end" },
	{ "  ", "byte 3: unexpected end" },
	{ "[]", "byte 1: an object was expected" },
	{ "1", "byte 1: an object was expected" },
	{ "\xef\xbb\xbf{}", "byte 1: an object was expected" },
	{ "{} {}", "byte 4: something follows the object" },
	{ "{", "byte 2: unexpected end" },
	{ "{\"a\"", "byte 5: unexpected end" },
	{ "{\"a\":", "byte 6: unexpected end" },
	{ "{\"a\":1", "byte 7: unexpected end" },
	{ "{\"a\" 1}", "byte 6: ':' was expected" },
	{ "{a:1}", "byte 2: a name in quotes was expected" },
	{ "{\"a\":1,}", "byte 8: a name in quotes was expected" },
	{ "{\"a\":1 \"b\":2}", "byte 8: ',' or '}' was expected" },
	{ "{\"a\":[1 2]}", "byte 9: ',' or ']' was expected" },
	{ "{\"a\":[1,]}", "byte 9: a value was expected" },
	{ "{\"a\":[1}", "byte 8: ',' or ']' was expected" },
	{ "{\"a\":tru}", "byte 6: a value was expected" },
	{ "{\"a\":True}", "byte 6: a value was expected" },
	{ "{\"a\":truex}", "byte 10: ',' or '}' was expected" },
	{ "{\"a\":01}", "byte 6: a leading zero" },
	{ "{\"a\":-01}", "byte 7: a leading zero" },
	{ "{\"a\":-}", "byte 7: a digit was expected" },
	{ "{\"a\":+1}", "byte 6: a value was expected" },
	{ "{\"a\":.5}", "byte 6: a value was expected" },
	{ "{\"a\":1.}", "byte 8: a digit was expected" },
	{ "{\"a\":1e}", "byte 8: a digit was expected" },
	{ "{\"a\":1e+}", "byte 9: a digit was expected" },
	{ "{\"a\":0x1}", "byte 7: ',' or '}' was expected" },
	{ "{\"a\":\"b}", "byte 6: a string without end" },
	{ "{\"a\":\"\\x\"}", "byte 7: no such escape" },
	{ "{\"a\":\"\\\x80\"}", "byte 7: no such escape" },
	{ "{\"a\":\"\\", "byte 7: no such escape" },
	{ "{\"a\":\"\\u12g4\"}", "byte 7: \\u without four hex digits" },
	{ "{\"a\":\"\\u12", "byte 7: \\u without four hex digits" },
	{ "{\"a\":\"\\u0000\"}", "byte 7: \\u0000 in a string" },
	{ "{\"\\u0000\":1}", "byte 3: \\u0000 in a string" },
	{ "{\"a\":\"\\ud800\"}", "byte 7: a lone surrogate" },
	{ "{\"a\":\"\\ud800\\n\"}", "byte 7: a lone surrogate" },
	{ "{\"a\":\"\\ud800\\ndc00\"}", "byte 7: a lone surrogate" },
	{ "{\"a\":\"\\ud800\\u0041\"}", "byte 7: a lone surrogate" },
	{ "{\"a\":\"\\ud800\\ud800\"}", "byte 7: a lone surrogate" },
	{ "{\"a\":\"\\udc00\"}", "byte 7: a lone surrogate" },
	{ "{\"\\udfff\":1}", "byte 3: a lone surrogate" },
	{ "{\"a\":\"\x1f\"}", "byte 7: a control character in a string" },
	{ "{\"a\":\"\n\"}", "byte 7: a control character in a string" },
	{ "{\"a\":\"012\t567890123456789\"}", "byte 10: a control character" },
	{ "{\"a\":\"0123456789012345678\t\"}", "byte 26: a control character" },
	{ "{\"a\":\"\x80\"}", "byte 7: not UTF-8" },
	{ "{\"a\":\"\xc0\x80\"}", "byte 7: not UTF-8" },
	{ "{\"a\":\"\xc1\xbf\"}", "byte 7: not UTF-8" },
	{ "{\"a\":\"\xc3\"}", "byte 7: not UTF-8" },
	{ "{\"a\":\"\xe0\x9f\xbf\"}", "byte 7: not UTF-8" },
	{ "{\"a\":\"\xed\xa0\x80\"}", "byte 7: not UTF-8" },
	{ "{\"a\":\"\xf0\x8f\xbf\xbf\"}", "byte 7: not UTF-8" },
	{ "{\"a\":\"\xf4\x90\x80\x80\"}", "byte 7: not UTF-8" },
	{ "{\"a\":\"\xf5\x80\x80\x80\"}", "byte 7: not UTF-8" },
	{ "{\"a\":\"\xe2\x82", "byte 7: not UTF-8" },
	{ "{\"a\":\"\xe2\x82\xacx\xff\"}", "byte 11: not UTF-8" },
	{ "{\"a\":1,\"a\":2}", "byte 8: duplicate key \"a\"" },
	{ "{\"a\":1,\"b\":2,\"a\":2}", "byte 14: duplicate key \"a\"" },
	{ "{\"\":1,\"\":2}", "byte 7: duplicate key \"\"" },
	{ "{\"a\":1,\"\\u0061\":2}", "byte 8: duplicate key \"\\u0061\"" },
	{ "{\"\\u0061\":1,\"a\":2}", "byte 13: duplicate key \"a\"" },
	{ "{\"\xc3\xa9\":1,\"\\u00E9\":2}", "byte 9: duplicate key \"\\u00E9\"" },
	{ "{\"x\":[{\"id\":1,\"id\":2}]}", "byte 15: duplicate key \"id\"" },
	{ "{\"/\":1,\"\\/\":{}}", "byte 8: duplicate key \"\\/\"" },
	{ "{\"\\ud83d\\ude00\":1,\"\xf0\x9f\x98\x80\":2}", "byte 19: duplicate key" },
};

/* Reads a copy that ends where its memory ends. */
static int
scan_exact(struct scan *scan, struct span text, char **copy, struct err *err)
{
	*copy = malloc(text.n ? text.n : 1);
	assert_non_null(*copy);
	memcpy(*copy, text.p, text.n);
	return scan_line(scan, *copy, text.n, err);
}

static void
test_takes(void **state)
{
	struct scan scan;

	(void)state;
	scan_init(&scan);
	for (size_t i = 0; i < COUNT(taken); i++) {
		struct err err = { 0 };
		char *copy;

		if (scan_exact(&scan, span_of(taken[i]), &copy, &err) < 0)
			fail_msg("%s: %s", taken[i], err_text(&err));
		assert_int_equal(scan_type(&scan, 0), SCAN_OBJECT);
		free(copy);
	}
	scan_release(&scan);
}

static void
expect_refusal(struct scan *scan, struct span text, const char *why)
{
	struct err err = { 0 };
	char *copy;

	assert_int_equal(scan_exact(scan, text, &copy, &err), -1);
	assert_int_equal(err.status, EX_DATAERR);
	assert_int_equal(err.n, 1);
	if (strncmp(err_text(&err), why, strlen(why)) != 0)
		fail_msg("%s\n is not: %s", err_text(&err), why);
	err_release(&err);
	free(copy);
}

static void
test_refuses(void **state)
{
	static const struct {
		struct span text;
		const char *why;
	} nul[] = {
		{ { "{\"a\":1\0}", 8 }, "byte 7: ',' or '}' was expected" },
		{ { "{\"a\":null\0}", 11 }, "byte 10: ',' or '}' was expected" },
		{ { "{\"a\0\":1}", 8 }, "byte 4: a control character" },
		{ { "{}\0", 3 }, "byte 3: something follows" },
		{ { "\0{}", 3 }, "byte 1: an object was expected" },
	};
	struct scan scan;

	(void)state;
	scan_init(&scan);
	for (size_t i = 0; i < COUNT(refused); i++)
		expect_refusal(&scan, span_of(refused[i][0]), refused[i][1]);
	for (size_t i = 0; i < COUNT(nul); i++)
		expect_refusal(&scan, nul[i].text, nul[i].why);
	scan_release(&scan);
}

/* Every beginning of a legal text is refused, not read beyond. */
static void
test_refuses_every_beginning(void **state)
{
	struct scan scan;

	(void)state;
	scan_init(&scan);
	for (size_t i = 2; i < COUNT(taken); i++) {
		struct span text = span_trim(span_of(taken[i]));

		while (text.n-- > 0)
			expect_refusal(&scan, text, "byte ");
	}
	scan_release(&scan);
}

static void
put_nested(struct buf *buf, int depth, const char *open, char close)
{
	buf->len = 0;
	buf_puts(buf, "{\"a\":");
	for (int i = 1; i < depth; i++)
		buf_puts(buf, open);
	buf_putc(buf, '1');
	for (int i = 1; i < depth; i++)
		buf_putc(buf, close);
	buf_putc(buf, '}');
}

static void
test_depth(void **state)
{
	struct buf buf = { 0 };
	struct err err = { 0 };
	struct scan scan;

	(void)state;
	scan_init(&scan);
	put_nested(&buf, SCAN_DEPTH, "[", ']');
	assert_int_equal(scan_line(&scan, buf.data, buf.len, &err), 0);
	put_nested(&buf, SCAN_DEPTH + 1, "[", ']');
	expect_refusal(&scan, buf_text(&buf), "byte 69: nesting over 64");
	put_nested(&buf, SCAN_DEPTH, "{\"a\":", '}');
	assert_int_equal(scan_line(&scan, buf.data, buf.len, &err), 0);
	put_nested(&buf, SCAN_DEPTH + 1, "{\"a\":", '}');
	expect_refusal(&scan, buf_text(&buf), "byte 321: nesting over 64");
	put_nested(&buf, 100000, "[", ']');
	expect_refusal(&scan, buf_text(&buf), "byte 69: nesting over 64");
	buf.len = 0;
	buf_puts(&buf, "{\"a\":[");
	for (int i = 0; i < 2 * SCAN_DEPTH; i++)
		buf_puts(&buf, "[1],{\"b\":1},");
	buf_puts(&buf, "1]}");
	assert_int_equal(scan_line(&scan, buf.data, buf.len, &err), 0);
	buf_release(&buf);
	scan_release(&scan);
}

/* n names; then number `twin` of them again, plain or escaped (n: none). */
static int
scan_many(struct scan *scan, int n, int twin, struct err *err)
{
	struct buf buf = { 0 };
	int result;

	for (int i = 0; i < n; i++)
		buf_printf(&buf, "%s\"name%d\":%d", i ? "," : "{", i, i);
	if (twin < n)
		buf_printf(&buf, ",\"%same%d\":[]", twin % 2 ? "n" : "\\u006e", twin);
	buf_puts(&buf, "}");
	result = scan_line(scan, buf.data, buf.len, err);
	buf_release(&buf);
	return result;
}

static void
test_many_names(void **state)
{
	static const int sizes[] = { 1, 2, 31, 32, 33, 34, 100, 1000 };
	struct scan scan;

	(void)state;
	scan_init(&scan);
	for (size_t i = 0; i < COUNT(sizes); i++) {
		struct err err = { 0 };
		int n = sizes[i];

		assert_int_equal(scan_many(&scan, n, n, &err), 0);
		assert_int_equal(scan.node[0].count, n);
		for (int twin = 0; twin < n; twin += 1 + n / 40) {
			assert_int_equal(scan_many(&scan, n, twin, &err), -1);
			assert_non_null(strstr(err_text(&err), "duplicate key"));
			err_reset(&err);
		}
		err_release(&err);
	}
	scan_release(&scan);
}

/* The first twin in the text is named, also where names are sorted. */
static void
test_first_twin_is_named(void **state)
{
	struct scan scan;

	(void)state;
	scan_init(&scan);
	expect_refusal(&scan, span_of("{\"z\":1,\"\\u0062\":2,\"z\":3,\"b\":4}"),
	        "byte 19: duplicate key \"z\"");
	scan_release(&scan);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_takes),
		cmocka_unit_test(test_refuses),
		cmocka_unit_test(test_refuses_every_beginning),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_many_names),
		cmocka_unit_test(test_first_twin_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
