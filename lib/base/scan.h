/*
 * scan: a strict reader of one JSON text whose top level is an object.
 * One pass validates RFC 8259 and UTF-8, refuses duplicate keys at every
 * level (escaped twins too), nesting over SCAN_DEPTH, lone surrogates and
 * raw control characters, and leaves a tape: one node a value, in document
 * order, holding offsets into the caller's bytes.  Nothing is copied, so
 * numbers and escapes survive byte for byte.  It refuses to interpret:
 * texts are decoded and numbers read only when asked for.
 * Order: scan_init, scan_line (again and again), scan_release.
 */
#ifndef ESC_BASE_SCAN_H
#define ESC_BASE_SCAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"

#define SCAN_DEPTH 64
#define SCAN_SLACK 32 /* what a buffer keeps readable after a line; see buf.h */

enum scan_type {
	SCAN_NULL,
	SCAN_FALSE,
	SCAN_TRUE,
	SCAN_NUMBER,
	SCAN_STRING,
	SCAN_ARRAY,
	SCAN_OBJECT,
};

struct scan_node {
	uint32_t start, end;     /* the value's bytes; a string's quotes included */
	uint32_t key, key_len;   /* the member's name without quotes, as written */
	uint32_t next;           /* the next sibling's index; 0: the last one */
	uint32_t count;          /* members or elements; the first is index + 1 */
	uint8_t type;            /* enum scan_type */
	uint8_t escaped;         /* a string with a backslash in it */
	uint8_t key_escaped;
};

struct scan {
	const char *text;
	struct scan_node *node; /* node[0] is the top-level object */
	uint32_t n, cap;
};

void scan_init(struct scan *scan);
void scan_release(struct scan *scan);

/*
 * Reads text[0..len) and no byte beyond.  len is below 2^31.  The scan
 * borrows text.  0, or -1 with EX_DATAERR, the reason and the byte (1-based)
 * in words; of equal names the later one is named.
 */
int scan_line(struct scan *scan, const char *text, size_t len,
	struct err *err);

/* The member `name` of object `at`: its index, 0 where there is none. */
uint32_t scan_find(const struct scan *scan, uint32_t at, struct span name);

static inline uint32_t
scan_member(const struct scan *scan, uint32_t at, const char *key)
{
	return scan_find(scan, at, span_of(key));
}

/* The first member or element of `at`: its index, 0 where it is empty. */
uint32_t scan_first(const struct scan *scan, uint32_t at);

/* The value's bytes as they stand. */
struct span scan_raw(const struct scan *scan, uint32_t at);

/* The member's name, decoded; from the text itself where nothing is escaped. */
struct span scan_key(const struct scan *scan, uint32_t at, struct arena *arena);

/*
 * The text of a string, decoded; borrowed from the line where nothing is
 * escaped, else from the arena.  {NULL, 0} where the value is no string.
 */
struct span scan_text(const struct scan *scan, uint32_t at,
	struct arena *arena);

/* A number that is written as an integer and fits: 0, else -1. */
int scan_int(const struct scan *scan, uint32_t at, int64_t *value);

static inline enum scan_type
scan_type(const struct scan *scan, uint32_t at)
{
	return (enum scan_type)scan->node[at].type;
}

#endif
