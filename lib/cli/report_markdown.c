/*
 * The page with pipe tables.  Where a period is compared, a table of one
 * figure has columns for what it was and the change, and one of several has
 * three rows of each.
 */
#include "cli/markdown_out.h"
#include "cli/report_format.h"
#include "cli/report_view.h"

struct markdown {
	const struct report_page *page;
	struct buf *out;
	const char *level; /* of a section's heading */
};

static void
put_figure(struct buf *out, const struct page_cell *cell, enum view_side side)
{
	struct buf text = { 0 };

	report_show_side(cell, side, &text);
	markdown_cell(out, buf_text(&text));
	buf_release(&text);
}

static void
put_words(struct buf *out, struct span words)
{
	struct buf text = { 0 };

	report_view_words(words, &text);
	markdown_cell(out, buf_text(&text));
	buf_release(&text);
}

static bool
is_tall(const struct view_rows *rows)
{
	return rows->compared && !report_view_is_wide(rows)
		&& !view_is_key(rows, rows->n_columns - 1);
}

static void
put_header(struct markdown *page, const struct view_rows *rows)
{
	bool right[PAGE_COLUMNS + VIEW_SIDES] = { 0 };
	size_t n = 0;

	for (; n < rows->n_columns; n++) {
		markdown_cell(page->out, span_of(view_column(rows, n)->title));
		right[n] = view_column(rows, n)->kind != PAGE_TEXT;
	}
	if (report_view_is_wide(rows)) {
		markdown_cell(page->out, span_of("previous"));
		markdown_cell(page->out, span_of("change"));
		right[n] = right[n + 1] = true;
		n += 2;
	}
	markdown_row_end(page->out);
	markdown_rule(page->out, right, n);
}

static void
put_row(struct markdown *page, const struct report_view *view, const struct view_rows *rows,
	size_t i)
{
	size_t last = rows->n_columns - 1;

	for (size_t k = 0; k <= last; k++)
		if (view->manner == VIEW_CARDS && k == last)
			put_words(page->out, view_cell(rows, i, k)->value);
		else
			put_figure(page->out, view_cell(rows, i, k), VIEW_NOW);
	for (int side = VIEW_PREVIOUS; report_view_is_wide(rows) && side < VIEW_SIDES; side++)
		put_figure(page->out, view_cell(rows, i, last), (enum view_side)side);
	markdown_row_end(page->out);
}

static void
put_beside(struct markdown *page, const struct view_rows *rows, size_t i, enum view_side side)
{
	for (size_t k = 0; k < rows->n_columns; k++)
		if (!view_is_key(rows, k))
			put_figure(page->out, view_cell(rows, i, k), side);
		else if (k == 0)
			markdown_cell(page->out, span_of(side == VIEW_CHANGE ? "change" : "before"));
		else
			markdown_cell(page->out, (struct span){ NULL, 0 });
	markdown_row_end(page->out);
}

static void
put_paragraphs(struct markdown *page, struct span lines)
{
	while (lines.n) {
		const char *end = memchr(lines.p, '\n', lines.n);
		size_t n = end ? (size_t)(end - lines.p) : lines.n;

		buf_putc(page->out, '\n');
		markdown_text(page->out, (struct span){ lines.p, n });
		buf_putc(page->out, '\n');
		lines = (struct span){ lines.p + n + !!end, lines.n - n - !!end };
	}
}

static void
put_heading(struct markdown *page, const char *level, const char *ours, struct span text)
{
	buf_printf(page->out, "\n%s %s", level, ours);
	markdown_text(page->out, text);
	buf_putc(page->out, '\n');
}

static void
put_table(struct markdown *page, const struct report_view *view, const struct view_rows *rows)
{
	buf_putc(page->out, '\n');
	put_header(page, rows);
	for (size_t i = 0; i < rows->n_rows; i++) {
		put_row(page, view, rows, i);
		for (int side = VIEW_PREVIOUS; is_tall(rows) && side < VIEW_SIDES; side++)
			put_beside(page, rows, i, (enum view_side)side);
	}
}

static void
put_view(struct markdown *page, const struct report_view *view, const struct view_rows *rows)
{
	struct buf remark = { 0 };

	put_table(page, view, rows);
	report_view_remark(view, page->page, rows, &remark);
	put_paragraphs(page, buf_text(&remark));
	buf_release(&remark);
}

/* The views of a section: this one, and those behind it without a title. */
static size_t
put_section(struct markdown *page, const struct report_view *view, const struct page_part *part)
{
	bool shown = report_view_shows(view, page->page, part), any = false;
	struct view_rows rows;
	size_t n = 0;

	for (; n == 0 || (&view[n] < report_view + report_views && !view[n].section); n++) {
		if (!report_view_find(&view[n], page->page, part, &rows))
			continue;
		if (!any)
			put_heading(page, page->level, view->section, (struct span){ NULL, 0 });
		if (!any && view->note && !part->group)
			put_paragraphs(page, span_of(view->note));
		any = true;
		put_view(page, &view[n], &rows);
		report_view_release(&rows);
	}
	if (!any && shown && !part->group) {
		put_heading(page, page->level, view->section, (struct span){ NULL, 0 });
		put_paragraphs(page, span_of("None."));
	}
	return n;
}

static void
put_part(struct markdown *page, const struct page_part *part)
{
	for (size_t i = 0; i < report_views;)
		i += put_section(page, &report_view[i], part);
}

static void
put_head(struct markdown *page)
{
	struct buf text = { 0 };

	report_head_title(&page->page->head, &text);
	buf_puts(page->out, "# Escalation report, ");
	markdown_text(page->out, buf_text(&text));
	buf_putc(page->out, '\n');
	text.len = 0;
	report_head_notes(page->page, &text);
	put_paragraphs(page, buf_text(&text));
	buf_release(&text);
}

static void
put_group(struct markdown *page, const struct page_part *part)
{
	struct buf title = { 0 };

	buf_span(&title, page->page->head.group_by);
	buf_puts(&title, part->value.n ? ": " : ": none");
	buf_span(&title, part->value);
	put_heading(page, "##", "", buf_text(&title));
	buf_release(&title);
	put_part(page, part);
}

static void
put_groups(struct markdown *page)
{
	static const struct report_view view = { 0 };
	bool in_full = report_groups_in_full(page->page);
	struct view_rows rows;

	put_heading(page, "##", "Groups by ", page->page->head.group_by);
	report_groups_take(page->page, &rows);
	if (rows.n_rows)
		put_table(page, &view, &rows);
	report_view_release(&rows);
	if (!in_full)
		put_paragraphs(page, span_of(report_groups_many));
	page->level = "###";
	for (size_t i = 1; in_full && i < page->page->n_parts; i++)
		put_group(page, &page->page->part[i]);
}

void
report_markdown(const struct report_page *page, const struct report_look *look,
	struct buf *out)
{
	struct markdown markdown = { page, out, "##" };

	(void)look;
	put_head(&markdown);
	put_part(&markdown, &page->part[0]);
	if (page->head.group_by.p)
		put_groups(&markdown);
}
