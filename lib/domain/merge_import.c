/* An import that may have grown. */
#include <string.h>

#include "base/instant.h"
#include "domain/merge_work.h"

static bool
is_same(const struct meeting *m, struct value stored, struct value in)
{
	const struct same_terms terms = { .erased = m->stored->erased };

	return same_value(stored, in, &terms, m->arena);
}

/* The first x_ or unknown member from *at on; its place among the fields in *i. */
static uint32_t
next_unknown(const struct record *record, uint32_t at, uint32_t *i)
{
	while (at && record->field[*i] != FIELD_NONE) {
		at = record->scan->node[at].next;
		++*i;
	}
	return at;
}

/* Whether both lines have the same fields of no kind, in the same order. */
static bool
same_unknowns(const struct meeting *m)
{
	const struct record *stored = m->stored->record, *in = m->in;
	uint32_t x = scan_first(stored->scan, 0), y = scan_first(in->scan, 0), i = 0, j = 0;

	for (;;) {
		x = next_unknown(stored, x, &i);
		y = next_unknown(in, y, &j);
		if (!x || !y)
			return x == y;
		if (!span_eq(scan_key(stored->scan, x, m->arena), scan_key(in->scan, y, m->arena)) ||
			!is_same(m, (struct value){ stored->scan, x }, (struct value){ in->scan, y }))
			return false;
		x = stored->scan->node[x].next;
		y = in->scan->node[y].next;
		i++;
		j++;
	}
}

/* What is in force is what imports said: nobody else set or retracted anything. */
static bool
only_imports_set(const struct meeting *m, const struct pool *ours)
{
	const struct record *stored = m->stored->record;

	for (size_t i = 1; i < stored->n_events; i++) {
		const struct event *event = &stored->event[i];

		if ((event->type == EV_RETRACTED || settings_any(event)) &&
			!settings_imported(event, m->arena) && pool_has(ours, event))
			return false;
	}
	return true;
}

/* Most imports bring nothing: then no fold is needed to say so. */
static bool
says_the_same(const struct meeting *m, const struct pool *ours)
{
	if (!only_imports_set(m, ours))
		return false;
	for (int f = 0; f < FIELD_COUNT; f++) {
		enum field field = (enum field)f;

		if (field_in_form(field) && !is_same(m, record_value(m->stored->record, field),
				record_value(m->in, field)))
			return false;
	}
	return same_unknowns(m);
}

/* Takes those that the store has; how many are left, at the list's start. */
static size_t
take_known(struct pool *pool, struct event *list, size_t n)
{
	size_t left = 0;

	for (size_t i = 0; i < n; i++)
		if (!pool_take(pool, &list[i]))
			list[left++] = list[i];
	return left;
}

/*
 * The events that the store lacks, in the order of the input.  Where the
 * mapping says nobody, `by` is who ran the import: that makes no new event.
 */
static size_t
find_missing(const struct meeting *m, struct pool *pool, struct event *list)
{
	const struct likeness like = { .erased = m->stored->erased, .import = true };
	size_t n = 0;

	for (size_t i = 1; i < m->in->n_events; i++)
		if (!event_is_automatic(&m->in->event[i]))
			list[n++] = m->in->event[i];
	pool_fill(pool, m, 1, &like);
	n = take_known(pool, list, n);
	pool->like.anyone = true;
	return take_known(pool, list, n);
}

/* What happened before the last recording was recorded now. */
static int
record_late(const struct meeting *m, struct event *event, int64_t at)
{
	struct rewrite rewrite = { .n = 0 };

	if (event_member(event, "logged"))
		rewrite_recording(&rewrite, event, at);
	else
		rewrite_instant(&rewrite, "logged", at);
	return rewrite_event(&rewrite, m, event);
}

static int
append(const struct meeting *m, struct event *list, size_t n)
{
	struct change *change = &m->merge->change;
	int64_t last = change->last;

	for (size_t i = 0; i < n; i++) {
		if (merge_event_ahead(m, &list[i]) < 0)
			return -1;
		if (list[i].recorded < last &&
			record_late(m, &list[i], last > change->now ? last : change->now) < 0)
			return -1;
		last = list[i].recorded;
	}
	if (last > change->recorded)
		change->recorded = last;
	return change_take(change, list, n, m->err);
}

enum merged
merge_import(const struct meeting *m, struct buf *out)
{
	struct event *missing = arena_alloc(m->arena, m->in->n_events * sizeof *missing);
	struct pool pool;
	size_t n = find_missing(m, &pool, missing);
	int set;

	if (!span_eq(m->stored->record->policy, m->in->policy)) {
		err_add(m->err, EX_DATAERR, "policy", "only events change a committed case");
		return MERGED_REFUSED;
	}
	if (n == 0 && says_the_same(m, &pool))
		return MERGED_SAME;
	merge_start(m);
	m->merge->late = change_is_late(&m->merge->change);
	if (append(m, missing, n) < 0)
		return MERGED_REFUSED;
	set = merge_import_set(m, &pool);
	if (set < 0)
		return MERGED_REFUSED;
	return n || set ? merge_write(m, out) : MERGED_SAME;
}
