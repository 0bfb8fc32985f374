/* store/line: the frame, the chain, and every byte of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "store/line.h"

#define STORE_ID "00112233445566778899aabbccddeeff"
#define SALT     "0123456789abcdef0123456789abcdef"

/* As b2sum -l 256 prints them. */
#define GENESIS "3493f0a06ba69be3d8de6ec44aa40caf44c98e438d280369904f3b559e9ef28a"
#define DATA_HASH "7612151b960c15c21130ded1150f0fe4ed49f5f0ad8dbbfb30fb1885f0368be0"
#define CHAIN   "78a5566e60f971ef825f1ffe38d9188ba7a4c51cd938b0006ca544224943425f"

#define CHAINED \
	"{\"v\":1,\"seq\":4711,\"at\":\"2026-11-21T19:30:00Z\",\"by\":\"a\\\"nn\",\"id\":\"ESC-1\"," \
	"\"rev\":1,\"b\":\"3/100\",\"dh\":\"" DATA_HASH "\""
#define DATA "{\"id\":\"ESC-1\",\"rev\":1}"
#define LINE \
	CHAINED ",\"salt\":\"" SALT "\",\"data\":" DATA ",\"h\":\"" CHAIN "\"}"

static const struct store_line sample = {
	.seq = 4711,
	.at = 1795289400,
	.rev = 1,
	.by = { "a\"nn", 4 },
	.id = { "ESC-1", 5 },
	.place = 3,
	.of = 100,
	.salt = { SALT, SALT_DIGITS },
	.data = { DATA, sizeof DATA - 1 },
};

static void
test_written(void **state)
{
	struct buf out = { 0 };
	char h[HASH_HEX];

	(void)state;
	line_genesis(span_of(STORE_ID), h);
	assert_string_equal(h, GENESIS);
	line_write(&out, &sample, h);
	assert_string_equal(buf_cstr(&out), LINE "\n");
	assert_string_equal(h, CHAIN);
	buf_release(&out);
}

static void
test_read(void **state)
{
	struct store_line line;
	struct err err = { 0 };
	char h[] = GENESIS;

	(void)state;
	assert_int_equal(line_parse(span_of(LINE), &line, &err), 0);
	assert_int_equal(line.seq, 4711);
	assert_int_equal(line.at, 1795289400);
	assert_int_equal(line.rev, 1);
	assert_true(span_is(line.by, "a\\\"nn"));
	assert_true(span_is(line.id, "ESC-1"));
	assert_int_equal(line.place, 3);
	assert_int_equal(line.of, 100);
	assert_true(span_is(line.dh, DATA_HASH));
	assert_true(span_is(line.salt, SALT));
	assert_true(span_is(line.data, DATA));
	assert_true(span_is(line.h, CHAIN));
	assert_true(span_is(line.chained, CHAINED));
	line_chain(&line, h);
	assert_string_equal(h, CHAIN);
	assert_true(line_data_is_whole(&line));
	assert_false(line_is_erased(&line));
}

/* What is put in the place of what, and the part that is then at fault. */
static const char *const spoilt[][3] = {
	{ "{\"v\":1", "{\"v\":2", "seq" },
	{ "{\"v\":1", "{ \"v\":1", "seq" },
	{ "4711", "04711", "seq" },
	{ "4711", "0", "seq" },
	{ "4711", "-4711", "seq" },
	{ "4711", "", "seq" },
	{ "4711", "4711.0", "at" },
	{ "4711", "1234567890123456789", "seq" },
	{ "2026-11-21T", "2026-11-21t", "at" },
	{ "2026-11-21T", "2026-11-31T", "at" },
	{ "19:30:00Z", "19:30:60Z", "at" },
	{ "19:30:00Z", "19:30:00+", "at" },
	{ "19:30:00Z", "19:30:00.5Z", "at" },
	{ "\"by\":\"a\\\"nn\"", "\"by\":\"ann\n\"", "by" },
	{ "\"by\":\"a\\\"nn\"", "\"by\":null", "by" },
	{ "\"by\":\"a\\\"nn\",\"id\":\"ESC-1\"", "\"id\":\"ESC-1\",\"by\":\"ann\"", "by" },
	{ "\"id\":\"ESC-1\",\"rev\":1,\"b\"", "\"id\":\"ESC-1\",\"b\"", "rev" },
	{ "\"rev\":1,\"b\"", "\"rev\":01,\"b\"", "rev" },
	{ "\"rev\":1,\"b\"", "\"rev\":1, \"b\"", "b" },
	{ "3/100", "0/100", "b" },
	{ "3/100", "101/100", "b" },
	{ "3/100", "3/0100", "b" },
	{ "3/100", "3", "b" },
	{ "\"dh\":\"", "\"dh\":\"A", "dh" },
	{ "\"dh\":\"", "\"dh\":\"0", "dh" },
	{ SALT, "0123456789ABCDEF0123456789abcdef", "salt" },
	{ SALT, "0123456789abcdef", "salt" },
	{ "\"data\":" DATA, "\"data\":[]", "data" },
	{ "\"data\":" DATA, "\"data\":{", "data" },
	{ "\"data\":" DATA, "\"data\":", "data" },
	{ "\"data\":" DATA, "\"data\":" DATA "x", "data" },
	{ ",\"h\":\"", ",\"g\":\"", "h" },
	{ CHAIN "\"}", CHAIN "\"} ", "data" },
	{ CHAIN, "G" CHAIN, "data" },
};

static char *
replace(const char *text, const char *what, const char *by)
{
	const char *at = strstr(text, what);
	struct buf out = { 0 };

	assert_non_null(at);
	buf_put(&out, text, (size_t)(at - text));
	buf_puts(&out, by);
	buf_puts(&out, at + strlen(what));
	return buf_cstr(&out);
}

static void
test_strict(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof spoilt / sizeof spoilt[0]; i++) {
		char *text = replace(LINE, spoilt[i][0], spoilt[i][1]);
		char part[16];
		struct store_line line;
		struct err err = { 0 };

		snprintf(part, sizeof part, "\"%s\"", spoilt[i][2]);
		assert_int_equal(line_parse(span_of(text), &line, &err), -1);
		assert_int_equal(err.status, EX_DATAERR);
		if (!strstr(err_text(&err), part))
			fail_msg("%s -> %s: %s", spoilt[i][0], spoilt[i][1], err_text(&err));
		err_release(&err);
		free(text);
	}
}

/* In memory of just its length, so that a byte too far is a crash. */
static void
test_cut(void **state)
{
	(void)state;
	for (size_t n = 0; n < sizeof LINE - 1; n++) {
		char *text = malloc(n ? n : 1);
		struct store_line line;
		struct err err = { 0 };

		assert_non_null(text);
		memcpy(text, LINE, n);
		assert_int_equal(line_parse((struct span){ text, n }, &line, &err), -1);
		err_release(&err);
		free(text);
	}
}

/* Whether a changed line passes for whole behind the genesis. */
static bool
passes(struct span text)
{
	struct store_line line;
	struct err err = { 0 };
	char h[] = GENESIS;
	int rc = line_parse(text, &line, &err);

	err_release(&err);
	if (rc)
		return false;
	line_chain(&line, h);
	return span_is(line.h, h) && line_data_is_whole(&line);
}

static void
test_every_byte_counts(void **state)
{
	static const char other[] = "01a\"{}, Z";
	char text[] = LINE;

	(void)state;
	assert_true(passes(span_of(text)));
	for (size_t i = 0; i < sizeof text - 1; i++) {
		for (size_t k = 0; k < sizeof other - 1; k++) {
			char was = text[i];

			if (was == other[k])
				continue;
			text[i] = other[k];
			assert_false(passes(span_of(text)));
			text[i] = was;
		}
	}
}

/* Erasing keeps the length: blanks follow the new data. */
static void
test_erased(void **state)
{
	struct store_line line = sample;
	struct buf out = { 0 };
	struct err err = { 0 };
	char h[] = GENESIS, chain[] = GENESIS;

	(void)state;
	line.salt = span_of(SALT_ERASED);
	line.data = span_of("{\"id\":\"\"}   ");
	line_write(&out, &line, h);
	out.len--;
	assert_int_equal(line_parse(buf_text(&out), &line, &err), 0);
	assert_true(span_is(line.data, "{\"id\":\"\"}   "));
	assert_true(line_is_erased(&line));
	line_chain(&line, chain);
	assert_string_equal(chain, h);
	buf_release(&out);
}

static void
test_line_of_the_store(void **state)
{
	struct store_line line = sample;
	struct buf out = { 0 };
	struct err err = { 0 };
	char h[] = GENESIS;

	(void)state;
	line.id = span_of("");
	line.rev = 0;
	line.by = span_of("\",\"salt\":\"\n\\");
	line_write(&out, &line, h);
	assert_null(memchr(out.data, '\n', out.len - 1));
	out.len--;
	assert_int_equal(line_parse(buf_text(&out), &line, &err), 0);
	assert_int_equal(line.rev, 0);
	assert_int_equal(line.id.n, 0);
	assert_ptr_equal(strstr(buf_cstr(&out), ",\"salt\":\""),
	        line.chained.p + line.chained.n);
	buf_release(&out);
}

static int
by_text(const void *a, const void *b)
{
	return strcmp(a, b);
}

static void
test_salts_differ(void **state)
{
	static char salt[1000][SALT_DIGITS + 1];

	(void)state;
	for (size_t i = 0; i < 1000; i++) {
		line_salt(salt[i]);
		assert_int_equal(strspn(salt[i], "0123456789abcdef"), SALT_DIGITS);
		assert_int_equal(strlen(salt[i]), SALT_DIGITS);
	}
	qsort(salt, 1000, sizeof salt[0], by_text);
	for (size_t i = 1; i < 1000; i++)
		assert_string_not_equal(salt[i - 1], salt[i]);
}

static void
test_start(void **state)
{
	int64_t seq, at;

	(void)state;
	assert_int_equal(line_parse_start((struct span){ LINE, LINE_START }, &seq, &at), 0);
	assert_int_equal(seq, 4711);
	assert_int_equal(at, 1795289400);
	assert_int_equal(line_parse_start((struct span){ LINE, 20 }, &seq, &at), -1);
	assert_int_equal(line_parse_start(span_of(DATA), &seq, &at), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_written),
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_strict),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_every_byte_counts),
		cmocka_unit_test(test_erased),
		cmocka_unit_test(test_line_of_the_store),
		cmocka_unit_test(test_salts_differ),
		cmocka_unit_test(test_start),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
