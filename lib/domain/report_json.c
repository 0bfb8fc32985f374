#include "domain/report_json.h"

void
report_number(struct buf *out, const char *key, uint64_t n)
{
	buf_key(out, key);
	buf_int(out, (int64_t)n);
}

/* num / den with `digits` digits behind the point, as a whole number. */
static unsigned __int128
rounded(unsigned __int128 num, uint64_t den, int digits)
{
	for (int i = 0; i < digits; i++)
		num *= 10;
	return (num * 2 + den) / ((unsigned __int128)den * 2);
}

static void
write_decimal(struct buf *out, const char *key, unsigned __int128 value, int digits)
{
	uint64_t scale = 1, rest;

	for (int i = 0; i < digits; i++)
		scale *= 10;
	rest = (uint64_t)(value % scale);
	buf_key(out, key);
	buf_int(out, (int64_t)(value / scale));
	buf_puts(out, rest ? "." : "");
	for (scale /= 10; rest > 0; scale /= 10) {
		buf_putc(out, (char)('0' + rest / scale));
		rest %= scale;
	}
}

void
report_ratio(struct buf *out, const char *key, unsigned __int128 num,
	uint64_t den, int digits)
{
	if (den > 0)
		write_decimal(out, key, rounded(num, den, digits), digits);
}

void
report_met_rate(struct buf *out, uint64_t met, uint64_t n)
{
	unsigned __int128 rate;

	if (n == 0)
		return;
	rate = rounded(met, n, 4);
	if (met < n && rate == rounded(1, 1, 4))
		rate--;
	if (met > 0 && rate == 0)
		rate++;
	write_decimal(out, "met_rate", rate, 4);
}

static void
write_quoted(struct buf *out, int64_t number)
{
	buf_putc(out, '"');
	buf_int(out, number);
	buf_putc(out, '"');
}

static void
write_counts(struct buf *out, const char *key, const struct counts *counts)
{
	counts_sort(counts);
	buf_key(out, key);
	buf_putc(out, '{');
	for (size_t i = 0; i < counts->n; i++) {
		const struct count *row = counts->row[i];

		buf_puts(out, i > 0 ? "," : "");
		if (row->text)
			buf_json(out, (struct span){ row->text, row->len });
		else
			write_quoted(out, row->number);
		buf_putc(out, ':');
		buf_int(out, (int64_t)row->n);
	}
	buf_putc(out, '}');
}

static void
write_named(struct buf *out, const char *key, const char *const *name,
	const uint64_t *n, int count)
{
	buf_key(out, key);
	buf_putc(out, '{');
	for (int i = 0; i < count; i++)
		report_number(out, name[i], n[i]);
	buf_putc(out, '}');
}

static void
write_flow(struct buf *out, const struct flow *flow)
{
	buf_key(out, "flow");
	buf_putc(out, '[');
	for (size_t i = 0; i < flow->n; i++) {
		buf_puts(out, i > 0 ? ",{" : "{");
		flow_put_end(out, "from", flow->row[i].from);
		flow_put_end(out, "to", flow->row[i].to);
		report_number(out, "n", flow->row[i].n);
		buf_putc(out, '}');
	}
	buf_putc(out, ']');
}

static void
write_frequency(struct buf *out, const struct tally *tally)
{
	buf_key(out, "frequency");
	buf_putc(out, '{');
	report_number(out, "promotions", tally->promotions);
	report_number(out, "returns", tally->returns);
	report_ratio(out, "per_100_cases", (unsigned __int128)tally->promotions * 100,
		tally->cases[CASES_ACCEPTED], 2);
	write_counts(out, "by_tier", &tally->promoted_to);
	write_counts(out, "top_reached", &tally->top_reached);
	write_flow(out, &tally->flow);
	buf_putc(out, '}');
}

static void
write_by(struct buf *out, const struct tally *tally)
{
	buf_key(out, "by");
	buf_putc(out, '{');
	for (int i = 0; i < BY_FIGURES; i++)
		write_counts(out, by_names[i], &tally->by[i]);
	buf_putc(out, '}');
}

static void
write_feedback(struct buf *out, const struct tally *tally)
{
	uint64_t n = counts_total(&tally->scores);
	unsigned __int128 sum = 0;

	for (size_t i = 0; i < tally->scores.n; i++)
		sum += (unsigned __int128)tally->scores.row[i]->number
			* tally->scores.row[i]->n;
	buf_key(out, "feedback");
	buf_putc(out, '{');
	report_number(out, "n", n);
	report_ratio(out, "mean", sum, n, 2);
	write_counts(out, "scores", &tally->scores);
	report_ratio(out, "response_rate", n, tally->cases[CASES_CLOSED], 4);
	buf_putc(out, '}');
}

static void
write_backlog(struct buf *out, const struct tally *tally)
{
	buf_key(out, "backlog");
	buf_putc(out, '{');
	report_number(out, "open", tally->cases[CASES_OPEN]);
	write_counts(out, "by_tier", &tally->open_at);
	write_named(out, "by_age", age_names, tally->age, AGES);
	buf_key(out, "oldest");
	buf_putc(out, '[');
	for (size_t i = 0; i < tally->oldest.n; i++) {
		buf_puts(out, i > 0 ? "," : "");
		buf_json(out, tally->oldest.row[i].id);
	}
	buf_puts(out, "]}");
}

void
tally_write(const struct tally *tally, struct buf *out)
{
	write_named(out, "cases", case_figure_names, tally->cases, CASE_FIGURES);
	report_clocks(out, &tally->clocks);
	report_months(out, &tally->months);
	report_times(out, &tally->clocks);
	write_frequency(out, tally);
	write_by(out, tally);
	write_feedback(out, tally);
	write_backlog(out, tally);
	write_named(out, "hygiene", hygiene_names, tally->hygiene, HYGIENE_FIGURES);
}
