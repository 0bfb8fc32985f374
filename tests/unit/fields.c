/* The members of a record: names, order, parts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "domain/fields.h"

static void
test_table(void **state)
{
	enum field_part part = PART_HEAD;

	(void)state;
	assert_null(field_table[FIELD_NONE].name);
	for (int field = 1; field < FIELD_COUNT; field++) {
		const struct field_info *info = &field_table[field];

		assert_non_null(info->name);
		assert_int_equal(field_find(span_of(info->name)), field);
		assert_true(info->part >= part); /* head, form, events, derived, added */
		part = info->part;
		assert_int_equal(field_in_form((enum field)field), part == PART_FORM);
		if (part == PART_FORM || part == PART_DERIVED || part == PART_ADDED)
			assert_false(info->needed);
	}
}

/* Whichever field came last, a name is found. */
static void
test_find_after(void **state)
{
	(void)state;
	for (int last = 0; last < FIELD_COUNT; last++) {
		for (int field = 1; field < FIELD_COUNT; field++)
			assert_int_equal(field_find_after(span_of(field_table[field].name),
				(enum field)last), field);
		assert_int_equal(field_find_after(span_of("x_site"), (enum field)last), FIELD_NONE);
	}
}

static void
test_unknown(void **state)
{
	static const char *const names[] = { "", "V", "ids", "i", "requester.email", "event" };

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		assert_int_equal(field_find(span_of(names[i])), FIELD_NONE);
}

static void
test_private(void **state)
{
	(void)state;
	assert_true(field_is_private(span_of("x_a")));
	assert_false(field_is_private(span_of("x_")));
	assert_false(field_is_private(span_of("x")));
	assert_false(field_is_private(span_of("X_a")));
	assert_false(field_is_private(span_of("y_a")));
	assert_false(field_is_private(span_of("xa_")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_find_after),
		cmocka_unit_test(test_unknown),
		cmocka_unit_test(test_private),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
