#include "cli/csv_out.h"

#include "base/utf8.h"

void
csv_out_release(struct csv_out *csv)
{
	buf_release(&csv->shown);
}

static void
next_cell(struct csv_out *csv)
{
	if (csv->begun)
		buf_putc(csv->out, ',');
	csv->begun = true;
}

bool
csv_is_formula(struct span text)
{
	static const char *const starts[] = { "=", "+", "-", "@", "\t", "\r",
		"\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0" };

	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
		size_t n = strlen(starts[i]);

		if (text.n >= n && memcmp(text.p, starts[i], n) == 0)
			return true;
	}
	return false;
}

/* Bytes from the start that make the lines and columns of a text. */
static size_t
spacing(struct span text)
{
	if (text.p[0] == '\n' || text.p[0] == '\t')
		return 1;
	return text.n > 1 && text.p[0] == '\r' && text.p[1] == '\n' ? 2 : 0;
}

static size_t
up_to_spacing(struct span text)
{
	size_t n = 0;

	while (n < text.n && !spacing((struct span){ text.p + n, text.n - n }))
		n++;
	return n;
}

/* The text as it is shown, but for its lines, which a cell can hold. */
static struct span
shown(struct csv_out *csv, struct span text)
{
	csv->shown.len = 0;
	while (text.n) {
		size_t n = spacing(text);

		if (n) {
			buf_put(&csv->shown, text.p, n);
		} else {
			n = up_to_spacing(text);
			utf8_display(&csv->shown, (struct span){ text.p, n });
		}
		text.p += n;
		text.n -= n;
	}
	return buf_text(&csv->shown);
}

/* Blanks at an end, because some readers trim them. */
static bool
needs_quotes(struct span text)
{
	if (!text.n)
		return false;
	for (size_t i = 0; i < text.n; i++)
		if (memchr(",\"\r\n", text.p[i], 4))
			return true;
	return memchr(" \t", text.p[0], 2) || memchr(" \t", text.p[text.n - 1], 2);
}

static void
put_quoted(struct buf *out, struct span text)
{
	buf_putc(out, '"');
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '"')
			buf_putc(out, '"');
		buf_putc(out, text.p[i]);
	}
	buf_putc(out, '"');
}

void
csv_out_plain(struct csv_out *csv, struct span text)
{
	next_cell(csv);
	if (needs_quotes(text))
		put_quoted(csv->out, text);
	else
		buf_span(csv->out, text);
}

void
csv_out_text(struct csv_out *csv, struct span text)
{
	struct buf guarded = { 0 };

	if (!csv->raw && csv_is_formula(text))
		buf_putc(&guarded, '\'');
	if (!csv->raw)
		text = shown(csv, text);
	if (guarded.len) {
		buf_span(&guarded, text);
		text = buf_text(&guarded);
	}
	csv_out_plain(csv, text);
	buf_release(&guarded);
}

void
csv_out_end(struct csv_out *csv)
{
	buf_puts(csv->out, "\r\n");
	csv->begun = false;
}
