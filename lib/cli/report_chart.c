#include "cli/report_chart.h"

#include "cli/html_out.h"

int64_t
chart_scale(int64_t value, int64_t top, int64_t length)
{
	if (value <= 0 || top <= 0)
		return 0;
	if (value >= top)
		return length;
	for (; top > INT64_MAX / 100000; top /= 2)
		value /= 2;
	return value * length / top;
}

const struct page_cell *
chart_cell(const struct page_table *table, size_t row, const char *member)
{
	return page_cell(table, row, page_column_find(table, span_of(member)));
}

void
chart_clock(const struct page_table *table, size_t row, size_t clock, struct buf *text)
{
	struct span name = page_cell(table, row, clock)->value;
	struct span tier = page_cell(table, row, clock + 1)->value;

	if (!tier.p) {
		buf_span(text, name);
		return;
	}
	if (!span_is(name, "tier")) {
		buf_span(text, name);
		buf_puts(text, ", ");
	}
	buf_puts(text, "tier ");
	buf_span(text, tier);
}

bool
chart_is_same(const struct page_cell *clock, const struct page_cell *other)
{
	return span_eq(clock[0].value, other[0].value) && span_eq(clock[1].value, other[1].value);
}

int64_t
chart_month(struct span name)
{
	static const char form[] = "dddd-dd";
	int64_t digits = 0;

	if (name.n != sizeof form - 1)
		return -1;
	for (size_t i = 0; i < name.n; i++)
		if (form[i] == 'd' && name.p[i] >= '0' && name.p[i] <= '9')
			digits = digits * 10 + (name.p[i] - '0');
		else if (form[i] == 'd' || name.p[i] != form[i])
			return -1;
	return digits / 100 * 12 + digits % 100 - 1;
}

void
chart_begin(struct buf *out, const char *caption)
{
	buf_printf(out, "<figure><figcaption>%s</figcaption>\n", caption);
}

void
chart_end(struct buf *out)
{
	buf_puts(out, "</figure>\n");
}

void
chart_legend(struct buf *out, const struct chart_key *key, size_t n)
{
	buf_puts(out, "<ul class=\"key\">");
	for (size_t i = 0; i < n; i++)
		buf_printf(out, "<li><svg aria-hidden=\"true\" viewBox=\"0 0 22 12\">%s</svg>"
			"%s</li>", key[i].drawing, key[i].means);
	buf_puts(out, "</ul>\n");
}

bool
chart_has_previous(const struct page_table *table, const char *member)
{
	for (size_t i = 0; i < table->n_rows; i++)
		if (chart_cell(table, i, member)->previous.p)
			return true;
	return false;
}
