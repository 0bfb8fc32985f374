#include <string.h>

#include "domain/fold_work.h"
#include "domain/same.h"

static struct value
value_of(const struct scan *scan, uint32_t at)
{
	if (at && scan_type(scan, at) == SCAN_NULL)
		at = 0;
	return (struct value){ scan, at };
}

/* A value that does not fit its field changes nothing. */
static bool
fits(struct span name, struct value value)
{
	enum field field = field_find(name);

	if (field != FIELD_NONE)
		return field_in_form(field) && (!value.node || record_value_fits(value, field));
	if (field_requester_member(name).p)
		return !value.node || scan_type(value.scan, value.node) == SCAN_STRING;
	return true;
}

static void
set_value(struct folding *f, struct span name, struct value value)
{
	struct span member = field_requester_member(name);
	enum field field = field_find(name);
	struct value *form = f->fold->form;
	const struct named *named = names_find(f->fold, name);

	if (!fits(name, value))
		return;
	if (field != FIELD_NONE)
		form[field] = value;
	else if (member.p)
		form[FIELD_REQUESTER] = person_with(f->fold, form[FIELD_REQUESTER], member, value);
	else if (named && named->amend)
		f->fold->amend[named->amend - 1].value = value;
}

static bool
is_unknown(struct span name)
{
	return field_find(name) == FIELD_NONE && !field_requester_member(name).p;
}

/* A place for each x_ or unknown name, in the order in which they are set. */
static void
place_amends(struct folding *f, const struct event *event)
{
	struct fold *fold = f->fold;
	uint32_t set = names_member(event, "set");

	for (uint32_t at = set ? scan_first(event->scan, set) : 0; at;
		at = event->scan->node[at].next) {
		struct span name = scan_key(event->scan, at, fold->arena);
		struct named *named = names_find(fold, name);

		if (named->amend || !is_unknown(name))
			continue;
		fold->amend = arena_grow(fold->arena, fold->amend, fold->n_amends,
			&f->cap_amends, sizeof *fold->amend);
		fold->amend[fold->n_amends] = (struct amend){ .name = named->name,
			.value.scan = fold->record->scan };
		named->amend = (uint32_t)++fold->n_amends;
	}
}

/* What the record itself says of the names that were amended. */
static void
own_values(struct fold *fold)
{
	const struct scan *scan = fold->record->scan;

	if (!fold->n_amends)
		return;
	for (uint32_t at = scan_first(scan, 0); at; at = scan->node[at].next) {
		const struct named *named = names_find(fold, scan_key(scan, at, fold->arena));

		if (named && named->amend)
			fold->amend[named->amend - 1].value.node =
				fold->amend[named->amend - 1].own = at;
	}
}

/*
 * The values before the first change, of names that this event is the first
 * to set: what its `was` says, absent where that lacks them; without a
 * `was`, what the record says.
 */
static void
submit_values(struct folding *f, const struct event *event)
{
	struct arena *arena = f->fold->arena;
	const struct scan *scan = event->scan;
	uint32_t set = names_member(event, "set");
	uint32_t was = names_member(event, "was");

	if (!set || !was)
		return;
	for (uint32_t at = scan_first(scan, was); at; at = scan->node[at].next) {
		struct span name = scan_key(scan, at, arena);
		struct named *named = names_find(f->fold, name);

		if (!named || named->place != event->place)
			continue;
		named->in_was = true;
		set_value(f, name, value_of(scan, at));
	}
	for (uint32_t at = scan_first(scan, set); at; at = scan->node[at].next) {
		struct span name = scan_key(scan, at, arena);
		const struct named *named = names_find(f->fold, name);

		if (named->place == event->place && !named->in_was)
			set_value(f, name, (struct value){ scan, 0 });
	}
}

void
form_submitted(struct folding *f)
{
	struct fold *fold = f->fold;
	const struct record *record = fold->record;

	for (int field = 0; field < FIELD_COUNT; field++)
		if (field_in_form((enum field)field))
			fold->form[field] = record_value(record, (enum field)field);
	names_collect(fold);
	for (size_t i = 0; fold->n_named && i < record->n_events; i++)
		if (names_changed_by(&record->event[i]))
			place_amends(f, &record->event[i]);
	own_values(fold);
	for (size_t i = 0; fold->n_named && i < record->n_events; i++)
		if (names_changed_by(&record->event[i]))
			submit_values(f, &record->event[i]);
	memcpy(fold->submitted, fold->form, sizeof fold->form);
	for (size_t i = 0; i < fold->n_amends; i++)
		fold->amend[i].submitted = fold->amend[i].value;
}

/* Remembers what an event without `was` finds. */
void
form_keep_was(struct folding *f, const struct event *event)
{
	struct fold *fold = f->fold;
	const struct scan *scan = event->scan;
	uint32_t set = names_member(event, "set");
	struct value *was;
	size_t k = 0;

	if (!set || names_member(event, "was"))
		return;
	was = arena_alloc(fold->arena, scan->node[set].count * sizeof *was);
	if (!fold->was)
		fold->was = arena_zero(fold->arena, fold->record->n_events * sizeof *fold->was);
	fold->was[event->place - 1] = was;
	for (uint32_t at = scan_first(scan, set); at; at = scan->node[at].next)
		was[k++] = fold_value(fold, scan_key(scan, at, fold->arena));
}

/* Whether it, or a member of it, may be what an erasure left. */
static bool
may_be_erased(struct value value)
{
	const struct scan *scan = value.scan;
	uint32_t at = 0;

	if (!value.node)
		return false;
	if (scan_type(scan, value.node) == SCAN_OBJECT)
		at = scan_first(scan, value.node);
	while (at && !same_is_erased(scan, at))
		at = scan->node[at].next;
	return at || same_is_erased(scan, value.node);
}

/* Of what was erased nobody knows: it counts as the change that most are. */
static bool
changes(const struct fold *fold, struct span name, struct value value)
{
	return fits(name, value) && (may_be_erased(value) || !fold_says(fold, name, value));
}

bool
form_changes(const struct folding *f, const struct event *event)
{
	const struct scan *scan = event->scan;
	uint32_t set = names_member(event, "set");

	for (uint32_t at = set ? scan_first(scan, set) : 0; at; at = scan->node[at].next)
		if (changes(f->fold, scan_key(scan, at, f->fold->arena), value_of(scan, at)))
			return true;
	return false;
}

void
form_apply(struct folding *f, const struct event *event)
{
	const struct scan *scan = event->scan;
	uint32_t set = names_member(event, "set");

	for (uint32_t at = set ? scan_first(scan, set) : 0; at; at = scan->node[at].next)
		set_value(f, scan_key(scan, at, f->fold->arena), value_of(scan, at));
}

/* A dotted name among values: `form` is those in force or those submitted. */
static struct value
look_up(const struct fold *fold, const struct value *form, struct span name)
{
	struct span member = field_requester_member(name);
	struct value value = { fold->record->scan, 0 };
	enum field field = field_find(name);
	const struct amend *amend;

	if (field != FIELD_NONE)
		return field_in_form(field) ? form[field] : value;
	if (member.p) {
		value = form[FIELD_REQUESTER];
		if (value.node)
			value.node = scan_find(value.scan, value.node, member);
		return value;
	}
	amend = fold_amend(fold, name);
	if (amend)
		return form == fold->form ? amend->value : amend->submitted;
	value.node = scan_find(fold->record->scan, 0, name);
	return value;
}

struct value
fold_value(const struct fold *fold, struct span name)
{
	return look_up(fold, fold->form, name);
}

bool
fold_says(const struct fold *fold, struct span name, struct value value)
{
	static const struct same_terms exact = { .exact = true };

	return same_value(fold_value(fold, name), value, &exact, fold->arena);
}

bool
fold_was(const struct fold *fold, const struct event *event, size_t k, struct span name,
	struct value *was)
{
	const struct named *named = names_find(fold, name);

	if (!named || named->place == event->place) {
		*was = look_up(fold, fold->submitted, name);
		return true;
	}
	if (!fold->was || !fold->was[event->place - 1])
		return false;
	*was = fold->was[event->place - 1][k];
	return true;
}
