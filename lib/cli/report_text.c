#include <ctype.h>

#include "base/utf8.h"
#include "cli/report_format.h"
#include "cli/report_view.h"
#include "cli/table.h"

struct text_page {
	const struct report_page *page;
	const struct report_look *look;
	struct buf *out;
};

static void
put_line(struct text_page *text, struct span line)
{
	utf8_display(text->out, line);
	buf_putc(text->out, '\n');
}

/* "Cases to review" as "CASES to review". */
static void
put_section(struct text_page *text, const struct report_view *view)
{
	const char *p = view->section;

	buf_putc(text->out, '\n');
	for (; *p && *p != ' ' && *p != ','; p++)
		buf_putc(text->out, (char)toupper((unsigned char)*p));
	buf_puts(text->out, p);
	if (view->note)
		buf_printf(text->out, ": %s", view->note);
	buf_putc(text->out, '\n');
}

static void
put_cell(struct table *table, const struct page_cell *cell)
{
	struct buf shown = { 0 };

	report_show(cell->kind, cell->value, &shown);
	table_cell(table, buf_text(&shown));
	buf_release(&shown);
}

static void
end_table(struct text_page *text, struct table *table)
{
	if (table->n_cells)
		table_put(table, text->look->width, text->out);
	else
		buf_puts(text->out, "none\n");
	table_end(table);
}

#define ACROSS 6 /* figures in a line */

static void
put_across(struct text_page *text, const struct view_rows *rows)
{
	for (size_t from = 0; from < rows->n_rows; from += ACROSS) {
		struct table_column column[ACROSS] = { 0 };
		size_t n = rows->n_rows - from < ACROSS ? rows->n_rows - from : ACROSS;
		struct table table;

		for (size_t i = 0; i < n; i++) {
			struct span name = view_cell(rows, from + i, 0)->value;

			column[i] = (struct table_column){ arena_copy(
				(struct arena *)&text->page->arena, name.p, name.n),
				ALIGN_RIGHT, false };
		}
		table_init(&table, column, n);
		for (size_t i = 0; i < n; i++)
			put_cell(&table, view_cell(rows, from + i, 1));
		end_table(text, &table);
	}
}

static void
put_table(struct text_page *text, const struct view_rows *rows)
{
	struct table_column column[PAGE_COLUMNS] = { 0 };
	struct table table;

	for (size_t k = 0; k < rows->n_columns; k++) {
		bool words = view_column(rows, k)->kind == PAGE_TEXT;

		column[k] = (struct table_column){ view_column(rows, k)->title,
			words ? ALIGN_LEFT : ALIGN_RIGHT, words };
	}
	table_init(&table, column, rows->n_columns);
	for (size_t i = 0; i < rows->n_rows; i++)
		for (size_t k = 0; k < rows->n_columns; k++)
			put_cell(&table, view_cell(rows, i, k));
	end_table(text, &table);
	if (rows->left)
		buf_printf(text->out, "and %zu more (--format json lists them)\n", rows->left);
}

static void
put_part(struct text_page *text, const struct page_part *part)
{
	for (size_t i = 0; i < report_views; i++) {
		const struct report_view *view = &report_view[i];
		struct view_rows rows;

		if (!report_view_shows(view, text->page, part))
			continue;
		if (view->section)
			put_section(text, view);
		report_view_take(view, part, &rows);
		(view->manner == VIEW_ACROSS ? put_across : put_table)(text, &rows);
		report_view_release(&rows);
	}
}

static void
put_head(struct text_page *text)
{
	struct buf lines = { 0 };

	buf_puts(&lines, "ESCALATION REPORT  ");
	report_head_title(&text->page->head, &lines);
	buf_putc(&lines, '\n');
	report_head_notes(text->page, &lines);
	for (struct span rest = buf_text(&lines); rest.n;) {
		size_t n = (size_t)((const char *)memchr(rest.p, '\n', rest.n) - rest.p);

		put_line(text, (struct span){ rest.p, n });
		rest = (struct span){ rest.p + n + 1, rest.n - n - 1 };
	}
	buf_release(&lines);
}

static void
put_group(struct text_page *text, const struct page_part *part)
{
	struct buf title = { 0 };

	buf_puts(text->out, "\n\n");
	buf_puts(&title, "==== ");
	buf_span(&title, text->page->head.group_by);
	buf_puts(&title, part->value.n ? ": " : ": none");
	buf_span(&title, part->value);
	buf_puts(&title, " ====");
	put_line(text, buf_text(&title));
	buf_release(&title);
	put_part(text, part);
}

void
report_text(const struct report_page *page, const struct report_look *look, struct buf *out)
{
	struct text_page text = { page, look, out };

	put_head(&text);
	put_part(&text, &page->part[0]);
	for (size_t i = 1; i < page->n_parts; i++)
		put_group(&text, &page->part[i]);
}
