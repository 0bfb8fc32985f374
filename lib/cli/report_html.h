/*
 * report_html: the report as one HTML file: the parts that its files share.
 * Each figure stands in <data value> (in drawings, data-value) with the bytes
 * that the document has; nothing is computed here.
 */
#ifndef ESC_CLI_REPORT_HTML_H
#define ESC_CLI_REPORT_HTML_H

#include "base/buf.h"
#include "cli/report_view.h"

struct html_page {
	const struct report_page *page;
	struct buf *out;
	size_t part;         /* which part is written: 0 is all cases */
};

/* report_html_cell.c: a figure, or words, as the content of an element. */
void html_figure(struct buf *out, const struct page_cell *cell);
void html_change(struct buf *out, const struct page_cell *cell);
void html_word(struct buf *out, const char *member, struct span value);

/* report_html_table.c: the rows, of which there are some, as a table. */
void html_table(struct html_page *html, const struct report_view *view,
	const struct view_rows *rows);

/* report_html_part.c: all cases: sections with charts and tables. */
void html_sections(struct html_page *html);
void html_view(struct html_page *html, const struct report_view *view,
	const struct view_rows *rows);

/* report_html_groups.c: the groups at a glance; the tables of each are folded. */
void html_groups(struct html_page *html);

/* report_html_head.c: from the doctype to the tiles. */
void html_head(struct html_page *html);

/* report_html_style.c: the style sheet, without its element. */
extern const char html_style[];

#endif
