#include "domain/change.h"

#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "domain/change_work.h"
#include "domain/derived.h"

void
change_init(struct change *change, const struct policy_source *policies, int64_t now,
	struct span by)
{
	*change = (struct change){ .policies = policies, .now = now, .by = by, .rev = -1 };
}

void
change_release(struct change *change)
{
	for (size_t i = 0; i < change->cap_drafts; i++) {
		buf_release(&change->draft[i]->text);
		scan_release(&change->draft[i]->scan);
		free(change->draft[i]);
	}
	free(change->draft);
	*change = (struct change){ 0 };
}

static int64_t
last_recording(const struct record *record)
{
	int64_t last = INSTANT_MIN;

	for (size_t i = 0; i < record->n_events; i++)
		if (record->event[i].recorded > last)
			last = record->event[i].recorded;
	return last;
}

/* The fold on which a command is checked: of all, or as of a backdated `at`. */
static int
fold_again(struct change *change, struct err *err)
{
	int64_t until = change->at == INSTANT_NONE ? INT64_MAX : change->at;

	return fold_record(&change->fold, &change->grown, change->policies, until,
		change->arena, err);
}

void
change_start(struct change *change, const struct record *record, struct arena *arena)
{
	change->arena = arena;
	change->record = record;
	change->grown = *record;
	change->at = INSTANT_NONE;
	change->last = last_recording(record);
	change->recorded = change->last > change->now ? change->last : change->now;
	change->n_added = 0;
}

int
change_as_of(struct change *change, int64_t at, struct err *err)
{
	change->at = at;
	return fold_again(change, err);
}

int
change_begin(struct change *change, const struct record *record, int64_t at,
	struct arena *arena, struct err *err)
{
	change_start(change, record, arena);
	change->at = at;
	if (at != INSTANT_NONE && at > change->now)
		return err_add(err, EX_DATAERR, "at", "lies in the future");
	if (at != INSTANT_NONE && at < record->created)
		return err_add(err, EX_DATAERR, "at", "lies before the case was created");
	return fold_again(change, err);
}

bool
change_is_late(const struct change *change)
{
	return change->recorded > change->now;
}

/* Each stays where it is: the events of the grown record point into it. */
static struct draft *
next_draft(struct change *change)
{
	if (change->n_added >= change->cap_drafts) {
		size_t cap = mem_grow(change->cap_drafts, change->n_added + 1);

		change->draft = mem_resize(change->draft, cap * sizeof(*change->draft));
		for (size_t i = change->cap_drafts; i < cap; i++) {
			change->draft[i] = mem_zero(sizeof **change->draft);
			buf_init(&change->draft[i]->text);
			scan_init(&change->draft[i]->scan);
		}
		change->cap_drafts = cap;
	}
	change->draft[change->n_added]->text.len = 0;
	return change->draft[change->n_added];
}

struct buf *
change_text(struct change *change)
{
	return &next_draft(change)->text;
}

struct buf *
change_event_at(struct change *change, enum event_type type, int64_t at)
{
	struct buf *out = &next_draft(change)->text;

	buf_putc(out, '{');
	derived_instant(out, "at", at);
	if (at != change->recorded)
		derived_instant(out, "logged", change->recorded);
	buf_key(out, "by");
	buf_json(out, change->by);
	buf_key(out, "type");
	buf_json(out, span_of(event_table[type].name));
	return out;
}

struct buf *
change_event(struct change *change, enum event_type type)
{
	return change_event_at(change, type,
		change->at == INSTANT_NONE ? change->recorded : change->at);
}

/* The list with more events, in the arena: earlier folds borrow the old one. */
static void
grow(struct change *change, const struct event *event, size_t n)
{
	struct record *grown = &change->grown;
	size_t old = grown->n_events;
	struct event *list = arena_alloc(change->arena, (old + n) * sizeof *list);

	memcpy(list, grown->event, old * sizeof *list);
	memcpy(list + old, event, n * sizeof *list);
	for (size_t i = old; i < old + n; i++)
		list[i].place = (uint32_t)i + 1;
	grown->event = list;
	grown->n_events = old + n;
	change->n_added += n;
}

int
change_take(struct change *change, const struct event *event, size_t n, struct err *err)
{
	grow(change, event, n);
	return fold_again(change, err);
}

static bool
turns(const struct step *step)
{
	return step->effect &&
		(step->before != step->after || step->tier_before != step->tier_after);
}

/* A later event that changed state or tier; NULL. */
static const struct step *
later_turn(const struct fold *fold, int64_t at)
{
	for (size_t i = 0; i < fold->n_steps; i++)
		if (fold->step[i].at > at && turns(&fold->step[i]))
			return &fold->step[i];
	return NULL;
}

/* A backdated event may not change state or tier where a later one already did. */
static int
check_backdated(struct change *change, const struct event *event, struct err *err)
{
	const struct step *own = change->fold.n_steps
		? &change->fold.step[change->fold.n_steps - 1] : NULL;
	struct record before = change->grown;
	const struct step *later;
	struct fold all;
	char at[INSTANT_SIZE];

	if (change->at == INSTANT_NONE || !own || !turns(own))
		return 0;
	before.n_events--;
	if (fold_record(&all, &before, change->policies, INT64_MAX, change->arena, err) < 0)
		return -1;
	later = later_turn(&all, event->at);
	if (!later)
		return 0;
	instant_format(later->at, at);
	return err_add(err, EX_DATAERR, NULL, "cannot %s at that time: %s on %.10s came later",
		event_table[event->type].verb, event_table[later->type].name, at);
}

/* The event whose text was begun last, with its brace closed. */
static int
read_draft(struct change *change, struct event *event, struct err *err)
{
	struct draft *draft = change->draft[change->n_added];

	buf_putc(&draft->text, '}');
	if (scan_line(&draft->scan, draft->text.data, draft->text.len, err) < 0)
		return -1;
	return event_read(event, &draft->scan, 0, err);
}

int
change_put(struct change *change, struct err *err)
{
	struct event event;

	if (read_draft(change, &event, err) < 0)
		return -1;
	return change_take(change, &event, 1, err);
}

int
change_add(struct change *change, struct err *err)
{
	struct event event;
	enum check check;

	if (read_draft(change, &event, err) < 0)
		return -1;
	check = change_check(&change->fold, &event, err);
	if (check != CHECK_OK)
		return (int)check;
	grow(change, &event, 1);
	if (fold_again(change, err) < 0 || check_backdated(change, &event, err) < 0)
		return -1;
	return 1;
}
