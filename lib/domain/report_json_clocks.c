#include "domain/report_json.h"

/* {"clock" or "measure","tier": without the brace that closes it. */
static void
write_row_head(struct buf *out, const char *key, const struct clock_row *row)
{
	char last = out->data[out->len - 1];

	buf_puts(out, last == '[' ? "{" : ",{");
	buf_key(out, key);
	buf_json(out, span_of(clock_names[row->id]));
	if (row->tier > 0)
		report_number(out, "tier", (uint64_t)row->tier);
}

static void
write_clock(struct buf *out, const struct clock_row *row)
{
	uint64_t met = row->n[CLOCKS_MET], at_end = 0;
	uint64_t n = met + row->n[CLOCKS_MISSED] + row->n[CLOCKS_BREACHED];

	for (int i = CLOCKS_RUNNING; i < CLOCK_FIGURES; i++)
		at_end += row->n[i];
	if (n + at_end == 0)
		return;
	write_row_head(out, "clock", row);
	report_number(out, "n", n);
	for (int i = 0; i < CLOCK_FIGURES; i++)
		report_number(out, clock_figure_names[i], row->n[i]);
	report_met_rate(out, met, n);
	buf_putc(out, '}');
}

void
report_months(struct buf *out, const struct months *months)
{
	buf_key(out, "months");
	buf_putc(out, '[');
	for (size_t i = 0; i < months->n; i++) {
		const struct month_row *row = &months->row[i];
		uint64_t n = row->met + row->missed + row->breached;

		buf_puts(out, i > 0 ? ",{\"month\":\"" : "{\"month\":\"");
		period_put_month_of(out, row->month);
		buf_puts(out, "\",\"clock\":");
		buf_json(out, span_of(clock_names[row->id]));
		if (row->tier > 0)
			report_number(out, "tier", (uint64_t)row->tier);
		report_number(out, "n", n);
		report_number(out, "met", row->met);
		report_number(out, "missed", row->missed);
		report_number(out, "breached", row->breached);
		report_met_rate(out, row->met, n);
		buf_putc(out, '}');
	}
	buf_putc(out, ']');
}

static void
write_digest(struct buf *out, const char *key, const struct digest *digest)
{
	static const struct { const char *name; unsigned percent; } rows[] = {
		{ "p50", 50 }, { "p90", 90 }, { "p95", 95 },
	};

	if (digest->n == 0)
		return;
	buf_key(out, key);
	buf_putc(out, '{');
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		report_number(out, rows[i].name,
			(uint64_t)digest_percentile(digest, rows[i].percent));
	report_number(out, "max", (uint64_t)digest->max);
	report_number(out, "mean", (uint64_t)digest_mean(digest));
	buf_putc(out, '}');
}

static void
write_time(struct buf *out, const struct clock_row *row)
{
	if (row->gross.n + row->open == 0)
		return;
	write_row_head(out, "measure", row);
	report_number(out, "n", row->gross.n);
	report_number(out, "open", row->open);
	write_digest(out, "net", &row->net);
	write_digest(out, "gross", &row->gross);
	buf_putc(out, '}');
}

static void
write_rows(struct buf *out, const char *key, const struct clock_rows *rows,
	void (*write)(struct buf *, const struct clock_row *))
{
	buf_key(out, key);
	buf_putc(out, '[');
	for (size_t i = 0; i < rows->n; i++)
		write(out, &rows->row[i]);
	buf_putc(out, ']');
}

void
report_clocks(struct buf *out, const struct clock_rows *rows)
{
	write_rows(out, "clocks", rows, write_clock);
}

void
report_times(struct buf *out, const struct clock_rows *rows)
{
	write_rows(out, "times", rows, write_time);
}

static void
write_moved(struct buf *out, const struct moved_row *row)
{
	buf_putc(out, '{');
	buf_key(out, "clock");
	buf_json(out, span_of(clock_names[row->id]));
	if (row->tier > 0)
		report_number(out, "tier", (uint64_t)row->tier);
	buf_key(out, "pinned");
	buf_json(out, span_of(verdict_names[row->pinned]));
	buf_key(out, "rejudged");
	buf_json(out, span_of(verdict_names[row->rejudged]));
	report_number(out, "n", row->n);
	buf_putc(out, '}');
}

void
report_rejudged(struct buf *out, const struct rejudged *rejudged)
{
	buf_key(out, "rejudged");
	buf_putc(out, '{');
	report_clocks(out, &rejudged->clocks);
	report_times(out, &rejudged->clocks);
	buf_key(out, "moved");
	buf_putc(out, '[');
	for (size_t i = 0; i < rejudged->n_moved; i++) {
		buf_puts(out, i > 0 ? "," : "");
		write_moved(out, &rejudged->moved[i]);
	}
	buf_puts(out, "]}");
}
