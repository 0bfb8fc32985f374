/*
 * What rules and limits do without a person.  Triage under a policy with one
 * rule of each group, promotion under one with a ladder of three.
 */
#include "cases.h"

#include "domain/auto.h"

#define HEAD \
	"\"v\":1,\"id\":\"ESC-1\",\"rev\":0,\"policy\":\"fold\",\"created\":\"2026-03-02T09:00:00Z\","
#define FIRST    "{\"at\":\"2026-03-02T09:00:00Z\",\"type\":\"submitted\"}"
#define ACCEPTED ",{\"at\":\"2026-03-02T10:00:00Z\",\"type\":\"accepted\"}"

struct run {
	struct unit_case c;
	struct change change;
	struct buf line, events;
};

static void
begin(struct run *run, const char *policy, const char *form, const char *events, const char *now)
{
	*run = (struct run){ 0 };
	buf_printf(&run->line, "{" HEAD "\"policy_version\":\"%s\",%s\"events\":[" FIRST "%s]}",
		policy, form, events);
	case_open(&run->c, buf_cstr(&run->line));
	change_init(&run->change, &cases_policies, instant(now), span_of("bo"));
	if (change_begin(&run->change, &run->c.record, INSTANT_NONE, &run->c.arena,
			&run->c.err) < 0)
		fail_msg("%s", err_text(&run->c.err));
}

/* The new events: type and what the rule or limit says, with blanks between. */
static const char *
added(struct run *run)
{
	static const char *const members[] = { "tier", "queue", "priority", "assignee",
		"feedback", "text", "from", "to", "late_s", "limit_at", "rule" };

	run->events.len = 0;
	for (size_t i = run->c.record.n_events; i < run->change.grown.n_events; i++) {
		const struct event *event = &run->change.grown.event[i];

		buf_printf(&run->events, "%s%s", run->events.len ? "; " : "",
			event_table[event->type].name);
		for (size_t k = 0; k < sizeof members / sizeof *members; k++) {
			uint32_t at = event_member(event, members[k]);
			struct span raw = at ? scan_raw(event->scan, at) : span_of("");

			if (at)
				buf_printf(&run->events, " %.*s", (int)raw.n, raw.p);
		}
	}
	return buf_cstr(&run->events);
}

static void
finish(struct run *run)
{
	change_release(&run->change);
	case_close(&run->c);
	buf_release(&run->line);
	buf_release(&run->events);
}

/* A form, events so far, and what triage adds at 12:00. */
static const struct {
	const char *form, *events, *added;
} triage[] = {
	{ "", "", "routed \"home\" \"to-home\"; reprioritised \"p1\" \"first\"; "
		"assigned \"ann\" \"to-ann\"; acknowledged \"hello\" \"greet\"; "
		"accepted 1 \"take\"" },
	{ "\"impact\":\"critical\",", "", "routed \"early\" \"to-early\"; reprioritised \"p1\" \"first\"; "
		"assigned \"ann\" \"to-ann\"; acknowledged \"hello\" \"greet\"; "
		"accepted 2 \"take\"" },
	/* Cancelled: nothing follows. */
	{ "\"subject\":\"spam\",", "", "cancelled \"no\" \"spam\"" },
	{ "\"subject\":\"spam\",", ACCEPTED, "routed \"home\" \"to-home\"; "
		"reprioritised \"p1\" \"first\"; assigned \"ann\" \"to-ann\"" },
	/* What a person set stays, what a rule set follows the rules. */
	{ "", ACCEPTED ",{\"at\":\"2026-03-02T11:00:00Z\",\"type\":\"routed\",\"queue\":\"day\"}"
	  ",{\"at\":\"2026-03-02T11:00:00Z\",\"type\":\"assigned\",\"assignee\":\"cy\",\"rule\":\"r\"}",
		"reprioritised \"p1\" \"first\"; assigned \"ann\" \"to-ann\"" },
	{ "", ",{\"at\":\"2026-03-02T10:00:00Z\",\"type\":\"accepted\",\"priority\":\"p9\","
	  "\"queue\":\"early\",\"assignee\":\"cy\"}", "" },
	/* A case that waits is not judged. */
	{ "\"subject\":\"spam\",", ",{\"at\":\"2026-03-02T10:00:00Z\",\"type\":\"asked\"}",
		"routed \"home\" \"to-home\"; reprioritised \"p1\" \"first\"; "
		"assigned \"ann\" \"to-ann\"; acknowledged \"hello\" \"greet\"" },
	{ "", ",{\"at\":\"2026-03-02T10:00:00Z\",\"type\":\"acknowledged\"}",
		"routed \"home\" \"to-home\"; reprioritised \"p1\" \"first\"; "
		"assigned \"ann\" \"to-ann\"; accepted 1 \"take\"" },
	/* Whoever promotes chooses the next assignee. */
	{ "", ACCEPTED ",{\"at\":\"2026-03-02T11:00:00Z\",\"type\":\"promoted\",\"from\":1,\"to\":2}",
		"routed \"home\" \"to-home\"; reprioritised \"p1\" \"first\"" },
	{ "", ACCEPTED ",{\"at\":\"2026-03-02T11:00:00Z\",\"type\":\"promoted\",\"from\":1,\"to\":1}",
		"routed \"home\" \"to-home\"; reprioritised \"p1\" \"first\"; assigned \"ann\" \"to-ann\"" },
	/* After the end nothing. */
	{ "", ACCEPTED ",{\"at\":\"2026-03-02T11:00:00Z\",\"type\":\"resolved\"}", "" },
	{ "", ",{\"at\":\"2026-03-02T11:00:00Z\",\"type\":\"cancelled\"}", "" },
};

static void
test_triage(void **state)
{
	struct run run;

	(void)state;
	for (size_t i = 0; i < sizeof triage / sizeof *triage; i++) {
		begin(&run, "rules", triage[i].form, triage[i].events, "2026-03-02T12:00:00Z");
		assert_int_equal(auto_triage(&run.change, &run.c.err), 0);
		if (strcmp(added(&run), triage[i].added) != 0)
			fail_msg("%s%s\n%s\nexpected %s", triage[i].form, triage[i].events,
				run.events.data, triage[i].added);
		/* Twice is once. */
		assert_int_equal(auto_triage(&run.change, &run.c.err), 0);
		assert_string_equal(added(&run), triage[i].added);
		finish(&run);
	}
}

/* Under cells.json: tiers of two plain hours, the second the last. */
static const struct {
	const char *policy, *events, *now;
	bool catch_up;
	enum promotion result;
	const char *added;
} promotions[] = {
	{ "cells", ACCEPTED, "2026-03-02T12:00:00Z", false, PROMOTION_NONE, "" },
	{ "cells", ACCEPTED, "2026-03-02T12:00:01Z", false, PROMOTION_DONE,
		"promoted 1 2 0 \"2026-03-02T12:00:00Z\"" },
	{ "cells", ACCEPTED, "2026-03-02T13:00:00Z", false, PROMOTION_DONE,
		"promoted 1 2 3599 \"2026-03-02T12:00:00Z\"" },
	/* One step, and its clock starts now; with --catch-up every missed one. */
	{ "cells", ACCEPTED, "2026-03-02T20:00:00Z", false, PROMOTION_DONE,
		"promoted 1 2 28799 \"2026-03-02T12:00:00Z\"" },
	{ "cells", ACCEPTED, "2026-03-02T14:00:01Z", true, PROMOTION_DONE,
		"promoted 1 2 7200 \"2026-03-02T12:00:00Z\"" },
	{ "cells", ACCEPTED, "2026-03-02T14:00:02Z", true, PROMOTION_EXHAUSTED,
		"promoted 1 2 7201 \"2026-03-02T12:00:00Z\"" },
	/* Never before the latest event. */
	{ "cells", ACCEPTED ",{\"at\":\"2026-03-02T13:00:00Z\",\"type\":\"noted\"}",
		"2026-03-02T15:00:00Z", true, PROMOTION_DONE,
		"promoted 1 2 10799 \"2026-03-02T12:00:00Z\"" },
	{ "cells", ",{\"at\":\"2026-03-02T10:00:00Z\",\"type\":\"accepted\",\"tier\":2}",
		"2026-03-02T12:00:01Z", false, PROMOTION_EXHAUSTED, "" },
	{ "cells", ",{\"at\":\"2026-03-02T10:00:00Z\",\"type\":\"accepted\",\"tier\":2}",
		"2026-03-02T12:00:00Z", false, PROMOTION_NONE, "" },
	/* Held, finished, not accepted, a tier that is not there, open-ended: not. */
	{ "cells", ACCEPTED ",{\"at\":\"2026-03-02T13:00:00Z\",\"type\":\"paused\"}",
		"2026-03-02T20:00:00Z", true, PROMOTION_NONE, "" },
	{ "cells", ACCEPTED ",{\"at\":\"2026-03-02T13:00:00Z\",\"type\":\"asked\"}",
		"2026-03-02T20:00:00Z", false, PROMOTION_NONE, "" },
	{ "cells", ACCEPTED ",{\"at\":\"2026-03-02T13:00:00Z\",\"type\":\"cancelled\"}",
		"2026-03-02T20:00:00Z", false, PROMOTION_NONE, "" },
	{ "cells", "", "2026-03-09T20:00:00Z", false, PROMOTION_NONE, "" },
	{ "cells", ",{\"at\":\"2026-03-02T10:00:00Z\",\"type\":\"accepted\",\"tier\":5}",
		"2026-03-09T20:00:00Z", true, PROMOTION_NONE, "" },
	{ "fold", ",{\"at\":\"2026-03-02T10:00:00Z\",\"type\":\"accepted\",\"tier\":3}",
		"2026-03-30T20:00:00Z", true, PROMOTION_NONE, "" },
	/* To a tier with a deadline of the case's own, and no further. */
	{ "plain", ACCEPTED, "2026-03-09T00:00:00Z", true, PROMOTION_DONE,
		"promoted 1 2 561599 \"2026-03-02T12:00:00Z\"; "
		"promoted 2 3 475198 \"2026-03-03T12:00:01Z\"" },
};

static void
test_promote(void **state)
{
	struct run run;

	(void)state;
	for (size_t i = 0; i < sizeof promotions / sizeof *promotions; i++) {
		begin(&run, promotions[i].policy, "", promotions[i].events, promotions[i].now);
		if (auto_promote(&run.change, promotions[i].catch_up, &run.c.err) !=
				promotions[i].result ||
			strcmp(added(&run), promotions[i].added) != 0)
			fail_msg("%s at %s\n%s\nexpected %s", promotions[i].events,
				promotions[i].now, run.events.data, promotions[i].added);
		finish(&run);
	}
}

/* Each step of a catching up stands one second after its limit. */
static void
test_catch_up_times(void **state)
{
	struct run run;
	const struct event *event;

	(void)state;
	begin(&run, "plain", "", ACCEPTED, "2026-03-09T00:00:00Z");
	assert_int_equal(auto_promote(&run.change, true, &run.c.err), PROMOTION_DONE);
	event = &run.change.grown.event[2];
	assert_int_equal(event[0].at, instant("2026-03-02T12:00:01Z"));
	assert_int_equal(event[1].at, instant("2026-03-03T12:00:02Z"));
	assert_int_equal(event[0].recorded, instant("2026-03-09T00:00:00Z"));
	finish(&run);
	begin(&run, "cells", "", ACCEPTED ",{\"at\":\"2026-03-02T13:00:00Z\",\"type\":\"noted\"}",
		"2026-03-02T15:00:00Z");
	assert_int_equal(auto_promote(&run.change, true, &run.c.err), PROMOTION_DONE);
	event = &run.change.grown.event[3];
	assert_int_equal(event->at, instant("2026-03-02T13:00:00Z"));
	assert_true(event_is_automatic(event));
	finish(&run);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_triage),
		cmocka_unit_test(test_promote),
		cmocka_unit_test(test_catch_up_times),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
