/*
 * take: the exact forms that the store writes (lines, HEAD, seals), read
 * from the left, one piece after the other.  Each takes its piece off the
 * text, or answers false and leaves the text as it was.
 */
#ifndef ESC_STORE_TAKE_H
#define ESC_STORE_TAKE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

#define TAKE_DIGITS 18 /* the longest number */

/* Here, so that the length of a literal is known where it is asked for. */
static inline bool
take_text(struct span *text, const char *literal)
{
	size_t n = strlen(literal);

	if (text->n < n || memcmp(text->p, literal, n) != 0)
		return false;
	text->p += n;
	text->n -= n;
	return true;
}

/* Decimal digits: no sign, no leading zeros, TAKE_DIGITS at most. */
bool take_number(struct span *text, int64_t *value);

/* n lower-case hexadecimal digits. */
bool take_hex(struct span *text, size_t n, struct span *digits);

/* The body of a JSON string, still escaped, and the quote behind it. */
bool take_string(struct span *text, struct span *body);

/* 2026-11-21T19:30:00Z, in exactly this form. */
bool take_instant(struct span *text, int64_t *at);

#endif
