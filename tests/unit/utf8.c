#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/utf8.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

static void
test_valid(void **state)
{
	static const struct {
		const char *text;
		bool valid;
	} rows[] = {
		{ "", true }, { "a", true }, { "\xC3\xA9", true },
		{ "\xE2\x82\xAC", true }, { "\xF0\x9F\x98\x80", true },
		{ "\xF4\x8F\xBF\xBF", true }, { "\xEF\xBF\xBF", true },
		{ "\xC3", false }, { "\x80", false }, { "\xFF", false },
		{ "\xC0\xAF", false }, { "\xE0\x80\xAF", false },
		{ "\xF0\x80\x80\xAF", false }, { "\xED\xA0\x80", false },
		{ "\xF4\x90\x80\x80", false }, { "\xF8\x88\x80\x80\x80", false },
		{ "a\xE2\x82", false }, { "\xE2\x82" "a", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_int_equal(utf8_valid(span_of(rows[i].text)), rows[i].valid);
}

static void
test_display(void **state)
{
	static const struct {
		const char *text, *shown;
	} rows[] = {
		{ "plain", "plain" },
		{ "a\nb\tc\r", "a\\nb\\tc\\r" },
		{ "\x1B[31mred", "\\u{1B}[31mred" },
		{ "\x7F", "\\u{7F}" },
		{ "\xC2\x9B" "2J", "\\u{9B}2J" },
		{ "\xE2\x80\xAE" "abc", "\\u{202E}abc" },
		{ "\xE2\x81\xA6x\xE2\x81\xA9", "\\u{2066}x\\u{2069}" },
		{ "\xE2\x80\x8E\xE2\x80\x8F\xD8\x9C", "\\u{200E}\\u{200F}\\u{61C}" },
		{ "\xE2\x80\xA8\xE2\x80\xA9", "\\u{2028}\\u{2029}" },
		{ "\xEF\xBB\xBF", "\\u{FEFF}" },
		{ "\xEF\xBF\xBE\xEF\xBF\xBF", "\\u{FFFE}\\u{FFFF}" },
		{ "\xFFx\xC3", "\\x{FF}x\\x{C3}" },
		{ "\xED\xA0\x80", "\\x{ED}\\x{A0}\\x{80}" },
		{ "Z\xC3\xBCrich \xE6\x9D\xB1", "Z\xC3\xBCrich \xE6\x9D\xB1" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buf out = { 0 };

		utf8_display(&out, span_of(rows[i].text));
		assert_string_equal(buf_cstr(&out), rows[i].shown);
		buf_release(&out);
	}
}

/* A NUL in the middle is shown, not the end. */
static void
test_nul(void **state)
{
	struct buf out = { 0 };

	(void)state;
	utf8_display(&out, (struct span){ "a\0b", 3 });
	assert_string_equal(buf_cstr(&out), "a\\u{00}b");
	buf_release(&out);
}

static void
test_width(void **state)
{
	static const struct {
		const char *text;
		size_t width;
	} rows[] = {
		{ "", 0 }, { "abc", 3 }, { "\xC3\xA9", 1 },
		{ "e\xCC\x81", 1 },           /* e and a combining acute */
		{ "\xE6\x9D\xB1\xE4\xBA\xAC", 4 },
		{ "\xED\x95\x9C", 2 },        /* Hangul */
		{ "\xEF\xBC\xA1", 2 },        /* fullwidth A */
		{ "\xF0\x9F\x98\x80", 2 },
		{ "\xF0\xA0\x80\x80", 2 },    /* CJK extension B */
		{ "\n", 2 }, { "\xFF", 6 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_int_equal(utf8_width(span_of(rows[i].text)), rows[i].width);
}

static void
test_cut(void **state)
{
	(void)state;
	assert_int_equal(utf8_cut(span_of("abc"), 5).n, 3);
	assert_int_equal(utf8_cut(span_of("abc"), 2).n, 2);
	assert_int_equal(utf8_cut(span_of("abc"), 0).n, 0);
	/* A wide letter is taken whole or not at all. */
	assert_int_equal(utf8_cut(span_of("\xE6\x9D\xB1\xE4\xBA\xAC"), 3).n, 3);
	/* Marks stay with their letter. */
	assert_int_equal(utf8_cut(span_of("e\xCC\x81x"), 1).n, 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_valid),
		cmocka_unit_test(test_display),
		cmocka_unit_test(test_nul),
		cmocka_unit_test(test_width),
		cmocka_unit_test(test_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
