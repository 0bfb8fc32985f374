/* What starts, stops, ends and holds each clock.  Source: esc-case(5). */
#include "domain/policy_read.h"

const char *const clock_names[CLOCK_IDS] = {
	[CLOCK_ACKNOWLEDGE] = "acknowledge",
	[CLOCK_CONTACT] = "contact",
	[CLOCK_TIER] = "tier",
	[CLOCK_UPDATE] = "update",
	[CLOCK_RESOLVE] = "resolve",
};

#define T(type) TRIGGER(EV_##type)

static const struct clock_terms clock_defaults[CLOCK_IDS] = {
	[CLOCK_ACKNOWLEDGE] = {
		.starts = T(SUBMITTED) | TRIGGER_REOPENED_CANCELLED,
		.stops = T(ACKNOWLEDGED) | T(ACCEPTED) | T(CANCELLED) |
			T(PRIORITISED) | T(RESOLVED),
		.ends = T(DUPLICATE),
	},
	[CLOCK_CONTACT] = {
		.starts = T(ACCEPTED),
		.stops = T(CONTACTED) | T(UPDATED),
		.ends = T(RESOLVED) | T(CANCELLED) | T(DUPLICATE),
		.held_by = HOLD_ASKED | HOLD_PAUSED,
	},
	[CLOCK_TIER] = {
		.exists = true,
		.starts = T(ACCEPTED) | T(PROMOTED) | T(REOPENED),
		.stops = T(PROMOTED) | T(RESOLVED),
		.ends = T(CANCELLED) | T(DUPLICATE),
		.held_by = HOLD_ASKED | HOLD_PAUSED,
	},
	[CLOCK_UPDATE] = {
		.starts = T(ACCEPTED) | T(REOPENED) | T(UPDATED),
		.stops = T(UPDATED),
		.ends = T(RESOLVED) | T(CANCELLED) | T(DUPLICATE),
		.held_by = HOLD_PAUSED,
	},
	[CLOCK_RESOLVE] = {
		.starts = T(ACCEPTED) | T(REOPENED),
		.stops = T(RESOLVED),
		.ends = T(CANCELLED) | T(DUPLICATE),
		.held_by = HOLD_ASKED | HOLD_PAUSED,
	},
};

void
clocks_default(struct policy *policy)
{
	memcpy(policy->clock, clock_defaults, sizeof policy->clock);
}

static uint64_t
trigger_find(const char *name)
{
	enum event_type type;

	if (strcmp(name, "reopened-from-cancelled") == 0)
		return TRIGGER_REOPENED_CANCELLED;
	type = event_type_find(span_of(name));
	return type == EV_OTHER ? 0 : TRIGGER(type);
}

static void
read_triggers(struct reader *r, const struct place *place, json_t *json, void *to)
{
	uint64_t *triggers = to;
	size_t n;
	const char *const *name = read_texts(r, place, json, &n);

	*triggers = 0;
	for (size_t i = 0; i < n; i++) {
		struct place at = { place, NULL, i };
		uint64_t one = name[i] ? trigger_find(name[i]) : 0;

		if (name[i] && !one)
			read_fault(r, &at, "unknown event \"%s\"", name[i]);
		*triggers |= one;
	}
}

static void
read_held_by(struct reader *r, const struct place *place, json_t *json, void *to)
{
	static const char *const words[] = { "asked", "paused", NULL };
	static const unsigned hold[] = { HOLD_ASKED, HOLD_PAUSED };
	unsigned *held_by = to;

	*held_by = 0;
	if (!json_is_array(json))
		read_fault(r, place, "expected a list");
	for (size_t i = 0; i < json_array_size(json); i++) {
		struct place at = { place, NULL, i };
		int word = read_word(r, &at, json_array_get(json, i), words);

		if (word >= 0)
			*held_by |= hold[word];
	}
}

#define EVENTS_OF_A_CLOCK                                                       \
	{ "starts", read_triggers, offsetof(struct clock_terms, starts), false },   \
	{ "stops", read_triggers, offsetof(struct clock_terms, stops), false },     \
	{ "ends", read_triggers, offsetof(struct clock_terms, ends), false },       \
	{ "held_by", read_held_by, offsetof(struct clock_terms, held_by), false },  \
	{ "note", read_text, offsetof(struct clock_terms, note), false }

static const struct key clock_keys[] = {
	EVENTS_OF_A_CLOCK,
	{ "target", NULL, 0, false },
	{ "limit", NULL, 0, false },
	{ "goals", NULL, 0, false },
	{ "warn", NULL, 0, false },
	{ NULL, NULL, 0, false },
};

static const struct key tier_clock_keys[] = {
	EVENTS_OF_A_CLOCK,
	{ NULL, NULL, 0, false },
};

static void
read_clock(struct reader *r, const struct place *place, json_t *json, void *to)
{
	struct clock_terms *terms = to;

	read_object(r, place, json, clock_keys, terms);
	terms->exists = true;
	if (json_is_object(json))
		terms->goal = read_goals(r, place, json, &terms->n_goals);
}

static void
read_tier_clock(struct reader *r, const struct place *place, json_t *json, void *to)
{
	read_object(r, place, json, tier_clock_keys, to);
}

void
read_clocks(struct reader *r, const struct place *place, json_t *json, void *to)
{
	struct policy *policy = to;
	struct key keys[CLOCK_IDS + 2] = { 0 };

	for (int i = 0; i < CLOCK_IDS; i++)
		keys[i] = (struct key){ clock_names[i],
			i == CLOCK_TIER ? read_tier_clock : read_clock,
			(size_t)i * sizeof *policy->clock, false };
	keys[CLOCK_IDS].name = "note";
	read_object(r, place, json, keys, policy->clock);
}
