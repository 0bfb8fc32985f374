#include "cli/html_out.h"
#include "cli/report_html.h"
#include "cli/report_words.h"

#define LONG  600 /* bytes: a longer text is folded */
#define BEGIN 160 /* columns of it that are seen at once */

static void
put_data(struct buf *out, struct span raw, const struct buf *shown)
{
	buf_puts(out, "<data");
	html_attribute(out, "value", raw);
	buf_putc(out, '>');
	html_text(out, buf_text(shown));
	buf_puts(out, "</data>");
}

static void
put_side(struct buf *out, const struct page_cell *cell, enum view_side side)
{
	struct span raw = view_side(cell, side);
	struct buf shown = { 0 };

	if (!raw.p)
		return;
	report_show_side(cell, side, &shown);
	put_data(out, raw, &shown);
	buf_release(&shown);
}

void
html_figure(struct buf *out, const struct page_cell *cell)
{
	put_side(out, cell, VIEW_NOW);
}

/* The figure of the period before and how much more it is now. */
void
html_change(struct buf *out, const struct page_cell *cell)
{
	const char *element = span_is(cell->change, "0") ? "i" : "b";

	if (!cell->previous.p && !cell->change.p)
		return;
	buf_puts(out, "<span class=\"was\"><span class=\"sr\"> before </span>");
	put_side(out, cell, VIEW_PREVIOUS);
	if (cell->change.p) {
		buf_printf(out, "<span class=\"sr\"> change </span><%s>", element);
		put_side(out, cell, VIEW_CHANGE);
		buf_printf(out, "</%s>", element);
	}
	buf_puts(out, "</span>");
}

static void
put_code(struct buf *out, struct span code)
{
	buf_puts(out, "<code>");
	html_text(out, code);
	buf_puts(out, "</code>");
}

/* "a limit passed missed-limit" */
static void
put_explained(struct buf *out, struct span code)
{
	const char *words = report_words(code);

	if (words)
		buf_printf(out, "%s ", words);
	if (!words || !span_is(code, words))
		put_code(out, code);
}

static void
put_reasons(struct buf *out, struct span codes)
{
	buf_puts(out, "<ul class=\"why\">");
	while (codes.n) {
		const char *blank = memchr(codes.p, ' ', codes.n);
		size_t n = blank ? (size_t)(blank - codes.p) : codes.n;

		buf_puts(out, "<li>");
		put_explained(out, (struct span){ codes.p, n });
		buf_puts(out, "</li>");
		n += blank != NULL;
		codes = (struct span){ codes.p + n, codes.n - n };
	}
	buf_puts(out, "</ul>");
}

/* "per_100_cases" in words of ours, where there are some. */
static void
put_name(struct buf *out, struct span name)
{
	const char *words = report_words(name);

	if (words)
		buf_puts(out, words);
	else
		html_words(out, name);
}

static void
put_instant(struct buf *out, struct span at)
{
	buf_puts(out, "<time");
	html_attribute(out, "datetime", at);
	buf_putc(out, '>');
	html_text(out, at);
	buf_puts(out, "</time>");
}

/* A tier in the flow, which has other names beside them. */
static void
put_place(struct buf *out, struct span place)
{
	bool tier = place.n && place.p[0] >= '0' && place.p[0] <= '9';

	buf_puts(out, tier ? "tier " : "");
	html_words(out, place);
}

static void
put_text(struct buf *out, struct span text)
{
	if (text.n > LONG) {
		buf_puts(out, "<details class=\"long\"><summary><bdi>");
		html_cut(out, text, BEGIN);
		buf_puts(out, "</bdi></summary>");
		html_words(out, text);
		buf_puts(out, "</details>");
	} else if (text.n) {
		html_words(out, text);
	} else if (text.p) {
		buf_puts(out, "<span class=\"none\">none</span>");
	}
}

static const struct {
	const char *member;
	void (*put)(struct buf *out, struct span value);
} manners[] = {
	{ "id", put_code }, { "version", put_code }, { "at", put_instant },
	{ "month", put_instant }, { "why", put_reasons }, { "event", put_explained },
	{ "figure", put_name }, { "from", put_place }, { "to", put_place },
};

void
html_word(struct buf *out, const char *member, struct span value)
{
	for (size_t i = 0; i < sizeof manners / sizeof *manners; i++)
		if (strcmp(manners[i].member, member) == 0) {
			manners[i].put(out, value);
			return;
		}
	put_text(out, value);
}
