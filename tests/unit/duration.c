#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "domain/duration.h"

struct taken {
	const char *text;
	int64_t n;
	enum duration_unit unit;
};

static const struct taken taken[] = {
	{ "2bd", 2, UNIT_BUSINESS_DAY },
	{ "0bd", 0, UNIT_BUSINESS_DAY },
	{ "007bd", 7, UNIT_BUSINESS_DAY },
	{ "8bh", 8 * 3600, UNIT_BUSINESS },
	{ "30bm", 1800, UNIT_BUSINESS },
	{ "2d", 2 * 86400, UNIT_PLAIN },
	{ "8h", 8 * 3600, UNIT_PLAIN },
	{ "30m", 1800, UNIT_PLAIN },
	{ "100000d", INT64_C(8640000000), UNIT_PLAIN },
};

static const char *const refused[] = { "", "2", "bd", "-2bd", "+2bd", "2 bd",
	" 2bd", "2bd ", "2BD", "2w", "2s", "1.5d", "1h30m", "100001m",
	"99999999999999999999d" };

static void
test_taken(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) {
		struct err err = { 0 };
		struct duration d;

		assert_int_equal(duration_parse(span_of(taken[i].text), &d,
			&err), 0);
		assert_int_equal(d.n, taken[i].n);
		assert_int_equal(d.unit, taken[i].unit);
		assert_int_equal(duration_is_business(d),
			d.unit != UNIT_PLAIN);
	}
}

static void
test_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		struct err err = { 0 };
		struct duration d;

		if (duration_parse(span_of(refused[i]), &d, &err) == 0)
			fail_msg("\"%s\" was taken", refused[i]);
		assert_int_equal(err.status, EX_DATAERR);
		assert_int_equal(err.n, 1);
		err_release(&err);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_taken),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
