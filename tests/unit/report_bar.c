#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "cli/report_bar.h"

static void
check(int64_t n, int64_t of, size_t width, bool ascii, const char *expected)
{
	struct buf out = { 0 };

	bar_put(&out, n, of, width, ascii);
	assert_string_equal(buf_cstr(&out), expected);
	buf_release(&out);
}

static void
test_eighths(void **state)
{
	(void)state;
	check(8, 8, 2, false, "\u2588\u2588");
	check(4, 8, 2, false, "\u2588");
	check(5, 8, 2, false, "\u2588\u258E");
	check(1, 16, 2, false, "\u258F");
	check(15, 16, 2, false, "\u2588\u2589");
}

/* What is not nothing is seen, and what is not all is not drawn as all. */
static void
test_ends(void **state)
{
	(void)state;
	check(1, INT64_MAX, 32, false, "\u258F");
	check(1, INT64_MAX, 32, true, "#");
	check(INT64_MAX - 1, INT64_MAX, 2, false, "\u2588\u2589");
	check(9999, 10000, 3, true, "##");
	check(INT64_MAX, INT64_MAX, 3, true, "###");
	check(3, 2, 3, true, "###");
}

static void
test_nothing(void **state)
{
	(void)state;
	check(0, 5, 8, false, "");
	check(-1, 5, 8, false, "");
	check(5, 0, 8, false, "");
	check(0, 0, 8, true, "");
}

/* Never wider than it may be, and never shorter for more. */
static void
test_grows(void **state)
{
	(void)state;
	for (int64_t of = 1; of < 70; of++)
		for (size_t width = 1; width < 12; width++) {
			size_t last = 0;

			for (int64_t n = 0; n <= of; n++) {
				struct buf out = { 0 };
				size_t columns;

				bar_put(&out, n, of, width, false);
				columns = utf8_width(buf_text(&out));
				assert_true(columns >= last && columns <= width);
				last = columns;
				buf_release(&out);
			}
			assert_int_equal(last, width);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_eighths),
		cmocka_unit_test(test_ends),
		cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_grows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
