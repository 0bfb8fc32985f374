/*
 * The fold under another text.  Under the one that a case is pinned to it
 * says what it says without judgements; where nothing was judged and nothing
 * repinned, the same as ever.
 */
#include "cases.h"

#include "domain/sla.h"

#define HEAD \
	"\"v\":1,\"id\":\"ESC-1\",\"rev\":0,\"policy\":\"fold\",\"created\":\"2026-03-02T09:00:00Z\","
#define FIRST    "{\"at\":\"2026-03-02T09:00:00Z\",\"type\":\"submitted\"}"
#define ACCEPTED ",{\"at\":\"2026-03-02T10:00:00Z\",\"type\":\"accepted\"}"
#define AT(day, time, rest) ",{\"at\":\"2026-03-" day "T" time ":00Z\"," rest "}"
#define PROMOTED(day, more) \
	AT(day, "12:00", "\"type\":\"promoted\",\"from\":1,\"to\":2,\"reason\":\"r\"" more)
#define JUDGED \
	",\"judged\":[{\"clock\":\"tier\",\"tier\":1,\"cycle\":1,\"verdict\":\"met\"," \
	"\"limit_at\":\"2026-03-30T00:00:00Z\"}]"

static const char *const policies[] = { "cells", "fold", "lean", "plain", "continue" };
#define N_POLICIES (sizeof policies / sizeof *policies)

static const char *const events[] = {
	"",
	ACCEPTED,
	ACCEPTED PROMOTED("04", ""),
	ACCEPTED AT("03", "11:00", "\"type\":\"paused\",\"reason\":\"r\"")
		AT("05", "11:00", "\"type\":\"resumed\""),
	ACCEPTED AT("03", "11:00", "\"type\":\"asked\",\"text\":\"t\""),
	AT("03", "11:00", "\"type\":\"cancelled\",\"feedback\":\"f\"")
		AT("04", "11:00", "\"type\":\"reopened\",\"reason\":\"r\""),
	ACCEPTED AT("06", "11:00", "\"type\":\"resolved\",\"outcome\":\"o\",\"summary\":\"s\"")
		AT("09", "11:00", "\"type\":\"reopened\",\"reason\":\"r\""),
	ACCEPTED AT("03", "11:00", "\"type\":\"routed\",\"queue\":\"moon\"")
		AT("04", "11:00", "\"type\":\"reclassified\",\"set\":{\"impact\":\"none\",\"region\":\"mars\"}"),
	AT("02", "11:00", "\"type\":\"accepted\",\"tier\":3")
		AT("02", "12:00", "\"type\":\"due_set\",\"due\":\"2026-03-09T12:00:00Z\""),
	AT("02", "11:00", "\"type\":\"accepted\",\"tier\":7"),
};
#define N_EVENTS (sizeof events / sizeof *events)

static void
open_pinned(struct unit_case *c, const char *version, const char *list)
{
	struct buf line = { 0 };

	buf_printf(&line, "{" HEAD "\"policy_version\":\"%s\",\"events\":[" FIRST "%s]}",
		version, list);
	case_open(c, buf_cstr(&line));
	buf_release(&line);
}

static const struct policy *
find(const char *version)
{
	struct err err = { 0 };

	return cases_find_policy(NULL, span_of("fold"), span_of(version), &err);
}

/* All of a case's clocks at an instant. */
static void
spell(const struct fold *fold, int64_t at, struct buf *out)
{
	struct case_verdict verdict;

	verdict_at(fold, at, &verdict);
	out->len = 0;
	buf_puts(out, verdict_names[verdict.verdict]);
	for (size_t i = 0; i < verdict.n; i++)
		verdict_clock(&verdict.clock[i], out);
	buf_puts(out, state_names[fold->state]);
	buf_int(out, fold->tier);
}

static void
expect_same(struct unit_case *c, const struct fold *pinned, const char *version, int64_t at)
{
	struct fold anew;
	struct buf a = { 0 }, b = { 0 };

	fold_rejudge(&anew, &c->record, find(version), at, &c->arena);
	spell(pinned, at, &a);
	spell(&anew, at, &b);
	if (strcmp(buf_cstr(&a), buf_cstr(&b)) != 0)
		fail_msg("%s\n%s\nexpected %s", c->text.data, b.data, a.data);
	assert_true(span_is(anew.policy_version, find(version)->version));
	buf_release(&a);
	buf_release(&b);
}

static void
test_own_text(void **state)
{
	(void)state;
	for (size_t p = 0; p < N_POLICIES; p++)
		for (size_t e = 0; e < N_EVENTS; e++)
			for (int day = 0; day < 14; day++) {
				int64_t at = instant("2026-03-02T11:30:00Z") + day * INT64_C(86400);
				struct unit_case c;

				open_pinned(&c, policies[p], events[e]);
				case_fold(&c, at);
				expect_same(&c, &c.fold, policies[p], at);
				case_close(&c);
			}
}

/* Under `other`, whatever it lacks, a case is what it were if pinned to it. */
static void
test_other_text(void **state)
{
	int64_t at = instant("2026-03-20T12:00:00Z");

	(void)state;
	for (size_t p = 0; p < N_POLICIES; p++)
		for (size_t q = 0; q < N_POLICIES; q++)
			for (size_t e = 0; e < N_EVENTS; e++) {
				struct unit_case c, other;

				open_pinned(&c, policies[p], events[e]);
				open_pinned(&other, policies[q], events[e]);
				case_fold(&other, at);
				expect_same(&c, &other.fold, policies[q], at);
				case_close(&c);
				case_close(&other);
			}
}

/* What was judged is judged again, and a repinning leads nowhere. */
static void
test_judged(void **state)
{
	int64_t at = instant("2026-03-20T12:00:00Z");
	struct unit_case c, plain;

	(void)state;
	open_pinned(&c, "cells", ACCEPTED PROMOTED("04", JUDGED));
	open_pinned(&plain, "cells", ACCEPTED PROMOTED("04", ""));
	case_fold(&c, at);
	case_fold(&plain, at);
	assert_int_equal(c.fold.stop[1].judged.state, CLOCK_MET);
	assert_int_equal(plain.fold.stop[1].judged.state, CLOCK_MISSED);
	expect_same(&c, &plain.fold, "cells", at);
	case_close(&c);
	open_pinned(&c, "cells", ACCEPTED AT("02", "10:30",
		"\"type\":\"repinned\",\"from\":\"cells\",\"to\":\"gone\",\"because\":\"b\"")
		PROMOTED("04", JUDGED));
	expect_same(&c, &plain.fold, "cells", at);
	case_close(&c);
	case_close(&plain);
}

/* sla_rejudge beside the case's own verdicts, clock by clock. */
static void
test_beside(void **state)
{
	struct unit_case c;
	struct sla sla;
	struct clock none = { .id = CLOCK_TIER, .tier = 9, .cycle = 1 };

	(void)state;
	open_pinned(&c, "cells", ACCEPTED);
	case_fold(&c, instant("2026-03-03T12:00:00Z"));
	sla = (struct sla){ .at = instant("2026-03-03T12:00:00Z"), .record = &c.record,
		.fold = &c.fold };
	verdict_at(&c.fold, sla.at, &sla.verdict);
	sla_rejudge(&sla, find("plain"));
	assert_ptr_equal(sla.rejudged_fold->policy, find("plain"));
	assert_ptr_equal(c.fold.policy, find("cells"));
	for (size_t i = 0; i < sla.rejudged->n; i++)
		assert_ptr_equal(sla_rejudged_clock(&sla, sla.rejudged->clock[i].clock),
			&sla.rejudged->clock[i]);
	assert_null(sla_rejudged_clock(&sla, &none));
	case_close(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_own_text),
		cmocka_unit_test(test_other_text),
		cmocka_unit_test(test_judged),
		cmocka_unit_test(test_beside),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
