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
		top_init(&report->review[i],
			i == LIST_PRESSING ? REVIEW_CASES : REVIEW_TOP);
}

void
report_release(struct report *report)
{
	for (size_t i = 0; i < report->n_groups; i++)
		tally_release(&report->group[i]->tally);
	free(report->group);
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
report_refused(struct report *report, int64_t at)
{
	report->total.cases[CASES_REFUSED] += period_has(&report->period, at);
	if (report->previous)
		report_refused(report->previous, at);
}

void
report_merge(struct report *report, const struct report *other)
{
	if (report->first == INSTANT_NONE || (other->first != INSTANT_NONE
		&& other->first < report->first))
		report->first = other->first;
	tally_merge(&report->total, &other->total);
	counts_merge(&report->policies, &other->policies);
	for (int i = 0; i < REVIEW_LISTS; i++)
		top_merge(&report->review[i], &other->review[i]);
	report->pressing += other->pressing;
	report_merge_groups(report, other);
	report_merge_lists(report, other);
	if (report->previous)
		report_merge(report->previous, other->previous);
}

static void
write_period(const struct report *report, struct buf *out)
{
	const struct period *period = &report->period;
	int64_t from = period->from == INSTANT_NONE ? report->first : period->from;
	int64_t to = period->to == INSTANT_NONE ? period->now : period->to;

	buf_key(out, "now");
	buf_putc(out, '"');
	buf_instant(out, period->now);
	buf_puts(out, "\",\"period\":{");
	if (from != INSTANT_NONE) {
		buf_key(out, "from");
		buf_putc(out, '"');
		buf_instant(out, from);
		buf_putc(out, '"');
	}
	buf_key(out, "to");
	buf_putc(out, '"');
	buf_instant(out, to);
	buf_putc(out, '"');
	buf_key(out, "tz");
	buf_json(out, span_of(period->zone ? zone_name(period->zone) : "UTC"));
	buf_putc(out, '}');
}

/* The rows are in order of name and version, so names stand together. */
static void
write_policies(const struct report *report, struct buf *out)
{
	struct span last = { NULL, 0 };

	buf_key(out, "policies");
	buf_putc(out, '{');
	for (size_t i = 0; i < report->policies.n; i++) {
		const struct count *row = report->policies.row[i];
		size_t n = (size_t)((char *)memchr(row->text, '\n', row->len) - row->text);
		struct span name = { row->text, n };

		if (i > 0 && span_eq(name, last)) {
			buf_putc(out, ',');
		} else {
			buf_puts(out, i > 0 ? "]," : "");
			buf_json(out, name);
			buf_puts(out, ":[");
		}
		buf_json(out, (struct span){ row->text + n + 1, row->len - n - 1 });
		last = name;
	}
	buf_puts(out, report->policies.n ? "]}" : "}");
}

static void
write_groups(const struct report *report, struct buf *out)
{
	if (!report->group_by.p)
		return;
	buf_key(out, "group_by");
	buf_json(out, report->group_by);
	buf_key(out, "groups");
	buf_putc(out, '{');
	for (size_t i = 0; i < report->n_groups; i++) {
		buf_puts(out, i > 0 ? "," : "");
		buf_json(out, report->group[i]->value);
		buf_puts(out, ":{");
		tally_write(&report->group[i]->tally, out);
		buf_putc(out, '}');
	}
	buf_putc(out, '}');
}

void
report_write(struct report *report, struct buf *out)
{
	buf_putc(out, '{');
	write_period(report, out);
	write_policies(report, out);
	tally_write(&report->total, out);
	report_write_lists(report, out);
	report_write_review(report, out);
	write_groups(report, out);
	buf_putc(out, '}');
}
