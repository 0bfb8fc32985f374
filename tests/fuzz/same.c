#include "same.h"

#include <math.h>
#include <stdlib.h>

/* The value as a double; raw is not terminated. */
static double
real_of(struct span raw)
{
	char *text = mem_copy(raw.p, raw.n);
	double value = strtod(text, NULL);

	free(text);
	return value;
}

static bool
is_real(struct span raw)
{
	return memchr(raw.p, '.', raw.n) || memchr(raw.p, 'e', raw.n) ||
	       memchr(raw.p, 'E', raw.n);
}

bool
is_too_big(const struct scan *scan, uint32_t at)
{
	struct span raw = scan_raw(scan, at);
	int64_t value;

	if (scan_type(scan, at) != SCAN_NUMBER)
		return false;
	if (is_real(raw))
		return isinf(real_of(raw));
	return scan_int(scan, at, &value) < 0;
}

static bool
same_number(const struct scan *scan, uint32_t at, json_t *value)
{
	struct span raw = scan_raw(scan, at);
	int64_t integer;

	if (is_too_big(scan, at))
		return true;
	if (is_real(raw))
		return json_is_real(value) && scan_int(scan, at, &integer) < 0 &&
		       real_of(raw) == json_real_value(value);
	return json_is_integer(value) && scan_int(scan, at, &integer) == 0 &&
	       integer == json_integer_value(value);
}

static bool
same_string(const struct scan *scan, uint32_t at, json_t *value, struct arena *arena)
{
	struct span text = scan_text(scan, at, arena);

	return json_is_string(value) &&
	       span_eq(text, (struct span){ json_string_value(value),
	                             json_string_length(value) });
}

static bool
same_array(const struct scan *scan, uint32_t at, json_t *value, struct arena *arena)
{
	uint32_t e = scan_first(scan, at);
	size_t n = json_array_size(value);

	if (!json_is_array(value) || scan->node[at].count != n)
		return false;
	for (size_t i = 0; i < n; i++, e = scan->node[e].next) {
		if (!e || !same_value(scan, e, json_array_get(value, i), arena))
			return false;
	}
	return e == 0;
}

static bool
same_object(const struct scan *scan, uint32_t at, json_t *value, struct arena *arena)
{
	uint32_t m = scan_first(scan, at);
	const char *name;
	json_t *member;

	if (!json_is_object(value) || scan->node[at].count != json_object_size(value))
		return false;
	json_object_foreach(value, name, member)
	{
		if (!m || !span_is(scan_key(scan, m, arena), name) ||
		        scan_member(scan, at, name) != m ||
		        !same_value(scan, m, member, arena))
			return false;
		m = scan->node[m].next;
	}
	return m == 0;
}

bool
same_value(const struct scan *scan, uint32_t at, json_t *value, struct arena *arena)
{
	switch (scan_type(scan, at)) {
	case SCAN_NULL:
		return json_is_null(value);
	case SCAN_FALSE:
		return json_is_false(value);
	case SCAN_TRUE:
		return json_is_true(value);
	case SCAN_NUMBER:
		return same_number(scan, at, value);
	case SCAN_STRING:
		return same_string(scan, at, value, arena);
	case SCAN_ARRAY:
		return same_array(scan, at, value, arena);
	case SCAN_OBJECT:
		return same_object(scan, at, value, arena);
	}
	return false;
}

uint32_t
depth_of(json_t *value)
{
	uint32_t deepest = 0, depth;
	const char *name;
	json_t *child;
	size_t i;

	if (!json_is_object(value) && !json_is_array(value))
		return 0;
	json_object_foreach(value, name, child)
	{
		depth = depth_of(child);
		deepest = depth > deepest ? depth : deepest;
	}
	json_array_foreach(value, i, child)
	{
		depth = depth_of(child);
		deepest = depth > deepest ? depth : deepest;
	}
	return deepest + 1;
}
