#include "cli/ics_out.h"

#include <stdio.h>

#include "base/instant.h"
#include "base/utf8.h"

#define LINE_MOST 75 /* octets, without CRLF */

static bool
continues(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

/* A further line's blank counts. */
static void
put_folded(struct buf *out, struct span line)
{
	size_t most = LINE_MOST;

	while (line.n > most) {
		size_t n = most;

		while (n > 1 && continues(line.p[n]))
			n--;
		buf_put(out, line.p, n);
		buf_puts(out, "\r\n ");
		line.p += n;
		line.n -= n;
		most = LINE_MOST - 1;
	}
	buf_span(out, line);
	buf_puts(out, "\r\n");
}

void
ics_out_plain(struct buf *out, const char *name, const char *value)
{
	struct buf line = { 0 };

	buf_printf(&line, "%s:%s", name, value);
	put_folded(out, buf_text(&line));
	buf_release(&line);
}

static void
put_escaped(struct buf *out, struct span text)
{
	struct buf shown = { 0 };

	utf8_display(&shown, text);
	for (size_t i = 0; i < shown.len; i++) {
		if (memchr("\\;,", shown.data[i], 3))
			buf_putc(out, '\\');
		buf_putc(out, shown.data[i]);
	}
	buf_release(&shown);
}

void
ics_out_text(struct buf *out, const char *name, struct span text)
{
	struct buf line = { 0 };
	const char *end;

	buf_printf(&line, "%s:", name);
	while (text.n && (end = memchr(text.p, '\n', text.n))) {
		size_t n = (size_t)(end - text.p);

		put_escaped(&line, (struct span){ text.p, n });
		buf_puts(&line, "\\n");
		text.p += n + 1;
		text.n -= n + 1;
	}
	put_escaped(&line, text);
	put_folded(out, buf_text(&line));
	buf_release(&line);
}

void
ics_out_instant(struct buf *out, const char *name, int64_t at)
{
	struct civil t;
	char text[64];

	civil_from_seconds(at, &t);
	snprintf(text, sizeof text, "%04d%02d%02dT%02d%02d%02dZ", t.year, t.month, t.day,
		t.hour, t.minute, t.second);
	ics_out_plain(out, name, text);
}
