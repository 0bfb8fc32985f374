#include "domain/fold.h"

#include <stdlib.h>

#include "base/instant.h"
#include "domain/fold_work.h"

/* Last retraction first: one that was itself retracted takes nothing out. */
static void
retract(struct folding *f, int64_t until)
{
	struct fold *fold = f->fold;
	const struct record *record = fold->record;

	for (size_t i = 0; i < record->n_events; i++)
		fold->alive[i] = i == 0 || record->event[i].at <= until;
	for (size_t i = record->n_events; i-- > 1;) {
		const struct event *event = &record->event[i];
		int64_t place;

		if (event->type != EV_RETRACTED || !fold->alive[i])
			continue;
		if (event_int(event, "event", &place) && place > 1 && place <= (int64_t)i)
			fold->alive[place - 1] = false;
	}
}

static int64_t
happened(const struct event *event, int64_t created)
{
	return event->at > created ? event->at : created;
}

struct placed {
	const struct event *event;
	int64_t at;
};

static int
by_time(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->event->place < y->event->place ? -1 : 1;
}

/* The events that count, by time, ties in list order; without the first. */
static void
order_events(struct folding *f)
{
	const struct record *record = f->fold->record;
	struct arena *arena = f->fold->arena;
	struct placed *placed = arena_alloc(arena, record->n_events * sizeof *placed);
	bool sorted = true;
	size_t n = 0;

	for (size_t i = 1; i < record->n_events; i++) {
		const struct event *event = &record->event[i];

		if (!f->fold->alive[i])
			continue;
		placed[n] = (struct placed){ event, happened(event, record->created) };
		sorted = sorted && (n == 0 || placed[n - 1].at <= placed[n].at);
		n++;
	}
	if (!sorted)
		qsort(placed, n, sizeof *placed, by_time);
	f->order = arena_alloc(arena, (n + 1) * sizeof(*f->order));
	f->n_order = n + 1;
	f->order[0] = &record->event[0];
	for (size_t i = 0; i < n; i++)
		f->order[i + 1] = placed[i].event;
}

/* `from` of the first repinning in the list. */
struct span
fold_submitted_version(const struct record *record, struct arena *arena)
{
	for (size_t i = 1; i < record->n_events; i++) {
		const struct event *event = &record->event[i];
		struct span from;

		if (event->type != EV_REPINNED)
			continue;
		from = event_text(event, "from", arena);
		if (from.p)
			return from;
	}
	return record->version;
}

void
fold_find_calendar(struct fold *fold)
{
	fold->calendar = policy_case_calendar(fold->policy, fold->form, fold->queue,
		fold->arena);
}

static void
find_due(struct fold *fold)
{
	fold->due = fold->risk = INSTANT_NONE;
	for (size_t i = 0; i < fold->n_clocks; i++) {
		const struct clock *clock = &fold->clock[i];
		int64_t before = clock->state == CLOCK_HELD ? clock->held_at : INT64_MAX;

		if (!clock_lives(clock))
			continue;
		if (clock->limit_at != INSTANT_NONE && clock->limit_at < before &&
			(fold->due == INSTANT_NONE || clock->limit_at < fold->due))
			fold->due = clock->limit_at;
		if (clock->target_at != INSTANT_NONE && clock->target_at < before &&
			(fold->risk == INSTANT_NONE || clock->target_at < fold->risk))
			fold->risk = clock->target_at;
	}
}

static int
prepare(struct folding *f, const struct record *record, int64_t until)
{
	struct fold *fold = f->fold;
	struct arena *arena = fold->arena;

	fold->record = record;
	fold->policy_version = fold_submitted_version(record, arena);
	fold->policy = f->policies->find(f->policies->ctx, record->policy,
		fold->policy_version, f->err);
	if (!fold->policy)
		return -1;
	fold->alive = arena_alloc(arena, record->n_events * sizeof *fold->alive);
	fold->step = arena_alloc(arena, 3 * record->n_events * sizeof *fold->step);
	fold->first_stop = arena_zero(arena, record->n_events * sizeof *fold->first_stop);
	for (int i = 0; i < CLOCK_IDS; i++)
		f->living[i] = -1;
	retract(f, until);
	order_events(f);
	form_submitted(f);
	fold_find_calendar(fold);
	judged_collect(f);
	return 0;
}

static int
run(struct folding *f, const struct record *record, int64_t until)
{
	if (prepare(f, record, until) < 0)
		return -1;
	for (f->position = 0; f->position < f->n_order && !f->failed; f->position++)
		apply_event(f, f->order[f->position]);
	find_due(f->fold);
	return f->failed ? -1 : 0;
}

int
fold_record(struct fold *fold, const struct record *record,
	const struct policy_source *policies, int64_t until,
	struct arena *arena, struct err *err)
{
	struct folding f = { .fold = fold, .policies = policies, .err = err };

	*fold = (struct fold){ .arena = arena };
	return run(&f, record, until);
}

struct only {
	const struct policy *policy;
};

static const struct policy *
find_only(void *ctx, struct span name, struct span version, struct err *err)
{
	const struct only *only = ctx;

	(void)name;
	(void)version;
	(void)err;
	return only->policy;
}

void
fold_rejudge(struct fold *fold, const struct record *record, const struct policy *policy,
	int64_t until, struct arena *arena)
{
	struct only only = { policy };
	struct policy_source source = { find_only, &only };
	struct folding f = { .fold = fold, .policies = &source, .anew = true };

	*fold = (struct fold){ .arena = arena };
	run(&f, record, until);
	fold->policy_version = span_of(policy->version);
}

const struct clock *
fold_clock(const struct fold *fold, enum clock_id id)
{
	for (size_t i = fold->n_clocks; i-- > 0;)
		if (fold->clock[i].id == id && clock_lives(&fold->clock[i]))
			return &fold->clock[i];
	return NULL;
}

const struct stop *
fold_stops(const struct fold *fold, const struct event *event, size_t *n)
{
	size_t first = fold->first_stop[event->place - 1];

	*n = 0;
	if (!first)
		return NULL;
	while (first - 1 + *n < fold->n_stops &&
		fold->step[fold->stop[first - 1 + *n].step].event == event)
		++*n;
	return &fold->stop[first - 1];
}

/* case_opened, else created. */
static int64_t
opened(const struct fold *fold)
{
	struct value value = fold->form[FIELD_CASE_OPENED];
	struct err err = { 0 };
	int64_t at = fold->record->created;

	if (value.node)
		instant_parse(scan_text(value.scan, value.node, fold->arena), &at, &err);
	err_release(&err);
	return at;
}

struct facts
fold_facts(const struct fold *fold, int64_t at)
{
	return (struct facts){
		.form = fold->form,
		.state = fold->state,
		.priority = fold->priority,
		.queue = fold->queue,
		.opened = opened(fold),
		.at = at,
		.calendar = fold->calendar,
		.day_ends = fold->policy->day_ends,
		.arena = fold->arena,
	};
}
