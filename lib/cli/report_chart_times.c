/* Percentiles of times, net and gross together, on a scale of powers of ten. */
#include "base/utf8.h"
#include "cli/html_out.h"
#include "cli/report_chart.h"
#include "cli/report_view.h"
#include "cli/report_words.h"
#include "cli/svg_out.h"

#define PLOT_X  900
#define PLOT_W  1800
#define HEAD_H  200
#define ROW_H   330
#define LANE    110   /* from the net lane to the gross one */
#define MARK    32    /* half of a mark */
#define COUNT_X 3150
#define OPEN_X  3600
#define LABEL   15    /* columns */
#define LETTER  58    /* the width of a letter of a tick's name, at most */
#define APART   40    /* names of ticks */
#define OCTAVE  1024  /* steps of the scale in a power of two */

static const struct {
	int64_t s;
	const char *label;
} ticks[] = {
	{ 1, "1 s" }, { 10, "10 s" }, { 60, "1 min" }, { 600, "10 min" }, { 3600, "1 h" },
	{ 36000, "10 h" }, { 360000, "100 h" }, { 3600000, "1000 h" },
	{ 36000000, "10000 h" }, { 360000000, "100000 h" },
};

#define TICKS (sizeof ticks / sizeof *ticks)

struct lanes {
	const struct page_table *table;
	size_t from, to; /* ticks at both ends */
	bool below;      /* some are no time at all, which no such scale has */
};

static const char *const percentile[] = { "p50", "p90", "p95" };

/* A logarithm that is straight between powers of two: the same on every machine. */
static int64_t
octaves(int64_t s)
{
	int64_t n = 0, power = 1;

	while (s / 2 >= power) {
		power *= 2;
		n++;
	}
	return s < 1 ? 0 : n * OCTAVE + chart_scale(s - power, power, OCTAVE);
}

static int64_t
x_of(const struct lanes *lanes, int64_t s)
{
	int64_t from = octaves(ticks[lanes->from].s), to = octaves(ticks[lanes->to].s);

	return PLOT_X + chart_scale(octaves(s) - from, to - from, PLOT_W);
}

static const struct page_cell *
time_cell(const struct lanes *lanes, size_t row, const char *kind, const char *which)
{
	struct buf member = { 0 };
	const struct page_cell *cell;

	buf_printf(&member, "%s.%s", kind, which);
	cell = chart_cell(lanes->table, row, buf_cstr(&member));
	buf_release(&member);
	return cell;
}

static void
widen(struct lanes *lanes, struct span raw, int64_t *least, int64_t *most)
{
	int64_t s = page_number(raw) / 10000;

	lanes->below = lanes->below || (raw.p && !s);
	if (!s)
		return;
	*least = s < *least ? s : *least;
	*most = s > *most ? s : *most;
}

/* The ticks around all that is drawn; false where that is nothing. */
static bool
measure(struct lanes *lanes)
{
	static const char *const kinds[] = { "net", "gross" };
	int64_t least = INT64_MAX, most = 0;

	for (size_t i = 0; i < lanes->table->n_rows; i++)
		for (size_t k = 0; k < 6; k++) {
			const struct page_cell *cell = time_cell(lanes, i, kinds[k / 3],
				percentile[k % 3]);

			widen(lanes, cell->value, &least, &most);
			widen(lanes, cell->previous, &least, &most);
		}
	while (lanes->from + 2 < TICKS && ticks[lanes->from + 1].s <= least)
		lanes->from++;
	lanes->to = lanes->from + 1;
	while (lanes->to + 1 < TICKS && ticks[lanes->to].s < most)
		lanes->to++;
	return most > 0;
}

/* A circle, a diamond, a bar: told apart without colour. */
static void
put_mark(const char *class, size_t which, int64_t x, int64_t y, struct buf *out)
{
	const int64_t diamond[] = { x, y - MARK - 8, x + MARK + 8, y, x, y + MARK + 8,
		x - MARK - 8, y };

	if (which == 0) {
		svg_circle(out, class, x, y, MARK);
	} else if (which == 1) {
		buf_printf(out, "<path class=\"%s\" d=\"", class);
		svg_step(out, 'M', diamond, 1);
		svg_step(out, 'L', diamond + 2, 3);
		buf_puts(out, "Z\"/>");
	} else {
		svg_rect(out, class, (struct svg_box){ x - 12, y - MARK - 13, 24,
			2 * MARK + 26 });
	}
}

static void
put_lane(const struct lanes *lanes, size_t row, const char *kind, int64_t y, struct buf *out)
{
	struct span low = time_cell(lanes, row, kind, "p50")->value;
	struct span high = time_cell(lanes, row, kind, "p95")->value;
	struct span was = time_cell(lanes, row, kind, "p50")->previous;
	struct span was_high = time_cell(lanes, row, kind, "p95")->previous;

	if (was.p && was_high.p) {
		int64_t x = x_of(lanes, page_number(was) / 10000);

		svg_rect(out, "span", (struct svg_box){ x, y - 40,
			x_of(lanes, page_number(was_high) / 10000) - x + 10, 80 });
	}
	if (!low.p || !high.p)
		return;
	svg_line(out, kind, x_of(lanes, page_number(low) / 10000), y,
		x_of(lanes, page_number(high) / 10000), y);
	for (size_t i = 3; i-- > 0;)
		put_mark(kind, i, x_of(lanes, page_number(time_cell(lanes, row, kind,
			percentile[i])->value) / 10000), y, out);
}

static void
put_row(const struct lanes *lanes, size_t row, int64_t y, struct buf *out)
{
	struct buf label = { 0 };

	chart_clock(lanes->table, row, 0, &label);
	svg_text(out, "name", 0, y + 130, buf_text(&label), LABEL);
	buf_release(&label);
	put_lane(lanes, row, "net", y + 40, out);
	put_lane(lanes, row, "gross", y + 40 + LANE, out);
	svg_figure(out, "e", COUNT_X, y + 130, PAGE_COUNT,
		chart_cell(lanes->table, row, "n")->value);
	svg_figure(out, "e soft", OPEN_X, y + 130, PAGE_COUNT,
		chart_cell(lanes->table, row, "open")->value);
	buf_putc(out, '\n');
}

/* Its name where that is free, and from where on the next one's is. */
static int64_t
put_tick(const struct lanes *lanes, size_t i, int64_t free, int64_t height, struct buf *out)
{
	int64_t x = x_of(lanes, ticks[i].s), half;
	struct buf label = { 0 };

	svg_line(out, "grid", x, HEAD_H - 60, x, height - 30);
	buf_printf(&label, "%s%s", i == lanes->from && lanes->below ? "≤ " : "",
		ticks[i].label);
	half = (int64_t)utf8_width(buf_text(&label)) * LETTER / 2;
	if (x - half >= free) {
		svg_text(out, "tick m", x, 100, buf_text(&label), LABEL);
		free = x + half + APART;
	}
	buf_release(&label);
	return free;
}

static void
put_axis(const struct lanes *lanes, int64_t height, struct buf *out)
{
	int64_t free = INT64_MIN;

	for (size_t i = lanes->from; i <= lanes->to; i++)
		free = put_tick(lanes, i, free, height, out);
	svg_text(out, "tick e", COUNT_X, 100, span_of("n"), LABEL);
	svg_text(out, "tick e", OPEN_X, 100, span_of("open"), LABEL);
	buf_putc(out, '\n');
}

static void
put_legend(bool compared, struct buf *out)
{
	static const struct chart_key key[] = {
		{ "<circle class=\"net\" cx=\"11\" cy=\"6\" r=\"3.2\"/>", "p50" },
		{ "<path class=\"net\" d=\"M11 2L15 6L11 10L7 6Z\"/>", "p90" },
		{ "<rect class=\"net\" x=\"9.8\" y=\"1.5\" width=\"2.4\" height=\"9\"/>", "p95" },
		{ "<line class=\"net\" x1=\"2\" y1=\"6\" x2=\"20\" y2=\"6\"/>"
			"<circle class=\"net\" cx=\"11\" cy=\"6\" r=\"3.2\"/>",
			"net: business time less holds" },
		{ "<line class=\"gross\" x1=\"2\" y1=\"6\" x2=\"20\" y2=\"6\"/>"
			"<circle class=\"gross\" cx=\"11\" cy=\"6\" r=\"3.2\"/>",
			"gross: by the clock on the wall" },
		{ "<rect class=\"span\" y=\"2\" width=\"22\" height=\"8\"/>",
			"the period before, from p50 to p95" },
	};

	chart_legend(out, key, compared ? 6 : 5);
}

void
report_chart_times(const struct page_part *part, const struct page_table *table,
	struct buf *out)
{
	const char *title = report_caption(table->spec->name);
	struct buf id = { 0 };
	struct lanes lanes = { .table = table };
	int64_t height = HEAD_H + (int64_t)table->n_rows * ROW_H;

	(void)part;
	if (!measure(&lanes))
		return;
	chart_begin(out, title);
	buf_printf(&id, "chart-%s", table->spec->name);
	svg_begin(out, buf_cstr(&id), title, "For each clock and tier two lines from the middle "
		"to the ninety-fifth percentile, net above gross, on a scale of powers of ten; "
		"the tables have the figures.", (struct svg_box){ 0, 0, CHART_WIDTH, height });
	put_axis(&lanes, height, out);
	for (size_t i = 0; i < table->n_rows; i++)
		put_row(&lanes, i, HEAD_H + (int64_t)i * ROW_H, out);
	svg_end(out);
	buf_release(&id);
	put_legend(chart_has_previous(table, "net.p50"), out);
	chart_end(out);
}
