/* One event without its texts. */
#include "domain/redact_work.h"

#include "base/instant.h"
#include "domain/clock.h"

/* Not at the edge of a name or an address. */
static bool
goes_on(struct span text, size_t at)
{
	return at < text.n && !memchr(" \t<>()[]\"',;:", text.p[at], 13);
}

/* Whether `by` is that person, or has her name or address among other words. */
static bool
names_person(struct span by, struct span person)
{
	for (size_t at = 0; person.n && at + person.n <= by.n; at++)
		if (span_eq_nocase((struct span){ by.p + at, person.n }, person) &&
			(at == 0 || !goes_on(by, at - 1)) && !goes_on(by, at + person.n))
			return true;
	return false;
}

bool
redact_is_requester(const struct redact *redact, struct span by)
{
	const struct redact_terms *terms = redact->terms;

	for (size_t i = 0; i < redact->n_persons; i++)
		if (names_person(by, redact->person[i]))
			return true;
	for (size_t i = 0; i < terms->n_persons; i++)
		if (names_person(by, terms->person[i]))
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

bool
redact_is_one_of(struct span name, const char *const *list)
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

	return redact_is_one_of(name, codes);
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

static bool
is_rule(const struct redact *redact, uint32_t at)
{
	struct span name = scan_text(redact->scan, at, redact->arena);
	size_t n = 0;

	while (n < name.n && (name.p[n] == '-' || (name.p[n] >= '0' && name.p[n] <= '9') ||
		(name.p[n] >= 'a' && name.p[n] <= 'z')))
		n++;
	return n == name.n;
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
		return type != EV_OTHER && is_rule(redact, at);
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

static bool
is_listed(const struct redact *redact, uint32_t at, const char *const *names, int n)
{
	struct span text = scan_text(redact->scan, at, redact->arena);

	for (int i = 0; i < n; i++)
		if (names[i] && span_is(text, names[i]))
			return true;
	return false;
}

static bool
is_judgement(const struct redact *redact, struct span name, uint32_t at)
{
	if (scan_type(redact->scan, at) != SCAN_STRING)
		return false;
	if (span_is(name, "clock"))
		return is_listed(redact, at, clock_names, CLOCK_IDS);
	if (span_is(name, "verdict"))
		return is_listed(redact, at, clock_state_names, CLOCK_STATES);
	return (span_is(name, "target_at") || span_is(name, "limit_at")) &&
		is_instant(redact, at);
}

/* One entry of `judged`: codes, instants and numbers. */
static void
redact_judgement(struct redact *redact, uint32_t entry)
{
	const struct scan *scan = redact->scan;

	if (scan_type(scan, entry) != SCAN_OBJECT) {
		redact_take_out_words(redact, entry);
		return;
	}
	for (uint32_t at = scan_first(scan, entry); at; at = scan->node[at].next)
		if (!is_judgement(redact, scan_key(scan, at, redact->arena), at))
			redact_take_out_words(redact, at);
}

static void
redact_judged(struct redact *redact, uint32_t list)
{
	const struct scan *scan = redact->scan;

	for (uint32_t at = scan_first(scan, list); at; at = scan->node[at].next)
		redact_judgement(redact, at);
}

void
redact_event(struct redact *redact, const struct event *event)
{
	static const char *const kept[] = { "at", "logged", "type", NULL };
	const struct scan *scan = redact->scan;

	for (uint32_t at = scan_first(scan, event->node); at; at = scan->node[at].next) {
		struct span name = scan_key(scan, at, redact->arena);

		if (redact_is_one_of(name, kept))
			continue;
		if (span_is(name, "by")) {
			if (redact_is_requester(redact, scan_text(scan, at, redact->arena)))
				redact_take_out(redact, at);
		} else if (at == event->judged) {
			redact_judged(redact, at);
		} else if (holds_values(redact, event->type, name, at)) {
			redact_values(redact, at);
		} else if (!is_kept(redact, event->type, name, at)) {
			redact_take_out_words(redact, at);
		}
	}
}
