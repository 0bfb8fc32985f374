#include <string.h>

#include "base/buf.h"
#include "domain/fold_work.h"

/* A scanned object that lives in the arena; its member `o` is node 1. */
static const struct scan *
scan_keep(const struct buf *text, struct arena *arena)
{
	struct scan scan, *kept = arena_zero(arena, sizeof *kept);
	struct err err = { 0 };
	char *copy = arena_zero(arena, text->len + SCAN_SLACK);

	scan_init(&scan);
	memcpy(copy, text->data, text->len);
	if (scan_line(&scan, copy, text->len, &err) == 0) {
		kept->text = copy;
		kept->n = scan.n;
		kept->node = arena_alloc(arena, scan.n * sizeof *scan.node);
		memcpy(kept->node, scan.node, scan.n * sizeof *scan.node);
	}
	err_release(&err);
	scan_release(&scan);
	return kept;
}

static bool
has_members(const struct buf *text)
{
	return text->data[text->len - 1] != '{';
}

static void
put_member(struct buf *text, struct span name, struct value value)
{
	buf_puts(text, has_members(text) ? "," : "");
	buf_json(text, name);
	buf_putc(text, ':');
	buf_span(text, scan_raw(value.scan, value.node));
}

/* The members of base as they stand, `member` in its place with the new value. */
static void
put_members(struct fold *fold, struct value base, struct span member, struct value value,
	struct buf *text)
{
	const struct scan *scan = base.scan;
	bool found = false;

	for (uint32_t at = base.node ? scan_first(scan, base.node) : 0; at;
		at = scan->node[at].next) {
		const struct scan_node *node = &scan->node[at];

		if (!span_eq(scan_key(scan, at, fold->arena), member)) {
			buf_puts(text, has_members(text) ? "," : "");
			buf_put(text, scan->text + node->key - 1, node->end - node->key + 1);
			continue;
		}
		found = true;
		if (value.node)
			put_member(text, member, value);
	}
	if (!found && value.node)
		put_member(text, member, value);
}

/*
 * "requester.email": requester with one member replaced.  The new object is
 * a text of its own, wrapped so that its node is not 0.
 */
struct value
person_with(struct fold *fold, struct value base, struct span member, struct value value)
{
	struct buf text = { 0 };
	const struct scan *scan;
	bool any;

	buf_puts(&text, "{\"o\":{");
	put_members(fold, base, member, value, &text);
	any = has_members(&text);
	buf_puts(&text, "}}");
	scan = scan_keep(&text, fold->arena);
	buf_release(&text);
	return (struct value){ scan, any ? 1 : 0 };
}
