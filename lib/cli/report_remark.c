#include <ctype.h>

#include "cli/report_view.h"
#include "cli/report_words.h"

/* "reopened_within_2bd" needs more words than its own; "amended" needs none. */
static bool
is_dark(struct span code)
{
	return memchr(code.p, '_', code.n) && report_words(code);
}

static bool
is_nothing(struct span value)
{
	return !value.p || span_is(value, "0");
}

/* What the names mean of which there is something, now or before. */
static void
explain(const struct view_rows *rows, struct buf *text)
{
	const char *before = "";

	for (size_t i = 0; i < rows->n_rows; i++) {
		struct span code = view_cell(rows, i, 0)->value;
		const struct page_cell *n = view_cell(rows, i, 1);

		if ((is_nothing(n->value) && is_nothing(n->previous)) || !is_dark(code))
			continue;
		buf_puts(text, before);
		buf_span(text, code);
		buf_printf(text, ": %c%s", tolower((unsigned char)*report_words(code)),
			report_words(code) + 1);
		before = "; ";
	}
	buf_puts(text, *before ? ".\n" : "");
}

/* Groups have the names that all cases have. */
static bool
explains(const struct report_view *view, const struct report_page *page,
	const struct view_rows *rows)
{
	return strcmp(view->table, "hygiene") == 0
		&& rows->table == page_part_table(&page->part[0], view->table);
}

void
report_view_remark(const struct report_view *view, const struct report_page *page,
	const struct view_rows *rows, struct buf *text)
{
	if (rows->left)
		buf_printf(text, "and %zu more (--format json lists them)\n", rows->left);
	if (explains(view, page, rows))
		explain(rows, text);
	if (strcmp(view->table, "review") == 0 && page->head.review_of.p) {
		buf_puts(text, "the first of ");
		buf_span(text, page->head.review_of);
		buf_puts(text, " that passed a limit or were reopened\n");
	}
}
