#include "cli/html_out.h"
#include "cli/report_chart.h"
#include "cli/report_html.h"

static const struct {
	const char *table;
	chart_fn draw;
} charts[] = {
	{ "clocks", report_chart_limits },
	{ "months", report_chart_months },
	{ "times", report_chart_times },
	{ "flow", report_chart_flow },
	{ "by", report_chart_bars },
	{ "scores", report_chart_bars },
	{ "backlog_ages", report_chart_bars },
	{ "rejudged", report_chart_rejudged },
	{ "rejudged_times", report_chart_times },
};

/* A table that several views show is drawn at the first. */
static bool
is_first(const struct report_view *view)
{
	for (const struct report_view *other = report_view; other < view; other++)
		if (strcmp(other->table, view->table) == 0)
			return false;
	return true;
}

static void
put_chart(struct html_page *html, const struct report_view *view,
	const struct page_part *part)
{
	for (size_t i = 0; i < sizeof charts / sizeof *charts && is_first(view); i++)
		if (strcmp(charts[i].table, view->table) == 0)
			charts[i].draw(part, page_part_table(part, view->table), html->out);
}

static void
put_across(struct html_page *html, const struct view_rows *rows)
{
	buf_puts(html->out, "<dl class=\"figures\">\n");
	for (size_t i = 0; i < rows->n_rows; i++) {
		buf_puts(html->out, "<div><dt>");
		html_word(html->out, "figure", view_cell(rows, i, 0)->value);
		buf_puts(html->out, "</dt><dd>");
		html_figure(html->out, view_cell(rows, i, 1));
		html_change(html->out, view_cell(rows, i, 1));
		buf_puts(html->out, "</dd></div>\n");
	}
	buf_puts(html->out, "</dl>\n");
}

void
html_view(struct html_page *html, const struct report_view *view,
	const struct view_rows *rows)
{
	if (view->manner == VIEW_ACROSS)
		put_across(html, rows);
	else
		html_table(html, view, rows);
}

static void
put_title(struct html_page *html, const struct report_view *view)
{
	struct buf id = { 0 };

	html_slug(&id, view->section);
	buf_printf(html->out, "<section>\n<h2 id=\"%s\">%s</h2>\n", buf_cstr(&id),
		view->section);
	if (view->note)
		buf_printf(html->out, "<p class=\"hint\">%s</p>\n", view->note);
	buf_release(&id);
}

static void
put_review_of(struct html_page *html, const struct report_view *view)
{
	struct page_cell of = { .kind = PAGE_COUNT, .value = html->page->head.review_of };

	if (!of.value.p || strcmp(view->table, "review") != 0)
		return;
	buf_puts(html->out, "<p class=\"hint\">Cases that passed a limit or were reopened: ");
	html_figure(html->out, &of);
	buf_puts(html->out, "; the first of them are listed.</p>\n");
}

/* The views of a section: this one, and those behind it without a title. */
static size_t
put_section(struct html_page *html, const struct report_view *view)
{
	const struct page_part *part = &html->page->part[0];
	struct view_rows rows;
	bool any = false;
	size_t n = 0;

	put_title(html, view);
	put_review_of(html, view);
	buf_puts(html->out, "<div class=\"blocks\">\n");
	for (; n == 0 || (&view[n] < report_view + report_views && !view[n].section); n++) {
		if (!report_view_find(&view[n], html->page, part, &rows))
			continue;
		put_chart(html, &view[n], part);
		html_view(html, &view[n], &rows);
		report_view_release(&rows);
		any = true;
	}
	buf_puts(html->out, any ? "</div></section>\n"
		: "<p class=\"none\">None.</p></div></section>\n");
	return n;
}

void
html_sections(struct html_page *html)
{
	for (size_t i = 0; i < report_views;)
		if (report_view_shows(&report_view[i], html->page, &html->page->part[0]))
			i += put_section(html, &report_view[i]);
		else
			i++;
}
