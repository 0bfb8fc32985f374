/*
 * text: a span of bytes that someone else owns, and what is asked of one.
 * Refuses to allocate.  A span is not NUL-terminated and may hold any byte.
 */
#ifndef ESC_BASE_TEXT_H
#define ESC_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct span {
	const char *p; /* NULL: no value at all */
	size_t n;
};

static inline struct span
span_of(const char *s)
{
	return (struct span){ s, s ? strlen(s) : 0 };
}

static inline bool
span_eq(struct span a, struct span b)
{
	return a.n == b.n && (a.n == 0 || (*a.p == *b.p && memcmp(a.p, b.p, a.n) == 0));
}

/* Most names differ in the first byte, and a length costs more. */
static inline bool
span_is(struct span a, const char *s)
{
	return !(a.n && s && *a.p != *s) && span_eq(a, span_of(s));
}

/* Equal without regard to the case of ASCII letters. */
bool span_eq_nocase(struct span a, struct span b);

/* Order by bytes, the shorter first: <0, 0, >0. */
int span_order(struct span a, struct span b);

/* Without the ASCII blanks (space, tab, CR, LF) at both ends. */
struct span span_trim(struct span s);

/* Two JSON texts that differ in blanks between their tokens at most. */
bool json_eq_but_blanks(struct span a, struct span b);

/* A whole number without sign, at most 18 digits: 0, or -1. */
int text_digits(struct span s, int64_t *value);

#endif
