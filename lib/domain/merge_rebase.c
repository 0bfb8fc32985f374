/* A stale record: what it adds is there already, is replayed, or stays out. */
#include <inttypes.h>
#include <stdio.h>

#include "base/instant.h"
#include "domain/merge_work.h"

struct replay {
	const struct meeting *m;
	struct pool pool;
	size_t common;
	int64_t *place; /* of each event of the input in the store; 0: nowhere */
};

/* Those that are there already, as they were replayed before: how many are not. */
static size_t
find_replayed(struct replay *r)
{
	const struct meeting *m = r->m;
	const struct record *in = m->in;
	const struct likeness like = { .erased = m->stored->erased, .place = r->place };
	size_t missing = 0;

	for (size_t i = 0; i < r->common; i++)
		r->place[i] = (int64_t)i + 1;
	pool_fill(&r->pool, m, r->common, &like);
	for (size_t i = r->common; i < in->n_events; i++) {
		r->place[i] = pool_take(&r->pool, &in->event[i]);
		missing += r->place[i] == 0;
	}
	return missing;
}

static enum merged
say_stale(const struct meeting *m, size_t common)
{
	const struct record *stored = m->stored->record, *in = m->in;
	char where[32];

	snprintf(where, sizeof where, "events[%zu]", common);
	err_add(m->err, EX_TEMPFAIL, where, "%s (rev %" PRId64 " here, rev %" PRId64 " there)",
		common < in->n_events ? "is not what the store has" : "is missing: the store has it",
		in->rev, stored->rev);
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

/* 1: appended; 0: already so, left out; -1. */
static int
replay_event(const struct replay *r, const struct event *event, struct err *why)
{
	struct change *change = &r->m->merge->change;
	struct rewrite rewrite = { .n = 0 };
	int64_t at = judged_at(r, event);

	if (!follow(r, event, &rewrite))
		return 0;
	if (event->recorded < change->last)
		rewrite_recording(&rewrite, event, change->last);
	if (change->at != at && change_as_of(change, at, why) < 0)
		return -1;
	if (check_premise(r, event, why) < 0)
		return -1;
	rewrite_put(&rewrite, event, change_text(change));
	return change_add(change, why);
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
		int added = r->place[i] ? 0 : replay_event(r, event, &why);

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

	if (change->at != INSTANT_NONE && change_as_of(change, INSTANT_NONE, m->err) < 0)
		return -1;
	if (fold_record(&own, m->in, change->policies, INT64_MAX, m->arena, m->err) < 0)
		return -1;
	return merge_fields(m, &change->fold, &own);
}

enum merged
merge_stale(const struct meeting *m, size_t common, struct buf *out)
{
	struct replay r = { .m = m, .common = common };
	size_t missing;
	enum merged result;

	r.place = arena_alloc(m->arena, m->in->n_events * sizeof *r.place);
	missing = find_replayed(&r);
	if (!m->merge->terms.rebase && (missing || common == m->in->n_events))
		return say_stale(m, common);
	if (merge_check_ahead(m, common) < 0)
		return MERGED_REFUSED;
	merge_start(m);
	if (change_as_of(&m->merge->change, INSTANT_NONE, m->err) < 0)
		return MERGED_REFUSED;
	result = replay_all(&r);
	if (result < 0)
		return result;
	if (check_fields(m) < 0)
		return MERGED_REFUSED;
	return result == MERGED_GROWN ? merge_write(m, out) : MERGED_SAME;
}
