#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/instant.h"
#include "cli/policies.h"
#include "domain/lint.h"
#include "domain/policy.h"

#define NOW INT64_C(1795219200) /* 2026-11-21T00:00:00Z */

#define HEAD "{\"name\":\"p\",\"calendar\":\"london\",\"form\":{\"subject\":{}},"
#define TIER "\"tiers\":[{\"name\":\"t\",\"owner\":\"o\",\"limit\":\"1bd\"}]"

/* A policy's text with one thing wrong, and all that is said of it. */
static const struct {
	const char *text, *faults;
} bad[] = {
	{ "[]", ": expected an object\n" },
	{ "{\"name\":\"p\",\"name\":\"q\"}",
		": line 1, column 18: duplicate object key near '\"name\"'\n" },
	{ "{}", "/name: required\n/calendar: required\n/form: required\n/tiers: required\n" },
	{ HEAD "\"tiers\":[]}", "/tiers: no tier\n" },
	{ HEAD TIER ",\"tires\":[]}", "/tires: unknown key\n" },
	{ HEAD TIER ",\"a/b~c\":1}", "/a~1b~0c: unknown key\n" },
	{ HEAD TIER ",\"title\":7}", "/title: expected a text\n" },
	{ HEAD TIER ",\"day_ends\":\"noon\"}",
		"/day_ends: expected one of close, same-time; got \"noon\"\n" },
	{ HEAD TIER ",\"reopen\":1}", "/reopen: expected one of new-cycle, continue\n" },
	{ HEAD TIER ",\"review\":{\"zone\":\"Europe/Lodnon\"}}",
		"/review/zone: unknown time zone \"Europe/Lodnon\"\n" },
	{ "{\"name\":\"P 1\",\"calendar\":\"nowhere\",\"form\":{}," TIER "}",
		"/name: expected a name of a-z, 0-9 and -; got \"P 1\"\n"
		"/calendar: no calendar \"nowhere\"\n" },
	{ "{\"name\":\"p\",\"calendar\":\"../london\",\"form\":{}," TIER "}",
		"/calendar: expected a name of a-z, 0-9 and -; got \"../london\"\n" },
	{ "{\"name\":\"p\",\"calendar\":\"london\",\"form\":{\"state\":{},\"requester\":{},"
	  "\"requester.age\":{},\"subject\":{\"codes\":[{\"code\":\"a\"}]},"
	  "\"impact\":{\"list\":true}}," TIER "}",
		"/form/state: no field of a form\n/form/requester: no field of a form\n"
		"/form/requester.age: no field of a form\n"
		"/form/subject/codes: this field is free text\n"
		"/form/impact/list: this field is one text\n" },
	{ "{\"name\":\"p\",\"calendar\":\"london\",\"form\":{\"impact\":{\"codes\":[{\"code\":\"a\"},"
	  "{\"code\":\"A\"},{\"code\":\"b\",\"label\":\"A\"},{\"label\":\"c\"},"
	  "{\"code\":\"d\",\"calendar\":\"london\"}]},\"urgency\":{\"codes\":[]}}," TIER "}",
		"/form/impact/codes/1/code: expected a name of a-z, 0-9 and -; got \"A\"\n"
		"/form/impact/codes/3/code: required\n"
		"/form/impact/codes/2: the same code or label as /0\n"
		"/form/impact/codes/4/calendar: only a region has a calendar\n"
		"/form/urgency/codes: an empty list\n" },
	{ HEAD "\"tiers\":[{\"name\":\"t\",\"target\":\"3bd\",\"limit\":\"2bd\"}]}",
		"/tiers/0/limit: before the target\n" },
	{ HEAD "\"tiers\":[{\"name\":\"t\",\"target\":\"3bd\",\"limit\":\"1bh\"}]}",
		"/tiers/0/limit: before the target\n" },
	{ HEAD "\"tiers\":[{\"name\":\"t\",\"target\":\"2bd\",\"limit\":\"3bd\",\"warn\":0.5}]}",
		"/tiers/0/warn: beside a target; only one of them\n" },
	{ HEAD "\"tiers\":[{\"name\":\"t\",\"limit\":\"3bd\",\"warn\":1.5}]}",
		"/tiers/0/warn: expected a share of the time to the limit, such as 0.75\n" },
	{ HEAD "\"tiers\":[{\"name\":\"t\",\"target\":\"8h\",\"limit\":\"3bd\"}]}",
		"/tiers/0/target: business and plain time in one clock\n" },
	{ HEAD "\"tiers\":[{\"name\":\"t\",\"limit\":\"3bd\",\"goals\":[{\"when\":{},\"limit\":\"8h\"}]}]}",
		"/tiers/0/goals/0/limit: business and plain time in one clock\n" },
	{ HEAD "\"tiers\":[{\"name\":\"t\",\"target\":\"50000bd\",\"limit\":\"99999bd\"},"
	  "{\"name\":\"u\",\"limit\":\"1bd\",\"goals\":[{\"when\":{},\"limit\":\"43000bd\"},"
	  "{\"when\":{},\"limit\":\"45500bd\"}]},"
	  "{\"name\":\"v\",\"due\":\"case\",\"review\":\"63600d\"}],"
	  "\"clocks\":{\"update\":{\"limit\":\"63500d\"}}}",
		"/tiers/0/limit: never reached: past the year 2199 on the calendar london\n"
		"/tiers/0/target: never reached: past the year 2199 on the calendar london\n"
		"/tiers/1/goals/1/limit: never reached: past the year 2199 on the calendar london\n"
		"/tiers/2/review: never reached: past the year 2199 on the calendar london\n" },
	{ HEAD "\"tiers\":[{\"name\":\"t\",\"limit\":\"3 days\",\"target\":\"1bd\"}]}",
		"/tiers/0/limit: expected a duration such as 2bd, 8bh, 30bm, 2d, 8h or 30m; got \"3 days\"\n" },
	{ HEAD "\"tiers\":[{\"name\":\"t\"},{\"name\":\"t\",\"due\":\"case\",\"limit\":\"1bd\"},"
	  "{\"name\":\"u\",\"due\":\"never\"},{\"name\":\"w\",\"limit\":\"1bd\",\"review\":\"1bd\"}]}",
		"/tiers/0/limit: required\n/tiers/1/limit: beside \"due\":\"case\"\n"
		"/tiers/2/due: expected one of case; got \"never\"\n"
		"/tiers/3/review: only beside \"due\":\"case\"\n"
		"/tiers/1/name: the same name as /0\n" },
	{ HEAD "\"tiers\":[{\"name\":\"t\",\"limit\":\"1bd\",\"outcomes\":[{\"code\":\"a\",\"ends\":false},"
	  "{\"code\":\"a\",\"ends\":true},{\"code\":\"b\",\"ends\":false},{\"code\":\"c\"}]}]}",
		"/tiers/0/outcomes/3/ends: required\n/tiers/0/outcomes/1/code: the same code as /0\n"
		"/tiers/0/outcomes/2/ends: a second outcome of one tier that does not end the case\n" },
	{ HEAD TIER ",\"clocks\":{\"acknowledge\":{\"limit\":\"1bd\",\"starts\":[\"born\"],"
	  "\"held_by\":[\"lunch\"]},\"tier\":{\"limit\":\"1bd\"},\"contact\":{},\"first\":{}}}",
		"/clocks/acknowledge/starts/0: unknown event \"born\"\n"
		"/clocks/acknowledge/held_by/0: expected one of asked, paused; got \"lunch\"\n"
		"/clocks/contact/limit: required\n/clocks/tier/limit: unknown key\n"
		"/clocks/first: unknown key\n" },
	{ HEAD TIER ",\"queues\":{\"Q 1\":{}},\"priorities\":[{\"code\":\"high\"}],\"rules\":{"
	  "\"queue\":[{\"name\":\"a\",\"queue\":\"q\"}],\"priority\":[{\"name\":\"a\",\"priority\":\"low\"}],"
	  "\"tier\":[{\"name\":\"b\",\"tier\":2},{\"name\":\"c\",\"tier\":\"u\"}],"
	  "\"cancel\":[{\"name\":\"d\"}],\"accept\":[{\"name\":\"e\",\"text\":\"x\"}],\"hold\":[]}}",
		"/queues/Q 1: expected a name of a-z, 0-9 and -\n"
		"/rules/cancel/0/feedback: required\n/rules/queue/0/queue: no queue \"q\" in /queues\n"
		"/rules/priority/0/priority: no priority \"low\" in /priorities\n"
		"/rules/tier/0/tier: no such tier in /tiers\n/rules/tier/1/tier: no such tier in /tiers\n"
		"/rules/accept/0/text: unknown key\n/rules/hold: unknown key\n"
		"/rules/priority/0/name: the name of another rule\n" },
	{ HEAD TIER ",\"priorities\":[{\"label\":\"Low\"},{\"code\":7}],\"rules\":{\"priority\":["
	  "{\"name\":\"a\",\"priority\":\"low\"}]}}",
		"/priorities/0/code: required\n"
		"/priorities/1/code: expected a name of a-z, 0-9 and -\n"
		"/rules/priority/0/priority: no priority \"low\" in /priorities\n" },
	{ "{\"name\":\"p\",\"calendar\":\"london\",\"form\":{\"impact\":{\"codes\":[{\"code\":\"a\"}]}},"
	  TIER ",\"rules\":{\"accept\":[{\"name\":\"a\",\"when\":{\"impact\":[\"a\",\"b\"],\"x_y\":\"1\","
	  "\"state\":\"open\",\"queue\":\"q\",\"age\":{\"at_least\":\"5\",\"over\":1},\"reason\":7,"
	  "\"urgency\":{\"is\":\"a\"},\"severity\":[]}}]}}",
		"/rules/accept/0/when/impact: \"b\" is no value that this can have\n"
		"/rules/accept/0/when/x_y: unknown field\n"
		"/rules/accept/0/when/state: \"open\" is no value that this can have\n"
		"/rules/accept/0/when/queue: \"q\" is no value that this can have\n"
		"/rules/accept/0/when/age/over: unknown key\n"
		"/rules/accept/0/when/age/at_least: expected a duration such as 2bd, 8bh, 30bm, 2d, 8h or 30m; got \"5\"\n"
		"/rules/accept/0/when/reason: expected a value, a list of values, null, or an object\n"
		"/rules/accept/0/when/urgency/is: unknown key\n"
		"/rules/accept/0/when/urgency: expected one of not, present\n"
		"/rules/accept/0/when/severity: an empty list\n" },
	{ HEAD TIER ",\"notices\":[{\"on\":\"late\",\"to\":[],\"hours\":\"day\"}],"
	  "\"require\":{\"updated\":[\"colour\"],\"painted\":[\"x\"]},\"personal\":[\"state\",\"x_a\"]}",
		"/require/updated/0: no member \"colour\" of updated\n/require/painted: unknown event\n"
		"/notices/0/on: neither an event nor a verdict: \"late\"\n/notices/0/to: an empty list\n"
		"/notices/0/template: required\n"
		"/notices/0/hours: expected one of open, always; got \"day\"\n"
		"/personal/0: no field of a form: \"state\"\n" },
};

static void
put_faults(const struct err *err, struct buf *out)
{
	for (size_t i = 0; i < err->n; i++)
		buf_printf(out, "%s: %s\n", err->fault[i].where, err->fault[i].what);
	buf_cstr(out);
}

static void
test_faults(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct err err = { 0 };
		struct buf got = { 0 };

		assert_null(policy_parse(span_of(bad[i].text), calendars_source(), &err));
		assert_int_equal(err.status, EX_CONFIG);
		put_faults(&err, &got);
		assert_string_equal(got.data, bad[i].faults);
		buf_release(&got);
		err_release(&err);
	}
}

static struct policy *
parse(const char *text)
{
	struct err err = { 0 };
	struct policy *policy = policy_parse(span_of(text), calendars_source(), &err);

	if (!policy)
		fail_msg("%s", err_text(&err));
	return policy;
}

static void
test_defaults(void **state)
{
	struct policy *policy = parse(HEAD TIER "}");
	const struct clock_terms *tier = &policy->clock[CLOCK_TIER];

	(void)state;
	assert_int_equal(policy->day_ends, DAY_ENDS_CLOSE);
	assert_int_equal(policy->reopen, REOPEN_NEW_CYCLE);
	assert_null(policy->review_zone);
	assert_string_equal(policy->tier[0].label, "t");
	assert_int_equal(policy->tier[0].goal[0].warn, 750000);
	assert_true(tier->exists);
	assert_true(tier->starts ==
		(TRIGGER(EV_ACCEPTED) | TRIGGER(EV_PROMOTED) | TRIGGER(EV_REOPENED)));
	assert_true(tier->held_by == (HOLD_ASKED | HOLD_PAUSED));
	assert_false(policy->clock[CLOCK_ACKNOWLEDGE].exists);
	assert_ptr_equal(policy_tier(policy, 1), &policy->tier[0]);
	assert_null(policy_tier(policy, 0));
	assert_null(policy_tier(policy, 2));
	policy_free(policy);
}

/* printf TEXT | b2sum -l 256 | cut -c1-12 */
static void
test_version(void **state)
{
	struct policy *policy = parse(
		"{\"name\":\"p\",\"calendar\":\"london\",\"form\":{},\"tiers\":[{\"name\":\"t\",\"limit\":\"1bd\"}]}");

	(void)state;
	assert_string_equal(policy->version, "cb61007dae10");
	policy_free(policy);
}

static void
test_cells(void **state)
{
	struct policy *policy = parse(HEAD TIER ",\"clocks\":{\"tier\":{\"held_by\":[\"paused\"]},"
		"\"contact\":{\"target\":\"4bh\",\"limit\":\"1bd\",\"starts\":[\"submitted\","
		"\"reopened\",\"reopened-from-cancelled\"],\"goals\":[{\"when\":{\"impact\":\"a\"},"
		"\"limit\":\"2bh\",\"warn\":0.5},{\"when\":{\"impact\":null},\"limit\":\"3bh\"}]}}}");
	const struct clock_terms *contact = &policy->clock[CLOCK_CONTACT];

	(void)state;
	assert_int_equal(policy->clock[CLOCK_TIER].held_by, HOLD_PAUSED);
	assert_true(policy->clock[CLOCK_TIER].stops ==
		(TRIGGER(EV_PROMOTED) | TRIGGER(EV_RESOLVED)));
	assert_true(contact->exists);
	assert_true(contact->starts == (TRIGGER(EV_SUBMITTED) | TRIGGER(EV_REOPENED) |
		TRIGGER_REOPENED_CANCELLED));
	assert_int_equal(contact->n_goals, 3);
	assert_int_equal(contact->goal[0].warn, 500000);
	assert_int_equal(contact->goal[1].warn, 750000);
	assert_true(contact->goal[2].has_target);
	assert_int_equal(contact->goal[2].when.n, 0);
	policy_free(policy);
}

/* Which built-ins there are, and that nothing is to be found in them. */
static void
test_builtins(void **state)
{
	static const char *const names[] = {
		"customer-resolutions", "five-tier", "perfect-gym", "s-club",
	};

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct err err = { 0 };
		const struct policy *policy = policies_open(names[i], &err);

		assert_non_null(policy);
		lint_policy(policy, NOW, &err);
		assert_string_equal(err_text(&err), "");
		err_release(&err);
	}
}

/* A remark may stand in every object. */
static void
test_notes(void **state)
{
	struct policy *policy = parse("{\"name\":\"p\",\"calendar\":\"london\",\"note\":\"n\","
		"\"form\":{\"note\":\"n\",\"impact\":{\"note\":\"n\",\"codes\":[{\"code\":\"a\","
		"\"note\":\"n\"}]}},\"queues\":{\"note\":\"n\",\"q\":{\"note\":\"n\"}},"
		"\"review\":{\"note\":\"n\"},\"require\":{\"note\":\"n\"},"
		"\"tiers\":[{\"name\":\"t\",\"note\":\"n\",\"limit\":\"1bd\",\"outcomes\":[{\"code\":\"a\","
		"\"ends\":true,\"note\":\"n\"}],\"goals\":[{\"note\":\"n\",\"limit\":\"2bd\","
		"\"when\":{\"note\":\"n\",\"impact\":{\"not\":\"a\",\"note\":\"n\"},"
		"\"age\":{\"below\":\"1bd\",\"note\":\"n\"}}}]}],"
		"\"clocks\":{\"note\":\"n\",\"tier\":{\"note\":\"n\"}},"
		"\"rules\":{\"note\":\"n\",\"accept\":[{\"name\":\"a\",\"note\":\"n\"}]}}");

	(void)state;
	assert_int_equal(policy->n_form, 1);
	assert_int_equal(policy->n_queues, 1);
	assert_int_equal(policy->n_requires, 0);
	assert_int_equal(policy->tier[0].goal[0].when.n, 2);
	policy_free(policy);
}

/* What esc-policy check finds, each in the least policy that has it. */
static const struct {
	const char *text, *findings;
} odd[] = {
	{ HEAD "\"tiers\":[{\"name\":\"t\",\"limit\":\"1bd\"}]}",
		"/tiers/0: tier \"t\" has no owner\n" },
	{ HEAD "\"tiers\":[{\"name\":\"t\",\"owner\":\"o\",\"limit\":\"2d\"}]}",
		"/tiers/0/limit: 2d is plain time, nights and holidays included; "
		"business days are bd, and hours say what plain days do\n" },
	{ HEAD "\"tiers\":[{\"name\":\"t\",\"owner\":\"o\",\"limit\":\"48h\"}]}", "" },
	{ HEAD TIER ",\"notices\":[{\"on\":\"updated\",\"to\":[\"requester\"],"
	  "\"template\":\"{subject} {event.text} {event.expected} {due} {requester.name} {x_a}\"},"
	  "{\"on\":\"updated\",\"to\":[\"a\"],\"template\":\"{event.summary}\"},"
	  "{\"on\":\"updated\",\"to\":[\"a\"],\"template\":\"{clock.limit_at}\"},"
	  "{\"on\":\"risk\",\"to\":[\"a\"],\"template\":\"{clock.limit_at} {colour}\"},"
	  "{\"on\":\"risk\",\"to\":[\"a\"],\"template\":\"{subject\"}]}",
		"/notices/0/template: the form does not ask for requester.name\n"
		"/notices/1/template: unknown field {event.summary}\n"
		"/notices/2/template: unknown field {clock.limit_at}\n"
		"/notices/3/template: unknown field {colour}\n"
		"/notices/4/template: unknown field {subject}\n" },
	{ HEAD "\"tiers\":[{\"name\":\"t\",\"owner\":\"o\",\"limit\":\"1bd\"},"
	  "{\"name\":\"u\",\"owner\":\"o\",\"limit\":\"1bd\"}],"
	  "\"rules\":{\"tier\":[{\"name\":\"a\",\"tier\":\"u\"}]}}",
		"/tiers/0: tier \"t\" is unreachable: every case enters above it\n" },
	{ HEAD "\"tiers\":[{\"name\":\"t\",\"owner\":\"o\",\"limit\":\"1bd\"},"
	  "{\"name\":\"u\",\"owner\":\"o\",\"limit\":\"1bd\"}],"
	  "\"rules\":{\"tier\":[{\"name\":\"a\",\"when\":{\"subject\":\"s\"},\"tier\":\"u\"}]}}", "" },
	{ HEAD TIER ",\"rules\":{\"accept\":[{\"name\":\"a\"},{\"name\":\"b\",\"when\":{\"subject\":\"s\"}}]}}",
		"/rules/accept/1: rule \"b\" never matches: \"a\" does before it\n" },
	{ HEAD TIER ",\"rules\":{\"accept\":[{\"name\":\"a\",\"when\":{\"subject\":[\"s\",\"t\"]}},"
	  "{\"name\":\"b\",\"when\":{\"subject\":\"s\",\"age\":{\"at_least\":\"1bd\"}}},"
	  "{\"name\":\"c\",\"when\":{\"subject\":[\"s\",\"u\"]}}]}}",
		"/rules/accept/1: rule \"b\" never matches: \"a\" does before it\n" },
	{ HEAD TIER ",\"rules\":{\"accept\":[{\"name\":\"a\",\"when\":{\"subject\":{\"not\":[\"s\"]}}},"
	  "{\"name\":\"b\",\"when\":{\"subject\":null}},{\"name\":\"c\",\"when\":{\"subject\":\"t\"}},"
	  "{\"name\":\"d\",\"when\":{\"subject\":{\"not\":[\"s\",\"t\"]}}}]}}",
		"/rules/accept/1: rule \"b\" never matches: \"a\" does before it\n"
		"/rules/accept/2: rule \"c\" never matches: \"a\" does before it\n"
		"/rules/accept/3: rule \"d\" never matches: \"a\" does before it\n" },
	{ HEAD TIER ",\"rules\":{\"accept\":[{\"name\":\"a\",\"when\":{\"age\":{\"at_least\":\"2bd\"}}},"
	  "{\"name\":\"b\",\"when\":{\"age\":{\"at_least\":\"3bd\"}}},"
	  "{\"name\":\"c\",\"when\":{\"age\":{\"at_least\":\"1bd\"}}},"
	  "{\"name\":\"d\",\"when\":{\"age\":{\"at_least\":\"1bd\",\"below\":\"1bd\"}}}]}}",
		"/rules/accept/1: rule \"b\" never matches: \"a\" does before it\n"
		"/rules/accept/3: rule \"d\" never matches: \"c\" does before it\n" },
	{ HEAD TIER ",\"rules\":{\"accept\":[{\"name\":\"a\",\"when\":{\"state\":\"closed\"}},"
	  "{\"name\":\"b\",\"when\":{\"age\":{\"at_least\":\"2bd\",\"below\":\"1bd\"}}},"
	  "{\"name\":\"c\",\"when\":{\"impact\":\"a\"}}]}}",
		"/rules/accept/0: rule \"a\" never matches\n/rules/accept/1: rule \"b\" never matches\n"
		"/rules/accept/2/when: the form does not ask for impact\n" },
	{ HEAD "\"tiers\":[{\"name\":\"t\",\"owner\":\"o\",\"limit\":\"3bd\",\"goals\":["
	  "{\"when\":{\"subject\":\"a\"},\"limit\":\"1bd\"},{\"when\":{\"subject\":\"a\"},\"limit\":\"2bd\"}]}],"
	  "\"clocks\":{\"update\":{\"limit\":\"3bd\",\"goals\":[{\"when\":{},\"limit\":\"1bd\"}]},"
	  "\"contact\":{\"limit\":\"3bd\",\"goals\":[{\"when\":{\"region\":\"a\"},\"limit\":\"1bd\"}]}}}",
		"/tiers/0/goals/1: never matches: goal 0 does before it\n"
		"/clocks/update/limit: never matches: goal 0 does before it\n"
		"/clocks/contact/goals/0/when: the form does not ask for region\n" },
};

static void
test_lint(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
		struct policy *policy = parse(odd[i].text);
		struct err err = { 0 };
		struct buf got = { 0 };

		lint_policy(policy, NOW, &err);
		put_faults(&err, &got);
		assert_string_equal(got.data, odd[i].findings);
		buf_release(&got);
		err_release(&err);
		policy_free(policy);
	}
}

/* 90 days: the day before it is found, the day itself is not. */
static void
test_holidays_end(void **state)
{
	struct policy *policy = parse(HEAD TIER "}");
	struct err err = { 0 };
	int64_t first, last;

	(void)state;
	assert_true(calendar_dated_span(policy->calendar, &first, &last));
	first = civil_days(2026, 1, 1) * DAY_S;
	last *= DAY_S;
	lint_policy(policy, last - 90 * DAY_S, &err);
	assert_int_equal(err.n, 0);
	lint_policy(policy, last - 90 * DAY_S + 1, &err);
	assert_int_equal(err.n, 1);
	assert_int_equal(err.status, LINT_FINDING);
	assert_string_equal(err.fault[0].where, "calendars/london");
	assert_string_equal(err.fault[0].what, "the holidays end on 2028-12-26");
	err_reset(&err);
	lint_policy(policy, first, &err);
	assert_int_equal(err.n, 0);
	lint_policy(policy, first - 1, &err);
	assert_int_equal(err.n, 1);
	assert_string_equal(err.fault[0].what, "the holidays begin on 2026-01-01");
	err_release(&err);
	policy_free(policy);
}

static void
test_find(void **state)
{
	const struct policy_source *source = policies_source();
	struct err err = { 0 };
	const struct policy *policy =
		source->find(source->ctx, span_of("s-club"), span_of(""), &err);

	(void)state;
	assert_non_null(policy);
	assert_ptr_equal(policies_open("s-club", &err), policy);
	assert_ptr_equal(source->find(source->ctx, span_of("s-club"),
		span_of(policy->version), &err), policy);
	assert_null(source->find(source->ctx, span_of("s-club"),
		span_of("000000000000"), &err));
	assert_int_equal(err.status, EX_CONFIG);
	assert_non_null(strstr(err_text(&err), "\"s-club\" of version 000000000000"));
	assert_null(source->find(source->ctx, span_of("../s-club"), span_of(""), &err));
	err_release(&err);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_faults),
		cmocka_unit_test(test_defaults),
		cmocka_unit_test(test_version),
		cmocka_unit_test(test_cells),
		cmocka_unit_test(test_notes),
		cmocka_unit_test(test_builtins),
		cmocka_unit_test(test_lint),
		cmocka_unit_test(test_holidays_end),
		cmocka_unit_test(test_find),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
