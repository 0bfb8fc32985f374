#include "cli/markdown_out.h"

#include "base/utf8.h"

#define EMPTY "&#8203;" /* a space without a width */

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_word(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Of a text that has it before i; 0: there is none. */
static char
before(struct span text, size_t i)
{
	return i ? text.p[i - 1] : 0;
}

static char
behind(struct span text, size_t i)
{
	return i + 1 < text.n ? text.p[i + 1] : 0;
}

/* "www." is an address without a scheme. */
static bool
is_host(struct span text, size_t i)
{
	return text.p[i] == '.' && i >= 3 && (text.p[i - 1] | 0x20) == 'w'
		&& (text.p[i - 2] | 0x20) == 'w' && (text.p[i - 3] | 0x20) == 'w';
}

/* "GH-12" is "#12" to GitHub; what ends in GH is not. */
static bool
is_issue(struct span text, size_t i)
{
	return text.p[i] == '-' && i >= 2 && (text.p[i - 1] | 0x20) == 'h'
		&& (text.p[i - 2] | 0x20) == 'g' && !is_word(before(text, i - 2))
		&& is_digit(behind(text, i));
}

/* A name with underscores is no emphasis. */
static bool
is_markup(struct span text, size_t i)
{
	if (text.p[i] == '_')
		return !is_word(before(text, i)) || !is_word(behind(text, i));
	return strchr("\\`*[]|~$#>", text.p[i]) || is_host(text, i);
}

/* @name, #1, !1, $1, ~label, &1, %1, ^alert, :emoji:, http://; not 10:30. */
static bool
is_called(struct span text, size_t i)
{
	char next = behind(text, i);

	if (!strchr("@#!$~&%^:", text.p[i]) || !next || next == ' ')
		return false;
	return text.p[i] != ':' || !is_digit(next) || !is_digit(before(text, i));
}

static void
put_byte(struct buf *out, struct span text, size_t i)
{
	if (text.p[i] == '<')
		buf_puts(out, "&lt;");
	else if (text.p[i] == '&')
		buf_puts(out, "&amp;");
	else
		buf_printf(out, "%s%c", is_markup(text, i) ? "\\" : "", text.p[i]);
	if (is_called(text, i) || is_host(text, i) || is_issue(text, i))
		buf_puts(out, EMPTY);
}

void
markdown_text(struct buf *out, struct span text)
{
	struct buf shown = { 0 };

	utf8_display(&shown, text);
	for (size_t i = 0; i < shown.len; i++)
		put_byte(out, buf_text(&shown), i);
	buf_release(&shown);
}

void
markdown_cell(struct buf *out, struct span text)
{
	buf_puts(out, "| ");
	markdown_text(out, text);
	buf_puts(out, text.n ? " " : "");
}

void
markdown_row_end(struct buf *out)
{
	buf_puts(out, "|\n");
}

void
markdown_rule(struct buf *out, const bool *right, size_t n)
{
	for (size_t i = 0; i < n; i++)
		buf_puts(out, right[i] ? "| ---: " : "| --- ");
	markdown_row_end(out);
}
