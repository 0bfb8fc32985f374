#include "cli/report_chart.h"
#include "cli/report_ways.h"

#define TIERS_X  640  /* behind the names of where cases enter */
#define ENDS_X   2780
#define HEIGHT   1200 /* of the most steps that a column has */
#define THINNEST 10
#define STEP_UP  200  /* between a node and what is below it, for a name */
#define SLOT     130  /* of the name of an end */
#define GAP      60

static int64_t
most_steps(const struct ways *ways)
{
	int64_t sources = ways->node[0].out + ways->node[1].out, ends = 0, most = 0;

	for (size_t i = 0; i < WAYS_NODES; i++) {
		const struct ways_node *node = &ways->node[i];

		ends += i >= WAYS_END ? node->in : 0;
		most = node->in > most ? node->in : most;
		most = node->out > most ? node->out : most;
	}
	most = sources > most ? sources : most;
	return ends > most ? ends : most;
}

static void
measure(struct ways *ways)
{
	int64_t most = most_steps(ways);

	for (size_t i = 0; i < ways->n_ways; i++) {
		struct way *way = &ways->way[i];

		way->thick = chart_scale(way->n, most, HEIGHT);
		way->thick = way->thick < THINNEST ? THINNEST : way->thick;
		ways->node[way->from].out_used += way->returns ? 0 : way->thick;
		ways->node[way->to].in_used += way->returns ? 0 : way->thick;
		ways->node[way->from].ends_used += way->to >= WAYS_END ? way->thick : 0;
	}
	for (size_t i = 0; i < WAYS_NODES; i++) {
		struct ways_node *node = &ways->node[i];

		node->h = node->in_used > node->out_used ? node->in_used : node->out_used;
		node->h = node->h < 3 * THINNEST ? 3 * THINNEST : node->h;
	}
}

static void
place_tiers(struct ways *ways)
{
	int64_t foot = 0;

	for (size_t t = 0; t < ways->n_tiers; t++) {
		struct ways_node *node = &ways->node[WAYS_SOURCES + t];

		node->x = TIERS_X + (ENDS_X - TIERS_X) * (int64_t)t / (int64_t)ways->n_tiers;
		node->y = foot - node->h;
		foot -= node->ends_used + STEP_UP;
	}
}

static void
place_others(struct ways *ways)
{
	struct ways_node *node = ways->node;
	int64_t foot = 0;

	node[1].y = -node[1].h;
	node[0].y = (node[1].out ? node[1].y - STEP_UP : 0) - node[0].h;
	for (size_t i = WAYS_NODES; i-- > WAYS_END;) {
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
take_out_ports(struct ways *ways)
{
	for (size_t i = 0; i < WAYS_NODES; i++)
		ways->node[i].out_used = ways->node[i].in_used = 0;
	for (size_t i = 0; i < ways->n_ways; i++) {
		struct way *way = &ways->way[i];
		struct ways_node *node = &ways->node[way->from];

		if (way->returns)
			continue;
		if (way->to >= WAYS_END) {
			way->from_y = node->y + node->h - node->ends_used + way->thick / 2;
			node->ends_used -= way->thick;
		} else {
			way->from_y = node->y + node->out_used + way->thick / 2;
			node->out_used += way->thick;
		}
	}
}

static void
take_in_port(struct ways *ways, struct way *way)
{
	struct ways_node *node = &ways->node[way->to];

	if (way->returns)
		return;
	way->to_y = node->y + node->in_used + way->thick / 2;
	node->in_used += way->thick;
}

/* Tiers are entered from afar at the top; ends from the highest tier there. */
static void
take_in_ports(struct ways *ways)
{
	for (size_t i = 0; i < ways->n_ways; i++)
		if (ways->way[i].to < WAYS_END)
			take_in_port(ways, &ways->way[i]);
	for (size_t i = ways->n_ways; i-- > 0;)
		if (ways->way[i].to >= WAYS_END)
			take_in_port(ways, &ways->way[i]);
}

/* The highest of the tiers that lie between two nodes; INT64_MAX: none do. */
static int64_t
highest_between(const struct ways *ways, size_t from, size_t to)
{
	int64_t y = INT64_MAX;

	for (size_t i = from < WAYS_SOURCES ? WAYS_SOURCES : from + 1; i < to; i++)
		y = ways->node[i].y < y ? ways->node[i].y : y;
	return y;
}

/* Promotions and entries that leave out tiers pass above those. */
static void
place_over(struct ways *ways)
{
	int64_t used = 0;

	for (size_t i = 0; i < ways->n_ways; i++) {
		struct way *way = &ways->way[i];
		int64_t y = ways_is_tier(way->to) && !way->returns
			? highest_between(ways, way->from, way->to) : INT64_MAX;

		if (y == INT64_MAX)
			continue;
		used += way->thick + GAP / 2;
		way->over_y = y - used + way->thick / 2;
		ways->top = way->over_y < ways->top ? way->over_y : ways->top;
	}
	for (size_t i = 0; i < WAYS_NODES; i++)
		ways->top = ways->node[i].y < ways->top ? ways->node[i].y : ways->top;
}

/*
 * A loop is a curve of the third degree, which reaches three quarters of the
 * way to over_y: one over more tiers clears the figures of those below it.
 */
static void
place_loops(struct ways *ways)
{
	static const int64_t rise[WAYS_TIERS] = { 0, 350, 750, 1250, 1850, 2600 };
	int64_t highest = 0;

	for (size_t i = 0; i < ways->n_ways; i++) {
		struct way *way = &ways->way[i];

		if (!way->returns)
			continue;
		way->over_y = ways->top - rise[way->from - way->to];
		highest = rise[way->from - way->to] > highest ? rise[way->from - way->to] : highest;
	}
	ways->top -= highest ? highest * 3 / 4 + 150 : 160;
}

void
ways_place(struct ways *ways)
{
	measure(ways);
	place_tiers(ways);
	place_others(ways);
	take_out_ports(ways);
	take_in_ports(ways);
	place_over(ways);
	place_loops(ways);
	ways->bottom = 180;
}

int64_t
ways_room(const struct ways *ways, size_t node)
{
	size_t next = node < WAYS_SOURCES ? WAYS_SOURCES : node + 1;
	int64_t x = ways_is_tier(next) && ways->node[next].name.p ? ways->node[next].x : ENDS_X;

	return x - ways->node[node].x - WAYS_NODE_W;
}
