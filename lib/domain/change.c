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
	*change = (struct change){ .policies = policies, .now = now, .by = by };
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

int
change_begin(struct change *change, const struct record *record, int64_t at,
	struct arena *arena, struct err *err)
{
	int64_t last = last_recording(record);

	change->arena = arena;
	change->record = record;
	change->grown = *record;
	change->at = at;
	change->recorded = last > change->now ? last : change->now;
	change->n_added = 0;
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
	if (change->n_added == change->cap_drafts) {
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

/* The list with one more event, in the arena: earlier folds borrow the old one. */
static void
grow(struct change *change, const struct event *event)
{
	struct record *grown = &change->grown;
	struct event *list = arena_alloc(change->arena, (grown->n_events + 1) * sizeof *list);

	memcpy(list, grown->event, grown->n_events * sizeof *list);
	list[grown->n_events] = *event;
	list[grown->n_events].place = (uint32_t)grown->n_events + 1;
	grown->event = list;
	grown->n_events++;
	change->n_added++;
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
	const struct step *later;
	struct fold all;
	char at[INSTANT_SIZE];

	if (change->at == INSTANT_NONE || !own || !turns(own))
		return 0;
	if (fold_record(&all, change->record, change->policies, INT64_MAX, change->arena, err) < 0)
		return -1;
	later = later_turn(&all, event->at);
	if (!later)
		return 0;
	instant_format(later->at, at);
	return err_add(err, EX_DATAERR, NULL, "cannot %s at that time: %s on %.10s came later",
		event_table[event->type].verb, event_table[later->type].name, at);
}

int
change_add(struct change *change, struct err *err)
{
	struct draft *draft = change->draft[change->n_added];
	struct event event;
	enum check check;

	buf_putc(&draft->text, '}');
	if (scan_line(&draft->scan, draft->text.data, draft->text.len, err) < 0 ||
		event_read(&event, &draft->scan, 0, err) < 0)
		return -1;
	check = change_check(&change->fold, &event, err);
	if (check != CHECK_OK)
		return (int)check;
	grow(change, &event);
	if (fold_again(change, err) < 0 || check_backdated(change, &event, err) < 0)
		return -1;
	return 1;
}
