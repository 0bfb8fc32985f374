/*
 * scan_token: the strings (scan_string.c) and numbers (scan_number.c) of
 * JSON, for scan alone: where one ends, whether it is legal, and what a
 * string decodes to.  Knows no tape; reads no byte at or after end.
 */
#ifndef ESC_BASE_SCAN_TOKEN_H
#define ESC_BASE_SCAN_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/text.h"

/* Where reading stopped and why; a constant text, NULL where all is well. */
struct token_fault {
	const char *at;
	const char *why;
};

/* A byte that may stand in a string without a second look. */
static inline bool
string_is_plain(char c)
{
	return (signed char)c >= 0x20 && c != '"' && c != '\\';
}

/* The first byte that is not plain, or end. */
static inline const char *
string_plain(const char *p, const char *end)
{
#ifdef __SSE2__
	const __m128i quote = _mm_set1_epi8('"');
	const __m128i backslash = _mm_set1_epi8('\\');
	const __m128i blank = _mm_set1_epi8(' ');

	for (; end - p >= 16; p += 16) {
		__m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
		__m128i hit = _mm_or_si128(
		        _mm_cmplt_epi8(v, blank), _mm_or_si128(_mm_cmpeq_epi8(v, quote),
		                                          _mm_cmpeq_epi8(v, backslash)));
		int mask = _mm_movemask_epi8(hit);

		if (mask)
			return p + __builtin_ctz((unsigned)mask);
	}
#endif
	while (p < end && string_is_plain(*p))
		p++;
	return p;
}

/*
 * The closing quote of the string whose body begins at p, NULL with the
 * fault where it is not legal.  *escaped: there is a backslash in it.
 */
const char *
string_end(const char *p, const char *end, bool *escaped, struct token_fault *fault);

/* The end of the number that begins at p, NULL with the fault. */
const char *number_end(const char *p, const char *end, struct token_fault *fault);

/*
 * Decodes one character of a legal body: 1 to 4 bytes into out.  The place
 * after what was read.
 */
const char *string_step(const char *p, char out[4], size_t *n);

/* Decodes a legal body into out, which holds as many bytes; its length. */
size_t string_decode(struct span body, char *out);

#endif
