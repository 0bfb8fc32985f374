#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/report_grid.h"

static const char *const cells[][4] = {
	{ "tier", "12", "7", "50 %" },
	{ "resolve", "3", "10", "100 %" },
};

static void
check(size_t width, bool ascii, const char *expected)
{
	struct buf out = { 0 };
	struct grid grid;

	grid_init(&grid, width, ascii);
	grid_column(&grid, "clock", ALIGN_LEFT, false);
	grid_column(&grid, "n", ALIGN_RIGHT, false);
	grid_column(&grid, "missed", ALIGN_RIGHT, false);
	grid_column(&grid, "met rate", ALIGN_RIGHT, false);
	grid.n_keys = 1;
	grid.bar = 3;
	grid.whole = 100;
	for (size_t i = 0; i < 2; i++) {
		for (size_t k = 0; k < 4; k++)
			grid_cell(&grid, span_of(cells[i][k]));
		grid_draw(&grid, i ? 100 : 50);
	}
	grid_put(&grid, &out);
	assert_string_equal(buf_cstr(&out), expected);
	grid_end(&grid);
	buf_release(&out);
}

static void
test_bars(void **state)
{
	(void)state;
	check(40, true,
		"clock     n  missed  met rate\n"
		"tier     12       7      50 %  ####\n"
		"resolve   3      10     100 %  #########\n");
	check(39, false,
		"clock     n  missed  met rate\n"
		"tier     12       7      50 %  \u2588\u2588\u2588\u2588\n"
		"resolve   3      10     100 %  \u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588\n");
}

static void
test_no_room_for_a_bar(void **state)
{
	(void)state;
	check(38, true,
		"clock     n  missed  met rate\n"
		"tier     12       7      50 %\n"
		"resolve   3      10     100 %\n");
}

/* What does not fit stands below, with the keys; the bar where there is room. */
static void
test_goes_on_below(void **state)
{
	(void)state;
	check(28, true,
		"clock     n  missed\n"
		"tier     12       7\n"
		"resolve   3      10\n"
		"clock    met rate\n"
		"tier         50 %  ####\n"
		"resolve     100 %  #########\n");
	check(12, true,
		"clock     n\n"
		"tier     12\n"
		"resolve   3\n"
		"clock    missed\n"
		"tier          7\n"
		"resolve      10\n"
		"clock    met rate\n"
		"tier         50 %\n"
		"resolve     100 %\n");
}

static void
fill_words(struct grid *grid, size_t width, bool ascii)
{
	grid_init(grid, width, ascii);
	grid_column(grid, "case", ALIGN_LEFT, false);
	grid_column(grid, "text", ALIGN_LEFT, true);
	grid->n_keys = 2;
	grid_cell(grid, span_of("ESC-1234567890"));
	grid_cell(grid, span_of("\u00E9t\u00E9 \u202Eand more words"));
}

static void
check_words(size_t width, bool ascii, const char *expected)
{
	struct buf out = { 0 };
	struct grid grid;

	fill_words(&grid, width, ascii);
	grid_put(&grid, &out);
	assert_string_equal(buf_cstr(&out), expected);
	grid_end(&grid);
	buf_release(&out);
}

static void
test_words(void **state)
{
	(void)state;
	check_words(36, false,
		"case            text\n"
		"ESC-1234567890  \u00E9t\u00E9 \\u{202E}and mor\u2026\n");
	check_words(36, true,
		"case            text\n"
		"ESC-1234567890  \\u{E9}t\\u{E9} \\u{...\n");
	check_words(34, false,
		"ESC-1234567890\n"
		"  \u00E9t\u00E9 \\u{202E}and more words\n");
	check_words(20, false,
		"ESC-1234567890\n"
		"  \u00E9t\u00E9 \\u{202E}and m\u2026\n");
	check_words(20, true,
		"ESC-1234567890\n"
		"  \\u{E9}t\\u{E9} \\...\n");
}

/* The greatest figure fills the bar, where no other is said. */
static void
test_counts(void **state)
{
	static const int64_t n[] = { 5, 0, 20 };
	struct buf out = { 0 };
	struct grid grid;

	(void)state;
	grid_init(&grid, 20, true);
	grid_column(&grid, "tier", ALIGN_LEFT, false);
	grid_column(&grid, "n", ALIGN_RIGHT, false);
	grid.n_keys = 1;
	grid.bar = 1;
	for (size_t i = 0; i < 3; i++) {
		grid_cell(&grid, span_of("1"));
		grid_cell(&grid, span_of("2"));
		if (n[i])
			grid_draw(&grid, n[i]);
	}
	grid_put(&grid, &out);
	assert_string_equal(buf_cstr(&out), "tier  n\n1     2  ##\n1     2\n1     2  ###########\n");
	grid_end(&grid);
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bars),
		cmocka_unit_test(test_no_room_for_a_bar),
		cmocka_unit_test(test_goes_on_below),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
