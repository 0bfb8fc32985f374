#include "cli/report_count.h"

#include <string.h>

#include "cli/msg.h"
#include "cli/policies.h"
#include "cli/twice.h"
#include "domain/report_partial.h"

struct work {
	struct loop *loop;
	const struct policy_source *policies;
	struct report_part *part;
	const struct policy *first; /* whose zone it is; NULL: the zone was said */
	bool warned;
	bool named;  /* some case has the field of --group-by */
	uint64_t n_cases, n_refused;
	struct twice twice; /* ids */
};

/* Without --tz and the setting: the review zone of the first case's policy, else UTC. */
static int
begin_by_case(struct work *work, const struct record *record, struct err *err)
{
	const struct policy *policy = work->policies->find(work->policies->ctx,
		record->policy, record->version, err);
	const struct zone *zone = NULL;

	if (!policy)
		return -1;
	if (policy->review_zone && !(zone = zone_load(policy->review_zone, err)))
		return -1;
	work->first = policy;
	return report_part_begin(work->part, zone, err);
}

static const char *
zone_of(const struct policy *policy)
{
	return policy->review_zone ? policy->review_zone : "UTC";
}

/* In another order the report would be of another zone: said once. */
static void
look_at_zone(struct work *work, const struct record *record)
{
	struct err none = { 0 };
	const struct policy *policy = work->policies->find(work->policies->ctx,
		record->policy, record->version, &none);

	err_release(&none);
	if (!policy || strcmp(zone_of(policy), zone_of(work->first)) == 0)
		return;
	work->warned = true;
	msg_warn("the cases' policies have several zones for their review: %s (%s), which "
		"the first case has, and %s (%s); say one with --tz", zone_of(work->first),
		work->first->name, zone_of(policy), policy->name);
}

static int
count_refused(struct work *work, const struct loop_line *line, struct err *err)
{
	struct event entry = { .scan = line->scan };
	int64_t at;

	if (!event_instant(&entry, "at", &at))
		return err_add(err, EX_DATAERR, "at",
			"expected an instant (RFC 3339)");
	report_part_refused(work->part, at, 1);
	work->n_refused++;
	return 0;
}

static void
look_at_case(struct work *work, const struct record *record)
{
	struct span group_by = work->part->scope.group_by;

	if (group_by.p && !work->named)
		work->named = report_group_named(record, group_by);
	twice_add(&work->twice, record->id);
	work->n_cases++;
}

static enum loop_answer
count(void *ctx, struct record *record, const struct loop_line *line,
	struct buf *out, struct err *err)
{
	struct work *work = ctx;

	(void)out;
	if (!record)
		return count_refused(work, line, err) == 0 ? LOOP_DROP : LOOP_REFUSE;
	if (!work->part->begun && begin_by_case(work, record, err) != 0)
		return LOOP_REFUSE;
	if (work->first && !work->warned)
		look_at_zone(work, record);
	if (report_add(&work->part->report, record, work->policies, line->arena,
		err) != 0)
		return LOOP_REFUSE;
	look_at_case(work, record);
	return LOOP_DROP;
}

/* Each of its lines would be refused, and the report be one of nothing. */
static enum loop_answer
stranger(void *ctx, const struct loop_line *line, struct buf *out,
	struct err *err)
{
	struct work *work = ctx;
	struct buf place = { 0 };

	(void)out;
	if (!partial_is_head(line->scan))
		return LOOP_REFUSE;
	buf_printf(&place, "%s:%ju", line->file, (uintmax_t)line->number);
	err_set(err, EX_DATAERR, NULL,
		"a partial, not a case: --merge reads partials");
	loop_die(work->loop, buf_cstr(&place), err);
}

/* Exports that overlap, or revisions, look like a busy one. */
static void
look_at_twice(const struct work *work)
{
	uint64_t n = work->twice.n;

	if (n > 0)
		msg_warn("%ju %s came more than once: each line counts as a case",
			(uintmax_t)n, n == 1 ? "case" : "cases");
}

/* A wrong file and a misspelt field look like a quiet month. */
static void
look_at_all(const struct work *work)
{
	struct span group_by = work->part->scope.group_by;

	if (!work->n_cases && !work->n_refused && !work->loop->status)
		msg_warn("no cases were read");
	if (work->n_cases && group_by.p && !work->named
		&& !report_has_values(&work->part->report))
		msg_warn("--group-by: no case has a field \"%.*s\"", (int)group_by.n, group_by.p);
}

void
report_count_files(struct loop *loop, char **files, struct report_part *part, bool all)
{
	struct work work = { .loop = loop, .policies = policies_source(), .part = part };

	loop->takes_rejects = true;
	loop->stranger = stranger;
	loop_records(loop, files, count, &work);
	if (all && loop_is_whole(loop))
		look_at_all(&work);
	look_at_twice(&work);
	twice_release(&work.twice);
}
