#include "domain/redact_work.h"

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

void
redact_take_out(struct redact *redact, uint32_t at)
{
	const struct scan_node *node = &redact->scan->node[at];

	buf_put(redact->out, redact->scan->text + redact->done, node->start - redact->done);
	buf_puts(redact->out, empty_value((enum scan_type)node->type, node->end - node->start));
	redact->done = node->end;
}

void
redact_take_out_words(struct redact *redact, uint32_t at)
{
	if (scan_type(redact->scan, at) >= SCAN_STRING)
		redact_take_out(redact, at);
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
			redact_take_out(redact, at);
}

static void
redact_field(struct redact *redact, struct span name, uint32_t at)
{
	if (is_personal(redact, name))
		redact_take_out(redact, at);
	else
		redact_members(redact, name, at);
}

void
redact_values(struct redact *redact, uint32_t object)
{
	const struct scan *scan = redact->scan;

	for (uint32_t at = scan_first(scan, object); at; at = scan->node[at].next)
		redact_field(redact, scan_key(scan, at, redact->arena), at);
}

/* What the fold took over from events. */
static void
redact_derived(struct redact *redact, uint32_t object)
{
	static const char *const kept[] = { "outcome", "at", NULL };
	const struct scan *scan = redact->scan;

	for (uint32_t at = scan_first(scan, object); at; at = scan->node[at].next) {
		struct span name = scan_key(scan, at, redact->arena);

		if (!redact_is_one_of(name, kept) && (!span_is(name, "by") ||
			redact_is_requester(redact, scan_text(scan, at, redact->arena))))
			redact_take_out_words(redact, at);
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
