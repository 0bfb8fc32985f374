#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "base/mem.h"

void
buf_init(struct buf *buf)
{
	*buf = (struct buf){ 0 };
}

void
buf_release(struct buf *buf)
{
	free(buf->data);
	buf_init(buf);
}

void
buf_grow(struct buf *buf, size_t n)
{
	buf->cap = mem_grow(buf->cap, buf->len + n + BUF_SLACK);
	buf->data = mem_resize(buf->data, buf->cap);
}

void
buf_int(struct buf *buf, int64_t value)
{
	uint64_t rest = value < 0 ? -(uint64_t)value : (uint64_t)value;
	char text[20];
	size_t i = sizeof text;

	do {
		text[--i] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest);
	if (value < 0)
		text[--i] = '-';
	buf_put(buf, text + i, sizeof text - i);
}

void
buf_vprintf(struct buf *buf, const char *format, va_list ap)
{
	va_list twice;
	int n;

	va_copy(twice, ap);
	n = vsnprintf(NULL, 0, format, twice);
	va_end(twice);
	if (n <= 0)
		return;
	vsnprintf(buf_reserve(buf, (size_t)n + 1), (size_t)n + 1, format, ap);
	buf->len += (size_t)n;
}

void
buf_printf(struct buf *buf, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	buf_vprintf(buf, format, ap);
	va_end(ap);
}

void
buf_instant(struct buf *buf, int64_t at)
{
	char text[INSTANT_SIZE];

	instant_format(at, text);
	buf_put(buf, text, sizeof text - 1);
}

static bool
is_plain(char c)
{
	return (unsigned char)c >= 0x20 && c != '"' && c != '\\';
}

static void
put_escape(struct buf *buf, char c)
{
	static const char digits[] = "0123456789abcdef";
	static const char shorts[0x20] = {
		['\b'] = 'b',
		['\f'] = 'f',
		['\n'] = 'n',
		['\r'] = 'r',
		['\t'] = 't',
	};
	char text[6] = { '\\', c, '0', '0', '0', '0' };

	if (c == '"' || c == '\\') {
		buf_put(buf, text, 2);
		return;
	}
	if (shorts[(unsigned char)c]) {
		text[1] = shorts[(unsigned char)c];
		buf_put(buf, text, 2);
		return;
	}
	text[1] = 'u';
	text[4] = digits[(c >> 4) & 15];
	text[5] = digits[c & 15];
	buf_put(buf, text, sizeof text);
}

void
buf_json(struct buf *buf, struct span text)
{
	size_t from = 0;

	buf_reserve(buf, text.n + 2);
	buf_putc(buf, '"');
	for (size_t i = 0; i < text.n; i++) {
		if (is_plain(text.p[i]))
			continue;
		buf_put(buf, text.p + from, i - from);
		put_escape(buf, text.p[i]);
		from = i + 1;
	}
	if (from < text.n)
		buf_put(buf, text.p + from, text.n - from);
	buf_putc(buf, '"');
}

void
buf_key(struct buf *buf, const char *key)
{
	char last = buf->len ? buf->data[buf->len - 1] : '{';
	size_t n = strlen(key);
	char *p = buf_reserve(buf, n + 4);

	if (last != '{' && last != '[')
		*p++ = ',';
	*p++ = '"';
	memcpy(p, key, n);
	memcpy(p + n, "\":", 2);
	buf->len = (size_t)(p + n + 2 - buf->data);
}

void
buf_member(struct buf *buf, const char *key, struct span text)
{
	if (!text.p)
		return;
	buf_key(buf, key);
	buf_json(buf, text);
}

char *
buf_cstr(struct buf *buf)
{
	*buf_reserve(buf, 1) = '\0';
	return buf->data;
}
