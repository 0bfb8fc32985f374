#include "cli/html_out.h"

#include <ctype.h>
#include <inttypes.h>

#include "base/utf8.h"

/* What no page may hold, even where a terminal could show it. */
static bool
is_noncharacter(uint32_t code)
{
	return (code & 0xFFFE) == 0xFFFE || (code >= 0xFDD0 && code <= 0xFDEF);
}

static void
put_code(struct buf *out, uint32_t code, struct span bytes)
{
	switch (code) {
	case '&':
		buf_puts(out, "&amp;");
		break;
	case '<':
		buf_puts(out, "&lt;");
		break;
	case '>':
		buf_puts(out, "&gt;");
		break;
	case '"':
		buf_puts(out, "&quot;");
		break;
	case '\'':
		buf_puts(out, "&#39;");
		break;
	default:
		if (is_noncharacter(code))
			buf_printf(out, "\\u{%" PRIX32 "}", code);
		else
			buf_span(out, bytes);
	}
}

static void
escape(struct buf *out, struct span shown)
{
	while (shown.n) {
		struct span bytes = shown;
		uint32_t code = utf8_next(&shown);

		bytes.n -= shown.n;
		put_code(out, code, bytes);
	}
}

void
html_text(struct buf *out, struct span text)
{
	html_cut(out, text, SIZE_MAX);
}

void
html_cut(struct buf *out, struct span text, size_t columns)
{
	struct buf shown = { 0 };
	struct span all;

	utf8_display(&shown, text);
	all = buf_text(&shown);
	if (columns != SIZE_MAX && utf8_width(all) > columns) {
		escape(out, utf8_cut(all, columns - 1));
		buf_puts(out, "…");
	} else {
		escape(out, all);
	}
	buf_release(&shown);
}

void
html_words(struct buf *out, struct span text)
{
	const char *quote = text.n && !span_trim(text).n ? "&quot;" : "";

	buf_printf(out, "<bdi>%s", quote);
	html_text(out, text);
	buf_printf(out, "%s</bdi>", quote);
}

void
html_attribute(struct buf *out, const char *name, struct span value)
{
	buf_printf(out, " %s=\"", name);
	html_text(out, value);
	buf_putc(out, '"');
}

void
html_slug(struct buf *out, const char *title)
{
	size_t from = out->len;

	for (const char *p = title; *p; p++) {
		if (isalnum((unsigned char)*p))
			buf_putc(out, (char)tolower((unsigned char)*p));
		else if (out->len > from && out->data[out->len - 1] != '-')
			buf_putc(out, '-');
	}
}
