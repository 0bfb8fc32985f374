#include "base/utf8.h"

struct form {
	uint8_t mask, lead; /* the lead byte's fixed bits */
	uint8_t more;       /* bytes that follow */
	uint32_t least;     /* below it the form is overlong */
};

static const struct form forms[] = {
	{ 0x80, 0x00, 0, 0 },
	{ 0xE0, 0xC0, 1, 0x80 },
	{ 0xF0, 0xE0, 2, 0x800 },
	{ 0xF8, 0xF0, 3, 0x10000 },
};

static const struct form *
form_of(unsigned char lead)
{
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		if ((lead & forms[i].mask) == forms[i].lead)
			return &forms[i];
	return NULL;
}

static uint32_t
decode(struct span text, size_t *used)
{
	const unsigned char *p = (const unsigned char *)text.p;
	const struct form *form = form_of(*p);
	uint32_t code;

	*used = 1;
	if (!form || text.n <= form->more)
		return UTF8_BAD;
	code = *p & (unsigned char)~form->mask;
	for (size_t i = 1; i <= form->more; i++) {
		if ((p[i] & 0xC0) != 0x80)
			return UTF8_BAD;
		code = code << 6 | (p[i] & 0x3F);
	}
	if (code < form->least || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
		return UTF8_BAD;
	*used = form->more + 1U;
	return code;
}

uint32_t
utf8_next(struct span *text)
{
	size_t used;
	uint32_t code = decode(*text, &used);

	text->p += used;
	text->n -= used;
	return code;
}

bool
utf8_valid(struct span text)
{
	while (text.n)
		if (utf8_next(&text) == UTF8_BAD)
			return false;
	return true;
}

/* What acts on a terminal, or hides or reorders what stands beside it. */
static bool
acts(uint32_t code)
{
	static const struct {
		uint32_t from, to;
	} acting[] = {
		{ 0x00, 0x1F }, { 0x7F, 0x9F }, { 0x61C, 0x61C },
		{ 0x200E, 0x200F }, { 0x2028, 0x202E }, { 0x2066, 0x2069 },
		{ 0xFEFF, 0xFEFF }, { 0xFFF9, 0xFFFB }, { 0xFFFE, 0xFFFF }, { 0xE0000, 0xE007F },
	};

	if (code >= 0x20 && code < 0x7F)
		return false;
	for (size_t i = 0; i < sizeof acting / sizeof *acting; i++)
		if (code >= acting[i].from && code <= acting[i].to)
			return true;
	return false;
}

static void
put_escape(struct buf *out, uint32_t code)
{
	if (code == '\n')
		buf_puts(out, "\\n");
	else if (code == '\r')
		buf_puts(out, "\\r");
	else if (code == '\t')
		buf_puts(out, "\\t");
	else
		buf_printf(out, "\\u{%02X}", (unsigned)code);
}

static void
display(struct buf *out, struct span text, bool (*hidden)(uint32_t))
{
	while (text.n) {
		const char *from = text.p;
		uint32_t code = utf8_next(&text);

		if (code == UTF8_BAD)
			buf_printf(out, "\\x{%02X}", (unsigned)(unsigned char)*from);
		else if (hidden(code))
			put_escape(out, code);
		else
			buf_put(out, from, (size_t)(text.p - from));
	}
}

void
utf8_display(struct buf *out, struct span text)
{
	display(out, text, acts);
}

static bool
acts_or_is_foreign(uint32_t code)
{
	return code > 0x7E || acts(code);
}

void
utf8_display_ascii(struct buf *out, struct span text)
{
	display(out, text, acts_or_is_foreign);
}

size_t
utf8_width(struct span text)
{
	struct buf shown = { 0 };
	struct span rest;
	size_t width = 0;

	utf8_display(&shown, text);
	for (rest = buf_text(&shown); rest.n;)
		width += (size_t)utf8_columns(utf8_next(&rest));
	buf_release(&shown);
	return width;
}

struct span
utf8_cut(struct span text, size_t columns)
{
	struct span rest = text;
	size_t width = 0;

	while (rest.n) {
		struct span before = rest;

		width += (size_t)utf8_columns(utf8_next(&rest));
		if (width > columns)
			return (struct span){ text.p, text.n - before.n };
	}
	return text;
}
