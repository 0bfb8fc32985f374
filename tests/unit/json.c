#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"

static void
test_takes_any_value(void **state)
{
	static const char *const rows[] = { "{}", "[1]", "\"a\"", "null", " 7 \n",
		"{\"a\":{\"b\":1},\"b\":2}" };
	struct err err = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		json_t *value = json_read(span_of(rows[i]), &err);

		assert_non_null(value);
		assert_int_equal(err.n, 0);
		json_decref(value);
	}
	err_release(&err);
}

static void
test_refuses_with_a_place(void **state)
{
	static const struct {
		struct span text;
		const char *why;
	} rows[] = {
		{ { NULL, 0 }, "line 1, column 0: unexpected token near end of file" },
		{ { "{\"a\":1,\n\"a\":2}", 14 },
		        "line 2, column 3: duplicate object key" },
		{ { "{\"a\":1,\n\"\\u0061\":2}", 19 }, "duplicate object key" },
		{ { "{}x", 3 }, "line 1, column 3: end of file expected" },
		{ { "{\"a\":1\0}", 8 }, "line 1, column 7: a NUL byte" },
		{ { "[\n1\0]", 5 }, "line 2, column 2: a NUL byte" },
		{ { "\"\xff\"", 3 }, "line 1, column 1: unable to decode byte 0xff" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct err err = { 0 };

		assert_null(json_read(rows[i].text, &err));
		assert_int_equal(err.status, EX_CONFIG);
		if (!strstr(err_text(&err), rows[i].why))
			fail_msg("%s\n is not: %s", err_text(&err), rows[i].why);
		err_release(&err);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_takes_any_value),
		cmocka_unit_test(test_refuses_with_a_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
