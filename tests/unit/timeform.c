#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/instant.h"
#include "domain/timeform.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

/* A text under a format in a zone (NULL: none), and the instant it says. */
static const struct {
	const char *format, *text, *zone, *want;
} rows[] = {
	{ "%d/%m/%Y %H:%M", "29/2/2016 01:16", "UTC", "2016-02-29T01:16:00Z" },
	{ "%d/%m/%Y %H:%M", "9/2/2016 1:6", "UTC", "2016-02-09T01:06:00Z" },
	{ "%d/%m/%Y %H:%M", "30/2/2016 01:16", "UTC", "!no such time" },
	{ "%d/%m/%Y %H:%M", "12/13/2016 01:16", "UTC", "!no such time" },
	{ "%d/%m/%Y %H:%M", "1/12/2016 24:00", "UTC", "!no such time" },
	{ "%d/%m/%Y %H:%M", "1/12/2016 01:16:00", "UTC", "!expected the form %d/%m/%Y %H:%M" },
	{ "%d/%m/%Y %H:%M", "1/12/16 01:16", "UTC", "!expected the form %d/%m/%Y %H:%M" },
	{ "%d/%m/%Y %H:%M", "1/12/2016 01:16", NULL, "!no zone: say --tz" },
	{ "%d/%m/%Y %H:%M", "1/7/2016 01:16", "Europe/London", "2016-07-01T00:16:00Z" },
	{ "%m/%d/%y %I:%M %p", "07/01/16 12:30 AM", "UTC", "2016-07-01T00:30:00Z" },
	{ "%m/%d/%y %I:%M %p", "07/01/69 12:30 pm", "UTC", "1969-07-01T12:30:00Z" },
	{ "%m/%d/%y %I:%M %p", "07/01/16 13:30 PM", "UTC", "!no such time" },
	{ "%a, %d %b %Y %H:%M:%S %z", "Fri, 1 Jul 2016 12:30:15 +0200", NULL,
		"2016-07-01T10:30:15Z" },
	{ "%A %d %B %Y", "friday 1  july 2016", "UTC", "2016-07-01T00:00:00Z" },
	{ "%d-%b-%Y", "1-May-2016", "UTC", "2016-05-01T00:00:00Z" },
	{ "%d-%b-%Y", "1-Mai-2016", "UTC", "!expected the form %d-%b-%Y" },
	{ "%Y-%m-%dT%H:%M:%S.%f%z", "2016-07-01T12:30:15.999-05:30", NULL,
		"2016-07-01T18:00:15Z" },
	{ "%Y-%m-%dT%H:%M:%S%z", "2016-07-01T12:30:15Z", NULL, "2016-07-01T12:30:15Z" },
	{ "%Y-%m-%dT%H:%M:%S%z", "2016-07-01T12:30:15+25:00", NULL,
		"!expected the form %Y-%m-%dT%H:%M:%S%z" },
	{ "%s", "1467376215", NULL, "2016-07-01T12:30:15Z" },
	{ "100%% %Y", "100% 2016", "UTC", "2016-01-01T00:00:00Z" },
	{ "rfc3339", "2016-07-01T12:30:15+02:00", NULL, "2016-07-01T10:30:15Z" },
	{ "rfc3339", "2016-07-01 12:30", "UTC", "!expected the form rfc3339" },
	{ "%Y", "", "UTC", "!expected the form %Y" },
};

static void
test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct err err = { 0 };
		const struct zone *zone = rows[i].zone ? zone_load(rows[i].zone, &err)
			: NULL;
		char got[INSTANT_SIZE];
		int64_t at;

		assert_null(timeform_problem(rows[i].format));
		if (timeform_read(span_of(rows[i].text), &rows[i].format, 1, zone,
				&at, &err) == 0) {
			instant_format(at, got);
			assert_string_equal(got, rows[i].want);
		} else {
			const char *want = rows[i].want + 1;

			assert_int_equal(*rows[i].want, '!');
			assert_memory_equal(err_text(&err), want, strlen(want));
		}
		err_release(&err);
	}
}

static void
test_first_that_fits(void **state)
{
	static const char *const formats[] = { "%d.%m.%Y", "rfc3339", "%Y-%m-%d" };
	struct err err = { 0 };
	int64_t at;

	(void)state;
	assert_int_equal(timeform_read(span_of("1970-01-02"), formats, 3,
		zone_load("UTC", &err), &at, &err), 0);
	assert_int_equal(at, DAY_S);
	assert_int_equal(timeform_read(span_of("32.1.2016"), formats, 3,
		zone_load("UTC", &err), &at, &err), -1);
	assert_string_equal(err_text(&err), "no such time; got \"32.1.2016\"");
	err_release(&err);
}

static void
test_problems(void **state)
{
	(void)state;
	assert_non_null(timeform_problem("%Q"));
	assert_non_null(timeform_problem("%Y-%"));
	assert_non_null(timeform_problem("yyyy-mm-dd"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_first_that_fits),
		cmocka_unit_test(test_problems),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
