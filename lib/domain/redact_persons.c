/* Who the requester of a record is, or was before an event changed it. */
#include "domain/redact.h"

struct persons {
	struct arena *arena;
	struct span *list;
	size_t n, cap;
};

static void
add_person(struct persons *persons, const struct scan *scan, uint32_t at)
{
	struct span text = scan_text(scan, at, persons->arena);

	if (text.n == 0)
		return;
	persons->list = arena_grow(persons->arena, persons->list, persons->n, &persons->cap,
		sizeof *persons->list);
	persons->list[persons->n++] = text;
}

static bool
tells_who(struct span member)
{
	return span_is(member, "name") || span_is(member, "email");
}

static void
add_requester(struct persons *persons, const struct scan *scan, uint32_t object)
{
	if (!object || scan_type(scan, object) != SCAN_OBJECT)
		return;
	for (uint32_t at = scan_first(scan, object); at; at = scan->node[at].next)
		if (tells_who(scan_key(scan, at, persons->arena)))
			add_person(persons, scan, at);
}

static void
add_values(struct persons *persons, const struct event *event, const char *member)
{
	const struct scan *scan = event->scan;
	uint32_t object = event_member(event, member);

	if (!object || scan_type(scan, object) != SCAN_OBJECT)
		return;
	for (uint32_t at = scan_first(scan, object); at; at = scan->node[at].next) {
		struct span name = scan_key(scan, at, persons->arena);

		if (span_is(name, field_table[FIELD_REQUESTER].name))
			add_requester(persons, scan, at);
		else if (tells_who(field_requester_member(name)))
			add_person(persons, scan, at);
	}
}

struct span *
redact_persons(const struct record *record, struct arena *arena, size_t *n)
{
	struct persons persons = { .arena = arena };

	add_requester(&persons, record->scan, record->node[FIELD_REQUESTER]);
	for (size_t i = 0; i < record->n_events; i++) {
		const struct event *event = &record->event[i];

		if (event->type != EV_AMENDED && event->type != EV_RECLASSIFIED)
			continue;
		add_values(&persons, event, "set");
		add_values(&persons, event, "was");
	}
	*n = persons.n;
	return persons.list;
}
