#include "domain/report_tally.h"

#include <stdlib.h>

const char *const by_names[BY_FIGURES] = {
	[BY_IMPACT] = "impact",
	[BY_REASON] = "reason",
	[BY_TRIGGER] = "trigger",
	[BY_REGION] = "region",
	[BY_MONTH] = "month",
};

void
tally_init(struct tally *tally)
{
	*tally = (struct tally){ 0 };
	top_init(&tally->oldest, OLDEST_CASES);
}

void
tally_release(struct tally *tally)
{
	clock_rows_release(&tally->clocks);
	months_release(&tally->months);
	rejudged_release(&tally->rejudged);
	counts_release(&tally->promoted_to);
	counts_release(&tally->top_reached);
	flow_release(&tally->flow);
	for (int i = 0; i < BY_FIGURES; i++)
		counts_release(&tally->by[i]);
	counts_release(&tally->scores);
	counts_release(&tally->open_at);
	top_release(&tally->oldest);
}

static void
add_figures(struct tally *tally, const struct case_sum *sum)
{
	for (int i = 0; i < CASE_FIGURES; i++)
		tally->cases[i] += (sum->figures >> i) & 1;
	for (int i = 0; i < HYGIENE_FIGURES; i++)
		tally->hygiene[i] += sum->hygiene[i];
	if (sum->rated)
		counts_number(&tally->scores, sum->score, 1);
}

static void
add_frequency(struct tally *tally, const struct case_sum *sum,
	const struct period *period)
{
	const struct fold *fold = sum->fold;

	tally->promotions += sum->promotions;
	tally->returns += sum->returns;
	if (sum->figures & (1U << CASES_ACCEPTED))
		counts_number(&tally->top_reached, sum->top_tier, 1);
	for (size_t i = 0; i < fold->n_steps && sum->promotions; i++) {
		const struct step *step = &fold->step[i];

		if (step->effect && step->type == EV_PROMOTED
			&& step->tier_after > step->tier_before
			&& period_has(period, step->at))
			counts_number(&tally->promoted_to, step->tier_after, 1);
	}
}

static int
by_bytes(const void *a, const void *b)
{
	return span_order(*(const struct span *)a, *(const struct span *)b);
}

/* Sorts texts and leaves out those that are there already. */
static size_t
each_once(struct span *text, size_t n)
{
	size_t kept = 0;

	if (n > 1)
		qsort(text, n, sizeof *text, by_bytes);
	for (size_t i = 0; i < n; i++)
		if (kept == 0 || !span_eq(text[kept - 1], text[i]))
			text[kept++] = text[i];
	return kept;
}

size_t
value_texts(struct value value, struct span **text, struct arena *arena)
{
	const struct scan *scan = value.scan;
	uint32_t at = value.node;
	bool list = at && scan_type(scan, at) == SCAN_ARRAY;
	size_t n = 0;

	*text = arena_alloc(arena, (list ? scan->node[at].count : 1) * sizeof **text);
	for (at = list ? scan_first(scan, at) : at; at;
		at = list ? scan->node[at].next : 0) {
		struct span one = scan_type(scan, at) == SCAN_STRING
			? scan_text(scan, at, arena) : scan_raw(scan, at);

		if (one.n > 0 && scan_type(scan, at) != SCAN_NULL)
			(*text)[n++] = one;
	}
	return each_once(*text, n);
}

static void
add_by(struct tally *tally, const struct case_sum *sum,
	const struct period *period)
{
	static const enum field fields[BY_MONTH] = {
		[BY_IMPACT] = FIELD_IMPACT,
		[BY_REASON] = FIELD_REASON,
		[BY_TRIGGER] = FIELD_TRIGGER,
		[BY_REGION] = FIELD_REGION,
	};
	const struct fold *fold = sum->fold;
	struct buf month = { 0 };
	struct span *text;

	if (!(sum->figures & (1U << CASES_SUBMITTED)))
		return;
	for (int i = 0; i < BY_MONTH; i++) {
		size_t n = value_texts(fold->form[fields[i]], &text, fold->arena);

		while (n-- > 0)
			counts_text(&tally->by[i], text[n], 1);
	}
	period_put_month(&month, period->zone, fold->record->created);
	counts_text(&tally->by[BY_MONTH], buf_text(&month), 1);
	buf_release(&month);
}

static void
add_backlog(struct tally *tally, const struct case_sum *sum)
{
	const struct record *record = sum->fold->record;
	struct top_row row = { .key = -record->created, .id = record->id };

	if (!(sum->figures & (1U << CASES_OPEN)))
		return;
	counts_number(&tally->open_at, sum->fold->tier, 1);
	tally->age[sum->age]++;
	top_offer(&tally->oldest, &row);
}

void
tally_add(struct tally *tally, const struct case_sum *sum,
	const struct period *period)
{
	add_figures(tally, sum);
	add_frequency(tally, sum, period);
	add_by(tally, sum, period);
	add_backlog(tally, sum);
	clock_rows_add(&tally->clocks, &sum->verdict, period);
	months_add(&tally->months, sum, period);
	flow_add(&tally->flow, sum, period);
	if (sum->rejudged)
		rejudged_add(&tally->rejudged, sum, period);
}

void
tally_merge(struct tally *tally, const struct tally *other)
{
	for (int i = 0; i < CASE_FIGURES; i++)
		tally->cases[i] += other->cases[i];
	for (int i = 0; i < HYGIENE_FIGURES; i++)
		tally->hygiene[i] += other->hygiene[i];
	for (int i = 0; i < AGES; i++)
		tally->age[i] += other->age[i];
	for (int i = 0; i < BY_FIGURES; i++)
		counts_merge(&tally->by[i], &other->by[i]);
	tally->promotions += other->promotions;
	tally->returns += other->returns;
	counts_merge(&tally->promoted_to, &other->promoted_to);
	counts_merge(&tally->top_reached, &other->top_reached);
	counts_merge(&tally->scores, &other->scores);
	counts_merge(&tally->open_at, &other->open_at);
	top_merge(&tally->oldest, &other->oldest);
	clock_rows_merge(&tally->clocks, &other->clocks);
	months_merge(&tally->months, &other->months);
	flow_merge(&tally->flow, &other->flow);
	rejudged_merge(&tally->rejudged, &other->rejudged);
}
