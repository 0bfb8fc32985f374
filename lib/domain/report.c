#include "domain/report.h"

#include <stdlib.h>

#include "base/instant.h"
#include "base/mem.h"

void
report_init(struct report *report, const struct period *period,
	struct span group_by)
{
	*report = (struct report){ .period = *period, .first = INSTANT_NONE };
	arena_init(&report->kept);
	if (group_by.p)
		report->group_by = (struct span){
			arena_copy(&report->kept, group_by.p, group_by.n), group_by.n };
	tally_init(&report->total);
	for (int i = 0; i < REVIEW_LISTS; i++)
		top_init(&report->review[i], review_limits[i]);
}

void
report_release(struct report *report)
{
	report_release_groups(report);
	tally_release(&report->total);
	counts_release(&report->policies);
	for (int i = 0; i < REVIEW_LISTS; i++)
		top_release(&report->review[i]);
	free(report->resolutions.row);
	free(report->improvements.row);
	arena_release(&report->kept);
	if (report->previous)
		report_release(report->previous);
	free(report->previous);
}

void
report_compare(struct report *report, const struct period *previous)
{
	report->previous = mem_alloc(sizeof *report->previous);
	report_init(report->previous, previous, report->group_by);
}

void
report_rejudged_by(struct report *report, struct span name,
	struct span version)
{
	report->terms_name = (struct span){
		arena_copy(&report->kept, name.p, name.n), name.n };
	report->terms_version = (struct span){
		arena_copy(&report->kept, version.p, version.n), version.n };
	if (report->previous)
		report_rejudged_by(report->previous, name, version);
}

void
report_rejudge(struct report *report, const struct policy *terms)
{
	report_rejudged_by(report, span_of(terms->name), span_of(terms->version));
	report->terms = terms;
	if (report->previous)
		report->previous->terms = terms;
}

static void
add_policy(struct report *report, const struct fold *fold)
{
	struct buf key = { 0 };

	buf_span(&key, fold->record->policy);
	buf_putc(&key, '\n');
	buf_span(&key, fold->policy_version);
	counts_text(&report->policies, buf_text(&key), 1);
	buf_release(&key);
}

static bool
add_rejudged(const struct report *report, struct case_sum *sum)
{
	struct arena *arena = sum->fold->arena;
	struct fold *fold;

	if (!report->terms)
		return false;
	fold = arena_alloc(arena, sizeof *fold);
	fold_rejudge(fold, sum->fold->record, report->terms, report->period.end,
		arena);
	return case_rejudge(sum, fold, &report->period);
}

static int
add_to_one(struct report *report, const struct record *record,
	const struct policy_source *policies, struct arena *arena,
	struct err *err)
{
	struct case_sum sum;
	struct fold fold;

	if (record->created > report->period.end)
		return 0;
	if (report->first == INSTANT_NONE || record->created < report->first)
		report->first = record->created;
	if (fold_record(&fold, record, policies, report->period.end, arena,
		err) != 0)
		return -1;
	case_sum(&sum, &fold, &report->period);
	if (!add_rejudged(report, &sum) && !sum.counts)
		return 0;
	if (sum.counts)
		add_policy(report, &fold);
	tally_add(&report->total, &sum, &report->period);
	report_add_groups(report, &sum);
	report_add_lists(report, &sum);
	report_add_review(report, &sum);
	return 0;
}

int
report_add(struct report *report, const struct record *record,
	const struct policy_source *policies, struct arena *arena,
	struct err *err)
{
	if (add_to_one(report, record, policies, arena, err) != 0)
		return -1;
	if (!report->previous)
		return 0;
	return report_add(report->previous, record, policies, arena, err);
}

void
report_refused_times(struct report *report, int64_t at, uint64_t n)
{
	if (period_has(&report->period, at))
		report->total.cases[CASES_REFUSED] += n;
	if (report->previous)
		report_refused_times(report->previous, at, n);
}
