/* What a review says of a case beside its id. */
#include "partials.h"
#include "reports.h"

#include "domain/report_note.h"

static void
write(const struct note *note, struct buf *out)
{
	out->len = 0;
	buf_putc(out, '{');
	note_write(note, out);
	buf_putc(out, '}');
}

static void
test_write(void **state)
{
	struct note note = { .subject = span_of("\x1b\"<b>"), .tier = 2, .limits_passed = 7,
		.queue = span_of("q"), .assignee = span_of("ana"), .case_number = span_of("C-1") };
	struct buf out = { 0 };

	(void)state;
	write(&note, &out);
	assert_string_equal(buf_cstr(&out), "{\"case_number\":\"C-1\",\"subject\":\"\\u001b\\\"<b>\","
		"\"tier\":2,\"assignee\":\"ana\",\"queue\":\"q\",\"limits_passed\":7}");
	write(&(struct note){ .tier = 1 }, &out);
	assert_string_equal(buf_cstr(&out), "{\"tier\":1}");
	write(NULL, &out);
	assert_string_equal(buf_cstr(&out), "{}");
	buf_release(&out);
}

#define LETTER "\xc3\xa9"

/* Of 200 characters or more, however many bytes they are. */
static void
test_cut(void **state)
{
	struct buf text = { 0 };
	struct note note = { .tier = 0 }, *copy;

	(void)state;
	for (int i = 0; i < 300; i++)
		buf_puts(&text, LETTER);
	for (size_t n = 199; n <= 300; n += n < 202 ? 1 : 98) {
		note.subject = (struct span){ text.data, n * 2 };
		copy = note_copy(&note);
		assert_int_equal(copy->subject.n, (n < 200 ? n : 200) * 2);
		assert_memory_equal(copy->subject.p, text.data, copy->subject.n);
		assert_int_equal(note_order(copy, &note), 0);
		note_free(copy);
	}
	note.subject = span_of("");
	assert_null(note_copy(&note));
	assert_null(note_copy(NULL));
	assert_int_equal(note_order(&note, NULL), 0);
	buf_release(&text);
}

static void
test_order(void **state)
{
	static const struct note rising[] = {
		{ .tier = 0 }, { .limits_passed = 1 }, { .queue = { "a", 1 } },
		{ .tier = 1 }, { .tier = 2 }, { .subject = { "a", 1 } },
		{ .subject = { "a", 1 }, .tier = 1 }, { .subject = { "ab", 2 } },
		{ .case_number = { "1", 1 } },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rising); i++)
		for (size_t j = 0; j < COUNT(rising); j++) {
			int order = note_order(&rising[i], &rising[j]);

			assert_int_equal((order > 0) - (order < 0), (i > j) - (i < j));
		}
}

#define ACCEPTED EVENT("10-05T09:00:00", "accepted") \
	",\"tier\":1,\"assignee\":\"bo\",\"queue\":\"north\"}"
#define AMENDED EVENT("10-06T09:00:00", "amended") \
	",\"set\":{\"subject\":\"newer\"},\"because\":\"b\"}"
#define PROMOTED EVENT("10-07T12:00:00", "promoted") ",\"from\":1,\"to\":2}"

static const struct {
	const char *name, *form, *events, *row;
} rows[] = {
	{ "as it was submitted", "\"case_number\":\"C-1\",\"subject\":\"s\"", ACCEPTED,
		"\"case_number\":\"C-1\",\"subject\":\"s\",\"tier\":1,\"assignee\":\"bo\","
		"\"queue\":\"north\",\"limits_passed\":1," },
	{ "as it is in force; who promotes clears the assignee", "\"subject\":\"s\"",
		ACCEPTED AMENDED PROMOTED,
		"\"subject\":\"newer\",\"tier\":2,\"queue\":\"north\",\"limits_passed\":2," },
	{ "what is empty is absent, and no limit is no member", "\"subject\":\"\"",
		EVENT("10-05T09:00:00", "accepted") ",\"tier\":1}"
		EVENT("10-05T09:10:00", "resolved") "}", "\"tier\":1," },
	{ "not what came after the period", "\"subject\":\"s\"", ACCEPTED
		EVENT("11-03T09:00:00", "assigned") ",\"assignee\":\"later\"}"
		EVENT("11-03T09:00:00", "amended") ",\"set\":{\"subject\":\"x\"},\"because\":\"b\"}",
		"\"subject\":\"s\",\"tier\":1,\"assignee\":\"bo\",\"queue\":\"north\","
		"\"limits_passed\":1," },
};

static void
test_rows(void **state)
{
	struct period period = { .now = at("2026-12-01T00:00:00Z"),
		.from = at("2026-10-01T00:00:00Z"), .to = at("2026-11-01T00:00:00Z") };

	period_close(&period);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buf line = { 0 }, got = { 0 }, want = { 0 };

		put_case(&line, 1, "2026-10-05T09:00:00Z", rows[i].form, rows[i].events);
		report_one(*state, &period, &line, &got);
		buf_printf(&want, "\"review\":[{\"id\":\"ESC-%026d\",%s\"why\":[", 1, rows[i].row);
		if (!strstr(got.data, buf_cstr(&want)))
			fail_msg("%s: %s\nnot in %s", rows[i].name, want.data, got.data);
		buf_release(&line);
		buf_release(&got);
		buf_release(&want);
	}
}

#define VERSIONS 130

/* Versions of one case, which differ in nothing but the subject, in any order and parts. */
static void
test_versions(void **state)
{
	struct period period = { .now = at("2026-12-01T00:00:00Z"), .from = INSTANT_NONE,
		.to = INSTANT_NONE };
	struct report_part part[3];
	struct report whole;
	struct buf line = { 0 }, want = { 0 }, got = { 0 };
	struct sum sum;
	char subject[40];

	period_close(&period);
	sum_init(&sum);
	report_init(&whole, &period, (struct span){ NULL, 0 });
	for (int i = 0; i < 3; i++)
		begin_part(&part[i], &period, (struct span){ NULL, 0 });
	for (int i = 0; i < VERSIONS; i++) {
		snprintf(subject, sizeof subject, "\"subject\":\"%d\"", VERSIONS - 1 - i);
		put_case(&line, 1, "2026-10-05T09:00:00Z", subject, ACCEPTED);
		add_line(*state, &part[i * 7 % 3].report, &line);
		snprintf(subject, sizeof subject, "\"subject\":\"%d\"", i);
		put_case(&line, 1, "2026-10-05T09:00:00Z", subject, ACCEPTED);
		add_line(*state, &whole, &line);
	}
	for (int i = 3; i-- > 0;)
		sum_part(&sum, &part[i]);
	report_write_review(&whole, &want);
	report_write_review(&sum.reader.part.report, &got);
	assert_string_equal(buf_cstr(&got), buf_cstr(&want));
	assert_non_null(strstr(want.data, "\"subject\":\"0\""));
	report_release(&whole);
	sum_release(&sum);
	buf_release(&line);
	buf_release(&want);
	buf_release(&got);
}

#define QUICKLY EVENT("10-05T10:00:00", "resolved") "}"
#define SOON    EVENT("10-05T09:30:00", "promoted") ",\"from\":1,\"to\":2}"

/* Of two versions that are as pressing the same one speaks, whichever list has it. */
static void
test_lists(void **state)
{
	struct period period = { .now = at("2026-12-01T00:00:00Z"), .from = INSTANT_NONE,
		.to = INSTANT_NONE };
	struct report report;
	struct buf line = { 0 }, got = { 0 };

	period_close(&period);
	report_init(&report, &period, (struct span){ NULL, 0 });
	put_case(&line, 1, "2026-10-05T09:00:00Z", "\"subject\":\"b\"", ACCEPTED SOON QUICKLY);
	add_line(*state, &report, &line);
	put_case(&line, 1, "2026-10-05T09:00:00Z", "\"subject\":\"a\"", ACCEPTED QUICKLY);
	add_line(*state, &report, &line);
	report_write_review(&report, &got);
	assert_non_null(strstr(buf_cstr(&got), "\"subject\":\"a\",\"tier\":1,"));
	assert_non_null(strstr(got.data, "most-promotions"));
	assert_null(strstr(got.data, "\"b\""));
	report_release(&report);
	buf_release(&line);
	buf_release(&got);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_write),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_order),
		cmocka_unit_test_setup_teardown(test_rows, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_versions, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_lists, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
