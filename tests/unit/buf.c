#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/instant.h"
#include "base/json.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

static void
test_empty(void **state)
{
	struct buf buf = { 0 };

	(void)state;
	buf_put(&buf, NULL, 0);
	buf_puts(&buf, "");
	buf_span(&buf, (struct span){ NULL, 0 });
	assert_null(buf.data);
	assert_string_equal(buf_cstr(&buf), "");
	assert_int_equal(buf.len, 0);
	buf_release(&buf);
	assert_null(buf.data);
}

/* Growing keeps the bytes, and slack after them. */
static void
test_growth(void **state)
{
	struct buf buf;

	(void)state;
	buf_init(&buf);
	for (int i = 0; i < 100000; i++) {
		buf_putc(&buf, (char)('a' + i % 26));
		assert_true(buf.cap - buf.len >= BUF_SLACK);
	}
	assert_int_equal(buf.len, 100000);
	for (int i = 0; i < 100000; i++)
		assert_int_equal(buf.data[i], 'a' + i % 26);
	buf_release(&buf);
}

static void
test_reserve_does_not_add(void **state)
{
	struct buf buf = { 0 };

	(void)state;
	buf_puts(&buf, "ab");
	memcpy(buf_reserve(&buf, 3), "cde", 3);
	assert_int_equal(buf.len, 2);
	buf.len += 3;
	assert_string_equal(buf_cstr(&buf), "abcde");
	buf_release(&buf);
}

static void
test_numbers(void **state)
{
	static const struct {
		int64_t value;
		const char *text;
	} rows[] = {
		{ 0, "0" },
		{ 7, "7" },
		{ -1, "-1" },
		{ 10, "10" },
		{ -100, "-100" },
		{ INT64_MAX, "9223372036854775807" },
		{ INT64_MIN, "-9223372036854775808" },
	};
	struct buf buf = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		buf.len = 0;
		buf_int(&buf, rows[i].value);
		assert_string_equal(buf_cstr(&buf), rows[i].text);
	}
	buf_release(&buf);
}

static void
test_printf(void **state)
{
	struct buf buf = { 0 };

	(void)state;
	buf_printf(&buf, "%s", "");
	buf_printf(&buf, "%d-%s", 42, "x");
	buf_printf(&buf, "%500d", 1);
	assert_int_equal(buf.len, 504);
	assert_memory_equal(buf.data, "42-x   ", 7);
	buf_release(&buf);
}

static void
test_instant(void **state)
{
	struct buf buf = { 0 };

	(void)state;
	buf_instant(&buf, INSTANT_MAX);
	assert_string_equal(buf_cstr(&buf), "9999-12-31T23:59:59Z");
	buf_release(&buf);
}

static void
test_json(void **state)
{
	static const char *const rows[][2] = {
		{ "", "\"\"" },
		{ "plain", "\"plain\"" },
		{ "a\"b", "\"a\\\"b\"" },
		{ "\\", "\"\\\\\"" },
		{ "/", "\"/\"" },
		{ "\b\f\n\r\t", "\"\\b\\f\\n\\r\\t\"" },
		{ "\x01\x1f\v", "\"\\u0001\\u001f\\u000b\"" },
		{ "\x7f", "\"\x7f\"" },
		{ "\xc3\xa9\xe2\x80\xa8", "\"\xc3\xa9\xe2\x80\xa8\"" },
		{ "\n\n", "\"\\n\\n\"" },
	};
	struct buf buf = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		buf.len = 0;
		buf_json(&buf, span_of(rows[i][0]));
		assert_string_equal(buf_cstr(&buf), rows[i][1]);
	}
	buf.len = 0;
	buf_json(&buf, (struct span){ "a\0b", 3 });
	assert_string_equal(buf_cstr(&buf), "\"a\\u0000b\"");
	buf_release(&buf);
}

/* Every character comes back as it was. */
static void
test_json_is_read_back(void **state)
{
	struct buf buf = { 0 };
	struct err err = { 0 };

	(void)state;
	for (int c = 1; c < 0x80; c++) {
		char text[] = { 'x', (char)c, '\0' };
		json_t *value;

		buf.len = 0;
		buf_json(&buf, span_of(text));
		value = json_read(buf_text(&buf), &err);
		assert_string_equal(json_string_value(value), text);
		json_decref(value);
	}
	buf_release(&buf);
	err_release(&err);
}

static void
test_key(void **state)
{
	struct buf buf = { 0 };

	(void)state;
	buf_putc(&buf, '{');
	buf_key(&buf, "a");
	buf_puts(&buf, "{}");
	buf_key(&buf, "b");
	buf_puts(&buf, "[{");
	buf_key(&buf, "c");
	buf_puts(&buf, "\"{\"");
	buf_key(&buf, "d");
	buf_puts(&buf, "1}]}");
	assert_string_equal(
	        buf_cstr(&buf), "{\"a\":{},\"b\":[{\"c\":\"{\",\"d\":1}]}");
	buf_release(&buf);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_growth),
		cmocka_unit_test(test_reserve_does_not_add),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_printf),
		cmocka_unit_test(test_instant),
		cmocka_unit_test(test_json),
		cmocka_unit_test(test_json_is_read_back),
		cmocka_unit_test(test_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
