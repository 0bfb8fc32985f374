/*
 * scan_token: the strings (scan_string.c) and numbers (scan_number.c) of
 * JSON, for scan alone: where one ends, whether it is legal, and what a
 * string decodes to.  Knows no tape; reads no byte at or after end.
 */
#ifndef ESC_BASE_SCAN_TOKEN_H
#define ESC_BASE_SCAN_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

/* Where reading stopped and why; a constant text, NULL where all is well. */
struct token_fault {
	const char *at;
	const char *why;
};

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
