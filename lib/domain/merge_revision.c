#include "base/instant.h"
#include "domain/merge_work.h"

/* How many events both begin with. */
static size_t
count_common(const struct meeting *m)
{
	const struct record *stored = m->stored->record, *in = m->in;
	const struct likeness like = { .erased = m->stored->erased };
	size_t i = 0;

	while (i < stored->n_events && i < in->n_events &&
		merge_event_same(&stored->event[i], &in->event[i], &like, m->arena))
		i++;
	return i;
}

/* The input's new events as they came, each recorded no earlier than the one before. */
static int
take_new(const struct meeting *m, size_t from)
{
	struct change *change = &m->merge->change;
	size_t n = m->in->n_events - from;
	struct event *event = arena_alloc(m->arena, n * sizeof *event);
	int64_t last = change->last;

	for (size_t i = 0; i < n; i++) {
		event[i] = m->in->event[from + i];
		if (event[i].recorded < last) {
			struct rewrite rewrite = { .n = 0 };

			m->merge->late = true;
			rewrite_recording(&rewrite, &event[i], last);
			if (rewrite_event(&rewrite, m, &event[i]) < 0)
				return -1;
		}
		last = event[i].recorded;
	}
	return change_take(change, event, n, m->err);
}

/*
 * Nothing new.  That other fields agree is seen without a fold, but where
 * one says what it was before an event that the store has already.
 */
static enum merged
say_same(const struct meeting *m)
{
	struct change *change = &m->merge->change;
	struct err ignored = { 0 };
	struct meeting quick = *m;
	int result;

	quick.err = &ignored;
	result = merge_fields(&quick, NULL, NULL);
	err_release(&ignored);
	if (result == 0)
		return MERGED_SAME;
	merge_start(m);
	if (change_as_of(change, INSTANT_NONE, m->err) < 0 ||
		merge_fields(m, &change->fold, NULL) < 0)
		return MERGED_REFUSED;
	return MERGED_SAME;
}

enum merged
merge_revision(const struct meeting *m, struct buf *out)
{
	size_t common = count_common(m);

	if (common < m->stored->record->n_events)
		return merge_stale(m, common, out);
	if (common == m->in->n_events)
		return say_same(m);
	if (merge_check_ahead(m, common) < 0)
		return MERGED_REFUSED;
	merge_start(m);
	if (take_new(m, common) < 0 || merge_fields(m, &m->merge->change.fold, NULL) < 0)
		return MERGED_REFUSED;
	return merge_write(m, out);
}
