/*
 * buf: a growing run of bytes, for lines that are put together.
 * Refuses to fail (see mem.h).  data is NULL until the first byte is put;
 * BUF_SLACK readable bytes follow len, so that a buffer can be scanned.
 * Order: buf_init (or zero it), buf_put..., buf_release.
 */
#ifndef ESC_BASE_BUF_H
#define ESC_BASE_BUF_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"

#define BUF_SLACK 32

struct buf {
	char *data;
	size_t len, cap;
};

void buf_init(struct buf *buf);
void buf_release(struct buf *buf);

/* More room than there is; for buf_reserve. */
void buf_grow(struct buf *buf, size_t n);

/* Room for n more bytes; the place where they go. */
static inline char *
buf_reserve(struct buf *buf, size_t n)
{
	if (buf->len + n + BUF_SLACK > buf->cap)
		buf_grow(buf, n);
	return buf->data + buf->len;
}

static inline void
buf_put(struct buf *buf, const char *p, size_t n)
{
	if (n == 0)
		return;
	memcpy(buf_reserve(buf, n), p, n);
	buf->len += n;
}

static inline void
buf_puts(struct buf *buf, const char *s)
{
	buf_put(buf, s, strlen(s));
}

static inline void
buf_putc(struct buf *buf, char c)
{
	*buf_reserve(buf, 1) = c;
	buf->len++;
}

static inline void
buf_span(struct buf *buf, struct span s)
{
	buf_put(buf, s.p, s.n);
}

void buf_int(struct buf *buf, int64_t value);
void buf_printf(struct buf *buf, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void buf_vprintf(struct buf *buf, const char *format, va_list ap)
	__attribute__((format(printf, 2, 0)));

/* The instant as 2026-11-21T19:30:00Z, without quotes. */
void buf_instant(struct buf *buf, int64_t at);

/*
 * The bytes (UTF-8) as a JSON string with quotes, as short as RFC 8259
 * allows: only ", \ and control characters are escaped.
 */
void buf_json(struct buf *buf, struct span text);

/*
 * ,"key":  (no comma after an opening brace or bracket).  The key is ours:
 * nothing in it needs an escape (else buf_json).
 */
void buf_key(struct buf *buf, const char *key);

/* ,"key":"text"; nothing where there is no text. */
void buf_member(struct buf *buf, const char *key, struct span text);

/* A NUL after the last byte, not counted in len; the bytes. */
char *buf_cstr(struct buf *buf);

static inline struct span
buf_text(const struct buf *buf)
{
	return (struct span){ buf->data, buf->len };
}

#endif
