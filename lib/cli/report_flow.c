#include "cli/report_flow.h"

#include <stdlib.h>

#include "cli/report_chart.h"
#include "cli/report_view.h"

#define ENDS_X   2780
#define HEIGHT   1200 /* of the most steps that a column has */
#define THINNEST 10
#define STEP_UP  200  /* between a node and what is below it, for a name */
#define SLOT     130  /* of the name of an end */
#define GAP      60

#define FIRST_END (FLOW_SOURCES + FLOW_TIERS)

static const char *const fixed[FLOW_NODES] = {
	[0] = "reopened", [1] = "accepted", [FIRST_END] = "resolved",
	[FIRST_END + 1] = "cancelled", [FIRST_END + 2] = "merged",
};

static int
by_number(const void *a, const void *b)
{
	int64_t x = page_number(((const struct flow_node *)a)->name);
	int64_t y = page_number(((const struct flow_node *)b)->name);

	return (x > y) - (x < y);
}

static size_t
node_find(const struct flow *flow, struct span name)
{
	size_t i = 0;

	while (i < FLOW_NODES && !(flow->node[i].name.p && span_eq(flow->node[i].name, name)))
		i++;
	return i;
}

/* What is no name of ours is a tier; false where there are too many. */
static bool
know_tier(struct flow *flow, struct span name)
{
	if (node_find(flow, name) < FLOW_NODES)
		return true;
	if (flow->n_tiers == FLOW_TIERS)
		return false;
	flow->node[FLOW_SOURCES + flow->n_tiers++].name = name;
	return true;
}

static bool
know_nodes(struct flow *flow, const struct page_table *table)
{
	for (size_t i = 0; i < FLOW_NODES; i++)
		flow->node[i].name = span_of(fixed[i]);
	for (size_t i = 0; i < table->n_rows; i++)
		if (!know_tier(flow, page_cell(table, i, 0)->value)
			|| !know_tier(flow, page_cell(table, i, 1)->value))
			return false;
	qsort(&flow->node[FLOW_SOURCES], flow->n_tiers, sizeof *flow->node, by_number);
	return true;
}

static void
add_way(struct flow *flow, const struct page_table *table, size_t row)
{
	struct flow_way *way = &flow->way[flow->n_ways];
	const struct page_cell *n = chart_cell(table, row, "n");

	*way = (struct flow_way){ .from = node_find(flow, page_cell(table, row, 0)->value),
		.to = node_find(flow, page_cell(table, row, 1)->value), .raw = n->value,
		.n = page_number(n->value) };
	if (way->n <= 0 || way->from == way->to || flow->n_ways + 1 == FLOW_ROWS)
		return;
	way->returns = flow_is_tier(way->from) && flow_is_tier(way->to) && way->from > way->to;
	flow->n_ways++;
	if (way->returns)
		return;
	flow->node[way->from].out += way->n;
	flow->node[way->to].in += way->n;
	flow->node[way->from].ends += way->to >= FIRST_END ? way->n : 0;
}

/* Promotions from the highest tier down, then ends: as ports are on a tier. */
static int
by_port(const void *a, const void *b)
{
	const struct flow_way *x = a, *y = b;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	if ((x->to >= FIRST_END) != (y->to >= FIRST_END))
		return x->to >= FIRST_END ? 1 : -1;
	return x->to > y->to ? -1 : 1;
}

bool
flow_read(struct flow *flow, const struct page_table *table)
{
	*flow = (struct flow){ 0 };
	if (!know_nodes(flow, table))
		return false;
	for (size_t i = 0; i < table->n_rows; i++)
		add_way(flow, table, i);
	qsort(flow->way, flow->n_ways, sizeof *flow->way, by_port);
	return flow->n_ways > 0;
}

static int64_t
most_steps(const struct flow *flow)
{
	int64_t sources = flow->node[0].out + flow->node[1].out, ends = 0, most = 0;

	for (size_t i = 0; i < FLOW_NODES; i++) {
		const struct flow_node *node = &flow->node[i];

		ends += i >= FIRST_END ? node->in : 0;
		most = node->in > most ? node->in : most;
		most = node->out > most ? node->out : most;
	}
	most = sources > most ? sources : most;
	return ends > most ? ends : most;
}

static void
measure(struct flow *flow)
{
	int64_t most = most_steps(flow);

	for (size_t i = 0; i < flow->n_ways; i++) {
		struct flow_way *way = &flow->way[i];

		way->thick = chart_scale(way->n, most, HEIGHT);
		way->thick = way->thick < THINNEST ? THINNEST : way->thick;
		flow->node[way->from].out_used += way->returns ? 0 : way->thick;
		flow->node[way->to].in_used += way->returns ? 0 : way->thick;
		flow->node[way->from].ends_used += way->to >= FIRST_END ? way->thick : 0;
	}
	for (size_t i = 0; i < FLOW_NODES; i++) {
		struct flow_node *node = &flow->node[i];

		node->h = node->in_used > node->out_used ? node->in_used : node->out_used;
		node->h = node->h < 3 * THINNEST ? 3 * THINNEST : node->h;
	}
}

static void
place_tiers(struct flow *flow)
{
	int64_t foot = 0;

	for (size_t t = 0; t < flow->n_tiers; t++) {
		struct flow_node *node = &flow->node[FLOW_SOURCES + t];

		node->x = ENDS_X * (int64_t)(t + 1) / (int64_t)(flow->n_tiers + 1);
		node->y = foot - node->h;
		foot -= node->ends_used + STEP_UP;
	}
}

static void
place_others(struct flow *flow)
{
	struct flow_node *node = flow->node;
	int64_t foot = 0;

	node[1].y = -node[1].h;
	node[0].y = (node[1].out ? node[1].y - STEP_UP : 0) - node[0].h;
	for (size_t i = FLOW_NODES; i-- > FIRST_END;) {
		int64_t slot = node[i].h > SLOT ? node[i].h : SLOT;

		if (!node[i].in)
			continue;
		node[i].x = ENDS_X;
		node[i].y = foot - slot + (slot - node[i].h) / 2;
		foot -= slot + GAP;
	}
}

/* Ports from the top, but the ends' from the foot. */
static void
take_out_ports(struct flow *flow)
{
	for (size_t i = 0; i < FLOW_NODES; i++)
		flow->node[i].out_used = flow->node[i].in_used = 0;
	for (size_t i = 0; i < flow->n_ways; i++) {
		struct flow_way *way = &flow->way[i];
		struct flow_node *node = &flow->node[way->from];

		if (way->returns)
			continue;
		if (way->to >= FIRST_END) {
			way->from_y = node->y + node->h - node->ends_used + way->thick / 2;
			node->ends_used -= way->thick;
		} else {
			way->from_y = node->y + node->out_used + way->thick / 2;
			node->out_used += way->thick;
		}
	}
}

static void
take_in_port(struct flow *flow, struct flow_way *way)
{
	struct flow_node *node = &flow->node[way->to];

	if (way->returns)
		return;
	way->to_y = node->y + node->in_used + way->thick / 2;
	node->in_used += way->thick;
}

/* Tiers are entered from afar at the top; ends from the highest tier there. */
static void
take_in_ports(struct flow *flow)
{
	for (size_t i = 0; i < flow->n_ways; i++)
		if (flow->way[i].to < FIRST_END)
			take_in_port(flow, &flow->way[i]);
	for (size_t i = flow->n_ways; i-- > 0;)
		if (flow->way[i].to >= FIRST_END)
			take_in_port(flow, &flow->way[i]);
}

/* The highest of the tiers that lie between two nodes; INT64_MAX: none do. */
static int64_t
highest_between(const struct flow *flow, size_t from, size_t to)
{
	int64_t y = INT64_MAX;

	for (size_t i = from < FLOW_SOURCES ? FLOW_SOURCES : from + 1; i < to; i++)
		y = flow->node[i].y < y ? flow->node[i].y : y;
	return y;
}

/* Promotions and entries that leave out tiers pass above those. */
static void
place_over(struct flow *flow)
{
	int64_t used = 0;

	for (size_t i = 0; i < flow->n_ways; i++) {
		struct flow_way *way = &flow->way[i];
		int64_t y = flow_is_tier(way->to) && !way->returns
			? highest_between(flow, way->from, way->to) : INT64_MAX;

		if (y == INT64_MAX)
			continue;
		used += way->thick + GAP / 2;
		way->over_y = y - used + way->thick / 2;
		flow->top = way->over_y < flow->top ? way->over_y : flow->top;
	}
	for (size_t i = 0; i < FLOW_NODES; i++)
		flow->top = flow->node[i].y < flow->top ? flow->node[i].y : flow->top;
}

/*
 * A loop is a curve of the third degree, which reaches three quarters of the
 * way to over_y: one over more tiers clears the figures of those below it.
 */
static void
place_loops(struct flow *flow)
{
	static const int64_t rise[FLOW_TIERS] = { 0, 350, 750, 1250, 1850, 2600 };
	int64_t highest = 0;

	for (size_t i = 0; i < flow->n_ways; i++) {
		struct flow_way *way = &flow->way[i];

		if (!way->returns)
			continue;
		way->over_y = flow->top - rise[way->from - way->to];
		highest = rise[way->from - way->to] > highest ? rise[way->from - way->to] : highest;
	}
	flow->top -= highest ? highest * 3 / 4 + 150 : 160;
}

void
flow_place(struct flow *flow)
{
	measure(flow);
	place_tiers(flow);
	place_others(flow);
	take_out_ports(flow);
	take_in_ports(flow);
	place_over(flow);
	place_loops(flow);
	flow->bottom = 180;
}
