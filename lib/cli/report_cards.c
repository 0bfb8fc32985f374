#include "cli/report_cards.h"

#include "base/utf8.h"
#include "cli/policy_words.h"
#include "cli/table.h"

#define INDENT 2
#define NARROW 72 /* columns: less and a name has a line of its own */

struct cards {
	const struct report_view *view;
	const struct view_rows *rows;
	const struct report_look *look;
	struct buf *out;
};

/* Other people's words on one line, cut where they are too many. */
static void
put_line(const struct cards *cards, bool indented, struct span text)
{
	static const struct table_column columns[] = { { NULL, ALIGN_LEFT, false },
		{ NULL, ALIGN_LEFT, true } };
	struct buf shown = { 0 };
	struct table table;

	if (!text.n)
		return;
	(cards->look->ascii ? utf8_display_ascii : utf8_display)(&shown, text);
	table_init(&table, columns + !indented, 1 + indented);
	table.ascii = cards->look->ascii;
	if (indented)
		table_cell(&table, span_of(""));
	table_cell(&table, buf_text(&shown));
	table_put(&table, cards->look->width, cards->out);
	table_end(&table);
	buf_release(&shown);
}

static bool
is_name(const struct cards *cards, size_t k)
{
	return cards->rows->column[k] < cards->view->heads;
}

static void
add(struct buf *text, const char *between, const char *title, struct span value)
{
	if (!value.n)
		return;
	buf_printf(text, "%s%s", text->len ? between : "", title);
	buf_span(text, value);
}

/* "ESC-1  C-7  Cleaning missed" */
static void
put_names(const struct cards *cards, size_t i)
{
	bool narrow = cards->look->width && cards->look->width < NARROW;
	struct buf text = { 0 };

	for (size_t k = 0; k < cards->rows->n_columns; k++) {
		if (!is_name(cards, k))
			continue;
		add(&text, "  ", "", view_cell(cards->rows, i, k)->value);
		if (!narrow)
			continue;
		put_line(cards, k > 0, buf_text(&text));
		text.len = 0;
	}
	put_line(cards, false, buf_text(&text));
	buf_release(&text);
}

static void
add_facts(const struct cards *cards, size_t i, bool words, struct buf *text)
{
	struct buf title = { 0 };

	for (size_t k = 0; k + 1 < cards->rows->n_columns; k++) {
		const struct page_column *column = view_column(cards->rows, k);

		if (is_name(cards, k) || column->words != words)
			continue;
		title.len = 0;
		buf_printf(&title, "%s ", column->title);
		add(text, ", ", buf_cstr(&title), view_cell(cards->rows, i, k)->value);
	}
	buf_release(&title);
}

/* "tier 2, limits passed 3, assignee ana": ours first, for others' may be cut. */
static void
put_facts(const struct cards *cards, size_t i)
{
	struct buf text = { 0 };

	add_facts(cards, i, false, &text);
	add_facts(cards, i, true, &text);
	put_line(cards, true, buf_text(&text));
	buf_release(&text);
}

static void
put_reasons(const struct cards *cards, size_t i)
{
	size_t width = cards->look->width ? cards->look->width : PROSE_WIDTH;
	struct buf text = { 0 };

	report_view_words(view_cell(cards->rows, i, cards->rows->n_columns - 1)->value, &text);
	words_wrap(cards->out, INDENT, width, buf_cstr(&text));
	buf_release(&text);
}

void
report_cards_put(const struct report_view *view, const struct view_rows *rows,
	const struct report_look *look, struct buf *out)
{
	struct cards cards = { view, rows, look, out };

	for (size_t i = 0; i < rows->n_rows; i++) {
		put_names(&cards, i);
		put_facts(&cards, i);
		put_reasons(&cards, i);
	}
}
