#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>

#include "cli/pipeline.h"

/* A status of 128 and above is by a signal. */
static int
worst(const int *status, size_t n)
{
	struct stage stage[4] = { 0 };

	for (size_t i = 0; i < n; i++)
		stage[i] = (struct stage){ .status = status[i], .by_signal = status[i] > 128 };
	return pipeline_worst(stage, n);
}

static void
test_worst(void **state)
{
	static const struct {
		int status[3], want;
		size_t n;
	} rows[] = {
		{ { 0 }, 0, 1 },
		{ { 0, 0 }, 0, 2 },
		{ { 0, 1 }, 1, 2 },
		{ { 66, 1 }, 66, 2 },
		{ { 1, 65 }, 65, 2 },
		{ { 66, 74 }, 74, 2 },
		{ { 74, 66 }, 74, 2 },
		{ { 137, 65 }, 137, 2 },
		{ { 0, 137 }, 137, 2 },
		{ { 64, 65 }, 64, 2 },         /* the end mark is missing behind it */
		{ { 0, 65 }, 65, 2 },
		{ { 64, 0 }, 64, 2 },
		{ { 141, 64 }, 64, 2 },        /* cut off by it */
		{ { 141, 65 }, 65, 2 },        /* --strict: neither is lost */
		{ { 141, 1 }, 141, 2 },
		{ { 141, 0 }, 141, 2 },
		{ { 141, 141 }, 141, 2 },
		{ { 0, 141 }, 141, 2 },
		{ { 64, 65, 65 }, 64, 3 },
		{ { 141, 141, 65 }, 65, 3 },
		{ { 141, 65, 0 }, 65, 3 },
		{ { 64, 65, 141 }, 141, 3 },
		{ { 0, 2 }, 2, 2 },            /* a plug-in's critical */
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_int_equal(worst(rows[i].status, rows[i].n), rows[i].want);
}

/* Where any stage was in trouble, the answer is trouble. */
static void
test_never_green(void **state)
{
	static const int each[] = { 0, 1, 64, 65, 74, 137, 141 };
	const size_t n = sizeof each / sizeof *each;

	(void)state;
	for (size_t i = 0; i < n * n * n; i++) {
		const int status[] = { each[i % n], each[i / n % n], each[i / n / n] };
		int most = 0;

		for (size_t k = 0; k < 3; k++)
			most = status[k] > most ? status[k] : most;
		if (most > 1)
			assert_true(worst(status, 3) > 1);
		else
			assert_int_equal(worst(status, 3), most);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_worst),
		cmocka_unit_test(test_never_green),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
