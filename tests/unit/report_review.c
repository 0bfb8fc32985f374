#include "partials.h"
#include "reports.h"

static struct period
october(void)
{
	struct period period = { .now = at("2026-12-01T00:00:00Z"),
		.from = at("2026-10-01T00:00:00Z"), .to = at("2026-11-01T00:00:00Z") };

	period_close(&period);
	return period;
}

/* The review's cases, "number why why;", the first first. */
static void
put_review(struct buf *out, struct report *report)
{
	struct buf text = { 0 };
	const char *next;

	report_write_review(report, &text);
	next = buf_cstr(&text);
	while ((next = strstr(next, "\"id\":\"ESC-"))) {
		const char *end = strchr(next, '}');

		buf_printf(out, "%d", atoi(next + 10));
		next = strchr(next, '[');
		for (bool in = false; next < end; next++) {
			if (*next == '"' && !in)
				buf_putc(out, ' ');
			else if (in && *next != '"')
				buf_putc(out, *next);
			in = *next == '"' ? !in : in;
		}
		buf_putc(out, ';');
	}
	buf_release(&text);
}

#define MON      "2026-10-05T09:00:00Z"
#define ACCEPTED EVENT("10-05T09:00:00", "accepted") ",\"tier\":2}"
#define CONTACT  EVENT("10-05T09:00:00", "contacted") "}"
#define QUICKLY  EVENT("10-05T10:00:00", "resolved") "}"
#define LATE     EVENT("10-08T10:00:00", "resolved") "}"

/* One case alone: it is among the longest of one where it was at a tier. */
static const struct {
	const char *name, *events, *review;
} rows[] = {
	{ "nothing", "", "" },
	{ "in silence", ACCEPTED QUICKLY,
		"1 longest-in-tier resolved-without-contact;" },
	{ "with contact", ACCEPTED CONTACT QUICKLY, "1 longest-in-tier;" },
	{ "late as well", ACCEPTED LATE,
		"1 missed-limit longest-in-tier resolved-without-contact;" },
	{ "reopened soon", ACCEPTED CONTACT QUICKLY EVENT("10-05T11:00:00", "reopened") "}"
		EVENT("10-05T12:00:00", "resolved") "}",
		"1 reopened longest-in-tier reopened-within-2bd;" },
	{ "held late", ACCEPTED CONTACT EVENT("10-06T09:00:01", "paused") ",\"reason\":\"r\"}",
		"1 longest-in-tier held-after-target;" },
	{ "reclassified and due moved late", ACCEPTED
		EVENT("10-07T09:00:01", "reprioritised") ",\"priority\":\"p\",\"because\":\"b\"}",
		"1 exhausted missed-limit longest-in-tier reclassified-after-breach;" },
	{ "backdated", ACCEPTED CONTACT EVENT("10-07T09:00:00", "resolved")
		",\"logged\":\"2026-10-07T09:00:01Z\"}",
		"1 longest-in-tier backdated-past-limit;" },
	{ "amended and retracted are no reason", ACCEPTED CONTACT QUICKLY
		EVENT("10-05T11:00:00", "amended") ",\"set\":{\"subject\":\"s\"},\"because\":\"b\"}"
		EVENT("10-05T11:00:00", "retracted") ",\"event\":5,\"because\":\"b\"}",
		"1 longest-in-tier;" },
	{ "not of the period: no stay ended in it", EVENT("09-01T09:00:00", "accepted")
		",\"tier\":2}" EVENT("09-01T10:00:00", "resolved") "}", "" },
};

static void
test_reasons(void **state)
{
	struct period period = october();

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buf line = { 0 }, got = { 0 };
		struct report report;

		report_init(&report, &period, (struct span){ NULL, 0 });
		put_case(&line, 1, "2026-09-01T00:00:00Z", "", rows[i].events);
		add_line(*state, &report, &line);
		put_review(&got, &report);
		if (strcmp(buf_cstr(&got), rows[i].review) != 0)
			fail_msg("%s: %s; expected %s", rows[i].name, got.data, rows[i].review);
		report_release(&report);
		buf_release(&line);
		buf_release(&got);
	}
}

#define CASES 60

/*
 * All in silence, each fifth told when it was late too.  1 to 8 were at a tier
 * for long, 9 and 10 were promoted, 11 to 15 rated.
 */
static void
put_silent(struct buf *line, int number)
{
	struct buf events = { 0 };

	buf_printf(&events, "%s", EVENT("10-01T09:00:00", "accepted") ",\"tier\":1}");
	if (number == 9 || number == 10)
		buf_puts(&events, EVENT("10-01T09:30:00", "promoted") ",\"to\":2}");
	buf_printf(&events, ",{\"at\":\"2026-10-01T16:%02d:00Z\",\"by\":\"ana\","
		"\"type\":\"resolved\"%s}", number <= 8 ? 30 - number : 0,
		number % 5 == 0 ? ",\"logged\":\"2026-10-05T17:00:01Z\"" : "");
	if (number >= 11 && number <= 15)
		buf_printf(&events, ",{\"at\":\"2026-10-01T17:00:00Z\",\"by\":\"ana\","
			"\"type\":\"rated\",\"score\":%d}", number - 10);
	put_case(line, number, "2026-10-01T09:00:00Z", "", buf_cstr(&events));
	buf_release(&events);
}

static const char silent_review[] =
	"1 longest-in-tier resolved-without-contact;"
	"2 longest-in-tier resolved-without-contact;"
	"3 longest-in-tier resolved-without-contact;"
	"4 longest-in-tier resolved-without-contact;"
	"5 longest-in-tier backdated-past-limit resolved-without-contact;"
	"9 most-promotions resolved-without-contact;"
	"10 most-promotions backdated-past-limit resolved-without-contact;"
	"11 lowest-rating resolved-without-contact;"
	"12 lowest-rating resolved-without-contact;"
	"13 lowest-rating resolved-without-contact;"
	"14 lowest-rating resolved-without-contact;"
	"15 lowest-rating backdated-past-limit resolved-without-contact;"
	"20 backdated-past-limit resolved-without-contact;"
	"25 backdated-past-limit resolved-without-contact;"
	"30 backdated-past-limit resolved-without-contact;"
	"35 backdated-past-limit resolved-without-contact;"
	"40 backdated-past-limit resolved-without-contact;"
	"45 backdated-past-limit resolved-without-contact;"
	"50 backdated-past-limit resolved-without-contact;"
	"55 backdated-past-limit resolved-without-contact;"
	"60 backdated-past-limit resolved-without-contact;"
	"6 resolved-without-contact;7 resolved-without-contact;"
	"8 resolved-without-contact;16 resolved-without-contact;"
	"17 resolved-without-contact;18 resolved-without-contact;"
	"19 resolved-without-contact;21 resolved-without-contact;"
	"22 resolved-without-contact;23 resolved-without-contact;"
	"24 resolved-without-contact;";

/* The twenty are of those that no other list has, however they come. */
static void
test_hygiene(void **state)
{
	struct period period = october();
	struct report_part part[2];
	struct report whole;
	struct buf line = { 0 }, got = { 0 }, merged = { 0 };
	struct sum sum;

	sum_init(&sum);
	report_init(&whole, &period, (struct span){ NULL, 0 });
	begin_part(&part[0], &period, (struct span){ NULL, 0 });
	begin_part(&part[1], &period, (struct span){ NULL, 0 });
	for (int i = 0; i < CASES; i++) {
		put_silent(&line, 1 + i * 7 % CASES);
		add_line(*state, &whole, &line);
		add_line(*state, &part[i % 3 == 0].report, &line);
	}
	put_review(&got, &whole);
	assert_string_equal(buf_cstr(&got), silent_review);
	sum_part(&sum, &part[1]);
	sum_part(&sum, &part[0]);
	put_review(&merged, &sum.reader.part.report);
	assert_string_equal(buf_cstr(&merged), silent_review);
	assert_int_equal(whole.pressing, 0);
	report_release(&whole);
	sum_release(&sum);
	buf_release(&line);
	buf_release(&got);
	buf_release(&merged);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_reasons, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_hygiene, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
