#include "domain/redact.h"

#include "base/instant.h"

struct redact {
	const struct record *record;
	const struct scan *scan;
	const struct policy *policy;
	const struct redact_terms *terms;
	const struct span *person;
	size_t n_persons;
	struct arena *arena;
	struct buf *out;
	uint32_t done; /* bytes of the line that were copied or taken out */
};

static bool
is_personal(const struct redact *redact, struct span name)
{
	return redact_personal(redact->policy, name) ||
		(redact_takes(name) && redact_listed(redact->terms->field, name));
}

/* What stands for a value; nothing is longer than what it stands for. */
static const char *
empty_value(enum scan_type type, size_t n)
{
	static const char *const empty[] = {
		[SCAN_NULL] = "null",
		[SCAN_FALSE] = "\"\"",
		[SCAN_TRUE] = "\"\"",
		[SCAN_NUMBER] = "\"\"",
		[SCAN_STRING] = "\"\"",
		[SCAN_ARRAY] = "[]",
		[SCAN_OBJECT] = "{}",
	};

	return n > 1 ? empty[type] : "0";
}

static void
take_out(struct redact *redact, uint32_t at)
{
	const struct scan_node *node = &redact->scan->node[at];

	buf_put(redact->out, redact->scan->text + redact->done, node->start - redact->done);
	buf_puts(redact->out, empty_value((enum scan_type)node->type, node->end - node->start));
	redact->done = node->end;
}

/* Numbers, true, false and null tell nothing where no name says so. */
static void
take_out_words(struct redact *redact, uint32_t at)
{
	if (scan_type(redact->scan, at) >= SCAN_STRING)
		take_out(redact, at);
}

static struct span
dotted(const struct redact *redact, struct span object, struct span member)
{
	size_t n = object.n + 1 + member.n;
	char *name = arena_alloc(redact->arena, n);

	memcpy(name, object.p, object.n);
	name[object.n] = '.';
	memcpy(name + object.n + 1, member.p, member.n);
	return (struct span){ name, n };
}

static void
redact_members(struct redact *redact, struct span name, uint32_t object)
{
	const struct scan *scan = redact->scan;

	if (scan_type(scan, object) != SCAN_OBJECT)
		return;
	for (uint32_t at = scan_first(scan, object); at; at = scan->node[at].next)
		if (is_personal(redact, dotted(redact, name, scan_key(scan, at, redact->arena))))
			take_out(redact, at);
}

static void
redact_field(struct redact *redact, struct span name, uint32_t at)
{
	if (is_personal(redact, name))
		take_out(redact, at);
	else
		redact_members(redact, name, at);
}

/* What an event sets, or what was before. */
static void
redact_values(struct redact *redact, uint32_t object)
{
	const struct scan *scan = redact->scan;

	for (uint32_t at = scan_first(scan, object); at; at = scan->node[at].next)
		redact_field(redact, scan_key(scan, at, redact->arena), at);
}

static bool
is_requester(const struct redact *redact, struct span by)
{
	const struct redact_terms *terms = redact->terms;

	for (size_t i = 0; i < redact->n_persons; i++)
		if (span_eq_nocase(by, redact->person[i]))
			return true;
	for (size_t i = 0; i < terms->n_persons; i++)
		if (span_eq_nocase(by, terms->person[i]))
			return true;
	return false;
}

static bool
is_instant(const struct redact *redact, uint32_t at)
{
	struct err ignored = { 0 };
	int64_t value;
	bool ok = scan_type(redact->scan, at) == SCAN_STRING &&
		instant_parse(scan_text(redact->scan, at, redact->arena), &value, &ignored) == 0;

	err_release(&ignored);
	return ok;
}

static bool
is_one_of(struct span name, const char *const *list)
{
	while (*list && !span_is(name, *list))
		list++;
	return *list;
}

/* Codes, ids and versions among the texts that events are known to have. */
static bool
is_code(struct span name)
{
	static const char *const codes[] = { "priority", "assignee", "queue", "clock", "from",
		"to", "of", "outcome", "notice", NULL };

	return is_one_of(name, codes);
}

/* By whose word a field was set: the next import must know that. */
static bool
is_import(const struct redact *redact, enum event_type type, struct span name, uint32_t at)
{
	return (type == EV_AMENDED || type == EV_RECLASSIFIED) && span_is(name, "because") &&
		span_is(scan_text(redact->scan, at, redact->arena), EVENT_IMPORT);
}

static const struct member_info *
known_member(enum event_type type, struct span name)
{
	const struct member_info *info = event_table[type].member;

	while (info->name && !span_is(name, info->name))
		info++;
	return info->name ? info : NULL;
}

/* What a report may need, or an instant. */
static bool
is_kept(const struct redact *redact, enum event_type type, struct span name, uint32_t at)
{
	const struct member_info *info = known_member(type, name);

	if (info)
		return info->kind == MEMBER_INSTANT || is_code(name) ||
			is_import(redact, type, name, at);
	if (span_is(name, "rule"))
		return type != EV_OTHER;
	return span_is(name, "was_at") && is_instant(redact, at);
}

/* `set` or `was` of an event that changes fields. */
static bool
holds_values(const struct redact *redact, enum event_type type, struct span name, uint32_t at)
{
	return (type == EV_AMENDED || type == EV_RECLASSIFIED) &&
		(span_is(name, "set") || span_is(name, "was")) &&
		scan_type(redact->scan, at) == SCAN_OBJECT;
}

static void
redact_event(struct redact *redact, const struct event *event)
{
	static const char *const kept[] = { "at", "logged", "type", "judged", NULL };
	const struct scan *scan = redact->scan;

	for (uint32_t at = scan_first(scan, event->node); at; at = scan->node[at].next) {
		struct span name = scan_key(scan, at, redact->arena);

		if (is_one_of(name, kept))
			continue;
		if (span_is(name, "by")) {
			if (is_requester(redact, scan_text(scan, at, redact->arena)))
				take_out(redact, at);
		} else if (holds_values(redact, event->type, name, at)) {
			redact_values(redact, at);
		} else if (!is_kept(redact, event->type, name, at)) {
			take_out_words(redact, at);
		}
	}
}

/* What the fold took over from events. */
static void
redact_derived(struct redact *redact, uint32_t object)
{
	static const char *const kept[] = { "outcome", "at", NULL };
	const struct scan *scan = redact->scan;

	for (uint32_t at = scan_first(scan, object); at; at = scan->node[at].next) {
		struct span name = scan_key(scan, at, redact->arena);

		if (!is_one_of(name, kept) && (!span_is(name, "by") ||
			is_requester(redact, scan_text(scan, at, redact->arena))))
			take_out_words(redact, at);
	}
}

static void
redact_top(struct redact *redact, enum field field, uint32_t at)
{
	const struct record *record = redact->record;

	if (field == FIELD_EVENTS)
		for (size_t i = 0; i < record->n_events; i++)
			redact_event(redact, &record->event[i]);
	else if (field == FIELD_RESOLUTION || field == FIELD_FEEDBACK)
		redact_derived(redact, at);
	else
		redact_field(redact, scan_key(redact->scan, at, redact->arena), at);
}

void
redact_record(const struct record *record, const struct policy *policy,
	const struct redact_terms *terms, struct arena *arena, struct buf *out)
{
	const struct scan *scan = record->scan;
	size_t start = out->len, i = 0, end;
	struct redact redact = { .record = record, .scan = scan, .policy = policy,
		.terms = terms, .arena = arena, .out = out };

	redact.person = redact_persons(record, arena, &redact.n_persons);
	for (uint32_t at = scan_first(scan, 0); at; at = scan->node[at].next)
		redact_top(&redact, (enum field)record->field[i++], at);
	end = start + record->line.n;
	buf_put(out, scan->text + redact.done, record->line.n - redact.done);
	memset(buf_reserve(out, end - out->len), ' ', end - out->len);
	out->len = end;
}
