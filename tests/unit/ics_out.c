/* Content lines of iCalendar: unfolded they are what was put. */
#include "cases.h"

#include "cli/ics_out.h"

static void
assert_put(const char *text, const char *want)
{
	struct buf out = { 0 };

	ics_out_text(&out, "SUMMARY", span_of(text));
	assert_string_equal(buf_cstr(&out), want);
	buf_release(&out);
}

static void
test_escapes(void **state)
{
	(void)state;
	assert_put("", "SUMMARY:\r\n");
	assert_put("a;b,c\\d:\"e\"", "SUMMARY:a\\;b\\,c\\\\d:\"e\"\r\n");
	assert_put("a\nb\n", "SUMMARY:a\\nb\\n\r\n");
	assert_put("a\r\nEND:VEVENT", "SUMMARY:a\\\\r\\nEND:VEVENT\r\n");
	assert_put("\x1b[2J\xe2\x80\xae", "SUMMARY:\\\\u{1B}[2J\\\\u{202E}\r\n");
}

/* Looks at the lines of out and takes the folds away. */
static void
unfold(const struct buf *out, struct buf *line)
{
	size_t column = 0;

	for (size_t i = 0; i < out->len; i++) {
		const char *p = out->data + i;

		if (out->len - i > 2 && memcmp(p, "\r\n ", 3) == 0) {
			assert_true(((unsigned char)p[3] & 0xc0) != 0x80);
			i += 2;
			column = 1;
			continue;
		}
		buf_putc(line, *p);
		column += *p != '\r' && *p != '\n';
		assert_true(column <= 75);
	}
}

static void
test_folds(void **state)
{
	static const char *const letters[] = { "x", "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80" };

	(void)state;
	for (size_t n = 0; n < 400; n++) {
		struct buf text = { 0 }, out = { 0 }, line = { 0 }, want = { 0 };

		for (size_t i = 0; i < n; i++)
			buf_puts(&text, letters[(i * i + n) % 4]);
		ics_out_text(&out, "X", buf_text(&text));
		buf_printf(&want, "X:%.*s\r\n", (int)text.len, text.len ? text.data : "");
		unfold(&out, &line);
		assert_string_equal(buf_cstr(&line), buf_cstr(&want));
		buf_release(&text);
		buf_release(&out);
		buf_release(&line);
		buf_release(&want);
	}
}

static void
test_instants(void **state)
{
	struct buf out = { 0 };

	(void)state;
	ics_out_instant(&out, "DTSTART", 1795023000);
	ics_out_plain(&out, "BEGIN", "VEVENT");
	assert_string_equal(buf_cstr(&out), "DTSTART:20261118T173000Z\r\nBEGIN:VEVENT\r\n");
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_escapes),
		cmocka_unit_test(test_folds),
		cmocka_unit_test(test_instants),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
