#include <stdlib.h>

#include "base/mem.h"
#include "domain/report_tally.h"

bool
case_rejudge(struct case_sum *sum, const struct fold *fold,
	const struct period *period)
{
	struct case_verdict *verdict = arena_alloc(fold->arena, sizeof *verdict);

	verdict_at(fold, period->end, verdict);
	if (!sum->counts)
		verdict_at(sum->fold, period->end, &sum->verdict);
	sum->rejudged = verdict;
	for (size_t i = 0; i < fold->n_clocks; i++)
		if (clock_lives(&fold->clock[i]))
			return true;
	return false;
}

/* <0, 0, >0: by clock, tier and verdicts. */
static int
moved_order(const struct moved_row *a, const struct moved_row *b)
{
	if (a->id != b->id)
		return a->id < b->id ? -1 : 1;
	if (a->tier != b->tier)
		return a->tier < b->tier ? -1 : 1;
	if (a->pinned != b->pinned)
		return a->pinned < b->pinned ? -1 : 1;
	return (a->rejudged > b->rejudged) - (a->rejudged < b->rejudged);
}

void
rejudged_count(struct rejudged *rejudged, const struct moved_row *row)
{
	struct moved_row *moved = rejudged->moved;
	size_t at = 0, n = rejudged->n_moved;

	while (at < n && moved_order(&moved[at], row) < 0)
		at++;
	if (at < n && moved_order(&moved[at], row) == 0) {
		moved[at].n += row->n;
		return;
	}
	if (n == rejudged->cap_moved) {
		rejudged->cap_moved = mem_grow_small(n, n + 1);
		moved = mem_resize(moved, rejudged->cap_moved * sizeof *moved);
		rejudged->moved = moved;
	}
	memmove(&moved[at + 1], &moved[at], (n - at) * sizeof *moved);
	moved[at] = *row;
	rejudged->n_moved++;
}

/* One of them may be NULL. */
static void
compare(struct rejudged *rejudged, const struct clock_verdict *pinned,
	const struct clock_verdict *other, const struct period *period)
{
	const struct clock *clock = (pinned ? pinned : other)->clock;
	struct moved_row row = {
		.id = clock->id,
		.tier = clock->tier,
		.pinned = pinned ? pinned->verdict : VERDICT_NONE,
		.rejudged = other ? other->verdict : VERDICT_NONE,
		.n = 1,
	};
	bool counts = (pinned && clock_counts(pinned, period))
		|| (other && clock_counts(other, period));

	if (counts && row.pinned != row.rejudged)
		rejudged_count(rejudged, &row);
}

void
rejudged_add(struct rejudged *rejudged, const struct case_sum *sum,
	const struct period *period)
{
	const struct case_verdict *pinned = &sum->verdict, *other = sum->rejudged;

	clock_rows_add(&rejudged->clocks, other, period);
	for (size_t i = 0; i < pinned->n; i++)
		compare(rejudged, &pinned->clock[i],
			verdict_twin(other, pinned->clock[i].clock), period);
	for (size_t i = 0; i < other->n; i++)
		if (!verdict_twin(pinned, other->clock[i].clock))
			compare(rejudged, NULL, &other->clock[i], period);
}

void
rejudged_merge(struct rejudged *rejudged, const struct rejudged *other)
{
	clock_rows_merge(&rejudged->clocks, &other->clocks);
	for (size_t i = 0; i < other->n_moved; i++)
		rejudged_count(rejudged, &other->moved[i]);
}

void
rejudged_release(struct rejudged *rejudged)
{
	clock_rows_release(&rejudged->clocks);
	free(rejudged->moved);
	*rejudged = (struct rejudged){ 0 };
}
