/* Places of the ways of cases: whatever the figures, nothing lies upon another. */
#include "cases.h"

#include "cli/report_page.h"
#include "cli/report_ways.h"

#define HEAD "{\"now\":\"2026-11-02T09:00:00Z\",\"period\":{\"to\":\"2026-11-01T00:00:00Z\"," \
	"\"tz\":\"UTC\"},\"frequency\":{\"flow\":["
#define ROUNDS 2000
#define NAME_W 500 /* of "accepted", which begins where its node does */

static const char *const places[] = { "accepted", "reopened", "1", "2", "3", "4", "5", "10",
	"resolved", "cancelled", "merged" };

static uint32_t
next(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

struct drawing {
	struct buf document;
	struct report_page page;
	struct ways ways;
};

/* False: there is nothing to draw. */
static bool
draw(struct drawing *drawing, const char *rows)
{
	struct err err = { 0 };

	*drawing = (struct drawing){ 0 };
	buf_printf(&drawing->document, HEAD "%s]}}", rows);
	assert_int_equal(report_page_read(&drawing->page, buf_text(&drawing->document), &err), 0);
	if (!ways_read(&drawing->ways, page_part_table(&drawing->page.part[0], "flow")))
		return false;
	ways_place(&drawing->ways);
	return true;
}

static void
end(struct drawing *drawing)
{
	report_page_release(&drawing->page);
	buf_release(&drawing->document);
}

static void
put_rows(uint32_t *seed, struct buf *rows)
{
	for (size_t from = 0; from < 8; from++)
		for (size_t to = 2; to < 11; to++)
			if (from != to && next(seed) % 3 == 0)
				buf_printf(rows, "%s{\"from\":\"%s\",\"to\":\"%s\",\"n\":%u}",
					rows->len ? "," : "", places[from], places[to],
					next(seed) % (next(seed) % 2 ? 10000 : 3));
}

static bool
is_drawn(const struct ways_node *node)
{
	return node->name.p && (node->in || node->out);
}

/* Nodes of one column stand apart, all within the drawing. */
static void
assert_nodes(const struct ways *ways)
{
	for (size_t i = 0; i < WAYS_NODES; i++) {
		const struct ways_node *a = &ways->node[i];

		if (!is_drawn(a))
			continue;
		assert_true(a->y >= ways->top && a->y + a->h <= ways->bottom);
		if (i < WAYS_END)
			assert_true(ways_room(ways, i) > (i < WAYS_SOURCES ? NAME_W : 0));
		for (size_t k = 0; k < i; k++) {
			const struct ways_node *b = &ways->node[k];

			if (is_drawn(b) && a->x == b->x)
				assert_true(a->y + a->h <= b->y || b->y + b->h <= a->y);
		}
	}
}

/* A way begins and ends at its nodes, and is seen. */
static void
assert_ways(const struct ways *ways)
{
	for (size_t i = 0; i < ways->n_ways; i++) {
		const struct way *way = &ways->way[i];
		const struct ways_node *from = &ways->node[way->from], *to = &ways->node[way->to];

		assert_true(way->thick > 0 && way->n > 0);
		if (way->returns) {
			assert_true(from->x > to->x && way->over_y < from->y);
			continue;
		}
		assert_true(from->x < to->x);
		assert_in_range(way->from_y - from->y, 0, from->h);
		assert_in_range(way->to_y - to->y, 0, to->h);
		assert_true(!way->over_y || way->over_y >= ways->top);
	}
}

static void
test_any(void **state)
{
	uint32_t seed = 5;
	size_t drawn = 0;

	(void)state;
	for (int round = 0; round < ROUNDS; round++) {
		struct buf rows = { 0 };
		struct drawing drawing;

		put_rows(&seed, &rows);
		if (draw(&drawing, buf_cstr(&rows))) {
			assert_nodes(&drawing.ways);
			assert_ways(&drawing.ways);
			drawn++;
		}
		end(&drawing);
		buf_release(&rows);
	}
	assert_true(drawn > ROUNDS * 9 / 10);
}

static void
test_none(void **state)
{
	static const char *const rows[] = {
		"", "{\"from\":\"accepted\",\"to\":\"1\",\"n\":0}",
		("{\"from\":\"1\",\"to\":\"2\",\"n\":1},{\"from\":\"3\",\"to\":\"4\",\"n\":1},"
			"{\"from\":\"5\",\"to\":\"6\",\"n\":1},{\"from\":\"7\",\"to\":\"8\",\"n\":1}"),
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct drawing drawing;

		assert_false(draw(&drawing, rows[i]));
		end(&drawing);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_any),
		cmocka_unit_test(test_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
