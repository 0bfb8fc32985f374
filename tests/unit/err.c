#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/err.h"

static void
test_empty(void **state)
{
	struct err err;

	(void)state;
	err_init(&err);
	assert_int_equal(err.status, 0);
	assert_string_equal(err_text(&err), "");
	err_reset(&err);
	err_release(&err);
}

static void
test_add_keeps_order_and_worst_status(void **state)
{
	struct err err = { 0 };

	(void)state;
	assert_int_equal(err_add(&err, EX_DATAERR, "impact", "expected %s", "high"), -1);
	assert_int_equal(err_add(&err, EX_CONFIG, NULL, "second"), -1);
	assert_int_equal(err_add(&err, EX_USAGE, "c", "third"), -1);
	assert_int_equal(err.n, 3);
	assert_int_equal(err.status, EX_CONFIG);
	assert_string_equal(err_text(&err), "impact: expected high");
	assert_string_equal(err.fault[1].where, "");
	assert_string_equal(err.fault[1].what, "second");
	assert_string_equal(err.fault[2].where, "c");
	err_release(&err);
	assert_int_equal(err.n, 0);
}

static void
test_text_without_place(void **state)
{
	struct err err = { 0 };

	(void)state;
	err_add(&err, EX_DATAERR, NULL, "100%% %d", 7);
	assert_string_equal(err_text(&err), "100% 7");
	err_set(&err, EX_DATAERR, "", "again");
	assert_string_equal(err_text(&err), "again");
	err_release(&err);
}

/* A fault may be put in place of itself, with its own words. */
static void
test_set_takes_its_own_text(void **state)
{
	struct err err = { 0 };

	(void)state;
	err_add(&err, EX_CONFIG, "a", "reason");
	err_add(&err, EX_CONFIG, "b", "other");
	assert_int_equal(err_set(&err, EX_DATAERR, "case", "%s", err_text(&err)), -1);
	assert_int_equal(err.n, 1);
	assert_int_equal(err.status, EX_DATAERR);
	assert_string_equal(err_text(&err), "case: a: reason");
	err_release(&err);
}

static void
test_reset_is_as_new(void **state)
{
	struct err err = { 0 };

	(void)state;
	for (int i = 0; i < 100; i++) {
		for (int k = 0; k < 20; k++)
			err_add(&err, EX_DATAERR, "x", "%d", k);
		assert_int_equal(err.n, 20);
		assert_string_equal(err_text(&err), "x: 0");
		err_reset(&err);
		assert_int_equal(err.status, 0);
		assert_string_equal(err_text(&err), "");
	}
	err_release(&err);
}

static void
test_long_text(void **state)
{
	char text[5001];
	struct err err = { 0 };

	(void)state;
	memset(text, 'x', 5000);
	text[5000] = '\0';
	err_add(&err, EX_DATAERR, text, "%s", text);
	assert_int_equal(strlen(err_text(&err)), 10002);
	err_release(&err);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_add_keeps_order_and_worst_status),
		cmocka_unit_test(test_text_without_place),
		cmocka_unit_test(test_set_takes_its_own_text),
		cmocka_unit_test(test_reset_is_as_new),
		cmocka_unit_test(test_long_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
