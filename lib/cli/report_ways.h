/*
 * report_ways: where the ways of cases are drawn: those that enter on the
 * left, tiers as a staircase upwards, those that end on the right; promotions
 * lead on, returns in loops above.  Places only, in tenths of a unit, y
 * downwards from the foot of the first tier.
 * Order: ways_read, ways_place, look.
 */
#ifndef ESC_CLI_REPORT_WAYS_H
#define ESC_CLI_REPORT_WAYS_H

#include "cli/report_page.h"

#define WAYS_SOURCES 2
#define WAYS_TIERS   6
#define WAYS_ENDS    3
#define WAYS_END     (WAYS_SOURCES + WAYS_TIERS) /* the first */
#define WAYS_NODES   (WAYS_END + WAYS_ENDS)
#define WAYS_ROWS    (WAYS_NODES * WAYS_NODES)
#define WAYS_NODE_W  120

struct ways_node {
	struct span name;
	int64_t in, out;    /* steps */
	int64_t ends;       /* of them, those to an end */
	int64_t x, y, h;
	int64_t in_used, out_used, ends_used; /* lengths of ports taken */
};

struct way {
	size_t from, to;    /* nodes */
	struct span raw;
	int64_t n, thick;
	bool returns;
	int64_t from_y, to_y; /* middles of its ports */
	int64_t over_y;     /* where it passes over tiers or loops back */
};

/* Sources, tiers from the lowest, ends; a node without steps is not drawn. */
struct ways {
	struct ways_node node[WAYS_NODES];
	size_t n_tiers;
	bool too_many;      /* tiers, so that nothing is drawn */
	struct way way[WAYS_ROWS];
	size_t n_ways;
	int64_t top, bottom; /* of all */
};

static inline bool
ways_is_tier(size_t node)
{
	return node >= WAYS_SOURCES && node < WAYS_END;
}

/* False: nothing to draw, or more tiers than fit. */
bool ways_read(struct ways *ways, const struct page_table *table);

/* report_ways_place.c */
void ways_place(struct ways *ways);

/* How much lies between a node and the next ones to the right. */
int64_t ways_room(const struct ways *ways, size_t node);

#endif
