#include "base/instant.h"
#include "domain/derived.h"
#include "domain/report_change.h"
#include "domain/report_json.h"

static void
write_period(const struct report *report, struct buf *out)
{
	const struct period *period = &report->period;
	int64_t from = period->from == INSTANT_NONE ? report->first : period->from;
	int64_t to = period->to == INSTANT_NONE ? period->now : period->to;

	buf_key(out, "period");
	buf_putc(out, '{');
	derived_instant(out, "from", from);
	derived_instant(out, "to", to);
	buf_key(out, "tz");
	buf_json(out, span_of(period->zone ? zone_name(period->zone) : "UTC"));
	buf_putc(out, '}');
}

static void
write_terms(const struct report *report, struct buf *out)
{
	if (!report->terms_name.p)
		return;
	buf_key(out, "rejudge");
	buf_putc(out, '{');
	buf_member(out, "policy", report->terms_name);
	buf_member(out, "policy_version", report->terms_version);
	buf_putc(out, '}');
}

/* Sorted by name and version, so that names stand together. */
static void
write_policies(const struct report *report, struct buf *out)
{
	struct span last = { NULL, 0 };

	counts_sort(&report->policies);
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
write_tally(const struct report *report, const struct tally *tally,
	struct buf *out)
{
	tally_write(tally, out);
	if (report->terms_name.p)
		report_rejudged(out, &tally->rejudged);
}

static void
write_groups(const struct report *report, struct buf *out)
{
	if (!report->group_by.p)
		return;
	buf_key(out, "groups");
	buf_putc(out, '{');
	for (size_t i = 0; i < report->n_groups; i++) {
		buf_puts(out, i > 0 ? "," : "");
		buf_json(out, report->group[i]->value);
		buf_puts(out, ":{");
		write_tally(report, &report->group[i]->tally, out);
		buf_putc(out, '}');
	}
	buf_putc(out, '}');
}

static void
write_previous(const struct report *report, struct buf *out)
{
	buf_key(out, "previous");
	buf_putc(out, '{');
	write_period(report, out);
	write_policies(report, out);
	write_tally(report, &report->total, out);
	write_groups(report, out);
	buf_putc(out, '}');
}

static void
write_change_of(const struct report *report, const struct group *now,
	const struct group *before, struct buf *out)
{
	struct tally none;

	tally_init(&none);
	buf_puts(out, out->data[out->len - 1] == '{' ? "" : ",");
	buf_json(out, (now ? now : before)->value);
	buf_puts(out, ":{");
	report_change(now ? &now->tally : &none, before ? &before->tally : &none,
		report->terms_name.p != NULL, out);
	buf_putc(out, '}');
	tally_release(&none);
}

/* Groups that either has, in order. */
static void
write_group_changes(const struct report *report, struct buf *out)
{
	const struct report *previous = report->previous;
	size_t i = 0, j = 0;

	if (!report->group_by.p)
		return;
	buf_key(out, "groups");
	buf_putc(out, '{');
	while (i < report->n_groups || j < previous->n_groups) {
		const struct group *now = i < report->n_groups ? report->group[i] : NULL;
		const struct group *before = j < previous->n_groups
			? previous->group[j] : NULL;
		int order = now && before ? span_order(now->value, before->value)
			: now ? -1 : 1;

		write_change_of(report, order <= 0 ? now : NULL,
			order >= 0 ? before : NULL, out);
		i += order <= 0;
		j += order >= 0;
	}
	buf_putc(out, '}');
}

static void
write_change(const struct report *report, struct buf *out)
{
	buf_key(out, "change");
	buf_putc(out, '{');
	report_change(&report->total, &report->previous->total,
		report->terms_name.p != NULL, out);
	write_group_changes(report, out);
	buf_putc(out, '}');
}

void
report_write(struct report *report, struct buf *out)
{
	report_sort(report);
	buf_putc(out, '{');
	derived_instant(out, "now", report->period.now);
	write_period(report, out);
	write_terms(report, out);
	write_policies(report, out);
	write_tally(report, &report->total, out);
	report_write_lists(report, out);
	report_write_review(report, out);
	if (report->previous) {
		write_previous(report->previous, out);
		write_change(report, out);
	}
	if (report->group_by.p)
		buf_member(out, "group_by", report->group_by);
	write_groups(report, out);
	buf_putc(out, '}');
}
