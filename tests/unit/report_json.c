#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/buf.h"
#include "domain/report_json.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

/* A rate of some is never one of all or of none. */
static void
test_met_rate(void **state)
{
	static const struct {
		uint64_t met, n;
		const char *want;
	} rates[] = {
		{ 0, 0, "" }, { 0, 1, "0" }, { 1, 1, "1" }, { 1, 2, "0.5" }, { 2, 3, "0.6667" },
		{ 99999, 100000, "0.9999" }, { 1, 100000, "0.0001" },
		{ INT64_MAX - 1, INT64_MAX, "0.9999" }, { 1, INT64_MAX, "0.0001" },
		{ INT64_MAX, INT64_MAX, "1" }, { 99994, 100000, "0.9999" },
		{ 9999, 10000, "0.9999" }, { 5, 100000, "0.0001" }, { 15, 100000, "0.0002" },
	};
	char want[64];

	(void)state;
	for (size_t i = 0; i < COUNT(rates); i++) {
		struct buf out = { 0 };

		buf_putc(&out, '{');
		report_met_rate(&out, rates[i].met, rates[i].n);
		snprintf(want, sizeof want, *rates[i].want ? "{\"met_rate\":%s" : "{%s",
			rates[i].want);
		assert_string_equal(buf_cstr(&out), want);
		buf_release(&out);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_met_rate),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
