#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "cli/twice.h"

#define NAMES 20000

static void
add(struct twice *twice, int number)
{
	char name[32];

	snprintf(name, sizeof name, "ESC-%026d", number);
	twice_add(twice, span_of(name));
}

/* A name counts when it comes for the second time, and then no more. */
static void
test_twice(void **state)
{
	struct twice twice = { 0 };

	(void)state;
	for (int i = 0; i < NAMES; i++)
		add(&twice, i);
	assert_int_equal(twice.n, 0);
	for (int i = 0; i < NAMES; i += 2)
		add(&twice, i);
	assert_int_equal(twice.n, NAMES / 2);
	for (int i = 0; i < NAMES; i += 4)
		add(&twice, i);
	assert_int_equal(twice.n, NAMES / 2);
	for (int i = 0; i < 3 * NAMES; i++)
		add(&twice, i);
	assert_int_equal(twice.n, NAMES);
	assert_int_equal(twice.n_names, 3 * NAMES);
	twice_release(&twice);
}

static void
test_empty(void **state)
{
	struct twice twice = { 0 };

	(void)state;
	for (int i = 0; i < 3; i++)
		twice_add(&twice, span_of(""));
	twice_add(&twice, span_of("a"));
	assert_int_equal(twice.n, 1);
	twice_release(&twice);
	twice_release(&twice);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_twice),
		cmocka_unit_test(test_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
