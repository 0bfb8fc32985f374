#include "cli/report_ways.h"

#include <stdlib.h>

#include "cli/report_chart.h"
#include "cli/report_view.h"

static const char *const fixed[WAYS_NODES] = {
	[0] = "reopened", [1] = "accepted", [WAYS_END] = "resolved",
	[WAYS_END + 1] = "cancelled", [WAYS_END + 2] = "merged",
};

static int
by_number(const void *a, const void *b)
{
	int64_t x = page_number(((const struct ways_node *)a)->name);
	int64_t y = page_number(((const struct ways_node *)b)->name);

	return (x > y) - (x < y);
}

static size_t
node_find(const struct ways *ways, struct span name)
{
	size_t i = 0;

	while (i < WAYS_NODES && !(ways->node[i].name.p && span_eq(ways->node[i].name, name)))
		i++;
	return i;
}

/* What is no name of ours is a tier; false where there are more than fit. */
static bool
know_tier(struct ways *ways, struct span name)
{
	if (node_find(ways, name) < WAYS_NODES)
		return true;
	if (ways->n_tiers == WAYS_TIERS) {
		ways->too_many = true;
		return false;
	}
	ways->node[WAYS_SOURCES + ways->n_tiers++].name = name;
	return true;
}

static bool
know_nodes(struct ways *ways, const struct page_table *table)
{
	for (size_t i = 0; i < WAYS_NODES; i++)
		ways->node[i].name = span_of(fixed[i]);
	for (size_t i = 0; i < table->n_rows; i++)
		if (!know_tier(ways, page_cell(table, i, 0)->value)
			|| !know_tier(ways, page_cell(table, i, 1)->value))
			return false;
	qsort(&ways->node[WAYS_SOURCES], ways->n_tiers, sizeof *ways->node, by_number);
	return true;
}

static void
add_way(struct ways *ways, const struct page_table *table, size_t row)
{
	struct way *way = &ways->way[ways->n_ways];
	const struct page_cell *n = chart_cell(table, row, "n");

	*way = (struct way){ .from = node_find(ways, page_cell(table, row, 0)->value),
		.to = node_find(ways, page_cell(table, row, 1)->value), .raw = n->value,
		.n = page_number(n->value) };
	if (way->n <= 0 || way->from == way->to || ways->n_ways + 1 == WAYS_ROWS)
		return;
	way->returns = ways_is_tier(way->from) && ways_is_tier(way->to) && way->from > way->to;
	ways->n_ways++;
	if (way->returns)
		return;
	ways->node[way->from].out += way->n;
	ways->node[way->to].in += way->n;
	ways->node[way->from].ends += way->to >= WAYS_END ? way->n : 0;
}

/* Promotions from the highest tier down, then ends: as ports are on a tier. */
static int
by_port(const void *a, const void *b)
{
	const struct way *x = a, *y = b;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	if ((x->to >= WAYS_END) != (y->to >= WAYS_END))
		return x->to >= WAYS_END ? 1 : -1;
	return x->to > y->to ? -1 : 1;
}

bool
ways_read(struct ways *ways, const struct page_table *table)
{
	*ways = (struct ways){ 0 };
	if (!know_nodes(ways, table))
		return false;
	for (size_t i = 0; i < table->n_rows; i++)
		add_way(ways, table, i);
	qsort(ways->way, ways->n_ways, sizeof *ways->way, by_port);
	return ways->n_ways > 0;
}
