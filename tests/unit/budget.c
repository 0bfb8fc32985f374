/* Budgets: what is read, what is refused and where, and what they come to. */
#include "cases.h"

#include "domain/budget.h"

#define MEASURES \
	"one of missed_rate, met_rate, breached_rate, risk_rate, missed, breached, risk"
#define AT(column, text, expected, got) \
	text, "column " column " of \"" text "\": expected " expected "; got " got
#define LONG "111111111111111111111"

static const struct {
	const char *text, *error;
} refused[] = {
	{ AT("1", "", MEASURES, "the end") },
	{ AT("1", "missd_rate <= 5%", MEASURES, "\"missd_rate\"") },
	{ AT("1", "<= 5%", MEASURES, "\"<= 5%\"") },
	{ AT("12", "missed_rate", "<=, <, >= or >", "the end") },
	{ AT("13", "missed_rate = 5%", "<=, <, >= or >", "\"= 5%\"") },
	{ AT("17", "missed_rate <= 5", "% behind a rate", "the end") },
	{ AT("16", "missed_rate <= -5%", "a number, from 0", "\"-5%\"") },
	{ AT("15", "missed_rate <=", "a number, from 0", "the end") },
	{ AT("16", "missed_rate <= x", "a number, from 0", "\"x\"") },
	{ AT("11", "missed <= 5%", "a whole number (only rates are in %)", "\"5%\"") },
	{ AT("11", "missed <= 5.5", "a whole number (only rates are in %)", "\"5.5\"") },
	{ AT("11", "missed <= " LONG, "a smaller number", "\"" LONG "\"") },
	{ AT("18", "missed_rate <= 5.0000001%", "1 to 6 decimals", "\"0000001\"") },
	{ AT("18", "missed_rate <= 5.%", "1 to 6 decimals", "\"%\"") },
	{ AT("16", "missed_rate <= 101%", "at most 100%", "\"101%\"") },
	{ AT("16", "missed_rate <= 100.000001%", "at most 100%", "\"100.000001%\"") },
	{ AT("19", "missed_rate <= 5% and", "nothing more", "\"and\"") },
	{ AT("8", "missed(impakt=critical) <= 1", "clock, tier or a field of the record",
		"\"impakt\"") },
	{ AT("8", "missed(events=1) <= 1", "clock, tier or a field of the record", "\"events\"") },
	{ AT("8", "missed(requester=1) <= 1", "clock, tier or a field of the record",
		"\"requester\"") },
	{ AT("8", "missed() <= 1", "clock, tier or a field of the record", "\") <= 1\"") },
	{ AT("14", "missed(clock=repair) <= 1",
		"one of acknowledge, contact, tier, update, resolve", "\"repair\"") },
	{ AT("14", "missed(tier= two) <= 1", "the number of a tier", "\"two\"") },
	{ AT("13", "missed(tier=0) <= 1", "the number of a tier", "\"0\"") },
	{ AT("13", "missed(tier=1000) <= 1", "the number of a tier", "\"1000\"") },
	{ AT("12", "missed(tier<2) <= 1", "= or !=", "\"<2) <= 1\"") },
	{ AT("15", "missed(impact=) <= 1", "a value", "\") <= 1\"") },
	{ AT("17", "missed(impact=a|) <= 1", "a value", "\") <= 1\"") },
	{ AT("21", "missed(impact=a <= 1", "a comma or )", "the end") },
	{ AT("18", "missed(impact=\xC3\xA4, \xC3\xB6=1) <= 1", "clock, tier or a field of the record",
		"\"\xC3\xB6\"") },
};

static void
test_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		struct budget budget;
		struct err err = { 0 };

		if (budget_parse(&budget, refused[i].text, &err) == 0)
			fail_msg("%s: taken", refused[i].text);
		if (strcmp(err_text(&err), refused[i].error) != 0)
			fail_msg("%s\nexpected %s", err_text(&err), refused[i].error);
		assert_int_equal(err.status, EX_USAGE);
		budget_release(&budget);
		err_release(&err);
	}
}

#define RECORD \
	"{\"v\":1,\"id\":\"ESC-1\",\"rev\":0,\"policy\":\"fold\",\"policy_version\":\"fold\"," \
	"\"created\":\"2026-03-02T09:00:00Z\",\"impact\":\"critical\",\"reason\":[\"a,b\",\"c|d)\"]," \
	"\"requester\":{\"role\":\"champion\"},\"queue\":\"AUS NZ\",\"x_site\":7," \
	"\"events\":[{\"at\":\"2026-03-02T09:00:00Z\",\"type\":\"submitted\"}]}"

/* A clock of each verdict twice over: at tier 1, and at tier 2 the update clock. */
static void
fill(struct fold *fold, struct clock *clock, enum verdict *verdict)
{
	fold->clock = clock;
	fold->n_clocks = 2 * VERDICT_NONE;
	for (int i = 0; i < 2 * VERDICT_NONE; i++) {
		bool first = i < VERDICT_NONE;

		verdict[i] = (enum verdict)(i % VERDICT_NONE);
		clock[i] = (struct clock){ .id = first ? CLOCK_TIER : CLOCK_UPDATE,
			.tier = first ? 1 : 2,
			.limit_at = verdict[i] == VERDICT_OPEN_ENDED ? INSTANT_NONE : 1 };
	}
}

/* What an expression comes to over those clocks; "holds" before it or "fails". */
static const struct {
	const char *text, *said;
} judged[] = {
	{ "missed_rate <= 80%", "holds 80 % (8 of 10)" },
	{ "missed_rate<80%", "fails 80 % (8 of 10)" },
	{ " missed_rate <= 79.999999 % ", "fails 80 % (8 of 10)" },
	{ "met_rate >= 20%", "holds 20 % (2 of 10)" },
	{ "met_rate > 20%", "fails 20 % (2 of 10)" },
	{ "met_rate(tier=1) >= 20.000001%", "fails 20 % (1 of 5)" },
	{ "breached_rate <= 50%", "holds 50 % (6 of 12)" },
	{ "risk_rate <= 66.666666%", "fails 66.67 % (8 of 12)" },
	{ "risk_rate <= 66.666667%", "holds 66.666667 % (8 of 12)" },
	{ "risk_rate >= 66.666667%", "fails 66.666666 % (8 of 12)" },
	{ "risk_rate <= 66.67%", "holds 66.67 % (8 of 12)" },
	{ "risk_rate < 66.67%", "holds 66.667 % (8 of 12)" },
	{ "risk_rate >= 99%", "fails 66.67 % (8 of 12)" },
	{ "risk_rate <= 99%", "holds 66.67 % (8 of 12)" },
	{ "risk_rate >= 66%", "holds 66.67 % (8 of 12)" },
	{ "missed <= 7", "fails 8" },
	{ "missed <= 8", "holds 8" },
	{ "missed >= 9", "fails 8" },
	{ "breached(clock=tier) < 3", "fails 3" },
	{ "breached(clock!=tier) <= 3", "holds 3" },
	{ "breached(clock=tier|update) <= 6", "holds 6" },
	{ "breached(clock=tier,tier=2) <= 0", "holds nothing to measure" },
	{ "risk(tier=2|7, tier != 7) <= 4", "holds 4" },
	{ "risk(tier!=1|2) <= 0", "holds nothing to measure" },
	{ "risk(tier!=1|2) >= 1", "fails 0" },
	{ "breached(policy=fold,tier=1) < 4", "holds 3" },
	{ "missed_rate(tier=3) <= 0%", "holds nothing to measure" },
	{ "met_rate(tier=3) >= 100%", "holds nothing to measure" },
	{ "risk(impact=critical) <= 0", "fails 8" },
	{ "risk(impact=major|critical) <= 0", "fails 8" },
	{ "risk(impact!=major|critical) <= 0", "holds nothing to measure" },
	{ "risk(impact=major) <= 0", "holds nothing to measure" },
	{ "risk(requester.role=champion,queue= AUS NZ ) <= 0", "fails 8" },
	{ "risk(reason=a\\,b) <= 0", "fails 8" },
	{ "risk(reason=c\\|d\\)) <= 0", "fails 8" },
	{ "risk(reason=c) <= 0", "holds nothing to measure" },
	{ "risk(x_site=7) <= 0", "fails 8" },
	{ "risk(channel!=mail) <= 999999999999999999", "holds 8" },
};

static void
judge(struct unit_case *c, const char *text, struct buf *said)
{
	struct clock clock[2 * VERDICT_NONE];
	enum verdict verdict[2 * VERDICT_NONE];
	struct budget budget;
	struct err err = { 0 };

	if (budget_parse(&budget, text, &err) < 0)
		fail_msg("%s", err_text(&err));
	c->fold = (struct fold){ .record = &c->record, .arena = &c->arena };
	fill(&c->fold, clock, verdict);
	budget_add(&budget, &c->fold, verdict);
	budget_judge(&budget);
	said->len = 0;
	buf_puts(said, budget.holds ? "holds " : "fails ");
	budget_say(&budget, said);
	budget_release(&budget);
	err_release(&err);
}

static void
test_judged(void **state)
{
	struct buf said = { 0 };
	struct unit_case c;

	(void)state;
	case_open(&c, RECORD);
	for (size_t i = 0; i < sizeof judged / sizeof *judged; i++) {
		judge(&c, judged[i].text, &said);
		if (strcmp(buf_cstr(&said), judged[i].said) != 0)
			fail_msg("%s: %s\nexpected %s", judged[i].text, said.data, judged[i].said);
	}
	buf_release(&said);
	case_close(&c);
}

/* More clocks than there will ever be, and a hair's breadth. */
static void
test_large(void **state)
{
	struct budget budget;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(budget_parse(&budget, "missed_rate <= 50%", &err), 0);
	budget.of = UINT64_MAX - 1;
	budget.n = budget.of / 2;
	budget_judge(&budget);
	assert_true(budget.holds);
	budget.n++;
	budget_judge(&budget);
	assert_false(budget.holds);
	budget_release(&budget);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_judged),
		cmocka_unit_test(test_large),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
