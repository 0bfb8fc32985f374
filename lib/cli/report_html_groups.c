#include "cli/html_out.h"
#include "cli/report_html.h"

static void
put_name(struct html_page *html, struct span value)
{
	if (value.n)
		html_words(html->out, value);
	else
		buf_puts(html->out, "<span class=\"none\">none</span>");
}

static void
put_row(struct html_page *html, const struct view_rows *rows, size_t i, bool linked)
{
	struct buf *out = html->out;

	buf_puts(out, "<tr><th scope=\"row\">");
	if (linked)
		buf_printf(out, "<a href=\"#group-%zu\">", i + 1);
	put_name(html, html->page->part[i + 1].value);
	buf_puts(out, linked ? "</a></th>" : "</th>");
	for (size_t k = 1; k < rows->n_columns; k++) {
		buf_puts(out, "<td class=\"n\">");
		html_figure(out, view_cell(rows, i, k));
		html_change(out, view_cell(rows, i, k));
		buf_puts(out, "</td>");
	}
	buf_puts(out, "</tr>\n");
}

static void
put_glance(struct html_page *html, const struct view_rows *rows, bool linked)
{
	struct buf *out = html->out;

	buf_puts(out, "<div class=\"scroll\" role=\"region\" tabindex=\"0\" "
		"aria-label=\"Groups\">\n<table><caption class=\"sr\">Groups</caption>"
		"<thead><tr>");
	for (size_t k = 0; k < rows->n_columns; k++)
		buf_printf(out, "<th scope=\"col\"%s>%s</th>", k ? " class=\"n\"" : "",
			view_column(rows, k)->title);
	buf_puts(out, "</tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < rows->n_rows; i++)
		put_row(html, rows, i, linked);
	buf_puts(out, "</tbody></table></div>\n");
}

static void
put_group(struct html_page *html, const struct page_part *part)
{
	struct view_rows rows;

	buf_printf(html->out, "<details class=\"group\" id=\"group-%zu\"><summary><h3>",
		html->part);
	put_name(html, part->value);
	buf_puts(html->out, "</h3></summary>\n<div class=\"blocks\">\n");
	for (size_t i = 0; i < report_views; i++) {
		if (!report_view_find(&report_view[i], html->page, part, &rows))
			continue;
		html_view(html, &report_view[i], &rows);
		report_view_release(&rows);
	}
	buf_puts(html->out, "</div></details>\n");
}

void
html_groups(struct html_page *html)
{
	bool in_full = report_groups_in_full(html->page);
	struct view_rows rows;

	if (!html->page->head.group_by.p)
		return;
	buf_puts(html->out, "<section>\n<h2 id=\"groups\">Groups by ");
	html_words(html->out, html->page->head.group_by);
	buf_puts(html->out, "</h2>\n");
	report_groups_take(html->page, &rows);
	if (rows.n_rows)
		put_glance(html, &rows, in_full);
	else
		buf_puts(html->out, "<p class=\"none\">None.</p>\n");
	report_view_release(&rows);
	if (!in_full)
		buf_puts(html->out, "<p class=\"hint\">These are too many for a page; "
			"as JSON and as CSV the report has all figures of each.</p>\n");
	for (html->part = 1; in_full && html->part < html->page->n_parts; html->part++)
		put_group(html, &html->page->part[html->part]);
	html->part = 0;
	buf_puts(html->out, "</section>\n");
}
