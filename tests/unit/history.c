/*
 * domain/history: what is left of a case at an instant, and that a fold of
 * it says what the fold of the whole case up to then says.
 */
#include "cases.h"

#include "domain/derived.h"
#include "domain/history.h"

#define DAY "2026-03-02T"
#define HEAD(version, more) \
	"{\"v\":1,\"id\":\"ESC-1\",\"rev\":3,\"policy\":\"fold\",\"policy_version\":\"" version "\"," \
	"\"created\":\"" DAY "09:00:00Z\"," more "\"events\":["
#define EV(time, type, more) "{\"at\":\"" DAY time ":00Z\",\"type\":\"" type "\"" more "}"
#define FIRST EV("09:00", "submitted", "")
#define TAIL  "],\"state\":\"stale\",\"clocks\":[],\"x_last\":1.50}"

/* The record's line at `until` into text; what history_until says. */
static int
at(const char *line, int64_t until, struct buf *text)
{
	struct unit_case c;
	int result;

	case_open(&c, line);
	result = history_until(&c.record, until, &cases_policies, &c.arena, text, &c.err);
	case_close(&c);
	return result;
}

static void
is_at(const char *line, const char *until, const char *wanted)
{
	struct buf text = { 0 };

	assert_int_equal(at(line, instant(until), &text), 1);
	assert_string_equal(buf_cstr(&text), wanted);
	buf_release(&text);
}

static const char busy[] = HEAD("lean",
	"\"subject\":\"third\",\"region\":\"north\",\"requester\":{\"name\":\"Cy\",\"x\": 1},"
	"\"x_site\":\"here\",")
	FIRST ","
	EV("09:10", "acknowledged", "") ","
	EV("09:20", "reclassified", ",\"set\":{\"impact\":\"critical\",\"region\":\"home\"},"
		"\"was\":{\"impact\":\"limited\",\"region\":null}") ","
	EV("10:00", "accepted", ",\"assignee\":\"kim\"") ","
	EV("10:30", "amended", ",\"set\":{\"subject\":\"third\",\"requester.email\":\"c@x\","
		"\"x_site\":\"here\"},\"was\":{\"subject\":\"first\",\"requester.email\":null,"
		"\"x_site\":\"there\"}") ","
	EV("09:40", "amended", ",\"logged\":\"" DAY "10:40:00Z\",\"set\":{\"subject\":\"second\"},"
		"\"was\":{\"subject\":\"first\"}") ","
	EV("10:50", "asked", ",\"text\":\"?\"") ","
	EV("11:00", "retracted", ",\"event\":3") ","
	EV("11:10", "retracted", ",\"event\":  8 ,\"because\":\"no\"") ","
	EV("11:20", "answered", "") ","
	EV("11:30", "repinned", ",\"from\":\"fold\",\"to\":\"lean\"") ","
	EV("11:40", "amended", ",\"set\":{\"requester.email\":null,\"x_gone\":null,\"x_site\":1},"
		"\"was\":{\"requester.email\":\"c@x\",\"x_gone\":[1, 2],\"x_site\":\"here\"}") ","
	EV("11:50", "reclassified", ",\"set\":{\"impact\":null,\"region\":\"north\"}") ","
	EV("12:00", "promoted", ",\"from\":1,\"to\":2") ","
	EV("12:10", "resolved", ",\"outcome\":\"done\",\"summary\":\"s\"") ","
	EV("12:20", "rated", ",\"score\":5") TAIL;

/* Every field that the fold decides, of a fold up to `until`. */
static void
put_fold(struct unit_case *c, int64_t until, struct buf *out)
{
	case_fold(c, until);
	for (int field = 1; field < FIELD_COUNT; field++) {
		if (!derived_has((enum field)field))
			continue;
		buf_printf(out, "\n%s: ", field_table[field].name);
		derived_write(&c->fold, (enum field)field, out);
	}
}

/* The same of fields that esc does not know. */
static void
put_own(const struct unit_case *c, const char *const *name, struct buf *out)
{
	for (; *name; name++) {
		struct value value = fold_value(&c->fold, span_of(*name));

		buf_printf(out, "\n%s: ", *name);
		if (value.node)
			buf_span(out, scan_raw(value.scan, value.node));
	}
}

static void
folds_alike(const char *line, int64_t until)
{
	static const char *const own[] = { "x_site", "x_gone", "x_last", NULL };
	struct buf text = { 0 }, wanted = { 0 }, got = { 0 };
	struct unit_case whole, left;

	assert_int_equal(at(line, until, &text), 1);
	case_open(&whole, line);
	case_open(&left, buf_cstr(&text));
	put_fold(&whole, until, &wanted);
	put_fold(&left, INT64_MAX, &got);
	put_own(&whole, own, &wanted);
	put_own(&left, own, &got);
	assert_string_equal(buf_cstr(&got), buf_cstr(&wanted));
	case_close(&whole);
	case_close(&left);
	buf_release(&text);
	buf_release(&wanted);
	buf_release(&got);
}

static void
a_fold_of_it_is_the_fold_up_to_then(void **state)
{
	int64_t start = instant(DAY "09:00:00Z");

	(void)state;
	for (int minute = 0; minute < 220; minute += 5)
		folds_alike(busy, start + 60 * (int64_t)minute);
}

/* Twice is once, and what is left of what is left is what is left. */
static void
earlier_of_later_is_earlier(void **state)
{
	int64_t start = instant(DAY "09:00:00Z");

	(void)state;
	for (int late = 0; late < 220; late += 10)
		for (int early = 0; early <= late; early += 30) {
			struct buf text = { 0 }, once = { 0 }, twice = { 0 };

			at(busy, start + 60 * (int64_t)late, &text);
			at(buf_cstr(&text), start + 60 * (int64_t)early, &twice);
			at(busy, start + 60 * (int64_t)early, &once);
			assert_string_equal(buf_cstr(&twice), buf_cstr(&once));
			buf_release(&text);
			buf_release(&once);
			buf_release(&twice);
		}
}

static void
what_was_submitted_comes_back(void **state)
{
	(void)state;
	is_at(busy, DAY "09:05:00Z", HEAD("fold",
		"\"subject\":\"first\",\"impact\":\"limited\",\"requester\":{\"name\":\"Cy\",\"x\": 1},"
		"\"x_site\":\"there\",\"x_gone\":[1, 2],")
		FIRST TAIL);
}

/* A place behind one that is left out moves; what names one left out goes too. */
static void
retractions_follow_their_events(void **state)
{
	static const char line[] = HEAD("fold", "") FIRST ","
		EV("10:00", "acknowledged", "") ","
		EV("09:30", "noted", ",\"text\":\"\"") ","
		EV("09:40", "retracted", ",\"because\":\"x\",\"event\" : 3,\"x\":9") ","
		EV("09:50", "retracted", ",\"event\":2") ","
		EV("09:55", "retracted", ",\"event\":5") ","
		EV("09:56", "retracted", ",\"event\":99") TAIL;

	(void)state;
	is_at(line, DAY "09:59:00Z", HEAD("fold", "") FIRST ","
		EV("09:30", "noted", ",\"text\":\"\"") ","
		EV("09:40", "retracted", ",\"because\":\"x\",\"event\" : 2,\"x\":9") ","
		EV("09:56", "retracted", ",\"event\":99") TAIL);
	is_at(line, DAY "10:00:00Z", line);
}

static void
a_case_was_there_from_its_creation(void **state)
{
	static const char line[] = HEAD("fold", "") FIRST TAIL;
	struct buf text = { 0 };

	(void)state;
	assert_int_equal(at(line, instant(DAY "08:59:59Z"), &text), 0);
	assert_int_equal(text.len, 0);
	is_at(line, DAY "09:00:00Z", line);
	buf_release(&text);
}

/* A `was` that does not fit its field was never taken: the line's stays. */
static void
what_does_not_fit_stays_out(void **state)
{
	static const char line[] = HEAD("fold", "\"subject\":\"s\",") FIRST ","
		EV("10:00", "amended", ",\"set\":{\"subject\":\"s\"},\"was\":{\"subject\":7}") TAIL;

	(void)state;
	is_at(line, DAY "09:30:00Z", HEAD("fold", "\"subject\":\"s\",") FIRST TAIL);
}

static void
a_missing_policy_is_said(void **state)
{
	static const char line[] = HEAD("gone", "") FIRST TAIL;
	struct buf text = { 0 };
	struct unit_case c;

	(void)state;
	case_open(&c, line);
	assert_int_equal(history_until(&c.record, instant(DAY "10:00:00Z"), &cases_policies,
		&c.arena, &text, &c.err), -1);
	assert_int_equal(c.err.status, EX_CONFIG);
	case_close(&c);
	buf_release(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_fold_of_it_is_the_fold_up_to_then),
		cmocka_unit_test(earlier_of_later_is_earlier),
		cmocka_unit_test(what_was_submitted_comes_back),
		cmocka_unit_test(retractions_follow_their_events),
		cmocka_unit_test(a_case_was_there_from_its_creation),
		cmocka_unit_test(what_does_not_fit_stays_out),
		cmocka_unit_test(a_missing_policy_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
