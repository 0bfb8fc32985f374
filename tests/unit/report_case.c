#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "cases.h"
#include "domain/report_case.h"

#define AT(at, type) ",{\"at\":\"2026-03-" at ":00Z\",\"type\":\"" type "\""
#define LOGGED(at)   ",\"logged\":\"2026-03-" at ":00Z\""

#define ACCEPTED AT("02T09:00", "accepted") ",\"tier\":1}"
#define TOLD_LATE AT("02T10:00", "resolved") LOGGED("20T10:00") "}"

/* A case of Monday, the second of March, 9:00, and what of it is bad manners. */
static const struct {
	const char *name, *policy, *events;
	enum hygiene figure;
	unsigned n;
} rows[] = {
	{ "told when the limit was over", "fold", ACCEPTED TOLD_LATE,
		BACKDATED_PAST_LIMIT, 1 },
	{ "two clocks, one event", "fold", AT("02T09:30", "closed") LOGGED("20T10:00") "}",
		BACKDATED_PAST_LIMIT, 1 },
	{ "told late, and reopened: a clock of its own", "fold", ACCEPTED TOLD_LATE
		AT("06T10:00", "reopened") "}" AT("06T11:00", "resolved") "}",
		BACKDATED_PAST_LIMIT, 1 },
	{ "where the clock runs on, that stop is taken back", "continue", ACCEPTED TOLD_LATE
		AT("06T10:00", "reopened") "}" AT("06T11:00", "resolved") "}",
		BACKDATED_PAST_LIMIT, 0 },
	{ "... and the last one is told late", "continue", ACCEPTED
		AT("02T10:00", "resolved") "}" AT("06T10:00", "reopened") "}"
		AT("06T11:00", "resolved") LOGGED("20T10:00") "}",
		BACKDATED_PAST_LIMIT, 1 },
	{ "reopened after the last resolution, not the first", "fold", ACCEPTED
		AT("02T10:00", "resolved") "}" AT("02T11:00", "reopened") "}"
		AT("09T10:00", "resolved") "}" AT("09T11:00", "reopened") "}",
		REOPENED_WITHIN_2BD, 2 },
	{ "reopened long after it was cancelled", "fold", AT("02T10:00", "cancelled") "}"
		AT("09T11:00", "reopened") "}", REOPENED_WITHIN_2BD, 0 },
	{ "and soon", "fold", AT("02T10:00", "cancelled") "}"
		AT("03T11:00", "reopened") "}", REOPENED_WITHIN_2BD, 1 },
	{ "contact before the acceptance at hand", "fold", ACCEPTED
		AT("02T10:00", "contacted") "}" AT("02T11:00", "cancelled") "}"
		AT("02T12:00", "reopened") "}" AT("02T13:00", "accepted") "}"
		AT("02T14:00", "resolved") "}", RESOLVED_WITHOUT_CONTACT, 1 },
	{ "contact before it was reopened", "fold", ACCEPTED
		AT("02T10:00", "contacted") "}" AT("02T11:00", "resolved") "}"
		AT("02T12:00", "reopened") "}" AT("02T13:00", "resolved") "}",
		RESOLVED_WITHOUT_CONTACT, 0 },
	{ "an update is contact", "fold", ACCEPTED AT("02T10:00", "updated") "}"
		AT("02T11:00", "resolved") "}", RESOLVED_WITHOUT_CONTACT, 0 },
	{ "the same code again, after the limit", "fold", ACCEPTED
		AT("09T10:00", "reclassified") ",\"set\":{\"impact\":\"critical\"}}"
		AT("09T11:00", "reclassified") ",\"set\":{\"impact\":\"critical\"}}"
		AT("09T12:00", "reprioritised") ",\"priority\":\"p\"}"
		AT("09T13:00", "reprioritised") ",\"priority\":\"p\"}",
		RECLASSIFIED_AFTER_BREACH, 2 },
	{ "the same deadline again, after it", "fold", AT("02T09:00", "accepted") ",\"tier\":3}"
		AT("02T10:00", "due_set") ",\"due\":\"2026-03-03T10:00:00Z\"}"
		AT("04T10:00", "due_set") ",\"due\":\"2026-03-03T11:00:00+01:00\"}"
		AT("04T11:00", "due_set") ",\"due\":\"2026-03-06T10:00:00Z\"}",
		DUE_MOVED_AFTER_BREACH, 1 },
	{ "a contact without effect is none", "fold", AT("02T08:00", "contacted") "}"
		ACCEPTED AT("02T11:00", "resolved") "}", RESOLVED_WITHOUT_CONTACT, 1 },
};

static void
test_hygiene(void **state)
{
	struct period period = { .now = instant("2026-04-01T00:00:00Z"),
		.from = instant("2026-03-01T00:00:00Z"), .to = INSTANT_NONE };

	(void)state;
	period_close(&period);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buf line = { 0 };
		struct unit_case c;
		struct case_sum sum;

		buf_printf(&line, "{\"v\":1,\"id\":\"ESC-1\",\"policy\":\"fold\","
			"\"policy_version\":\"%s\",\"created\":\"2026-03-02T09:00:00Z\","
			"\"events\":[{\"at\":\"2026-03-02T09:00:00Z\",\"type\":\"submitted\"}%s]}",
			rows[i].policy, rows[i].events);
		case_open(&c, buf_cstr(&line));
		case_fold(&c, period.end);
		case_sum(&sum, &c.fold, &period);
		if (sum.hygiene[rows[i].figure] != rows[i].n)
			fail_msg("%s: %s is %d", rows[i].name,
				hygiene_names[rows[i].figure], (int)sum.hygiene[rows[i].figure]);
		assert_int_equal(sum.why >> (REVIEW_HYGIENE + rows[i].figure) & 1,
			rows[i].n > 0);
		case_close(&c);
		buf_release(&line);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hygiene),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
