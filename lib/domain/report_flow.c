#include "domain/report_flow.h"

#include <stdlib.h>

#include "base/mem.h"

/* What leads into the tiers or out of them, by its event; in no order. */
static const struct {
	enum event_type type;
	enum flow_end end;
	const char *name;
} ends[] = {
	{ EV_ACCEPTED, FLOW_ACCEPTED, "accepted" },
	{ EV_REOPENED, FLOW_REOPENED, "reopened" },
	{ EV_RESOLVED, FLOW_RESOLVED, "resolved" },
	{ EV_CANCELLED, FLOW_CANCELLED, "cancelled" },
	{ EV_DUPLICATE, FLOW_MERGED, "merged" },
};

#define ENDS (sizeof ends / sizeof *ends)

const char *
flow_end_name(int end)
{
	for (size_t i = 0; i < ENDS; i++)
		if ((int)ends[i].end == end)
			return ends[i].name;
	return NULL;
}

void
flow_put_end(struct buf *out, const char *key, int end)
{
	const char *name = flow_end_name(end);

	buf_key(out, key);
	buf_putc(out, '"');
	if (name)
		buf_puts(out, name);
	else
		buf_int(out, end);
	buf_putc(out, '"');
}

int
flow_read_end(struct span text, int *end)
{
	int64_t tier;

	for (size_t i = 0; i < ENDS; i++) {
		if (!span_is(text, ends[i].name))
			continue;
		*end = (int)ends[i].end;
		return 0;
	}
	if (text_digits(text, &tier) != 0 || tier < 1 || tier > TIER_MAX)
		return -1;
	*end = (int)tier;
	return 0;
}

/* The place of a way among the rows, or where it would stand. */
static size_t
row_place(const struct flow *flow, int from, int to)
{
	size_t low = 0, high = flow->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const struct flow_row *row = &flow->row[mid];

		if (row->from < from || (row->from == from && row->to < to))
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

void
flow_count(struct flow *flow, int from, int to, uint64_t n)
{
	size_t at = row_place(flow, from, to);

	if (n == 0)
		return;
	if (at < flow->n && flow->row[at].from == from && flow->row[at].to == to) {
		flow->row[at].n += n;
		return;
	}
	if (flow->n == flow->cap) {
		flow->cap = mem_grow_small(flow->cap, flow->n + 1);
		flow->row = mem_resize(flow->row, flow->cap * sizeof *flow->row);
	}
	memmove(&flow->row[at + 1], &flow->row[at],
		(flow->n - at) * sizeof *flow->row);
	flow->row[at] = (struct flow_row){ from, to, n };
	flow->n++;
}

/* The tier at which a case is in a state; else what led there or away. */
static int
flow_end(const struct step *step, enum case_state state, int tier)
{
	if (state == STATE_ESCALATED)
		return tier;
	for (size_t i = 0; i < ENDS; i++)
		if (ends[i].type == step->type)
			return (int)ends[i].end;
	return 0;
}

void
flow_add(struct flow *flow, const struct case_sum *sum,
	const struct period *period)
{
	for (size_t i = 0; i < sum->fold->n_steps; i++) {
		const struct step *step = &sum->fold->step[i];
		bool in = step->after == STATE_ESCALATED;
		bool out = step->before == STATE_ESCALATED;

		if (!step->effect || !period_has(period, step->at))
			continue;
		if (in != out || (in && step->type == EV_PROMOTED))
			flow_count(flow, flow_end(step, step->before, step->tier_before),
				flow_end(step, step->after, step->tier_after), 1);
	}
}

void
flow_merge(struct flow *flow, const struct flow *other)
{
	for (size_t i = 0; i < other->n; i++)
		flow_count(flow, other->row[i].from, other->row[i].to,
			other->row[i].n);
}

void
flow_release(struct flow *flow)
{
	free(flow->row);
	*flow = (struct flow){ 0 };
}
