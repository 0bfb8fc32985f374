#include "domain/event.h"

#include "base/instant.h"

#define SUBMITTED STATE(STATE_SUBMITTED)
#define ACKED     STATE(STATE_ACKNOWLEDGED)
#define ESCALATED STATE(STATE_ESCALATED)
#define RESOLVED  STATE(STATE_RESOLVED)
#define CLOSED    STATE(STATE_CLOSED)
#define CANCELLED STATE(STATE_CANCELLED)

const char *const state_names[CASE_STATES] = {
	[STATE_SUBMITTED] = "submitted",
	[STATE_ACKNOWLEDGED] = "acknowledged",
	[STATE_ESCALATED] = "escalated",
	[STATE_RESOLVED] = "resolved",
	[STATE_CLOSED] = "closed",
	[STATE_CANCELLED] = "cancelled",
	[STATE_PRIORITISED] = "prioritised",
	[STATE_MERGED] = "merged",
};

/* Shorthands for the rows below: a member that is free, starred, or starred
 * for people alone. */
#define FREE(name, kind)   { name, MEMBER_##kind, NEED_NOT }
#define ALL(name, kind)    { name, MEMBER_##kind, NEED_ALL }
#define PEOPLE(name, kind) { name, MEMBER_##kind, NEED_PEOPLE }

const struct event_info event_table[EVENT_TYPES] = {
	[EV_OTHER] = { "", "record", STATES_ANY, { { 0 } } },
	[EV_SUBMITTED] = { "submitted", "submit", 0, { { 0 } } },
	[EV_ACKNOWLEDGED] = { "acknowledged", "acknowledge", SUBMITTED,
		{ FREE("text", TEXT) } },
	[EV_ACCEPTED] = { "accepted", "accept", SUBMITTED | ACKED,
		{ FREE("tier", INT), FREE("priority", TEXT), FREE("assignee", TEXT),
			FREE("queue", TEXT), FREE("text", TEXT) } },
	[EV_CANCELLED] = { "cancelled", "cancel", STATES_OPEN,
		{ ALL("feedback", TEXT) } },
	[EV_PRIORITISED] = { "prioritised", "prioritise", SUBMITTED | ACKED | CANCELLED,
		{ ALL("rationale", TEXT) } },
	[EV_ASKED] = { "asked", "ask", STATES_OPEN, { ALL("text", TEXT) } },
	[EV_ANSWERED] = { "answered", "record an answer", STATES_OPEN,
		{ ALL("text", TEXT) } },
	[EV_PAUSED] = { "paused", "pause", STATES_OPEN, { PEOPLE("reason", TEXT) } },
	[EV_RESUMED] = { "resumed", "resume", STATES_OPEN, { FREE("text", TEXT) } },
	[EV_CONTACTED] = { "contacted", "record a contact", ESCALATED,
		{ FREE("text", TEXT) } },
	[EV_UPDATED] = { "updated", "update the customer", ESCALATED,
		{ ALL("text", TEXT), FREE("expected", INSTANT) } },
	[EV_PLANNED] = { "planned", "record a plan", ESCALATED, { ALL("text", TEXT) } },
	[EV_NOTED] = { "noted", "note", STATES_ANY, { ALL("text", TEXT) } },
	[EV_IMPROVED] = { "improved", "record an improvement", STATES_ANY,
		{ ALL("text", TEXT) } },
	[EV_ATTACHED] = { "attached", "attach", STATES_ANY,
		{ ALL("attachment", OBJECT) } },
	[EV_ASSIGNED] = { "assigned", "assign", STATES_OPEN, { ALL("assignee", TEXT) } },
	[EV_ROUTED] = { "routed", "route", STATES_OPEN, { ALL("queue", TEXT) } },
	[EV_REPRIORITISED] = { "reprioritised", "change the priority", STATES_OPEN,
		{ ALL("priority", TEXT), PEOPLE("because", TEXT) } },
	[EV_RECLASSIFIED] = { "reclassified", "reclassify", STATES_OPEN,
		{ ALL("set", OBJECT), PEOPLE("because", TEXT), FREE("was", OBJECT) } },
	[EV_AMENDED] = { "amended", "amend", STATES_ANY,
		{ ALL("set", OBJECT), PEOPLE("because", TEXT), FREE("was", OBJECT) } },
	[EV_PROMOTED] = { "promoted", "promote", ESCALATED,
		{ ALL("from", INT), ALL("to", INT), PEOPLE("reason", TEXT),
			FREE("assignee", TEXT), FREE("clock", TEXT),
			FREE("limit_at", INSTANT), FREE("late_s", INT) } },
	[EV_DUE_SET] = { "due_set", "set a deadline", ESCALATED,
		{ ALL("due", INSTANT), PEOPLE("because", TEXT) } },
	[EV_REPINNED] = { "repinned", "repin", STATES_OPEN,
		{ ALL("from", TEXT), ALL("to", TEXT), PEOPLE("because", TEXT) } },
	[EV_DUPLICATE] = { "duplicate", "mark a duplicate", STATES_OPEN,
		{ ALL("of", TEXT) } },
	[EV_RESOLVED] = { "resolved", "resolve", ESCALATED,
		{ ALL("outcome", TEXT), ALL("summary", TEXT) } },
	[EV_CLOSED] = { "closed", "close", RESOLVED, { { 0 } } },
	[EV_RATED] = { "rated", "rate", RESOLVED | CLOSED | CANCELLED,
		{ ALL("score", INT), FREE("comment", TEXT) } },
	[EV_REOPENED] = { "reopened", "reopen", RESOLVED | CLOSED | CANCELLED,
		{ PEOPLE("reason", TEXT) } },
	[EV_RETRACTED] = { "retracted", "retract", STATES_ANY,
		{ ALL("event", INT), PEOPLE("because", TEXT) } },
	[EV_NOTIFIED] = { "notified", "record a notice", STATES_ANY,
		{ ALL("notice", TEXT) } },
};

enum common {
	COMMON_BY,
	COMMON_RULE,
	COMMON_AUTO,
	COMMON_LOGGED,
	COMMON_JUDGED,
	COMMON
};

/* What any event may carry. */
static const struct member_info common_members[COMMON + 1] = {
	[COMMON_BY] = FREE("by", TEXT),
	[COMMON_RULE] = FREE("rule", TEXT),
	[COMMON_AUTO] = FREE("auto", BOOL),
	[COMMON_LOGGED] = FREE("logged", INSTANT),
	[COMMON_JUDGED] = FREE("judged", OBJECTS),
};

static const char *const kind_names[] = {
	[MEMBER_TEXT] = "a text",
	[MEMBER_INT] = "a whole number",
	[MEMBER_BOOL] = "true or false",
	[MEMBER_INSTANT] = "an instant (RFC 3339)",
	[MEMBER_OBJECT] = "an object",
	[MEMBER_OBJECTS] = "a list of objects",
};

enum event_type
event_type_find(struct span name)
{
	for (int type = EV_SUBMITTED; type < EVENT_TYPES; type++)
		if (span_is(name, event_table[type].name))
			return (enum event_type)type;
	return EV_OTHER;
}

static int
read_instant(const struct scan *scan, uint32_t at, int64_t *value,
	struct err *err)
{
	struct arena arena;
	int result;

	if (scan_type(scan, at) != SCAN_STRING)
		return err_add(err, EX_DATAERR, NULL, "expected an instant (RFC 3339)");
	arena_init(&arena);
	result = instant_parse(scan_text(scan, at, &arena), value, err);
	arena_release(&arena);
	return result;
}

static bool
is_instant(const struct scan *scan, uint32_t at, int64_t *value)
{
	struct err err = { 0 };
	bool ok = read_instant(scan, at, value, &err) == 0;

	err_release(&err);
	return ok;
}

static bool
is_objects(const struct scan *scan, uint32_t at)
{
	if (scan_type(scan, at) != SCAN_ARRAY)
		return false;
	for (uint32_t i = scan_first(scan, at); i; i = scan->node[i].next)
		if (scan_type(scan, i) != SCAN_OBJECT)
			return false;
	return true;
}

static bool
member_fits(const struct scan *scan, uint32_t at, enum member_kind kind)
{
	enum scan_type type = scan_type(scan, at);
	int64_t value;

	switch (kind) {
	case MEMBER_TEXT:
		return type == SCAN_STRING;
	case MEMBER_INT:
		return scan_int(scan, at, &value) == 0;
	case MEMBER_BOOL:
		return type == SCAN_TRUE || type == SCAN_FALSE;
	case MEMBER_INSTANT:
		return is_instant(scan, at, &value);
	case MEMBER_OBJECT:
		return type == SCAN_OBJECT;
	case MEMBER_OBJECTS:
		return is_objects(scan, at);
	}
	return false;
}

/* Why the member is no instant; it is known to be none. */
static int
instant_fault(const struct event *event, const char *name, struct err *err)
{
	uint32_t at = event_member(event, name);
	struct err why = { 0 };
	int64_t value;

	if (!at)
		return err_add(err, EX_DATAERR, name, "required");
	if (read_instant(event->scan, at, &value, &why) < 0)
		err_add(err, EX_DATAERR, name, "%s", err_text(&why));
	err_release(&why);
	return -1;
}

static const struct member_info *
find_info(const struct member_info *info, struct span name)
{
	while (info->name && !span_is(name, info->name))
		info++;
	return info->name ? info : NULL;
}

/* What the event's type, or any event, says of a member; NULL: unknown. */
static const struct member_info *
member_info(const struct event *event, struct span name)
{
	const struct member_info *info = find_info(common_members, name);

	return info ? info : find_info(event_table[event->type].member, name);
}

static int
check_member(struct event *event, const struct member_info *info, uint32_t at, struct err *err)
{
	if (!member_fits(event->scan, at, info->kind)) {
		if (info->kind == MEMBER_INSTANT)
			return instant_fault(event, info->name, err);
		return err_add(err, EX_DATAERR, info->name, "expected %s", kind_names[info->kind]);
	}
	if (info == &common_members[COMMON_LOGGED])
		is_instant(event->scan, at, &event->recorded);
	if (info == &common_members[COMMON_JUDGED])
		event->judged = at;
	return 0;
}

/* All members that are known, in one go. */
static int
read_members(struct event *event, struct arena *arena, struct err *err)
{
	const struct scan *scan = event->scan;
	int result = 0;

	event->recorded = event->at;
	for (uint32_t at = scan_first(scan, event->node); at; at = scan->node[at].next) {
		const struct member_info *info = member_info(event, scan_key(scan, at, arena));

		if (info && scan_type(scan, at) != SCAN_NULL &&
			check_member(event, info, at, err) < 0)
			result = -1;
	}
	return result;
}

static int
read_head(struct event *event, struct arena *arena, struct err *err)
{
	uint32_t type = event_member(event, "type");
	int result = 0;

	if (!type || scan_type(event->scan, type) != SCAN_STRING)
		result = err_add(err, EX_DATAERR, "type", "%s",
			type ? "expected a text" : "required");
	else
		event->type = event_type_find(scan_text(event->scan, type, arena));
	if (!event_instant(event, "at", &event->at))
		result = instant_fault(event, "at", err);
	return result;
}

int
event_read(struct event *event, const struct scan *scan, uint32_t node,
	struct err *err)
{
	struct arena arena;
	int result;

	*event = (struct event){ .scan = scan, .node = node };
	if (scan_type(scan, node) != SCAN_OBJECT)
		return err_add(err, EX_DATAERR, NULL, "expected an object");
	arena_init(&arena);
	result = read_head(event, &arena, err);
	if (result == 0)
		result = read_members(event, &arena, err);
	arena_release(&arena);
	return result;
}

uint32_t
event_member(const struct event *event, const char *name)
{
	uint32_t at = scan_member(event->scan, event->node, name);

	return at && scan_type(event->scan, at) != SCAN_NULL ? at : 0;
}

bool
event_int(const struct event *event, const char *name, int64_t *value)
{
	uint32_t at = event_member(event, name);

	return at && scan_int(event->scan, at, value) == 0;
}

bool
event_instant(const struct event *event, const char *name, int64_t *value)
{
	uint32_t at = event_member(event, name);

	return at && is_instant(event->scan, at, value);
}

struct span
event_text(const struct event *event, const char *name, struct arena *arena)
{
	uint32_t at = event_member(event, name);

	return at ? scan_text(event->scan, at, arena) : (struct span){ NULL, 0 };
}

bool
event_is_automatic(const struct event *event)
{
	uint32_t mark = event_member(event, "auto");

	return event_member(event, "rule") ||
		(mark && scan_type(event->scan, mark) == SCAN_TRUE);
}
