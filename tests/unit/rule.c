#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/instant.h"
#include "cli/policies.h"
#include "domain/rule.h"

/* A Monday, 10:00 in London; bank holidays are far. */
#define OPENED "2026-11-16T10:00:00Z"

static const char head[] =
	"{\"name\":\"p\",\"calendar\":\"london\",\"queues\":{\"q\":{\"calendar\":\"sydney\"},\"r\":{}},"
	"\"form\":{\"impact\":{},\"reason\":{},\"requester.role\":{},\"region\":{\"codes\":["
	"{\"code\":\"pl\",\"label\":\"Poland\",\"calendar\":\"warsaw\"},{\"code\":\"uk\"}]}},"
	"\"tiers\":[{\"name\":\"t\",\"limit\":\"1bd\",\"goals\":[";

/* A condition, a form, and whether the one holds for the other. */
static const struct {
	const char *when, *form;
	bool holds;
} table[] = {
	{ "{}", "{}", true },
	{ "{\"impact\":\"high\"}", "{\"impact\":\"high\"}", true },
	{ "{\"impact\":\"high\"}", "{\"impact\":\"High\"}", false },
	{ "{\"impact\":\"high\"}", "{\"impact\":\"hig\\u0068\"}", true },
	{ "{\"impact\":\"high\"}", "{\"impact\":\"low\"}", false },
	{ "{\"impact\":\"high\"}", "{}", false },
	{ "{\"impact\":\"high\"}", "{\"impact\":3}", false },
	{ "{\"impact\":[\"low\",\"high\"]}", "{\"impact\":\"high\"}", true },
	{ "{\"impact\":{\"not\":\"high\"}}", "{\"impact\":\"low\"}", true },
	{ "{\"impact\":{\"not\":\"high\"}}", "{\"impact\":\"high\"}", false },
	{ "{\"impact\":{\"not\":[\"low\",\"high\"]}}", "{\"impact\":\"high\"}", false },
	{ "{\"impact\":{\"not\":\"high\"}}", "{}", true },
	{ "{\"impact\":null}", "{}", true },
	{ "{\"impact\":null}", "{\"impact\":null}", true },
	{ "{\"impact\":null}", "{\"impact\":\"\"}", true },
	{ "{\"impact\":null}", "{\"impact\":\"low\"}", false },
	{ "{\"impact\":{\"present\":true}}", "{\"impact\":\"low\"}", true },
	{ "{\"impact\":{\"present\":true}}", "{\"impact\":\"\"}", false },
	{ "{\"impact\":{\"present\":false}}", "{}", true },
	{ "{\"reason\":\"a\"}", "{\"reason\":[\"b\",\"a\"]}", true },
	{ "{\"reason\":[\"a\",\"c\"]}", "{\"reason\":[\"b\",\"d\"]}", false },
	{ "{\"reason\":{\"not\":[\"a\",\"c\"]}}", "{\"reason\":[\"b\",\"d\"]}", true },
	{ "{\"reason\":{\"not\":[\"a\",\"c\"]}}", "{\"reason\":[\"b\",\"a\"]}", false },
	{ "{\"reason\":null}", "{\"reason\":[]}", true },
	{ "{\"reason\":{\"present\":true}}", "{\"reason\":[\"b\"]}", true },
	{ "{\"requester.role\":\"boss\"}", "{\"requester\":{\"name\":\"A\",\"role\":\"boss\"}}", true },
	{ "{\"requester.role\":\"boss\"}", "{\"requester\":{\"name\":\"boss\"}}", false },
	{ "{\"requester.role\":\"boss\"}", "{\"requester\":\"boss\"}", false },
	{ "{\"requester.role\":null}", "{\"requester\":{\"name\":\"A\"}}", true },
	{ "{\"state\":\"submitted\"}", "{}", true },
	{ "{\"state\":[\"acknowledged\",\"escalated\"]}", "{}", false },
	{ "{\"state\":{\"not\":\"escalated\"}}", "{}", true },
	{ "{\"priority\":\"p1\"}", "{}", true },
	{ "{\"priority\":{\"not\":[\"p1\",\"p2\"]}}", "{}", false },
	{ "{\"queue\":null}", "{}", true },
	{ "{\"queue\":\"q\"}", "{}", false },
	{ "{\"impact\":\"high\",\"reason\":\"a\"}", "{\"impact\":\"high\",\"reason\":\"a\"}", true },
	{ "{\"impact\":\"high\",\"reason\":\"a\"}", "{\"impact\":\"high\",\"reason\":\"b\"}", false },
};

/* An age, an instant, and whether the age has been reached by then. */
static const struct {
	const char *age, *at;
	bool reached;
} ages[] = {
	{ "2bd", "2026-11-18T17:29:59Z", false }, /* closing time of day 2 */
	{ "2bd", "2026-11-18T17:30:00Z", true },
	{ "5bd", "2026-11-23T17:29:59Z", false }, /* over a weekend */
	{ "5bd", "2026-11-23T17:30:00Z", true },
	{ "8bh", "2026-11-17T09:29:59Z", false }, /* 7.5 h on Monday */
	{ "8bh", "2026-11-17T09:30:00Z", true },
	{ "48h", "2026-11-18T09:59:59Z", false },
	{ "48h", "2026-11-18T10:00:00Z", true },
	{ "0h", OPENED, true },
	{ "1h", "2026-11-16T09:00:00Z", false },
	{ "100000bd", "2030-01-01T00:00:00Z", false },
};

static struct policy *
policy_with(const char *when)
{
	struct buf text = { 0 };
	struct err err = { 0 };
	struct policy *policy;

	buf_printf(&text, "%s{\"when\":%s,\"limit\":\"1bh\"}]}]}", head, when);
	policy = policy_parse(buf_text(&text), calendars_source(), &err);
	if (!policy)
		fail_msg("%s: %s", when, err_text(&err));
	buf_release(&text);
	return policy;
}

static int64_t
instant(const char *text)
{
	struct err err = { 0 };
	int64_t at = 0;

	assert_int_equal(instant_parse(span_of(text), &at, &err), 0);
	return at;
}

struct fixture {
	struct arena arena;
	struct scan scan;
	struct buf text;
	struct value form[FIELD_COUNT];
	struct facts facts;
};

static void
fixture_init(struct fixture *f, const struct policy *policy, const char *form)
{
	struct err err = { 0 };

	*f = (struct fixture){ .form = { { 0 } } };
	arena_init(&f->arena);
	scan_init(&f->scan);
	buf_puts(&f->text, form);
	buf_reserve(&f->text, SCAN_SLACK);
	assert_int_equal(scan_line(&f->scan, f->text.data, f->text.len, &err), 0);
	for (int i = 1; i < FIELD_COUNT; i++)
		f->form[i] = (struct value){ &f->scan,
			scan_member(&f->scan, 0, field_table[i].name) };
	f->facts = (struct facts){
		.form = f->form,
		.state = STATE_SUBMITTED,
		.priority = span_of("p1"),
		.opened = instant(OPENED),
		.at = instant(OPENED),
		.calendar = policy->calendar,
		.day_ends = policy->day_ends,
		.arena = &f->arena,
	};
}

static void
fixture_release(struct fixture *f)
{
	scan_release(&f->scan);
	buf_release(&f->text);
	arena_release(&f->arena);
}

static void
test_conditions(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct policy *policy = policy_with(table[i].when);
		struct fixture f;

		fixture_init(&f, policy, table[i].form);
		if (when_holds(&policy->tier[0].goal[0].when, &f.facts) != table[i].holds)
			fail_msg("%s of %s", table[i].when, table[i].form);
		fixture_release(&f);
		policy_free(policy);
	}
}

static void
test_age(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof ages / sizeof *ages; i++) {
		struct buf when = { 0 };
		struct policy *policy;
		struct fixture f;

		buf_printf(&when, "{\"age\":{\"at_least\":\"%s\"}}", ages[i].age);
		policy = policy_with(buf_cstr(&when));
		fixture_init(&f, policy, "{}");
		f.facts.at = instant(ages[i].at);
		if (when_holds(&policy->tier[0].goal[0].when, &f.facts) != ages[i].reached)
			fail_msg("%s at %s", ages[i].age, ages[i].at);
		policy_free(policy);
		when.len = 0;
		buf_printf(&when, "{\"age\":{\"below\":\"%s\"}}", ages[i].age);
		policy = policy_with(buf_cstr(&when));
		f.facts.calendar = policy->calendar;
		if (when_holds(&policy->tier[0].goal[0].when, &f.facts) == ages[i].reached)
			fail_msg("below %s at %s", ages[i].age, ages[i].at);
		policy_free(policy);
		fixture_release(&f);
		buf_release(&when);
	}
}

/* Before all years that a calendar has: the oldest cases there are. */
static void
test_age_of_old(void **state)
{
	static const char *const opened[] = {
		"1899-12-31T23:59:59Z", "1066-10-14T09:00:00Z", "0001-01-01T00:00:00Z",
	};
	struct policy *policy = policy_with("{\"age\":{\"at_least\":\"5bd\"}}");
	struct fixture f;

	(void)state;
	fixture_init(&f, policy, "{}");
	for (size_t i = 0; i < sizeof opened / sizeof *opened; i++) {
		f.facts.opened = instant(opened[i]);
		assert_true(when_holds(&policy->tier[0].goal[0].when, &f.facts));
	}
	fixture_release(&f);
	policy_free(policy);
}

static void
test_goals(void **state)
{
	struct policy *policy = policy_with("{\"impact\":\"high\"}");
	const struct tier *tier = &policy->tier[0];
	struct fixture f;

	(void)state;
	fixture_init(&f, policy, "{\"impact\":\"high\"}");
	assert_ptr_equal(goal_match(tier->goal, tier->n_goals, &f.facts), &tier->goal[0]);
	fixture_release(&f);
	fixture_init(&f, policy, "{\"impact\":\"low\"}");
	assert_ptr_equal(goal_match(tier->goal, tier->n_goals, &f.facts), &tier->goal[1]);
	assert_null(goal_match(tier->goal, 1, &f.facts));
	fixture_release(&f);
	policy_free(policy);
}

static void
test_rules(void **state)
{
	struct err err = { 0 };
	const struct policy *policy = policies_open("five-tier", &err);
	struct fixture f;

	(void)state;
	assert_non_null(policy);
	fixture_init(&f, policy, "{\"severity\":\"high\",\"complexity\":\"complex\"}");
	assert_int_equal(rule_match(policy, RULES_TIER, &f.facts)->tier, 3);
	assert_string_equal(rule_match(policy, RULES_PRIORITY, &f.facts)->text, "urgent");
	assert_null(rule_match(policy, RULES_CANCEL, &f.facts));
	fixture_release(&f);
}

/* A queue's calendar, else the region's, else the default. */
static void
test_calendar(void **state)
{
	static const struct {
		const char *form, *queue, *calendar;
	} rows[] = {
		{ "{}", NULL, "london" },
		{ "{\"region\":\"pl\"}", NULL, "warsaw" },
		{ "{\"region\":\"Poland\"}", NULL, "warsaw" },
		{ "{\"region\":\"uk\"}", NULL, "london" },
		{ "{\"region\":\"mars\"}", NULL, "london" },
		{ "{\"region\":\"pl\"}", "q", "sydney" },
		{ "{\"region\":\"pl\"}", "r", "warsaw" },
		{ "{\"region\":\"pl\"}", "gone", "warsaw" },
		{ "{\"region\":[]}", "r", "london" },
	};
	struct policy *policy = policy_with("{\"impact\":\"high\"}");
	struct fixture f;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		fixture_init(&f, policy, rows[i].form);
		assert_string_equal(calendar_name(policy_case_calendar(policy, f.form,
			span_of(rows[i].queue), &f.arena)), rows[i].calendar);
		fixture_release(&f);
	}
	policy_free(policy);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_conditions),
		cmocka_unit_test(test_age),
		cmocka_unit_test(test_age_of_old),
		cmocka_unit_test(test_goals),
		cmocka_unit_test(test_rules),
		cmocka_unit_test(test_calendar),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
