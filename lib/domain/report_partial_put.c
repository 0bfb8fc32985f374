#include "domain/report_partial_work.h"

void
line_open(struct buf *out, const char *key, struct span value)
{
	buf_putc(out, '{');
	buf_key(out, key);
	buf_json(out, value);
}

void
line_end(struct buf *out)
{
	buf_puts(out, "}\n");
}

void
line_put_int(struct buf *out, const char *key, int64_t value)
{
	buf_key(out, key);
	buf_int(out, value);
}

/* What is absent is 0. */
static void
put_figure(struct buf *out, const char *key, uint64_t n)
{
	if (n > 0)
		line_put_int(out, key, (int64_t)n);
}

/* A line for each row that is not all zero. */
static void
write_figures(const struct figures_row *row, const void *holder,
	struct buf *out)
{
	for (; row->name; row++) {
		const uint64_t *n = row_member(holder, row->at);
		size_t start = out->len, empty;

		line_open(out, "figures", span_of(row->name));
		empty = out->len;
		for (size_t i = 0; i < row->n; i++)
			put_figure(out, row->key[i], n[i]);
		if (out->len == empty)
			out->len = start;
		else
			line_end(out);
	}
}

static void
write_counts(const struct counts_row *row, const void *holder, struct buf *out)
{
	const struct counts *counts = row_member(holder, row->at);

	counts_sort(counts);
	for (size_t i = 0; i < counts->n; i++) {
		const struct count *count = counts->row[i];

		line_open(out, "count", span_of(row->name));
		if (row->text)
			buf_member(out, "value",
				(struct span){ count->text, count->len });
		else
			line_put_int(out, "value", count->number);
		line_put_int(out, "n", (int64_t)count->n);
		line_end(out);
	}
}

static void
write_why(unsigned why, struct buf *out)
{
	bool first = true;

	buf_key(out, "why");
	buf_putc(out, '[');
	for (int i = 0; i < REVIEW_REASONS; i++) {
		if (!(why & REVIEW(i)))
			continue;
		buf_puts(out, first ? "" : ",");
		buf_json(out, span_of(review_names[i]));
		first = false;
	}
	buf_putc(out, ']');
}

static void
write_top(const struct top_kind *kind, const void *holder, struct buf *out)
{
	const struct top *top = row_member(holder, kind->at);

	for (size_t i = 0; i < top->n; i++) {
		const struct top_row *row = &top->row[i];

		line_open(out, "top", span_of(kind->name));
		buf_key(out, "id");
		buf_json(out, row->id);
		line_put_int(out, "key", row->key);
		line_put_int(out, "weight", row->weight);
		note_write(row->note, out);
		if (row->why)
			write_why(row->why, out);
		line_end(out);
	}
}

void
partial_write_shape(const struct shape *shape, const void *holder, struct buf *out)
{
	write_figures(shape->figures, holder, out);
	for (const struct counts_row *row = shape->counts; row->name; row++)
		write_counts(row, holder, out);
	for (const struct top_kind *kind = shape->tops; kind->name; kind++)
		write_top(kind, holder, out);
}

/* From a row on, those of its page; returns where the next page begins. */
static size_t
write_page(const struct digest *digest, size_t i, struct buf *out)
{
	unsigned page = digest->row[i].bucket / DIGEST_PAGE;
	size_t first = i;

	buf_putc(out, '{');
	line_put_int(out, "page", page);
	buf_key(out, "buckets");
	buf_putc(out, '[');
	for (; i < digest->n_rows && digest->row[i].bucket / DIGEST_PAGE == page; i++) {
		buf_puts(out, i > first ? "," : "");
		buf_int(out, digest->row[i].bucket % DIGEST_PAGE);
		buf_putc(out, ',');
		buf_int(out, (int64_t)digest->row[i].n);
	}
	buf_puts(out, "]}\n");
	return i;
}

static void
write_digest(const char *name, const struct digest *digest, struct buf *out)
{
	if (digest->n == 0)
		return;
	line_open(out, "times", span_of(name));
	line_put_int(out, "n", (int64_t)digest->n);
	line_put_int(out, "sum", (int64_t)digest->sum);
	line_put_int(out, "min", digest->min);
	line_put_int(out, "max", digest->max);
	line_end(out);
	for (size_t i = 0; i < digest->n_rows;)
		i = write_page(digest, i, out);
}

/* A row of which some verdict, clock or time has been counted. */
static void
write_clock(const char *name, const struct clock_row *row, struct buf *out)
{
	line_open(out, name, span_of(clock_names[row->id]));
	line_put_int(out, "tier", row->tier);
	line_end(out);
	write_figures(clock_figures, row, out);
	for (const struct digest_kind *kind = clock_digests; kind->name; kind++)
		write_digest(kind->name, row_member(row, kind->at), out);
}

static void
write_moved(const struct rejudged *rejudged, struct buf *out)
{
	for (size_t i = 0; i < rejudged->n_moved; i++) {
		const struct moved_row *row = &rejudged->moved[i];

		line_open(out, "moved", span_of(clock_names[row->id]));
		line_put_int(out, "tier", row->tier);
		buf_member(out, "pinned", span_of(verdict_names[row->pinned]));
		buf_member(out, "rejudged", span_of(verdict_names[row->rejudged]));
		line_put_int(out, "n", (int64_t)row->n);
		line_end(out);
	}
}

static void
write_months(const struct months *months, struct buf *out)
{
	for (size_t i = 0; i < months->n; i++) {
		const struct month_row *row = &months->row[i];

		buf_putc(out, '{');
		line_put_int(out, "month", row->month);
		buf_member(out, "clock", span_of(clock_names[row->id]));
		line_put_int(out, "tier", row->tier);
		for (size_t j = 0; j < MONTH_FIGURES; j++)
			put_figure(out, month_figures[j].name,
				*(const uint64_t *)row_member(row, month_figures[j].at));
		line_end(out);
	}
}

static void
write_flow(const struct flow *flow, struct buf *out)
{
	for (size_t i = 0; i < flow->n; i++) {
		buf_putc(out, '{');
		flow_put_end(out, "from", flow->row[i].from);
		flow_put_end(out, "to", flow->row[i].to);
		line_put_int(out, "n", (int64_t)flow->row[i].n);
		line_end(out);
	}
}

void
partial_write_tally(const struct tally *tally, struct buf *out)
{
	partial_write_shape(&tally_shape, tally, out);
	for (const struct clocks_row *row = tally_clocks; row->name; row++) {
		const struct clock_rows *rows = row_member(tally, row->at);

		for (size_t i = 0; i < rows->n; i++)
			write_clock(row->name, &rows->row[i], out);
	}
	write_months(&tally->months, out);
	write_flow(&tally->flow, out);
	write_moved(&tally->rejudged, out);
}
