#include <stdlib.h>

#include "domain/fold_work.h"

/* Whether an event changes fields. */
bool
names_changed_by(const struct event *event)
{
	return event->type == EV_RECLASSIFIED || event->type == EV_AMENDED;
}

/* The object member `name` of an event, or 0. */
uint32_t
names_member(const struct event *event, const char *name)
{
	uint32_t at = event_member(event, name);

	return at && scan_type(event->scan, at) == SCAN_OBJECT ? at : 0;
}

static uint32_t
set_of(const struct event *event)
{
	return names_changed_by(event) ? names_member(event, "set") : 0;
}

static int
by_name(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	int order = span_order(x->name, y->name);

	return order ? order : (x->place > y->place) - (x->place < y->place);
}

static size_t
count_names(const struct record *record)
{
	size_t n = 0;

	for (size_t i = 0; i < record->n_events; i++) {
		uint32_t set = set_of(&record->event[i]);

		n += set ? record->event[i].scan->node[set].count : 0;
	}
	return n;
}

static void
add_names(struct fold *fold, const struct event *event)
{
	uint32_t set = set_of(event);

	for (uint32_t at = set ? scan_first(event->scan, set) : 0; at;
		at = event->scan->node[at].next)
		fold->named[fold->n_named++] = (struct named){
			.name = scan_key(event->scan, at, fold->arena), .place = event->place };
}

/* Sorted, and of each name the first event that sets it. */
void
names_collect(struct fold *fold)
{
	const struct record *record = fold->record;
	size_t n = count_names(record), kept = 0;

	if (n == 0)
		return;
	fold->named = arena_alloc(fold->arena, n * sizeof *fold->named);
	for (size_t i = 0; i < record->n_events; i++)
		add_names(fold, &record->event[i]);
	qsort(fold->named, n, sizeof *fold->named, by_name);
	for (size_t i = 0; i < n; i++)
		if (kept == 0 || !span_eq(fold->named[kept - 1].name, fold->named[i].name))
			fold->named[kept++] = fold->named[i];
	fold->n_named = kept;
}

struct named *
names_find(const struct fold *fold, struct span name)
{
	size_t low = 0, high = fold->n_named;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = span_order(name, fold->named[middle].name);

		if (order == 0)
			return &fold->named[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

const struct amend *
fold_amend(const struct fold *fold, struct span name)
{
	const struct named *named = names_find(fold, name);

	return named && named->amend ? &fold->amend[named->amend - 1] : NULL;
}
