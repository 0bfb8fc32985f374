#include <string.h>

#include "base/instant.h"
#include "domain/merge_work.h"

static void
rewrite_add(struct rewrite *rewrite, const char *name, int64_t value, bool instant)
{
	rewrite->set[rewrite->n].name = name;
	rewrite->set[rewrite->n].value = value;
	rewrite->set[rewrite->n].instant = instant;
	rewrite->n++;
}

void
rewrite_number(struct rewrite *rewrite, const char *name, int64_t value)
{
	rewrite_add(rewrite, name, value, false);
}

void
rewrite_instant(struct rewrite *rewrite, const char *name, int64_t at)
{
	rewrite_add(rewrite, name, at, true);
}

void
rewrite_recording(struct rewrite *rewrite, const struct event *event, int64_t at)
{
	rewrite_instant(rewrite, event_member(event, "logged") ? "logged" : "at", at);
	rewrite_instant(rewrite, "was_at", event->recorded);
}

static void
put_value(const struct rewrite *rewrite, size_t i, struct buf *out)
{
	if (!rewrite->set[i].instant) {
		buf_int(out, rewrite->set[i].value);
		return;
	}
	buf_putc(out, '"');
	buf_instant(out, rewrite->set[i].value);
	buf_putc(out, '"');
}

void
rewrite_put(const struct rewrite *rewrite, const struct event *event, struct buf *out)
{
	const struct scan *scan = event->scan;
	struct span raw = scan_raw(scan, event->node);
	uint32_t node[REWRITES] = { 0 };
	const char *from = raw.p;

	for (size_t i = 0; i < rewrite->n; i++)
		node[i] = scan_member(scan, event->node, rewrite->set[i].name);
	for (uint32_t at = scan_first(scan, event->node); at; at = scan->node[at].next)
		for (size_t i = 0; i < rewrite->n; i++) {
			struct span old = scan_raw(scan, at);

			if (node[i] != at)
				continue;
			buf_put(out, from, (size_t)(old.p - from));
			put_value(rewrite, i, out);
			from = old.p + old.n;
		}
	buf_put(out, from, (size_t)(raw.p + raw.n - 1 - from));
	for (size_t i = 0; i < rewrite->n; i++)
		if (!node[i]) {
			buf_key(out, rewrite->set[i].name);
			put_value(rewrite, i, out);
		}
}

int
rewrite_event(const struct rewrite *rewrite, const struct meeting *m, struct event *event)
{
	struct buf *text = &m->merge->text;
	struct scan *scan = &m->merge->scan, *kept = arena_zero(m->arena, sizeof *kept);
	char *copy;

	text->len = 0;
	rewrite_put(rewrite, event, text);
	buf_putc(text, '}');
	copy = arena_zero(m->arena, text->len + SCAN_SLACK);
	memcpy(copy, text->data, text->len);
	if (scan_line(scan, copy, text->len, m->err) < 0)
		return -1;
	*kept = (struct scan){ .text = copy, .n = scan->n };
	kept->node = arena_alloc(m->arena, scan->n * sizeof *scan->node);
	memcpy(kept->node, scan->node, scan->n * sizeof *scan->node);
	return event_read(event, kept, 0, m->err);
}
