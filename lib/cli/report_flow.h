/*
 * report_flow: where the ways of cases are drawn: those that enter on the
 * left, tiers as a staircase upwards, those that end on the right; promotions
 * lead on, returns in loops above.  Places only, in tenths of a unit, y
 * downwards from the foot of the first tier.
 * Order: flow_read, flow_place, look.
 */
#ifndef ESC_CLI_REPORT_FLOW_H
#define ESC_CLI_REPORT_FLOW_H

#include "cli/report_page.h"

#define FLOW_SOURCES 2
#define FLOW_TIERS   6
#define FLOW_ENDS    3
#define FLOW_NODES   (FLOW_SOURCES + FLOW_TIERS + FLOW_ENDS)
#define FLOW_ROWS    (FLOW_NODES * FLOW_NODES)
#define FLOW_NODE_W  120

struct flow_node {
	struct span name;
	int64_t in, out;    /* steps */
	int64_t ends;       /* of them, those to an end */
	int64_t x, y, h;
	int64_t in_used, out_used, ends_used; /* lengths of ports taken */
};

struct flow_way {
	size_t from, to;    /* nodes */
	struct span raw;
	int64_t n, thick;
	bool returns;
	int64_t from_y, to_y; /* middles of its ports */
	int64_t over_y;     /* where it passes over tiers or loops back */
};

/* Sources, tiers from the lowest, ends; a node without steps is not drawn. */
struct flow {
	struct flow_node node[FLOW_NODES];
	size_t n_tiers;
	struct flow_way way[FLOW_ROWS];
	size_t n_ways;
	int64_t top, bottom; /* of all */
};

static inline bool
flow_is_tier(size_t node)
{
	return node >= FLOW_SOURCES && node < FLOW_SOURCES + FLOW_TIERS;
}

/* False: nothing to draw, or more tiers than fit. */
bool flow_read(struct flow *flow, const struct page_table *table);
void flow_place(struct flow *flow);

#endif
