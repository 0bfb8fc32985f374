#include "cli/verb_report.h"

#include "base/instant.h"
#include "cli/report_opt.h"
#include "cli/tz.h"
#include "cli/verb.h"

/*
 * Where the zone is the policy's, it is not known yet: so much earlier than
 * in UTC a period, or the one before it, may begin in any zone.  A midnight
 * is at most a day away, as many months before one at most four.
 */
#define ANY_ZONE_S (7 * DAY_S)

static const char examples[] =
	"esc report --month 2026-10\n"
	"esc report --month 2026-10 --compare previous --queue emea\n"
	"esc report --from 2026-10-01 --to 2026-10-15 --format html:review.html";

/* The first instant that counts; INSTANT_NONE: all do.  Ends the program with 64. */
static int64_t
first_instant(const struct report_opt *report, int64_t now)
{
	const struct zone *zone = tz_get(report->tz, NULL);
	struct period period = report_opt_period(report, zone, now);
	int64_t from = period.from;

	if (report->compare)
		from = report_opt_previous(&period).from;
	if (from == INSTANT_NONE || zone)
		return from;
	from -= ANY_ZONE_S;
	return from < INSTANT_MIN ? INSTANT_NONE : from;
}

/*
 * Under other terms clocks may live of which the store knows nothing, so
 * with --rejudge all cases are read.
 */
static void
select_cases(struct cat_opt *cat, const struct report_opt *report, int64_t now, bool has_ids)
{
	static char since[INSTANT_SIZE];
	int64_t first = first_instant(report, now);

	if (cat->all || cat->since)
		return;
	if (first != INSTANT_NONE && !report->rejudge) {
		instant_format(first, since);
		cat->since = since;
	} else {
		cat->all = !has_ids && !cat->due && !pick_opt_any(&cat->pick);
	}
}

int
verb_report(int argc, char **argv)
{
	struct common common = { 0 };
	struct cat_opt cat = { .store.wait_s = STORE_WAIT_S };
	struct report_opt report = { 0 };
	const struct opt cat_rows[] = { CAT_OPT_ROWS(cat), { 0 } };
	const struct opt report_rows[] = { REPORT_OPT_ROWS(report), { 0 } };
	struct opt rows[sizeof cat_rows / sizeof *cat_rows +
		sizeof report_rows / sizeof *report_rows];
	const struct program program = {
		.name = "esc report",
		.synopsis = "[OPTION...] [ID...]",
		.about = "Reports what became of the store's cases in a period.",
		.examples = examples,
		.groups = OPT_STREAM | OPT_NOW,
		.opt = rows,
		.page = "esc",
	};
	struct stage stage[VERB_STAGES] = { { .name = "esc-cat" }, { .name = "esc-report" } };
	int64_t now;
	int first, answer;

	verb_join(cat_rows, report_rows, rows);
	first = opt_parse(&program, &common, argc, argv);
	now = verb_settle(&program, &common, &cat.store);
	report_opt_check(&report, now);
	select_cases(&cat, &report, now, argv[first] != NULL);
	verb_cat(&stage[0], cat_rows, &common, argv + first);
	verb_filter(&stage[1], report_rows, &common);
	answer = pipeline_run(stage, VERB_STAGES);
	verb_release(stage);
	return answer;
}
