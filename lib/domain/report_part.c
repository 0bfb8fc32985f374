#include "domain/report_part.h"

static int
start(struct report_part *part, struct err *err)
{
	const struct scope *scope = &part->scope;
	struct report *report = &part->report;
	struct period period, previous;

	if (scope_period(scope, scope->zone, &period, err) != 0)
		return -1;
	if (scope->compare && period_previous(&period, &previous, err) != 0)
		return -1;
	report_init(report, &period, scope->group_by);
	if (scope->compare)
		report_compare(report, &previous);
	if (part->terms)
		report_rejudge(report, part->terms);
	else if (scope->rejudge.p)
		report_rejudged_by(report, scope->rejudge, scope->rejudge_version);
	return 0;
}

int
report_part_begin(struct report_part *part, const struct zone *zone,
	struct err *err)
{
	if (scope_set_zone(&part->scope, zone, err) != 0 || start(part, err) != 0)
		return -1;
	part->begun = true;
	for (size_t i = 0; i < part->refused.n; i++)
		report_refused_times(&part->report, part->refused.row[i]->number,
			part->refused.row[i]->n);
	counts_release(&part->refused);
	return 0;
}

void
report_part_refused(struct report_part *part, int64_t at, uint64_t n)
{
	if (part->begun)
		report_refused_times(&part->report, at, n);
	else
		counts_number(&part->refused, at, n);
}

void
report_part_release(struct report_part *part)
{
	counts_release(&part->refused);
	if (part->begun)
		report_release(&part->report);
}
