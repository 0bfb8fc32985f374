#include "base/scan_token.h"

#include <stdint.h>

static const char *
fail(struct token_fault *fault, const char *at, const char *why)
{
	*fault = (struct token_fault){ at, why };
	return NULL;
}

static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Four hex digits; -1 where they are none. */
static int
hex4(const char *p)
{
	int value = 0;

	for (int i = 0; i < 4; i++) {
		int digit = hex_value(p[i]);

		if (digit < 0)
			return -1;
		value = value * 16 + digit;
	}
	return value;
}

static bool
is_surrogate(int unit, int first)
{
	return (unit & 0xfc00) == first;
}

/* \uXXXX, p at the backslash; the place after it or after its pair. */
static const char *
unicode_end(const char *p, const char *end, struct token_fault *fault)
{
	int unit = end - p < 6 ? -1 : hex4(p + 2);

	if (unit < 0)
		return fail(fault, p, "\\u without four hex digits");
	if (unit == 0)
		return fail(fault, p, "\\u0000 in a string");
	if (is_surrogate(unit, 0xdc00))
		return fail(fault, p, "a lone surrogate");
	if (!is_surrogate(unit, 0xd800))
		return p + 6;
	if (end - p < 12 || p[6] != '\\' || p[7] != 'u' ||
	        !is_surrogate(hex4(p + 8), 0xdc00))
		return fail(fault, p, "a lone surrogate");
	return p + 12;
}

static char
short_escape(char c)
{
	static const char meaning[128] = {
		['"'] = '"',
		['\\'] = '\\',
		['/'] = '/',
		['b'] = '\b',
		['f'] = '\f',
		['n'] = '\n',
		['r'] = '\r',
		['t'] = '\t',
	};

	return meaning[c & 127];
}

static const char *
escape_end(const char *p, const char *end, struct token_fault *fault)
{
	if (end - p >= 2 && p[1] == 'u')
		return unicode_end(p, end, fault);
	if (end - p < 2 || (signed char)p[1] < 0 || !short_escape(p[1]))
		return fail(fault, p, "no such escape");
	return p + 2;
}

/* The lengths and second bytes of RFC 3629's table, by the first byte. */
static const char *
utf8_end(const char *p, const char *end, struct token_fault *fault)
{
	const unsigned char *u = (const unsigned char *)p;
	unsigned char low = 0x80, high = 0xbf;
	int more = u[0] < 0xe0 ? 1 : u[0] < 0xf0 ? 2 : 3;

	if (u[0] == 0xe0)
		low = 0xa0;
	else if (u[0] == 0xed)
		high = 0x9f;
	else if (u[0] == 0xf0)
		low = 0x90;
	else if (u[0] == 0xf4)
		high = 0x8f;
	if (u[0] < 0xc2 || u[0] > 0xf4 || end - p <= more || u[1] < low || u[1] > high)
		return fail(fault, p, "not UTF-8");
	for (int i = 2; i <= more; i++) {
		if ((u[i] & 0xc0) != 0x80)
			return fail(fault, p, "not UTF-8");
	}
	return p + more + 1;
}

const char *
string_end(const char *p, const char *end, bool *escaped, struct token_fault *fault)
{
	const char *start = p;

	*escaped = false;
	while (p) {
		p = string_plain(p, end);
		if (p == end)
			return fail(fault, start - 1, "a string without end");
		if (*p == '"')
			return p;
		if (*p == '\\') {
			*escaped = true;
			p = escape_end(p, end, fault);
		} else if ((unsigned char)*p < 0x20) {
			p = fail(fault, p, "a control character in a string");
		} else {
			while (p && p < end && (signed char)*p < 0)
				p = utf8_end(p, end, fault);
		}
	}
	return NULL;
}

static size_t
put_utf8(int c, char out[4])
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xc0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xe0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3f));
		out[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3f));
	out[2] = (char)(0x80 | (c >> 6 & 0x3f));
	out[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

const char *
string_step(const char *p, char out[4], size_t *n)
{
	int unit;

	*n = 1;
	out[0] = *p;
	if (*p != '\\')
		return p + 1;
	if (p[1] != 'u') {
		out[0] = short_escape(p[1]);
		return p + 2;
	}
	unit = hex4(p + 2);
	if (!is_surrogate(unit, 0xd800)) {
		*n = put_utf8(unit, out);
		return p + 6;
	}
	unit = 0x10000 + ((unit - 0xd800) << 10) + (hex4(p + 8) - 0xdc00);
	*n = put_utf8(unit, out);
	return p + 12;
}

size_t
string_decode(struct span body, char *out)
{
	const char *p = body.p, *end = p + body.n;
	char *to = out;

	while (p < end) {
		char piece[4];
		size_t n;

		p = string_step(p, piece, &n);
		memcpy(to, piece, n);
		to += n;
	}
	return (size_t)(to - out);
}
