/* The names that events set, and what to. */
#include <stdlib.h>

#include "domain/merge_work.h"

bool
settings_any(const struct event *event)
{
	return event->type == EV_AMENDED || event->type == EV_RECLASSIFIED;
}

bool
settings_imported(const struct event *event, struct arena *arena)
{
	return settings_any(event) &&
		span_is(event_text(event, "because", arena), EVENT_IMPORT);
}

void
settings_add(struct settings *settings, const struct event *event, struct arena *arena)
{
	const struct scan *scan = event->scan;
	uint32_t set = event_member(event, "set");

	if (!set || scan_type(scan, set) != SCAN_OBJECT)
		return;
	for (uint32_t at = scan_first(scan, set); at; at = scan->node[at].next) {
		settings->list = arena_grow(arena, settings->list, settings->n, &settings->cap,
			sizeof *settings->list);
		settings->list[settings->n++] = (struct setting){ scan_key(scan, at, arena),
			{ scan, at }, event->place };
	}
}

static int
setting_order(const void *a, const void *b)
{
	const struct setting *x = a, *y = b;
	int order = span_order(x->name, y->name);

	return order ? order : (x->place > y->place) - (x->place < y->place);
}

void
settings_sort(struct settings *settings)
{
	if (settings->n)
		qsort(settings->list, settings->n, sizeof *settings->list, setting_order);
}

const struct setting *
settings_last(const struct settings *settings, struct span name)
{
	size_t low = 0, high = settings->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (span_order(settings->list[middle].name, name) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == 0 || !span_eq(settings->list[low - 1].name, name))
		return NULL;
	return &settings->list[low - 1];
}
