#include "cli/html_out.h"
#include "cli/report_html.h"
#include "cli/report_words.h"

#define NARROW 2  /* columns: so few fit on a phone */
#define LONG   40 /* rows: so many figures are folded */

/* Whether a section holds nothing but this view, whose title is that of the section. */
static bool
is_sole(const struct report_view *view)
{
	const struct report_view *next = view + 1;

	return view->section && (next == report_view + report_views || next->section);
}

static const char *
caption_of(const struct report_view *view)
{
	return is_sole(view) ? view->section : report_caption(view->table);
}

/* Other people's words and lists of reasons, no figure. */
static bool
is_list(const struct view_rows *rows)
{
	return rows->table->spec->n_keys == rows->table->n_columns && rows->n_columns > 1;
}

static bool
is_number(const struct view_rows *rows, size_t k)
{
	return view_column(rows, k)->kind != PAGE_TEXT;
}

static void
put_titles(struct buf *out, const struct view_rows *rows)
{
	buf_puts(out, "<thead><tr>");
	for (size_t k = 0; k < rows->n_columns; k++)
		buf_printf(out, "<th scope=\"col\"%s>%s</th>",
			is_number(rows, k) && !view_is_key(rows, k) ? " class=\"n\"" : "",
			view_column(rows, k)->title);
	buf_puts(out, "</tr></thead>\n");
}

static void
put_content(struct buf *out, const struct view_rows *rows, size_t i, size_t k)
{
	const struct page_cell *cell = view_cell(rows, i, k);

	if (!is_number(rows, k)) {
		html_word(out, view_column(rows, k)->member, cell->value);
		return;
	}
	html_figure(out, cell);
	if (rows->compared)
		html_change(out, cell);
}

static void
put_row(struct buf *out, const struct view_rows *rows, size_t i)
{
	buf_puts(out, "<tr>");
	for (size_t k = 0; k < rows->n_columns; k++) {
		const char *class = is_number(rows, k) && !view_is_key(rows, k)
			? " class=\"n\"" : "";
		bool heads = k == 0 && rows->n_columns > 1;

		buf_printf(out, heads ? "<th scope=\"row\"%s>" : "<td%s>", class);
		put_content(out, rows, i, k);
		buf_puts(out, heads ? "</th>" : "</td>");
	}
	buf_puts(out, "</tr>\n");
}

/* What follows the names of a case: has its title beside it where titles are not shown. */
static bool
is_fact(const struct report_view *view, const struct view_rows *rows, size_t k)
{
	return rows->column[k] >= view->heads && k + 1 < rows->n_columns;
}

static void
put_card(struct buf *out, const struct report_view *view, const struct view_rows *rows, size_t i)
{
	buf_puts(out, "<tr><th scope=\"row\">");
	put_content(out, rows, i, 0);
	buf_puts(out, "</th>");
	for (size_t k = 1; k < rows->n_columns; k++) {
		bool fact = is_fact(view, rows, k);

		buf_puts(out, fact ? "<td class=\"fact\">" : "<td>");
		if (fact && view_cell(rows, i, k)->value.p)
			buf_printf(out, "<span class=\"label\">%s </span>",
				view_column(rows, k)->title);
		put_content(out, rows, i, k);
		buf_puts(out, "</td>");
	}
	buf_puts(out, "</tr>\n");
}

/* What may be wider than a phone scrolls by itself, also from the keyboard. */
static void
begin_scrolling(struct html_page *html, const char *caption)
{
	struct buf label = { 0 };

	buf_puts(&label, caption);
	if (html->part) {
		buf_puts(&label, ", ");
		buf_span(&label, html->page->part[html->part].value);
	}
	buf_puts(html->out, "<div class=\"scroll\" role=\"region\" tabindex=\"0\"");
	html_attribute(html->out, "aria-label", buf_text(&label));
	buf_puts(html->out, ">\n");
	buf_release(&label);
}

static void
put_rows(struct html_page *html, const struct report_view *view,
	const struct view_rows *rows, const char *caption, bool hidden)
{
	bool cards = view->manner == VIEW_CARDS;

	buf_printf(html->out, "<table%s><caption%s>%s</caption>\n",
		cards ? " class=\"list cards\"" : is_list(rows) ? " class=\"list\"" : "",
		hidden ? " class=\"sr\"" : "", caption);
	put_titles(html->out, rows);
	buf_puts(html->out, "<tbody>\n");
	for (size_t i = 0; i < rows->n_rows; i++)
		if (cards)
			put_card(html->out, view, rows, i);
		else
			put_row(html->out, rows, i);
	buf_puts(html->out, "</tbody></table>\n");
}

void
html_table(struct html_page *html, const struct report_view *view,
	const struct view_rows *rows)
{
	const char *caption = caption_of(view);
	bool wide = rows->n_columns > NARROW
		&& (!is_list(rows) || view->manner == VIEW_CARDS);
	bool folded = rows->n_rows > LONG && !is_list(rows);

	if (folded)
		buf_printf(html->out, "<details class=\"block fold\"><summary>%s</summary>",
			report_caption(view->table));
	else
		buf_puts(html->out, "<div class=\"block\">");
	if (wide)
		begin_scrolling(html, caption);
	put_rows(html, view, rows, caption, folded || (is_sole(view) && !html->part));
	buf_puts(html->out, wide ? "</div>\n" : "");
	if (rows->left)
		buf_printf(html->out, "<p class=\"hint\">And %zu more, which the report lists as "
			"JSON and as CSV.</p>\n", rows->left);
	buf_puts(html->out, folded ? "</details>\n" : "</div>\n");
}
