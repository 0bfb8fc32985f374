/* A stale record: with `rebase` what it adds is replayed, where it is not there yet. */
#include <inttypes.h>
#include <stdio.h>

#include "base/instant.h"
#include "domain/merge_work.h"
#include "domain/shown.h"

struct replay {
	const struct meeting *m;
	struct pool pool;
	size_t common;
	int64_t *place; /* of each event of the input in the store; 0: nowhere */
	int room;       /* the scratch arena that has room: the other has the events */
	bool folded;    /* the fold lives with the events */
};

/* Those that are there already, as they were or as they were replayed. */
static void
find_replayed(struct replay *r)
{
	const struct meeting *m = r->m;
	const struct likeness like = { .erased = m->stored->erased, .place = r->place };

	for (size_t i = 0; i < r->common; i++)
		r->place[i] = (int64_t)i + 1;
	pool_fill(&r->pool, m, r->common, &like);
	for (size_t i = r->common; i < m->in->n_events; i++)
		r->place[i] = pool_take(&r->pool, &m->in->event[i]);
}

static enum merged
say_stale(const struct meeting *m, size_t common)
{
	const struct record *stored = m->stored->record, *in = m->in;
	bool changed = in->rev == stored->rev; /* not by others: by who sent it */
	char where[32];

	snprintf(where, sizeof where, "events[%zu]", common);
	err_add(m->err, EX_TEMPFAIL, where,
		"%s (rev %" PRId64 " here, rev %" PRId64 " there): %sread %.*s again%s",
		common < in->n_events ? "is not what the store has" : "is missing: the store has it",
		in->rev, stored->rev, changed ? "" : "stale; ", SHOWN(stored->id),
		changed ? " and only add events" : ", or use --rebase");
	return MERGED_STALE;
}

/* Why a command is not allowed; a policy that is missing is no matter of time. */
static enum merged
refuse_replay(const struct meeting *m, size_t i, struct err *why)
{
	bool stale = why->status != EX_CONFIG;
	char where[32];

	snprintf(where, sizeof where, "events[%zu]", i);
	err_add(m->err, stale ? EX_TEMPFAIL : EX_CONFIG, where, "%s", err_text(why));
	return stale ? MERGED_STALE : MERGED_REFUSED;
}

/* A retraction follows what it names.  false: that was left out, and so is this. */
static bool
follow(const struct replay *r, const struct event *event, struct rewrite *rewrite)
{
	int64_t target = 0;

	if (event->type != EV_RETRACTED || !event_int(event, "event", &target) ||
		target <= (int64_t)r->common || target >= event->place)
		return true;
	if (r->place[target - 1] != target)
		rewrite_number(rewrite, "event", r->place[target - 1]);
	return r->place[target - 1] != 0;
}

/* What change_check cannot know: an event that names another case than it meets. */
static int
check_premise(const struct replay *r, const struct event *event, struct err *why)
{
	const struct fold *fold = &r->m->merge->change.fold;
	int64_t number = 0;

	if (event->type == EV_PROMOTED && fold->state == STATE_ESCALATED &&
		event_int(event, "from", &number) && number != fold->tier)
		return err_add(why, EX_DATAERR, NULL, "cannot promote: it is at tier %d, not at %"
			PRId64, fold->tier, number);
	if (event->type == EV_RETRACTED && event_int(event, "event", &number) &&
		number >= event->place)
		return err_add(why, EX_DATAERR, NULL, "cannot retract: there is no such event");
	return 0;
}

/* Backdated events are allowed, or not, in the state of their time. */
static int64_t
judged_at(const struct replay *r, const struct event *event)
{
	int64_t created = r->m->stored->record->created;

	if (event->at >= event->recorded || event->type == EV_RETRACTED)
		return INSTANT_NONE;
	return event->at > created ? event->at : created;
}

/*
 * The case as it stands at `at`.  Two arenas take turns: what an event makes
 * of the case replaces what the one before made of it.
 */
static int
stand_at(struct replay *r, int64_t at, struct err *why)
{
	struct change *change = &r->m->merge->change;

	change->arena = &r->m->merge->scratch[r->room];
	arena_reset(change->arena);
	if (r->folded && change->at == at)
		return 0;
	r->folded = false;
	return change_as_of(change, at, why);
}

/* 1: appended; 0: already so, left out; -1. */
static int
replay_event(struct replay *r, const struct event *event, struct err *why)
{
	struct change *change = &r->m->merge->change;
	struct rewrite rewrite = { .n = 0 };
	int added;

	if (!follow(r, event, &rewrite))
		return 0;
	if (event->recorded < change->last)
		rewrite_recording(&rewrite, event, change->last);
	if (stand_at(r, judged_at(r, event), why) < 0 || check_premise(r, event, why) < 0)
		return -1;
	rewrite_put(&rewrite, event, change_text(change));
	added = change_add(change, why);
	if (added > 0) {
		r->room = !r->room;
		r->folded = true;
	}
	return added;
}

/* The next event of the input that is there already: its place in the store; 0. */
static int64_t
next_place(const struct replay *r, size_t i)
{
	while (i < r->m->in->n_events && !r->place[i])
		i++;
	return i < r->m->in->n_events ? r->place[i] : 0;
}

/*
 * A record is taken in whole: where a later event of it is there, this one
 * was left out if it was already so before that.
 */
static bool
was_left_out(const struct replay *r, const struct event *event)
{
	struct merge *merge = r->m->merge;
	struct arena *room = &merge->scratch[r->room];
	struct record before = *r->m->stored->record;
	int64_t place = next_place(r, event->place);
	const struct rewrite none = { .n = 0 };
	struct err why = { 0 };
	struct change change;
	bool left_out;

	if (place < 2)
		return false;
	arena_reset(room);
	before.n_events = (size_t)place - 1;
	change_init(&change, merge->terms.policies, merge->terms.now, merge->terms.by);
	change_start(&change, &before, room);
	left_out = change_as_of(&change, judged_at(r, event), &why) == 0;
	rewrite_put(&none, event, change_text(&change));
	left_out = left_out && change_add(&change, &why) == 0;
	change_release(&change);
	err_release(&why);
	return left_out;
}

static enum merged
replay_all(struct replay *r)
{
	const struct meeting *m = r->m;
	struct change *change = &m->merge->change;
	enum merged result = MERGED_SAME;
	struct err why = { 0 };

	for (size_t i = r->common; i < m->in->n_events && result >= 0; i++) {
		const struct event *event = &m->in->event[i];
		int added = r->place[i] || was_left_out(r, event) ? 0 : replay_event(r, event, &why);

		if (added < 0)
			result = refuse_replay(m, i, &why);
		if (added <= 0)
			continue;
		r->place[i] = (int64_t)change->grown.n_events;
		if (event->recorded > change->last)
			change->last = event->recorded;
		result = MERGED_GROWN;
	}
	err_release(&why);
	return result;
}

/* Other fields of a stale record may say what its own events make of them. */
static int
check_fields(const struct meeting *m)
{
	struct change *change = &m->merge->change;
	struct fold own;

	change->arena = m->arena;
	if (change_as_of(change, INSTANT_NONE, m->err) < 0)
		return -1;
	if (fold_record(&own, m->in, change->policies, INT64_MAX, m->arena, m->err) < 0)
		return -1;
	return merge_fields(m, &change->fold, &own);
}

enum merged
merge_stale(const struct meeting *m, size_t common, struct buf *out)
{
	struct replay r = { .m = m, .common = common };
	enum merged result;

	if (!m->merge->terms.rebase)
		return say_stale(m, common);
	r.place = arena_alloc(m->arena, m->in->n_events * sizeof *r.place);
	find_replayed(&r);
	if (merge_check_ahead(m, common) < 0)
		return MERGED_REFUSED;
	merge_start(m);
	m->merge->late = change_is_late(&m->merge->change);
	result = replay_all(&r);
	if (result < 0)
		return result;
	if (check_fields(m) < 0)
		return MERGED_REFUSED;
	return result == MERGED_GROWN ? merge_write(m, out) : MERGED_SAME;
}
