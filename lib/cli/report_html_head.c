#include "base/hash.h"
#include "cli/html_out.h"
#include "cli/report_chart.h"
#include "cli/report_html.h"

/* Nothing is loaded, sent or run; the one style sheet is named by its sum. */
static void
put_meta(struct html_page *html, const struct buf *title)
{
	char sum[HASH_SHA256_BASE64];

	hash_sha256_base64(html_style, strlen(html_style), sum);
	buf_puts(html->out, "<!doctype html>\n<html lang=\"en\">\n<head>\n"
		"<meta charset=\"utf-8\">\n");
	buf_printf(html->out, "<meta http-equiv=\"Content-Security-Policy\" content=\""
		"default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; "
		"form-action 'none'\">\n", sum);
	buf_puts(html->out, "<meta name=\"viewport\" content=\"width=device-width, "
		"initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
		"<meta name=\"robots\" content=\"noindex\">\n"
		"<meta name=\"color-scheme\" content=\"light dark\">\n"
		"<title>Escalation report, ");
	html_text(html->out, buf_text(title));
	buf_printf(html->out, "</title>\n<style>%s</style>\n</head>\n", html_style);
}

/* Hatchings, which tell parts of a bar without colour. */
static void
put_patterns(struct html_page *html)
{
	buf_puts(html->out, "<svg class=\"patterns\" aria-hidden=\"true\" width=\"0\" height=\"0\">"
		"<defs><pattern id=\"hatch-missed\" width=\"4\" height=\"4\" "
		"patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
		"<rect class=\"missed-ground\" width=\"4\" height=\"4\"/>"
		"<rect class=\"missed-line\" width=\"1.6\" height=\"4\"/></pattern>"
		"<pattern id=\"hatch-breached\" width=\"4\" height=\"4\" "
		"patternUnits=\"userSpaceOnUse\">"
		"<rect class=\"breached-ground\" width=\"4\" height=\"4\"/>"
		"<circle class=\"breached-line\" cx=\"2\" cy=\"2\" r=\"0.9\"/></pattern>"
		"</defs></svg>\n");
}

static void
put_notes(struct html_page *html)
{
	struct buf lines = { 0 };

	report_head_notes(html->page, &lines);
	buf_puts(html->out, lines.len ? "<div class=\"notes\">\n" : "");
	for (struct span rest = buf_text(&lines); rest.n;) {
		size_t n = (size_t)((const char *)memchr(rest.p, '\n', rest.n) - rest.p);

		buf_puts(html->out, "<p>");
		html_words(html->out, (struct span){ rest.p, n });
		buf_puts(html->out, "</p>\n");
		rest = (struct span){ rest.p + n + 1, rest.n - n - 1 };
	}
	buf_puts(html->out, lines.len ? "</div>\n" : "");
	if (html->page->head.compared)
		buf_puts(html->out, "<p class=\"hint\">Below each figure: that of the "
			"period before, and the change.</p>\n");
	buf_release(&lines);
}

static void
put_tile(struct html_page *html, const struct page_cell *cell)
{
	buf_puts(html->out, "</dt><dd>");
	html_figure(html->out, cell);
	html_change(html->out, cell);
	buf_puts(html->out, "</dd></div>\n");
}

static void
put_case_tiles(struct html_page *html)
{
	static const char *const names[] = { "submitted", "accepted", "resolved", "open" };
	const struct page_table *cases = page_part_table(&html->page->part[0], "cases");

	for (size_t k = 0; k < sizeof names / sizeof *names; k++)
		for (size_t i = 0; i < cases->n_rows; i++)
			if (span_is(page_cell(cases, i, 0)->value, names[k])) {
				buf_printf(html->out, "<div><dt>%s", names[k]);
				put_tile(html, page_cell(cases, i, 1));
			}
}

/* Whether no other row of the same clock has more limits. */
static bool
is_weightiest(const struct page_table *clocks, size_t row)
{
	int64_t n = page_number(chart_cell(clocks, row, "n")->value);
	struct span clock = page_cell(clocks, row, 0)->value;

	for (size_t i = 0; i < clocks->n_rows; i++) {
		int64_t other = page_number(chart_cell(clocks, i, "n")->value);

		if ((other > n || (other == n && i < row))
			&& span_eq(page_cell(clocks, i, 0)->value, clock))
			return false;
	}
	return n > 0;
}

/* For each clock the rate of the tier at which it counted most. */
static void
put_rate_tiles(struct html_page *html)
{
	const struct page_table *clocks = page_part_table(&html->page->part[0], "clocks");

	for (size_t i = 0; i < clocks->n_rows; i++) {
		const struct page_cell *tier = page_cell(clocks, i, 1);

		if (!is_weightiest(clocks, i))
			continue;
		buf_puts(html->out, "<div class=\"rate\"><dt>");
		html_words(html->out, page_cell(clocks, i, 0)->value);
		if (tier->value.p) {
			buf_puts(html->out, span_is(page_cell(clocks, i, 0)->value, "tier")
				? " " : ", tier ");
			html_figure(html->out, tier);
		}
		buf_puts(html->out, " met");
		put_tile(html, chart_cell(clocks, i, "met_rate"));
	}
}

void
html_head(struct html_page *html)
{
	struct buf title = { 0 };

	report_head_title(&html->page->head, &title);
	put_meta(html, &title);
	buf_puts(html->out, "<body>\n");
	put_patterns(html);
	buf_puts(html->out, "<header>\n<p class=\"kind\">Escalation report</p>\n<h1>");
	html_words(html->out, buf_text(&title));
	buf_puts(html->out, "</h1>\n");
	put_notes(html);
	buf_puts(html->out, "<dl class=\"tiles\">\n");
	put_case_tiles(html);
	put_rate_tiles(html);
	buf_puts(html->out, "</dl>\n</header>\n");
	buf_release(&title);
}
