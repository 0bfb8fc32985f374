#include "domain/record.h"

#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/instant.h"

static bool
is_list_of(const struct scan *scan, uint32_t at, enum scan_type type)
{
	if (scan_type(scan, at) != SCAN_ARRAY)
		return false;
	for (uint32_t i = scan_first(scan, at); i; i = scan->node[i].next)
		if (scan_type(scan, i) != type)
			return false;
	return true;
}

static bool
is_person(const struct scan *scan, uint32_t at)
{
	static const char *const members[] = { "name", "email", "role" };

	if (scan_type(scan, at) != SCAN_OBJECT)
		return false;
	for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
		uint32_t member = scan_member(scan, at, members[i]);

		if (member && scan_type(scan, member) != SCAN_STRING)
			return false;
	}
	return true;
}

static int
read_instant(const struct scan *scan, uint32_t at, const char *where,
	int64_t *value, struct arena *arena, struct err *err)
{
	struct err why = { 0 };
	int result = instant_parse(scan_text(scan, at, arena), value, &why);

	if (result < 0)
		err_add(err, EX_DATAERR, where, "%s", err_text(&why));
	err_release(&why);
	return result;
}

static const char *
kind_problem(const struct scan *scan, uint32_t at, enum field_kind kind)
{
	enum scan_type type = scan_type(scan, at);
	int64_t value;

	switch (kind) {
	case KIND_INT:
		return scan_int(scan, at, &value) < 0 ? "expected a whole number" : NULL;
	case KIND_TEXT:
	case KIND_INSTANT:
		return type != SCAN_STRING ? "expected a text" : NULL;
	case KIND_CODES:
		return type != SCAN_STRING && !is_list_of(scan, at, SCAN_STRING)
			? "expected a text or a list of texts" : NULL;
	case KIND_TEXTS:
		return !is_list_of(scan, at, SCAN_STRING) ? "expected a list of texts" : NULL;
	case KIND_PERSON:
		return !is_person(scan, at) ? "expected an object of texts" : NULL;
	case KIND_OBJECT:
		return type != SCAN_OBJECT ? "expected an object" : NULL;
	case KIND_OBJECTS:
		return !is_list_of(scan, at, SCAN_OBJECT) ? "expected a list of objects" : NULL;
	}
	return NULL;
}

static int
check_field(const struct scan *scan, uint32_t at, enum field field,
	struct arena *arena, struct err *err)
{
	const struct field_info *info = &field_table[field];
	const char *problem = kind_problem(scan, at, info->kind);
	int64_t ignored;

	if (problem)
		return err_add(err, EX_DATAERR, info->name, "%s", problem);
	if (info->kind == KIND_INSTANT)
		return read_instant(scan, at, info->name, &ignored, arena, err);
	return 0;
}

int
record_value_check(struct value value, enum field field, struct arena *arena, struct err *err)
{
	return check_field(value.scan, value.node, field, arena, err);
}

bool
record_value_fits(struct value value, enum field field)
{
	struct arena arena;
	struct err err = { 0 };
	bool fits;

	arena_init(&arena);
	fits = check_field(value.scan, value.node, field, &arena, &err) == 0;
	err_release(&err);
	arena_release(&arena);
	return fits;
}

static void
find_fields(struct record *record, struct arena *arena)
{
	const struct scan *scan = record->scan;
	unsigned char *found = arena_alloc(arena, scan->node[0].count);
	enum field last = FIELD_NONE;

	record->field = found;
	for (uint32_t at = scan_first(scan, 0); at; at = scan->node[at].next) {
		enum field field = field_find_after(scan_key(scan, at, arena), last);

		*found++ = (unsigned char)field;
		if (field == FIELD_NONE)
			continue;
		last = field;
		if (scan_type(scan, at) != SCAN_NULL)
			record->node[field] = at;
	}
}

static int
check_fields(const struct record *record, struct arena *arena, struct err *err)
{
	int result = 0;

	for (int field = 1; field < FIELD_COUNT; field++) {
		uint32_t at = record->node[field];

		if (at && check_field(record->scan, at, (enum field)field, arena, err) < 0)
			result = -1;
		if (!at && field_table[field].needed)
			result = err_add(err, EX_DATAERR, field_table[field].name, "required");
	}
	return result;
}

/* The faults of one event, placed at events[i].member. */
static int
event_faults(const struct err *why, size_t i, struct err *err)
{
	struct buf where = { 0 };

	for (size_t k = 0; k < why->n; k++) {
		where.len = 0;
		buf_puts(&where, "events[");
		buf_int(&where, (int64_t)i);
		buf_puts(&where, *why->fault[k].where ? "]." : "]");
		buf_puts(&where, why->fault[k].where);
		err_add(err, EX_DATAERR, buf_cstr(&where), "%s", why->fault[k].what);
	}
	buf_release(&where);
	return -1;
}

static int
read_events(struct record *record, struct arena *arena, struct err *err)
{
	uint32_t list = record->node[FIELD_EVENTS];
	const struct scan *scan = record->scan;
	size_t n = scan->node[list].count;
	struct err why = { 0 };
	int result = 0;
	size_t i = 0;

	if (n == 0)
		return err_add(err, EX_DATAERR, "events", "expected at least one event");
	record->event = arena_alloc(arena, n * sizeof *record->event);
	record->n_events = n;
	for (uint32_t at = scan_first(scan, list); at; at = scan->node[at].next, i++) {
		struct event *event = &record->event[i];

		if (event_read(event, scan, at, &why) < 0)
			result = event_faults(&why, i, err);
		err_reset(&why);
		event->place = (uint32_t)i + 1;
	}
	err_release(&why);
	return result;
}

/* -1 with EX_CONFIG alone for a newer version: nothing else is judged. */
static int
check_version(const struct record *record, struct err *err)
{
	int64_t v;

	if (!record->node[FIELD_V] ||
		scan_int(record->scan, record->node[FIELD_V], &v) < 0 || v <= RECORD_V)
		return 0;
	return err_add(err, EX_CONFIG, "v",
		"version %" PRId64 " is newer than this program, which knows %d", v, RECORD_V);
}

static int
read_head(struct record *record, struct arena *arena, struct err *err)
{
	const struct scan *scan = record->scan;
	int64_t v = 0;

	record->id = scan_text(scan, record->node[FIELD_ID], arena);
	record->policy = scan_text(scan, record->node[FIELD_POLICY], arena);
	record->version = scan_text(scan, record->node[FIELD_POLICY_VERSION], arena);
	if (read_instant(scan, record->node[FIELD_CREATED], "created",
			&record->created, arena, err) < 0)
		return -1;
	if (record->created < 0)
		return err_add(err, EX_DATAERR, "created", "is before 1970");
	scan_int(scan, record->node[FIELD_V], &v);
	if (v < 1)
		return err_add(err, EX_DATAERR, "v", "expected 1");
	if (record->node[FIELD_REV])
		scan_int(scan, record->node[FIELD_REV], &record->rev);
	if (record->rev < 0)
		return err_add(err, EX_DATAERR, "rev", "is negative");
	return 0;
}

int
record_read(struct record *record, struct span line, const struct scan *scan,
	struct arena *arena, struct err *err)
{
	*record = (struct record){ .line = line, .scan = scan };
	find_fields(record, arena);
	if (check_version(record, err) < 0)
		return -1;
	if (check_fields(record, arena, err) < 0)
		return -1;
	if (read_events(record, arena, err) < 0)
		return -1;
	return read_head(record, arena, err);
}

struct value
record_find(const struct record *record, struct span name)
{
	const char *dot = name.n ? memchr(name.p, '.', name.n) : NULL;
	size_t n = dot ? (size_t)(dot - name.p) : name.n;
	struct value value = { record->scan, 0 };
	char key[128];

	if (n >= sizeof key || (dot && name.n - n - 1 >= sizeof key))
		return value;
	memcpy(key, name.p, n);
	key[n] = '\0';
	value.node = scan_member(record->scan, 0, key);
	if (!dot || !value.node)
		return value;
	memcpy(key, dot + 1, name.n - n - 1);
	key[name.n - n - 1] = '\0';
	value.node = scan_type(record->scan, value.node) == SCAN_OBJECT
		? scan_member(record->scan, value.node, key) : 0;
	return value;
}
