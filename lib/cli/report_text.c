#include <ctype.h>

#include "base/utf8.h"
#include "cli/policy_words.h"
#include "cli/report_cards.h"
#include "cli/report_rows.h"
#include "cli/table.h"

#define LINE_MOST 200 /* of a line with other people's words, where any width will do */

struct text_page {
	const struct report_page *page;
	const struct report_look *look;
	struct buf *out;
	bool compact; /* the line before is a section that has nothing */
};

/* Other people's words on one line, cut where they are too many. */
static void
put_line(struct text_page *text, struct span line)
{
	const struct table_column column = { NULL, ALIGN_LEFT, true };
	struct buf shown = { 0 };
	struct table table;

	(text->look->ascii ? utf8_display_ascii : utf8_display)(&shown, line);
	table_init(&table, &column, 1);
	table.ascii = text->look->ascii;
	table_cell(&table, buf_text(&shown));
	table_put(&table, text->look->width ? text->look->width : LINE_MOST, text->out);
	table_end(&table);
	buf_release(&shown);
}

static void
put_note(struct text_page *text, const char *note)
{
	size_t width = text->look->width;
	struct buf shown = { 0 };

	(text->look->ascii ? utf8_display_ascii : utf8_display)(&shown, span_of(note));
	words_wrap(text->out, 0, width && width < PROSE_WIDTH ? width : PROSE_WIDTH,
		buf_cstr(&shown));
	buf_release(&shown);
}

/* A paragraph for each line, which are taken apart. */
static void
put_notes(struct text_page *text, struct buf *lines)
{
	char *note, *rest;

	buf_putc(lines, '\0');
	for (note = strtok_r(lines->data, "\n", &rest); note; note = strtok_r(NULL, "\n", &rest))
		put_note(text, note);
	buf_release(lines);
}

/* "Cases to review" as "CASES to review". */
static void
put_section(struct text_page *text, const char *title, const char *more)
{
	struct buf line = { 0 };

	for (; *title && *title != ' ' && *title != ','; title++)
		buf_putc(&line, (char)toupper((unsigned char)*title));
	buf_puts(&line, title);
	buf_puts(&line, more);
	put_note(text, buf_cstr(&line));
	buf_release(&line);
}

static void
put_heading(struct text_page *text, const char *title, const char *note)
{
	buf_putc(text->out, '\n');
	put_section(text, title, "");
	if (note)
		put_note(text, note);
	text->compact = false;
}

/* What has nothing is said on one line, without one between. */
static void
put_none(struct text_page *text, const struct report_view *view)
{
	buf_puts(text->out, text->compact ? "" : "\n");
	put_section(text, view->section, ": none");
	text->compact = true;
}

/* The views of a section are this one and those behind it without a title. */
static bool
begins(size_t i)
{
	return i >= report_views || report_view[i].section;
}

static void
put_view(struct text_page *text, const struct report_view *view,
	const struct view_rows *rows)
{
	struct buf remark = { 0 };

	if (view->manner == VIEW_ACROSS)
		report_rows_across(rows, text->look, text->out);
	else if (view->manner == VIEW_CARDS)
		report_cards_put(view, rows, text->look, text->out);
	else
		report_rows_put(view, rows, text->look, text->out);
	report_view_remark(view, text->page, rows, &remark);
	put_notes(text, &remark);
}

static void
put_views(struct text_page *text, size_t from, const struct page_part *part)
{
	const struct report_view *section = &report_view[from];
	bool any = false;

	for (size_t i = from; i == from || !begins(i); i++) {
		struct view_rows rows;

		if (!report_view_find(&report_view[i], text->page, part, &rows))
			continue;
		if (any)
			buf_putc(text->out, '\n');
		else
			put_heading(text, section->section, part->group ? NULL : section->note);
		any = true;
		put_view(text, &report_view[i], &rows);
		report_view_release(&rows);
	}
	if (!any && !part->group && report_view_shows(section, text->page, part))
		put_none(text, section);
}

static void
put_part(struct text_page *text, const struct page_part *part)
{
	for (size_t i = 0; i < report_views; i++)
		if (begins(i))
			put_views(text, i, part);
}

/* "ESCALATION REPORT  October 2026 (Europe/London)", on two lines where need be. */
static void
put_title(struct text_page *text)
{
	static const char name[] = "ESCALATION REPORT";
	struct buf title = { 0 };
	size_t width = text->look->width;

	report_head_title(&text->page->head, &title);
	buf_puts(text->out, name);
	buf_puts(text->out, width && sizeof name + 1 + title.len > width ? "\n" : "  ");
	put_line(text, buf_text(&title));
	buf_release(&title);
}

static void
put_head(struct text_page *text)
{
	struct buf notes = { 0 };

	put_title(text);
	report_head_notes(text->page, &notes);
	put_notes(text, &notes);
}

static void
put_group(struct text_page *text, const struct page_part *part)
{
	struct buf title = { 0 };

	buf_puts(text->out, "\n\n");
	buf_puts(&title, "==== ");
	buf_span(&title, text->page->head.group_by);
	buf_puts(&title, part->value.n ? ": " : ": (none)");
	buf_span(&title, part->value);
	buf_puts(&title, " ====");
	put_line(text, buf_text(&title));
	buf_release(&title);
	put_part(text, part);
}

static void
put_groups(struct text_page *text)
{
	static const struct report_view view = { .bar = "submitted" };
	struct buf title = { 0 };
	struct view_rows rows;

	buf_puts(&title, "GROUPS by ");
	buf_span(&title, text->page->head.group_by);
	buf_putc(text->out, '\n');
	put_line(text, buf_text(&title));
	buf_release(&title);
	report_groups_take(text->page, &rows);
	if (rows.n_rows)
		report_rows_put(&view, &rows, text->look, text->out);
	else
		buf_puts(text->out, "none\n");
	report_view_release(&rows);
	if (!report_groups_in_full(text->page))
		put_note(text, report_groups_many);
	for (size_t i = 1; report_groups_in_full(text->page) && i < text->page->n_parts; i++)
		put_group(text, &text->page->part[i]);
}

void
report_text(const struct report_page *page, const struct report_look *look, struct buf *out)
{
	struct text_page text = { page, look, out, false };

	put_head(&text);
	put_part(&text, &page->part[0]);
	if (page->head.group_by.p)
		put_groups(&text);
}
