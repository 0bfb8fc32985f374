#include "domain/last.h"

#include "base/instant.h"
#include "domain/clock.h"

bool
last_is_open(struct span state)
{
	for (int i = 0; i < CASE_STATES; i++)
		if (state.p && !(STATE(i) & STATES_OPEN) && span_is(state, state_names[i]))
			return false;
	return true;
}

static bool
has_living(struct value clocks, struct arena *arena)
{
	const struct scan *scan = clocks.scan;

	if (!clocks.node || scan_type(scan, clocks.node) != SCAN_ARRAY)
		return false;
	for (uint32_t at = scan_first(scan, clocks.node); at; at = scan->node[at].next) {
		uint32_t member = scan_type(scan, at) == SCAN_OBJECT
			? scan_member(scan, at, "state") : 0;
		struct span state = member ? scan_text(scan, member, arena) : (struct span){ 0 };

		if (state.p && (span_is(state, clock_state_names[CLOCK_RUNNING]) ||
			span_is(state, clock_state_names[CLOCK_HELD])))
			return true;
	}
	return false;
}

/* The later of *latest and what a member of an event says. */
static void
look_at(const struct scan *scan, uint32_t event, const char *name, int64_t *latest,
	struct arena *arena)
{
	uint32_t member = scan_member(scan, event, name);
	struct span text = member ? scan_text(scan, member, arena) : (struct span){ 0 };
	struct err none = { 0 };
	int64_t at;

	if (text.p && instant_parse(text, &at, &none) == 0 && at > *latest)
		*latest = at;
	err_release(&none);
}

int64_t
last_counted(struct value events, struct value clocks, struct arena *arena)
{
	const struct scan *scan = events.scan;
	int64_t latest = INSTANT_NONE;

	if (has_living(clocks, arena))
		return INSTANT_MAX;
	if (!events.node || scan_type(scan, events.node) != SCAN_ARRAY)
		return latest;
	for (uint32_t at = scan_first(scan, events.node); at; at = scan->node[at].next) {
		if (scan_type(scan, at) != SCAN_OBJECT)
			continue;
		look_at(scan, at, "at", &latest, arena);
		look_at(scan, at, "logged", &latest, arena);
	}
	return latest;
}

int64_t
last_of_record(const struct record *record, struct arena *arena)
{
	struct value state = record_value(record, FIELD_STATE);
	struct span text = state.node ? scan_text(state.scan, state.node, arena)
		: (struct span){ 0 };
	int64_t last;

	if (last_is_open(text))
		return INSTANT_MAX;
	last = last_counted(record_value(record, FIELD_EVENTS),
		record_value(record, FIELD_CLOCKS), arena);
	return last > record->created ? last : record->created;
}
