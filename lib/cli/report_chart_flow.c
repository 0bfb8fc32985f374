/* How cases went between tiers: see report_ways for the places. */
#include "cli/html_out.h"
#include "cli/report_chart.h"
#include "cli/report_ways.h"
#include "cli/svg_out.h"

#define LABEL    14  /* columns */
#define READABLE 90  /* a way as thick as that has its figure on it */
#define LOOP     30  /* the thickest loop */
#define LETTER   70  /* the width of a digit, at most */

static void
begin_way(const struct way *way, int64_t thick, struct buf *out)
{
	buf_printf(out, "<path class=\"%s\" stroke-width=\"", way->returns ? "back" : "way");
	svg_length(out, thick);
	buf_puts(out, "\" d=\"");
}

/* A curve that leaves and arrives level. */
static void
curve_to(int64_t x1, int64_t y1, int64_t x2, int64_t y2, struct buf *out)
{
	const int64_t xy[] = { (x1 + x2) / 2, y1, (x1 + x2) / 2, y2, x2, y2 };

	svg_step(out, 'C', xy, 3);
}

static void
put_forward(const struct ways *ways, const struct way *way, struct buf *out)
{
	const struct ways_node *from = &ways->node[way->from], *to = &ways->node[way->to];
	const struct ways_node *last = &ways->node[WAYS_SOURCES + ways->n_tiers - 1];
	int64_t x = from->x + WAYS_NODE_W, y = way->from_y;
	const int64_t start[] = { x, y };

	begin_way(way, way->thick, out);
	svg_step(out, 'M', start, 1);
	if (ways_is_tier(way->from) && !ways_is_tier(way->to)) {
		const int64_t level[] = { last->x + WAYS_NODE_W, y };

		svg_step(out, 'L', level, 1);
		x = level[0];
	} else if (way->over_y) {
		size_t first = way->from < WAYS_SOURCES ? WAYS_SOURCES : way->from + 1;
		const int64_t level[] = { ways->node[way->to - 1].x + WAYS_NODE_W, way->over_y };

		curve_to(x, y, ways->node[first].x, way->over_y, out);
		svg_step(out, 'L', level, 1);
		x = level[0];
		y = level[1];
	}
	curve_to(x, y, to->x, way->to_y, out);
	buf_puts(out, "\"/>");
}

/* Over the tiers and back, with an arrow's head. */
static void
put_return(const struct ways *ways, const struct way *way, struct buf *out)
{
	const struct ways_node *from = &ways->node[way->from], *to = &ways->node[way->to];
	int64_t x1 = from->x + WAYS_NODE_W / 2, x2 = to->x + WAYS_NODE_W / 2;
	int64_t y1 = from->y, y2 = to->y - 50;
	const int64_t start[] = { x1, y1 }, turn[] = { x1, way->over_y, x2, way->over_y, x2, y2 };
	const int64_t head[] = { x2, to->y, x2 - 35, to->y - 75, x2 + 35, to->y - 75 };

	begin_way(way, way->thick < LOOP ? way->thick : LOOP, out);
	svg_step(out, 'M', start, 1);
	svg_step(out, 'C', turn, 3);
	buf_puts(out, "\"/><path class=\"head\" d=\"");
	svg_step(out, 'M', head, 1);
	svg_step(out, 'L', head + 2, 2);
	buf_puts(out, "Z\"/>");
	svg_figure(out, "m value", (x1 + x2) / 2, (y1 + y2 + 6 * way->over_y) / 8 - 30,
		PAGE_COUNT, way->raw);
}

/* Whether the figure of a way is as low as the way and ends before the next node. */
static bool
is_readable(const struct ways *ways, const struct way *way)
{
	return way->thick >= READABLE
		&& 40 + (int64_t)way->raw.n * LETTER <= ways_room(ways, way->from);
}

static void
put_ways(const struct ways *ways, struct buf *out)
{
	for (size_t i = 0; i < ways->n_ways; i++)
		if (!ways->way[i].returns)
			put_forward(ways, &ways->way[i], out);
	buf_putc(out, '\n');
	for (size_t i = 0; i < ways->n_ways; i++) {
		const struct way *way = &ways->way[i];

		if (way->returns)
			put_return(ways, way, out);
		else if (is_readable(ways, way))
			svg_figure(out, "value", ways->node[way->from].x + WAYS_NODE_W + 40,
				way->from_y + 35, PAGE_COUNT, way->raw);
	}
	buf_putc(out, '\n');
}

static void
put_node(const struct ways *ways, size_t i, struct buf *out)
{
	const struct ways_node *node = &ways->node[i];
	struct buf name = { 0 };

	if (!node->name.p || (!ways_is_tier(i) && !node->in && !node->out))
		return;
	svg_rect(out, "node", (struct svg_box){ node->x, node->y, WAYS_NODE_W, node->h });
	buf_puts(&name, ways_is_tier(i) ? "tier " : "");
	buf_span(&name, node->name);
	if (ways_is_tier(i))
		svg_text(out, "name m", node->x + WAYS_NODE_W / 2, node->y + node->h + 120,
			buf_text(&name), LABEL);
	else if (i < WAYS_SOURCES)
		svg_text(out, "name", node->x, node->y - 40, buf_text(&name), LABEL);
	else
		svg_text(out, "name", node->x + WAYS_NODE_W + 50, node->y + node->h / 2 + 40,
			buf_text(&name), LABEL);
	buf_release(&name);
}

static bool
has_returns(const struct ways *ways)
{
	for (size_t i = 0; i < ways->n_ways; i++)
		if (ways->way[i].returns)
			return true;
	return false;
}

void
report_chart_flow(const struct page_part *part, const struct page_table *table,
	struct buf *out)
{
	static const char title[] = "Ways of cases between tiers";
	static const struct chart_key key[] = {
		{ "<path class=\"way\" stroke-width=\"8\" d=\"M0 6L22 6\"/>",
			"onward: the wider, the more often" },
		{ "<path class=\"back\" stroke-width=\"2\" d=\"M7 6L22 6\"/>"
			"<path class=\"head\" d=\"M0 6L8 2L8 10Z\"/>", "back to a lower tier" },
	};
	struct ways ways;

	(void)part;
	if (!ways_read(&ways, table)) {
		buf_puts(out, ways.too_many ? "<p class=\"hint\">There are more tiers than a "
			"drawing of the ways holds; the table has all.</p>\n" : "");
		return;
	}
	ways_place(&ways);
	chart_begin(out, title);
	svg_begin(out, "chart-flow", title, "Bands from the entry of cases through the tiers "
		"to their end, and loops for returns to a lower tier; the table has the figures.",
		(struct svg_box){ 0, ways.top, CHART_WIDTH, ways.bottom - ways.top });
	put_ways(&ways, out);
	for (size_t i = 0; i < WAYS_NODES; i++)
		put_node(&ways, i, out);
	buf_putc(out, '\n');
	svg_end(out);
	chart_legend(out, key, has_returns(&ways) ? 2 : 1);
	chart_end(out);
}
