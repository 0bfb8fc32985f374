#include <stdlib.h>

#include "domain/merge_work.h"

/* What a field of the input may say. */
struct saying {
	const struct meeting *m;
	const struct fold *after, *own;
	struct same_terms terms;
};

static bool
is_same(const struct saying *s, struct value stored, struct value in)
{
	return same_value(stored, in, &s->terms, s->m->arena);
}

static int
refuse(const struct saying *s, struct span name)
{
	return err_add(s->m->err, EX_DATAERR, arena_copy(s->m->arena, name.p, name.n),
		"only events change a committed case");
}

/* Whether an event sets the form field, or a member of it. */
static bool
is_set(const struct fold *fold, enum field field)
{
	for (size_t i = 0; i < fold->n_named; i++) {
		struct span name = fold->named[i].name;

		if (span_is(name, field_table[field].name) ||
			(field == FIELD_REQUESTER && field_requester_member(name).p))
			return true;
	}
	return false;
}

static bool
sets(const struct event *event, struct span name, struct arena *arena)
{
	const struct scan *scan = event->scan;
	uint32_t at = settings_any(event) ? event_member(event, "set") : 0;

	if (!at || scan_type(scan, at) != SCAN_OBJECT)
		return false;
	for (at = scan_first(scan, at); at; at = scan->node[at].next) {
		struct span key = scan_key(scan, at, arena);

		if (span_eq(key, name) || (span_is(name, "requester") &&
				field_requester_member(key).p))
			return true;
	}
	return false;
}

/*
 * Whether the input's own value is the one that was submitted: the first of
 * its events to set the name does not say what was.
 */
static bool
says_submitted(const struct saying *s, struct span name)
{
	const struct record *in = s->m->in;

	for (size_t i = 1; i < in->n_events; i++) {
		const struct event *event = &in->event[i];

		if (sets(event, name, s->m->arena))
			return !event_member(event, "was");
	}
	return false;
}

/* Of a stale record: what its own events make of the field, else what was submitted. */
static struct value
own_form(const struct saying *s, enum field field)
{
	return is_set(s->own, field) ? s->own->form[field] : s->after->submitted[field];
}

/* What erasure, and a fold after it, leave of a requester: members that say nothing. */
static bool
is_nobody(const struct value *requester)
{
	const struct scan *scan = requester->scan;
	uint32_t at = requester->node;

	if (!at || scan_type(scan, at) != SCAN_OBJECT)
		return false;
	for (at = scan_first(scan, at); at; at = scan->node[at].next)
		if (!span_is(scan_raw(scan, at), "\"\""))
			return false;
	return true;
}

static int
check_form(const struct saying *s, enum field field)
{
	struct span name = span_of(field_table[field].name);
	struct value in = record_value(s->m->in, field);
	struct value stored = record_value(s->m->stored->record, field);

	if (field == FIELD_REQUESTER && s->terms.erased && in.node && is_nobody(&stored))
		return 0;
	if (is_same(s, stored, in))
		return 0;
	if (s->after && is_same(s, s->after->form[field], in))
		return 0;
	if (s->after && is_same(s, s->after->submitted[field], in) && says_submitted(s, name))
		return 0;
	if (s->own && is_same(s, own_form(s, field), in))
		return 0;
	return refuse(s, name);
}

/* The same of a field that esc does not know. */
static int
check_unknown(const struct saying *s, struct span name, struct value stored, struct value in)
{
	const struct amend *after = s->after ? fold_amend(s->after, name) : NULL;
	const struct amend *own = s->own ? fold_amend(s->own, name) : NULL;

	if (is_same(s, stored, in))
		return 0;
	if (after && is_same(s, after->value, in))
		return 0;
	if (after && is_same(s, after->submitted, in) && says_submitted(s, name))
		return 0;
	if (own ? is_same(s, own->value, in)
		: s->own && after && is_same(s, after->submitted, in))
		return 0;
	return refuse(s, name);
}

static struct same_member *
unknown_members(const struct record *record, struct arena *arena, size_t *n)
{
	const struct scan *scan = record->scan;
	struct same_member *list = arena_alloc(arena, scan->node[0].count * sizeof *list);
	const unsigned char *field = record->field;

	*n = 0;
	for (uint32_t at = scan_first(scan, 0); at; at = scan->node[at].next)
		if (*field++ == FIELD_NONE)
			list[(*n)++] = (struct same_member){ scan_key(scan, at, arena), at };
	qsort(list, *n, sizeof *list, same_member_order);
	return list;
}

/* Both sorted: the names of either, each once. */
static int
check_unknowns(const struct saying *s)
{
	const struct record *stored = s->m->stored->record, *in = s->m->in;
	size_t n, k, i = 0, j = 0;
	const struct same_member *a = unknown_members(stored, s->m->arena, &n);
	const struct same_member *b = unknown_members(in, s->m->arena, &k);

	while (i < n || j < k) {
		int order = i == n ? 1 : j == k ? -1 : same_member_order(&a[i], &b[j]);
		struct value x = { stored->scan, order <= 0 ? a[i].node : 0 };
		struct value y = { in->scan, order >= 0 ? b[j].node : 0 };

		if (check_unknown(s, order <= 0 ? a[i].name : b[j].name, x, y) < 0)
			return -1;
		i += order <= 0;
		j += order >= 0;
	}
	return 0;
}

static bool
is_repinned(const struct record *record)
{
	for (size_t i = 1; i < record->n_events; i++)
		if (record->event[i].type == EV_REPINNED)
			return true;
	return false;
}

static int
check_version(const struct saying *s)
{
	const struct record *in = s->m->in;

	if (span_eq(in->version, s->m->stored->record->version))
		return 0;
	if (s->after && span_eq(in->version, s->after->policy_version))
		return 0;
	if (s->own && span_eq(in->version, s->own->policy_version) && is_repinned(in))
		return 0;
	if ((s->own || is_repinned(in)) && span_eq(in->version,
			fold_submitted_version(s->m->stored->record, s->m->arena)))
		return 0;
	return refuse(s, span_of("policy_version"));
}

static int
check_head(const struct saying *s)
{
	const struct record *stored = s->m->stored->record, *in = s->m->in;
	int result = 0;

	if (!span_eq(stored->id, in->id))
		result = refuse(s, span_of("id"));
	if (!span_eq(stored->policy, in->policy))
		result = refuse(s, span_of("policy"));
	if (stored->created != in->created)
		result = refuse(s, span_of("created"));
	return check_version(s) < 0 ? -1 : result;
}

int
merge_fields(const struct meeting *m, const struct fold *after, const struct fold *own)
{
	const struct saying s = { m, after, own, { .erased = m->stored->erased } };
	int result = check_head(&s);

	for (int field = 0; field < FIELD_COUNT; field++)
		if (field_in_form((enum field)field) && check_form(&s, (enum field)field) < 0)
			result = -1;
	return check_unknowns(&s) < 0 ? -1 : result;
}
