#include "domain/event.h"

#include "base/instant.h"

enum common {
	COMMON_BY,
	COMMON_RULE,
	COMMON_AUTO,
	COMMON_LOGGED,
	COMMON_JUDGED,
	COMMON_MEMBERS
};

/* What any event may carry. */
static const struct member_info common_members[COMMON_MEMBERS + 1] = {
	[COMMON_BY] = { "by", MEMBER_TEXT, NEED_NOT },
	[COMMON_RULE] = { "rule", MEMBER_TEXT, NEED_NOT },
	[COMMON_AUTO] = { "auto", MEMBER_BOOL, NEED_NOT },
	[COMMON_LOGGED] = { "logged", MEMBER_INSTANT, NEED_NOT },
	[COMMON_JUDGED] = { "judged", MEMBER_OBJECTS, NEED_NOT },
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

/* What is asked of an event again and again. */
static void
note_common(struct event *event, enum common which, uint32_t at)
{
	switch (which) {
	case COMMON_RULE:
		event->automatic = true;
		break;
	case COMMON_AUTO:
		event->automatic |= scan_type(event->scan, at) == SCAN_TRUE;
		break;
	case COMMON_LOGGED:
		is_instant(event->scan, at, &event->recorded);
		break;
	case COMMON_JUDGED:
		event->judged = at;
		break;
	default:
		break;
	}
}

static int
check_member(const struct event *event, const struct member_info *info, uint32_t at,
	struct err *err)
{
	if (member_fits(event->scan, at, info->kind))
		return 0;
	if (info->kind == MEMBER_INSTANT)
		return instant_fault(event, info->name, err);
	return err_add(err, EX_DATAERR, info->name, "expected %s", kind_names[info->kind]);
}

static int
read_member(struct event *event, struct span name, uint32_t at, struct err *err)
{
	const struct member_info *common = find_info(common_members, name);
	const struct member_info *info =
		common ? common : find_info(event_table[event->type].member, name);

	if (!info || scan_type(event->scan, at) == SCAN_NULL)
		return 0;
	if (check_member(event, info, at, err) < 0)
		return -1;
	if (common)
		note_common(event, (enum common)(common - common_members), at);
	return 0;
}

/* All members that are known, in one go. */
static int
read_members(struct event *event, struct arena *arena, struct err *err)
{
	const struct scan *scan = event->scan;
	int result = 0;

	event->recorded = event->at;
	for (uint32_t at = scan_first(scan, event->node); at; at = scan->node[at].next)
		if (read_member(event, scan_key(scan, at, arena), at, err) < 0)
			result = -1;
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
