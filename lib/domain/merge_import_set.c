/* Fields in which an import differs from what was submitted or last imported. */
#include <stdlib.h>

#include "base/instant.h"
#include "domain/merge_work.h"
#include "domain/redact.h"

struct importing {
	const struct meeting *m;
	struct settings imported; /* what imports said before */
	struct settings own;      /* what the input's own events set: they decide */
	struct buf coded, other;  /* members of `set` */
};

/* Whether what a reclassification sets is passed over, as it came too late. */
static bool
is_void(const struct fold *fold, const struct event *event)
{
	for (size_t i = 0; i < fold->n_steps; i++) {
		const struct step *step = &fold->step[i];

		if (step->event->place == event->place && !step->implied)
			return !(event_table[step->type].from & STATE(step->before));
	}
	return false;
}

/* An event of the store that an earlier import made, and that stands. */
static bool
is_imported(const struct importing *s, const struct pool *ours, const struct event *event)
{
	return settings_imported(event, s->m->arena) && pool_has(ours, event) &&
		!is_void(&s->m->merge->change.fold, event);
}

static void
collect(struct importing *s, const struct pool *ours)
{
	const struct record *stored = s->m->stored->record, *in = s->m->in;

	for (size_t i = 1; i < stored->n_events; i++)
		if (is_imported(s, ours, &stored->event[i]))
			settings_add(&s->imported, &stored->event[i], s->m->arena);
	for (size_t i = 1; i < in->n_events; i++)
		if (settings_any(&in->event[i]))
			settings_add(&s->own, &in->event[i], s->m->arena);
	settings_sort(&s->imported);
	settings_sort(&s->own);
}

static bool
is_same(const struct importing *s, struct value stored, struct value in)
{
	const struct same_terms terms = { .erased = s->m->stored->erased };

	return same_value(stored, in, &terms, s->m->arena);
}

static struct value
submitted(const struct fold *fold, struct span name)
{
	struct span member = field_requester_member(name);
	enum field field = field_find(name);
	const struct amend *amend;
	struct value value;

	if (field != FIELD_NONE)
		return fold->submitted[field];
	if (!member.p) {
		amend = fold_amend(fold, name);
		return amend ? amend->submitted : fold_value(fold, name);
	}
	value = fold->submitted[FIELD_REQUESTER];
	if (value.node)
		value.node = scan_find(value.scan, value.node, member);
	return value;
}

static bool
stays_erased(const struct importing *s, struct span name)
{
	return s->m->stored->erased && redact_personal(s->m->merge->change.fold.policy, name);
}

static bool
own_events_decide(const struct importing *s, struct span name)
{
	return settings_last(&s->own, name) || (field_requester_member(name).p &&
		settings_last(&s->own, span_of("requester")));
}

static bool
is_coded(const struct fold *fold, struct span name)
{
	struct span member = field_requester_member(name);
	const struct form_field *form = member.p
		? policy_form_field(fold->policy, FIELD_REQUESTER,
			span_is(member, "role") ? "role" : NULL)
		: policy_form_field(fold->policy, field_find(name), NULL);

	return form && form->n_codes;
}

static void
put(struct buf *set, struct span name, struct value value)
{
	buf_puts(set, set->len ? "," : "");
	buf_json(set, name);
	buf_putc(set, ':');
	if (value.node)
		buf_span(set, scan_raw(value.scan, value.node));
	else
		buf_puts(set, "null");
}

/*
 * What the import says anew is said, also where it is in force already: what
 * was not written down would count as new once more.  A finished case is not
 * reclassified: it is amended.
 */
static void
offer(struct importing *s, struct span name, struct value in)
{
	const struct fold *fold = &s->m->merge->change.fold;
	const struct setting *before;

	if (own_events_decide(s, name) || stays_erased(s, name))
		return;
	before = settings_last(&s->imported, name);
	if (is_same(s, before ? before->value : submitted(fold, name), in))
		return;
	put(is_coded(fold, name) && fold_is_open(fold) ? &s->coded : &s->other, name, in);
}

static void
offer_form(struct importing *s)
{
	static const char *const person[] = { "requester.name", "requester.email",
		"requester.role" };
	const struct record *in = s->m->in;

	for (int f = 0; f < FIELD_COUNT; f++)
		if (field_in_form((enum field)f) && f != FIELD_REQUESTER)
			offer(s, span_of(field_table[f].name), record_value(in, (enum field)f));
	for (size_t i = 0; i < sizeof person / sizeof *person; i++)
		offer(s, span_of(person[i]), record_find(in, span_of(person[i])));
}

static struct same_member *
private_members(const struct record *record, struct arena *arena, size_t *n)
{
	const struct scan *scan = record->scan;
	struct same_member *list = arena_alloc(arena, scan->node[0].count * sizeof *list);

	*n = 0;
	for (uint32_t at = scan_first(scan, 0); at; at = scan->node[at].next) {
		struct span name = scan_key(scan, at, arena);

		if (field_is_private(name))
			list[(*n)++] = (struct same_member){ name, at };
	}
	qsort(list, *n, sizeof *list, same_member_order);
	return list;
}

/* What neither has any more was taken out by an event of the store. */
static void
offer_removed(struct importing *s)
{
	const struct fold *fold = &s->m->merge->change.fold;
	const struct record *in = s->m->in;

	for (size_t i = 0; i < fold->n_amends; i++) {
		const struct amend *amend = &fold->amend[i];

		if (field_is_private(amend->name) && !amend->own &&
			!scan_find(in->scan, 0, amend->name))
			offer(s, amend->name, (struct value){ in->scan, 0 });
	}
}

/* Both sorted: those of the input, and those that only the store has. */
static void
offer_private(struct importing *s)
{
	const struct record *stored = s->m->stored->record, *in = s->m->in;
	size_t n, k, j = 0;
	const struct same_member *a = private_members(in, s->m->arena, &n);
	const struct same_member *b = private_members(stored, s->m->arena, &k);

	for (size_t i = 0; i < n; i++)
		offer(s, a[i].name, (struct value){ in->scan, a[i].node });
	for (size_t i = 0; i < k; i++) {
		while (j < n && same_member_order(&a[j], &b[i]) < 0)
			j++;
		if (j == n || same_member_order(&a[j], &b[i]) != 0)
			offer(s, b[i].name, (struct value){ in->scan, 0 });
	}
}

static int
add_event(const struct importing *s, enum event_type type, const struct buf *set)
{
	struct change *change = &s->m->merge->change;
	struct buf *event;

	if (set->len == 0)
		return 0;
	event = change_event(change, type);
	buf_key(event, "set");
	buf_putc(event, '{');
	buf_span(event, buf_text(set));
	buf_putc(event, '}');
	buf_member(event, "because", span_of(EVENT_IMPORT));
	return change_put(change, s->m->err);
}

int
merge_import_set(const struct meeting *m, const struct pool *ours)
{
	struct importing s = { .m = m };
	int result;

	collect(&s, ours);
	offer_form(&s);
	offer_private(&s);
	offer_removed(&s);
	result = s.coded.len || s.other.len;
	if (add_event(&s, EV_RECLASSIFIED, &s.coded) < 0 || add_event(&s, EV_AMENDED, &s.other) < 0)
		result = -1;
	buf_release(&s.coded);
	buf_release(&s.other);
	return result;
}
