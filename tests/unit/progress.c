#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/progress.h"

static void
check(uint64_t records, int64_t ms, uint64_t done, uint64_t total,
	const char *expected)
{
	char text[80];

	progress_format(text, sizeof text, records, ms, done, total);
	assert_string_equal(text, expected);
}

static void
test_line(void **state)
{
	(void)state;
	check(0, 0, 0, 0, "0 records, 0/s");
	check(5000, 2000, 0, 0, "5000 records, 2500/s");
	check(5000, 2000, 25, 100, "5000 records, 2500/s, 25 %");
	check(5000, 2000, 100, 100, "5000 records, 2500/s, 100 %");
	/* The file grew meanwhile: no share is better than a wrong one. */
	check(5000, 2000, 200, 100, "5000 records, 2500/s");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
