/* The names of clocks. */
#include "cases.h"

#include "domain/clock_name.h"

static const struct {
	struct clock clock;
	const char *name;
} names[] = {
	{ { .id = CLOCK_TIER, .tier = 2, .cycle = 1 }, "tier 2 cycle 1" },
	{ { .id = CLOCK_UPDATE, .tier = 2, .cycle = 13 }, "update tier 2 cycle 13" },
	{ { .id = CLOCK_RESOLVE, .tier = 999, .cycle = 1 }, "resolve tier 999 cycle 1" },
	{ { .id = CLOCK_ACKNOWLEDGE, .cycle = 1 }, "acknowledge cycle 1" },
};

static void
test_names(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct buf alone = { 0 }, whole = { 0 }, want = { 0 };

		clock_name_short(&alone, &names[i].clock);
		assert_string_equal(buf_cstr(&alone), names[i].name);
		clock_name(&whole, span_of("ESC-1"), &names[i].clock);
		buf_printf(&want, "ESC-1 %s", names[i].name);
		assert_string_equal(buf_cstr(&whole), buf_cstr(&want));
		buf_release(&alone);
		buf_release(&whole);
		buf_release(&want);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
