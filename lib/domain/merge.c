#include <inttypes.h>
#include <stdio.h>

#include "base/instant.h"
#include "domain/merge_work.h"
#include "domain/shown.h"
#include "domain/ulid.h"

void
merge_init(struct merge *merge, const struct merge_terms *terms)
{
	*merge = (struct merge){ .terms = *terms };
	change_init(&merge->change, terms->policies, terms->now, terms->by);
	buf_init(&merge->text);
	scan_init(&merge->scan);
	for (int i = 0; i < 2; i++)
		arena_init(&merge->scratch[i]);
}

void
merge_release(struct merge *merge)
{
	change_release(&merge->change);
	buf_release(&merge->text);
	scan_release(&merge->scan);
	for (int i = 0; i < 2; i++)
		arena_release(&merge->scratch[i]);
}

int
merge_ahead(const struct meeting *m, const char *where, int64_t at)
{
	char latest[INSTANT_SIZE];

	if (at <= m->merge->terms.latest)
		return 0;
	instant_format(m->merge->terms.latest, latest);
	return err_add(m->err, EX_DATAERR, where, "lies ahead: nothing after %s is taken", latest);
}

int
merge_event_ahead(const struct meeting *m, const struct event *event)
{
	char where[32];

	snprintf(where, sizeof where, "events[%" PRIu32 "]", event->place - 1);
	return merge_ahead(m, where, event->at > event->recorded ? event->at : event->recorded);
}

int
merge_check_ahead(const struct meeting *m, size_t from)
{
	for (size_t i = from; i < m->in->n_events; i++)
		if (merge_event_ahead(m, &m->in->event[i]) < 0)
			return -1;
	return 0;
}

void
merge_start(const struct meeting *m)
{
	struct change *change = &m->merge->change;

	m->merge->late = false;
	change->judge_all = false;
	change->rev = m->stored->record->rev + 1;
	change_start(change, m->stored->record, m->arena);
}

enum merged
merge_write(const struct meeting *m, struct buf *out)
{
	return change_write(&m->merge->change, out, m->err) < 0 ? MERGED_REFUSED : MERGED_GROWN;
}

static int
check_new(const struct meeting *m)
{
	const struct record *in = m->in;

	if (in->rev > 0)
		return err_add(m->err, EX_DATAERR, "rev", "no such case in the store; a new one has 0");
	if (!case_id_is(in->id))
		return err_add(m->err, EX_DATAERR, "id", "expected ESC- and a ULID; got \"%.*s\"",
			SHOWN(in->id));
	if (merge_ahead(m, "created", in->created) < 0)
		return -1;
	return merge_check_ahead(m, 0);
}

enum merged
merge_new(struct merge *merge, const struct record *in, struct arena *arena, struct buf *out,
	struct err *err)
{
	const struct meeting m = { .merge = merge, .in = in, .arena = arena, .err = err };
	struct change *change = &merge->change;

	merge->late = false;
	if (check_new(&m) < 0)
		return MERGED_REFUSED;
	change->judge_all = true;
	change->rev = 1;
	if (change_begin(change, in, INSTANT_NONE, arena, err) < 0 ||
		change_write(change, out, err) < 0)
		return MERGED_REFUSED;
	return MERGED_NEW;
}

enum merged
merge_record(struct merge *merge, const struct merge_stored *stored, const struct record *in,
	struct arena *arena, struct buf *out, struct err *err)
{
	const struct meeting m = { merge, stored, in, arena, err };

	return in->rev > 0 ? merge_revision(&m, out) : merge_import(&m, out);
}
