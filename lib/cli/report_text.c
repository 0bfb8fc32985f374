#include <ctype.h>

#include "base/utf8.h"
#include "cli/policy_words.h"
#include "cli/report_rows.h"
#include "cli/table.h"

struct text_page {
	const struct report_page *page;
	const struct report_look *look;
	struct buf *out;
	bool compact; /* the line before is a section that has nothing */
};

static void
put_line(struct text_page *text, struct span line)
{
	(text->look->ascii ? utf8_display_ascii : utf8_display)(text->out, line);
	buf_putc(text->out, '\n');
}

/* "Cases to review" as "CASES to review". */
static void
put_section(struct text_page *text, const char *title)
{
	for (; *title && *title != ' ' && *title != ','; title++)
		buf_putc(text->out, (char)toupper((unsigned char)*title));
	buf_puts(text->out, title);
}

static void
put_note(struct text_page *text, const char *note)
{
	size_t width = text->look->width ? text->look->width : PROSE_WIDTH;

	words_wrap(text->out, 0, width < PROSE_WIDTH ? width : PROSE_WIDTH, note);
}

static void
put_heading(struct text_page *text, const char *title, const char *note)
{
	buf_putc(text->out, '\n');
	put_section(text, title);
	buf_putc(text->out, '\n');
	if (note)
		put_note(text, note);
	text->compact = false;
}

/* What has nothing is said on one line, without one between. */
static void
put_none(struct text_page *text, const struct report_view *view)
{
	buf_puts(text->out, text->compact ? "" : "\n");
	put_section(text, view->section);
	buf_puts(text->out, ": none\n");
	text->compact = true;
}

/* The views of a section are this one and those behind it without a title. */
static bool
begins(size_t i)
{
	return i >= report_views || report_view[i].section;
}

/* In a group what is 0 throughout is left out, too. */
static bool
take(const struct text_page *text, size_t i, const struct page_part *part,
	struct view_rows *rows)
{
	const struct report_view *view = &report_view[i];

	if (!report_view_shows(view, text->page, part))
		return false;
	report_view_take(view, part, rows);
	if (part->group ? !report_view_is_bare(rows) : rows->n_rows > 0)
		return true;
	report_view_release(rows);
	return false;
}

static void
put_view(struct text_page *text, const struct report_view *view,
	const struct view_rows *rows)
{
	struct buf remark = { 0 };

	if (view->manner == VIEW_ACROSS)
		report_rows_across(rows, text->look, text->out);
	else
		report_rows_put(view, rows, text->look, text->out);
	report_view_remark(view, text->page, rows, &remark);
	if (remark.len)
		put_note(text, buf_cstr(&remark));
	buf_release(&remark);
}

static void
put_views(struct text_page *text, size_t from, const struct page_part *part)
{
	const struct report_view *section = &report_view[from];
	bool any = false;

	for (size_t i = from; i == from || !begins(i); i++) {
		struct view_rows rows;

		if (!take(text, i, part, &rows))
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
		put_note(text, "these are too many for a page: --format json and csv have all "
			"figures of each");
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
