/*
 * libFuzzer's entry for scan: no bytes crash it, and of what it takes the
 * tape is sound: spans nest, siblings follow one another, texts decode, and
 * the text put together again from the tape is taken, with as many values
 * and the same bytes when put together once more.
 */
#include <stdlib.h>

#include "base/buf.h"
#include "base/scan.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
require(bool holds)
{
	if (!holds)
		abort();
}

static void
put_value(const struct scan *scan, uint32_t at, struct buf *out, struct arena *arena);

static void
put_children(const struct scan *scan, uint32_t at, struct buf *out, struct arena *arena)
{
	const struct scan_node *parent = &scan->node[at], *node;
	uint32_t child = scan_first(scan, at), from = parent->start + 1, n = 0;

	for (; child; child = node->next, n++) {
		node = &scan->node[child];
		require(child > at && node->start >= from && node->end < parent->end);
		if (n)
			buf_putc(out, ',');
		if (parent->type == SCAN_OBJECT) {
			require(node->key > from &&
			        node->key + node->key_len < node->start);
			buf_json(out, scan_key(scan, child, arena));
			buf_putc(out, ':');
		}
		put_value(scan, child, out, arena);
		from = node->end;
	}
	require(n == parent->count);
}

static void
put_value(const struct scan *scan, uint32_t at, struct buf *out, struct arena *arena)
{
	struct span raw = scan_raw(scan, at);
	int64_t value;

	switch (scan_type(scan, at)) {
	case SCAN_STRING:
		buf_json(out, scan_text(scan, at, arena));
		return;
	case SCAN_ARRAY:
	case SCAN_OBJECT:
		buf_putc(out, raw.p[0]);
		put_children(scan, at, out, arena);
		buf_putc(out, raw.p[raw.n - 1]);
		return;
	default:
		require(scan_type(scan, at) == SCAN_NUMBER ||
		        scan_int(scan, at, &value) < 0);
		buf_span(out, raw);
	}
}

/* The text put together again, without blanks and needless escapes. */
static uint32_t
rewrite(struct span text, struct buf *out)
{
	struct scan scan;
	struct arena arena;
	struct err err = { 0 };
	uint32_t n = 0;

	scan_init(&scan);
	arena_init(&arena);
	if (scan_line(&scan, text.p, text.n, &err) == 0) {
		put_value(&scan, 0, out, &arena);
		n = scan.n;
	}
	require((n == 0) == (err.status != 0) && (n != 0 || *err_text(&err)));
	arena_release(&arena);
	scan_release(&scan);
	err_release(&err);
	return n;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span text = { (const char *)data, size };
	struct buf once = { 0 }, twice = { 0 };
	uint32_t n = rewrite(text, &once);

	if (n) {
		require(rewrite(buf_text(&once), &twice) == n);
		require(span_eq(buf_text(&once), buf_text(&twice)));
	}
	buf_release(&once);
	buf_release(&twice);
	return 0;
}
