/*
 * The page with pipe tables.  Where a period is compared, a table of one
 * figure has three columns of it, and one of several has three rows: as they
 * are, as they were, and the change.
 */
#include "cli/markdown_out.h"
#include "cli/report_format.h"
#include "cli/report_view.h"

#define COLUMNS_MOST (PAGE_COLUMNS + 3)

enum side {
	SIDE_NOW,
	SIDE_BEFORE,
	SIDE_CHANGE,
	SIDES
};

static const char *const side_names[SIDES] = { "", "before", "change" };

struct markdown {
	const struct report_page *page;
	struct buf *out;
	const char *level; /* of a section's heading */
};

static void
put_side(struct buf *out, const struct page_cell *cell, enum side side)
{
	struct buf text = { 0 };

	if (side == SIDE_CHANGE)
		report_show_change(cell->kind, cell->change, &text);
	else
		report_show(cell->kind, side == SIDE_NOW ? cell->value : cell->previous, &text);
	markdown_cell(out, buf_text(&text));
	buf_release(&text);
}

static size_t
count_figures(const struct view_rows *rows)
{
	size_t n = 0;

	for (size_t k = 0; k < rows->n_columns; k++)
		n += !view_is_key(rows, k);
	return n;
}

/* Several figures: which side a row is, behind the keys. */
static bool
is_side_column(const struct view_rows *rows, size_t k)
{
	return !view_is_key(rows, k) && (k == 0 || view_is_key(rows, k - 1));
}

/* tall: three rows, wide: three columns of each figure. */
static void
put_header(struct markdown *page, const struct view_rows *rows, bool tall, bool wide)
{
	bool right[COLUMNS_MOST] = { 0 };
	size_t n = 0;

	for (size_t k = 0; k < rows->n_columns; k++) {
		const struct page_column *column = view_column(rows, k);
		size_t times = wide && !view_is_key(rows, k) ? SIDES : 1;

		if (tall && is_side_column(rows, k)) {
			markdown_cell(page->out, (struct span){ NULL, 0 });
			n++;
		}
		for (size_t side = 0; side < times; side++) {
			markdown_cell(page->out, span_of(side ? side_names[side] : column->title));
			right[n++] = column->kind != PAGE_TEXT;
		}
	}
	markdown_row_end(page->out);
	markdown_rule(page->out, right, n);
}

static void
put_wide(struct markdown *page, const struct view_rows *rows, size_t i, bool wide)
{
	for (size_t k = 0; k < rows->n_columns; k++) {
		int times = wide && !view_is_key(rows, k) ? SIDES : 1;

		for (int side = 0; side < times; side++)
			put_side(page->out, view_cell(rows, i, k), (enum side)side);
	}
	markdown_row_end(page->out);
}

static void
put_tall(struct markdown *page, const struct view_rows *rows, size_t i, enum side side)
{
	for (size_t k = 0; k < rows->n_columns; k++) {
		if (is_side_column(rows, k))
			markdown_cell(page->out, span_of(side_names[side]));
		if (side && view_is_key(rows, k))
			markdown_cell(page->out, (struct span){ NULL, 0 });
		else
			put_side(page->out, view_cell(rows, i, k), side);
	}
	markdown_row_end(page->out);
}

static void
put_table(struct markdown *page, const struct view_rows *rows)
{
	size_t figures = page->page->head.compared && !rows->table->spec->whole
		? count_figures(rows) : 0;

	buf_putc(page->out, '\n');
	if (!rows->n_rows) {
		buf_puts(page->out, "None.\n");
		return;
	}
	put_header(page, rows, figures > 1, figures == 1);
	for (size_t i = 0; i < rows->n_rows; i++)
		if (figures > 1)
			for (int side = 0; side < SIDES; side++)
				put_tall(page, rows, i, (enum side)side);
		else
			put_wide(page, rows, i, figures == 1);
	if (rows->left)
		buf_printf(page->out, "\nAnd %zu more.\n", rows->left);
}

static void
put_part(struct markdown *page, const struct page_part *part)
{
	for (size_t i = 0; i < report_views; i++) {
		const struct report_view *view = &report_view[i];
		struct view_rows rows;

		if (!report_view_shows(view, page->page, part))
			continue;
		if (view->section)
			buf_printf(page->out, "\n%s %s\n", page->level, view->section);
		if (view->note)
			buf_printf(page->out, "\n%s\n", view->note);
		report_view_take(view, part, &rows);
		put_table(page, &rows);
		report_view_release(&rows);
	}
}

static void
put_head(struct markdown *page)
{
	struct buf text = { 0 };
	struct span rest;

	report_head_title(&page->page->head, &text);
	buf_puts(page->out, "# Escalation report, ");
	markdown_text(page->out, buf_text(&text));
	buf_putc(page->out, '\n');
	text.len = 0;
	report_head_notes(page->page, &text);
	for (rest = buf_text(&text); rest.n;) {
		size_t n = (size_t)((const char *)memchr(rest.p, '\n', rest.n) - rest.p);

		buf_putc(page->out, '\n');
		markdown_text(page->out, (struct span){ rest.p, n });
		buf_putc(page->out, '\n');
		rest = (struct span){ rest.p + n + 1, rest.n - n - 1 };
	}
	buf_release(&text);
}

static void
put_group(struct markdown *page, const struct page_part *part)
{
	buf_puts(page->out, "\n## ");
	markdown_text(page->out, page->page->head.group_by);
	buf_puts(page->out, part->value.n ? ": " : ": none");
	markdown_text(page->out, part->value);
	buf_putc(page->out, '\n');
	page->level = "###";
	put_part(page, part);
}

void
report_markdown(const struct report_page *page, const struct report_look *look,
	struct buf *out)
{
	struct markdown markdown = { page, out, "##" };

	(void)look;
	put_head(&markdown);
	put_part(&markdown, &page->part[0]);
	for (size_t i = 1; i < page->n_parts; i++)
		put_group(&markdown, &page->part[i]);
}
