/* esc-report: the review of cases over a period. */
#include <stdlib.h>

#include "base/instant.h"
#include "cli/loop.h"
#include "cli/msg.h"
#include "cli/now.h"
#include "cli/policies.h"
#include "cli/report_format.h"
#include "cli/report_opt.h"
#include "cli/table.h"
#include "cli/tz.h"
#include "domain/report.h"

static const char examples[] =
	"esc-report --month 2026-10 cases.jsonl\n"
	"esc-report --from 2026-10-01 --to 2026-10-15 --tz Europe/London cases.jsonl\n"
	"esc-report --month 2026-10 --group-by region --format json cases.jsonl";

struct run {
	const struct report_opt *asked;
	const struct policy_source *policies;
	const struct policy *terms; /* --rejudge; NULL */
	struct report_formats formats;
	int64_t now;
	bool begun;         /* the zone is known, and with it the period */
	struct report report;
	int64_t *refused;   /* instants of reject lines read before that */
	size_t n_refused, cap_refused;
};

static void
begin(struct run *run, const struct zone *zone)
{
	struct period period = report_opt_period(run->asked, zone, run->now);

	report_init(&run->report, &period, span_of(run->asked->group_by));
	if (run->asked->compare) {
		struct period previous = report_opt_previous(&period);

		report_compare(&run->report, &previous);
	}
	if (run->terms)
		report_rejudge(&run->report, run->terms);
	for (size_t i = 0; i < run->n_refused; i++)
		report_refused(&run->report, run->refused[i]);
	run->begun = true;
}

/* Without --tz and the setting: the review zone of the first case's policy, else UTC. */
static int
begin_by_case(struct run *run, const struct record *record, struct err *err)
{
	const struct policy *policy = run->policies->find(run->policies->ctx,
		record->policy, record->version, err);
	const struct zone *zone = NULL;

	if (!policy)
		return -1;
	if (policy->review_zone && !(zone = zone_load(policy->review_zone, err)))
		return -1;
	begin(run, zone);
	return 0;
}

static enum loop_answer
count_refused(struct run *run, const struct loop_line *line, struct err *err)
{
	struct event entry = { .scan = line->scan };
	int64_t at;

	if (!event_instant(&entry, "at", &at)) {
		err_add(err, EX_DATAERR, "at", "expected an instant (RFC 3339)");
		return LOOP_REFUSE;
	}
	if (run->begun) {
		report_refused(&run->report, at);
		return LOOP_DROP;
	}
	if (run->n_refused == run->cap_refused) {
		run->cap_refused = mem_grow(run->cap_refused, run->n_refused + 1);
		run->refused = mem_resize(run->refused,
			run->cap_refused * sizeof *run->refused);
	}
	run->refused[run->n_refused++] = at;
	return LOOP_DROP;
}

static enum loop_answer
count(void *ctx, struct record *record, const struct loop_line *line,
	struct buf *out, struct err *err)
{
	struct run *run = ctx;

	(void)out;
	if (!record)
		return count_refused(run, line, err);
	if (!run->begun && begin_by_case(run, record, err) != 0)
		return LOOP_REFUSE;
	if (report_add(&run->report, record, run->policies, line->arena, err) != 0)
		return LOOP_REFUSE;
	return LOOP_DROP;
}

static void
print(struct run *run, struct buf *out)
{
	struct report_look look = { .width = table_width() };
	struct buf document = { 0 };

	report_write(&run->report, &document);
	look.document = buf_text(&document);
	report_formats_write(&run->formats, &look, out);
	buf_release(&document);
}

int
main(int argc, char **argv)
{
	struct report_opt asked = { 0 };
	const struct opt opt[] = {
		REPORT_OPT_ROWS(asked),
		{ 0 },
	};
	const struct program program = {
		.name = "esc-report",
		.synopsis = "[OPTION...] [FILE...]",
		.about = "Reports what became of cases in a period: counts, limits, times.",
		.examples = examples,
		.groups = OPT_STREAM | OPT_NOW,
		.opt = opt,
		.reads_stdin = true,
	};
	struct common common = { 0 };
	struct run run = { .asked = &asked, .policies = policies_source() };
	struct loop loop;
	const struct zone *zone;
	int first = opt_parse(&program, &common, argc, argv);

	run.now = now_get(&program, &common);
	report_opt_check(&asked, run.now);
	if (asked.rejudge)
		run.terms = policies_rejudge(asked.rejudge);
	report_formats_choose(&run.formats, &asked);
	zone = tz_get(asked.tz, NULL);
	if (zone)
		begin(&run, zone);
	loop_init(&loop, &program, &common, run.now, by_get(&common));
	loop.takes_rejects = true;
	loop.no_output = true;
	report_formats_open(&run.formats, common.reject);
	loop_records(&loop, argv + first, count, &run);
	if (!run.begun)
		begin(&run, NULL);
	if (loop_is_whole(&loop))
		print(&run, loop_out(&loop));
	loop_flush(&loop);
	report_formats_keep(&run.formats, loop_is_whole(&loop));
	report_release(&run.report);
	free(run.refused);
	return loop_end(&loop, 0);
}
