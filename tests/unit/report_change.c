#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/mem.h"
#include "domain/report_change.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

struct pair {
	struct tally now, before;
};

static int
set_up(void **state)
{
	struct pair *pair = mem_zero(sizeof *pair);

	tally_init(&pair->now);
	tally_init(&pair->before);
	*state = pair;
	return 0;
}

static int
tear_down(void **state)
{
	struct pair *pair = *state;

	tally_release(&pair->now);
	tally_release(&pair->before);
	free(pair);
	return 0;
}

/* Whether the change has the text. */
static void
holds(const struct pair *pair, bool rejudged, const char *text, bool there)
{
	struct buf out = { 0 };

	buf_putc(&out, '{');
	report_change(&pair->now, &pair->before, rejudged, &out);
	buf_putc(&out, '}');
	buf_cstr(&out);
	if (there != (strstr(out.data, text) != NULL))
		print_error("%s\n%s\n", text, out.data);
	assert_true(there == (strstr(out.data, text) != NULL));
	buf_release(&out);
}

static void
stopped(struct tally *tally, enum clock_id id, int tier, uint64_t met,
	uint64_t missed, int64_t seconds)
{
	struct clock_row *row = clock_rows_get(&tally->clocks, id, tier);

	row->n[CLOCKS_MET] = met;
	row->n[CLOCKS_MISSED] = missed;
	for (uint64_t i = 0; i < met + missed; i++) {
		digest_add(&row->net, seconds);
		digest_add(&row->gross, seconds * 2);
	}
}

static void
test_counts(void **state)
{
	struct pair *pair = *state;

	holds(pair, false, "{\"cases\":{\"submitted\":0,\"refused\":0,", true);
	pair->now.cases[CASES_SUBMITTED] = 3;
	pair->before.cases[CASES_SUBMITTED] = 5;
	pair->now.cases[CASES_REFUSED] = UINT64_C(9007199254740993);
	pair->before.cases[CASES_ACKNOWLEDGED] = INT64_MAX;
	holds(pair, false, "{\"cases\":{\"submitted\":-2,\"refused\":9007199254740993,"
		"\"acknowledged\":-9223372036854775807,", true);
	holds(pair, false, "\"hygiene\":{\"held_after_target\":0,", true);
	holds(pair, false, "rejudged", false);
	holds(pair, false, "oldest", false);
}

/* Decimals, exact: 66.67 - 50, 33.33 - 33.33, 0.3333 - 0.6667. */
static void
test_decimals(void **state)
{
	static const struct {
		uint64_t now, of_now, before, of_before;
		const char *change;
	} rows[] = {
		{ 2, 3, 1, 2, "\"per_100_cases\":16.67," },
		{ 1, 3, 1, 3, "\"per_100_cases\":0," },
		{ 1, 3, 2, 3, "\"per_100_cases\":-33.34," },
		{ 1, 2, 1, 1, "\"per_100_cases\":-50," },
		{ 201, 200, 1, 1, "\"per_100_cases\":0.5," },
		{ 1, 10000, 0, 1, "\"per_100_cases\":0.01," },
		{ 0, 1, 1, 10000, "\"per_100_cases\":-0.01," },
		{ 1, 1, 1, 1000, "\"per_100_cases\":99.9," },
	};
	struct pair *pair = *state;

	for (size_t i = 0; i < COUNT(rows); i++) {
		pair->now.promotions = rows[i].now;
		pair->now.cases[CASES_ACCEPTED] = rows[i].of_now;
		pair->before.promotions = rows[i].before;
		pair->before.cases[CASES_ACCEPTED] = rows[i].of_before;
		holds(pair, false, rows[i].change, true);
	}
	pair->before.cases[CASES_ACCEPTED] = 0;
	holds(pair, false, "per_100_cases", false);
}

/* A row that one of them lacks: its counts are 0 there, the rest has no change. */
static void
test_rows(void **state)
{
	struct pair *pair = *state;

	stopped(&pair->now, CLOCK_TIER, 2, 1, 2, 100);
	stopped(&pair->before, CLOCK_TIER, 2, 2, 1, 300);
	stopped(&pair->now, CLOCK_RESOLVE, 1, 1, 0, 50);
	stopped(&pair->before, CLOCK_ACKNOWLEDGE, 0, 0, 1, 60);
	holds(pair, false, "\"clocks\":[{\"clock\":\"acknowledge\",\"n\":-1,\"met\":0,"
		"\"in_target\":0,\"missed\":-1,\"running\":0,\"risk\":0,\"breached\":0,"
		"\"paused\":0,\"open_ended\":0},{\"clock\":\"tier\",\"tier\":2,\"n\":0,"
		"\"met\":-1,\"in_target\":0,\"missed\":1,\"running\":0,\"risk\":0,"
		"\"breached\":0,\"paused\":0,\"open_ended\":0,\"met_rate\":-0.3334},"
		"{\"clock\":\"resolve\",\"tier\":1,\"n\":1,\"met\":1,", true);
	holds(pair, false, "\"times\":[{\"measure\":\"acknowledge\",\"n\":-1,\"open\":0},"
		"{\"measure\":\"tier\",\"tier\":2,\"n\":0,\"open\":0,"
		"\"net\":{\"p50\":-200,\"p90\":-200,\"p95\":-200,\"max\":-200,\"mean\":-200},"
		"\"gross\":{\"p50\":-400,\"p90\":-400,\"p95\":-400,\"max\":-400,\"mean\":-400}},"
		"{\"measure\":\"resolve\",\"tier\":1,\"n\":1,\"open\":0}]", true);
}

/* Rows of the same clock that differ only in the tier, or in having one. */
static void
test_tiers(void **state)
{
	struct pair *pair = *state;

	stopped(&pair->now, CLOCK_UPDATE, 0, 1, 0, 1);
	stopped(&pair->before, CLOCK_UPDATE, 1, 1, 0, 1);
	stopped(&pair->now, CLOCK_UPDATE, 2, 1, 0, 1);
	stopped(&pair->before, CLOCK_UPDATE, 2, 3, 0, 1);
	holds(pair, false, "\"times\":[{\"measure\":\"update\",\"n\":1,\"open\":0},"
		"{\"measure\":\"update\",\"tier\":1,\"n\":-1,\"open\":0},"
		"{\"measure\":\"update\",\"tier\":2,\"n\":-2,\"open\":0,\"net\":", true);
}

static void
test_months_and_flow(void **state)
{
	struct month_row now = { 2026 * 12 + 9, CLOCK_TIER, 1, 2, 0, 1 };
	struct month_row before = { 2026 * 12 + 8, CLOCK_TIER, 1, 1, 1, 0 };
	struct pair *pair = *state;

	months_count(&pair->now.months, &now);
	months_count(&pair->before.months, &before);
	flow_count(&pair->now.flow, 1, 2, 4);
	flow_count(&pair->before.flow, 1, 2, 1);
	flow_count(&pair->before.flow, 1, FLOW_RESOLVED, 1);
	flow_count(&pair->before.flow, FLOW_ACCEPTED, 1, 7);
	holds(pair, false, "\"months\":[{\"month\":\"2026-09\",\"clock\":\"tier\",\"tier\":1,"
		"\"n\":-2,\"met\":-1,\"missed\":-1,\"breached\":0},"
		"{\"month\":\"2026-10\",\"clock\":\"tier\",\"tier\":1,"
		"\"n\":3,\"met\":2,\"missed\":0,\"breached\":1}]", true);
	holds(pair, false, "\"flow\":[{\"from\":\"accepted\",\"to\":\"1\",\"n\":-7},"
		"{\"from\":\"1\",\"to\":\"2\",\"n\":3},"
		"{\"from\":\"1\",\"to\":\"resolved\",\"n\":-1}]", true);
}

/* Values of cases may be called anything. */
static void
test_values(void **state)
{
	static const char *const names[] = { "by", "clock", "max", "mean", "net",
		"oldest", "tier" };
	struct pair *pair = *state;

	for (size_t i = 0; i < COUNT(names); i++)
		counts_text(&pair->now.by[BY_REASON], span_of(names[i]), i + 1);
	counts_text(&pair->before.by[BY_REASON], span_of("net"), 9);
	counts_text(&pair->before.by[BY_REASON], span_of("\"\\\n\xe2\x80\xae"), 1);
	counts_text(&pair->before.by[BY_REASON], span_of(""), 2);
	holds(pair, false, "\"reason\":{\"\":-2,\"\\\"\\\\\\n\xe2\x80\xae\":-1,"
		"\"by\":1,\"clock\":2,\"max\":3,\"mean\":4,\"net\":-4,\"oldest\":6,"
		"\"tier\":7}", true);
}

/* A figure by a number: 9 stands before 10, and a mean needs both sides. */
static void
test_scores(void **state)
{
	struct pair *pair = *state;

	counts_number(&pair->now.scores, 10, 1);
	counts_number(&pair->before.scores, 9, 2);
	counts_number(&pair->before.scores, 10, 2);
	holds(pair, false, "\"feedback\":{\"n\":-3,\"mean\":0.5,"
		"\"scores\":{\"9\":-2,\"10\":-1}}", true);
	counts_release(&pair->now.scores);
	holds(pair, false, "\"feedback\":{\"n\":-4,\"scores\":{\"9\":-2,\"10\":-2}}", true);
}

static void
test_rejudged(void **state)
{
	struct moved_row row = { CLOCK_TIER, 1, VERDICT_MET, VERDICT_MISSED, 3 };
	struct pair *pair = *state;

	holds(pair, true, "\"rejudged\":{\"clocks\":[],\"times\":[],\"moved\":[]}", true);
	rejudged_count(&pair->now.rejudged, &row);
	rejudged_count(&pair->now.rejudged, &row);
	row.n = 1;
	rejudged_count(&pair->before.rejudged, &row);
	row.rejudged = VERDICT_NONE;
	rejudged_count(&pair->before.rejudged, &row);
	row.pinned = VERDICT_OK;
	row.tier = 0;
	rejudged_count(&pair->now.rejudged, &row);
	clock_rows_get(&pair->now.rejudged.clocks, CLOCK_TIER, 1)->n[CLOCKS_MET] = 2;
	holds(pair, true, "\"rejudged\":{\"clocks\":[{\"clock\":\"tier\",\"tier\":1,\"n\":2,"
		"\"met\":2,", true);
	holds(pair, true, "\"moved\":["
		"{\"clock\":\"tier\",\"pinned\":\"ok\",\"rejudged\":\"none\",\"n\":1},"
		"{\"clock\":\"tier\",\"tier\":1,\"pinned\":\"met\",\"rejudged\":\"missed\",\"n\":5},"
		"{\"clock\":\"tier\",\"tier\":1,\"pinned\":\"met\",\"rejudged\":\"none\",\"n\":-1}]",
		true);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_counts, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_decimals, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_rows, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_tiers, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_months_and_flow, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_values, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_scores, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_rejudged, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
