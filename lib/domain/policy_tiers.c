/* The ladder. */
#include "domain/policy_read.h"

static const struct key outcome_keys[] = {
	{ "code", read_name, offsetof(struct outcome, code), true },
	{ "label", read_text, offsetof(struct outcome, label), false },
	{ "ends", read_flag, offsetof(struct outcome, ends), true },
	{ "note", NULL, 0, false },
	{ NULL, NULL, 0, false },
};

static void
read_outcome(struct reader *r, const struct place *place, json_t *json, void *to)
{
	struct outcome *outcome = to;

	read_object(r, place, json, outcome_keys, outcome);
	if (!outcome->label)
		outcome->label = outcome->code;
}

static bool
same_outcome(const struct outcome *a, const struct outcome *b)
{
	return a->code && b->code && strcmp(a->code, b->code) == 0;
}

static void
read_outcomes(struct reader *r, const struct place *place, json_t *json, void *to)
{
	struct tier *tier = to;
	struct outcome *outcome;
	size_t goes_on = 0;

	outcome = read_list(r, place, json, sizeof *outcome, read_outcome,
		&tier->n_outcomes);
	tier->outcome = outcome;
	for (size_t i = 0; i < tier->n_outcomes; i++) {
		struct place at = { place, NULL, i };

		for (size_t j = 0; j < i; j++)
			if (same_outcome(&outcome[i], &outcome[j]))
				read_fault_at(r, &at, "code", "the same code as /%zu", j);
		if (json_is_false(json_object_get(json_array_get(json, i), "ends")) &&
			++goes_on == 2)
			read_fault_at(r, &at, "ends",
				"a second outcome of one tier that does not end the case");
	}
}

static const struct key renotify_keys[] = {
	{ "every", read_duration, offsetof(struct tier, renotify), true },
	{ "at_most", read_int, offsetof(struct tier, renotify_at_most), true },
	{ "note", NULL, 0, false },
	{ NULL, NULL, 0, false },
};

static void
read_renotify(struct reader *r, const struct place *place, json_t *json, void *to)
{
	struct tier *tier = to;

	tier->has_renotify = true;
	read_object(r, place, json, renotify_keys, tier);
}

static void
read_review_after(struct reader *r, const struct place *place, json_t *json, void *to)
{
	struct tier *tier = to;

	tier->has_review = true;
	read_duration(r, place, json, &tier->review);
	read_check_reach(r, place->up, place->key, tier->review);
}

static void
read_due(struct reader *r, const struct place *place, json_t *json, void *to)
{
	static const char *const words[] = { "case", NULL };
	struct tier *tier = to;

	tier->by_case = read_word(r, place, json, words) == 0;
}

static const struct key tier_keys[] = {
	{ "name", read_name, offsetof(struct tier, name), true },
	{ "label", read_text, offsetof(struct tier, label), false },
	{ "owner", read_text, offsetof(struct tier, owner), false },
	{ "action", read_text, offsetof(struct tier, action), false },
	{ "outcomes", read_outcomes, 0, false },
	{ "due", read_due, 0, false },
	{ "target", NULL, 0, false },
	{ "limit", NULL, 0, false },
	{ "goals", NULL, 0, false },
	{ "warn", NULL, 0, false },
	{ "review", read_review_after, 0, false },
	{ "renotify", read_renotify, 0, false },
	{ "note", read_text, offsetof(struct tier, note), false },
	{ NULL, NULL, 0, false },
};

/* "due":"case" leaves no goal; warn is then of the deadline set by hand. */
static void
read_by_case(struct reader *r, const struct place *place, json_t *json,
	struct tier *tier)
{
	static const char *const none[] = { "target", "limit", "goals" };
	json_t *warn = json_object_get(json, "warn");
	struct place at = { place, "warn", 0 };

	for (int i = 0; i < 3; i++)
		if (json_object_get(json, none[i]))
			read_fault_at(r, place, none[i], "beside \"due\":\"case\"");
	tier->warn = WARN_MILLION / 4 * 3;
	if (warn)
		read_warn(r, &at, warn, &tier->warn);
}

static void
read_tier(struct reader *r, const struct place *place, json_t *json, void *to)
{
	struct tier *tier = to;

	read_object(r, place, json, tier_keys, tier);
	if (!tier->label)
		tier->label = tier->name;
	if (!json_is_object(json))
		return;
	if (json_object_get(json, "due")) {
		read_by_case(r, place, json, tier);
		return;
	}
	tier->goal = read_goals(r, place, json, &tier->n_goals);
	tier->warn = tier->goal[tier->n_goals - 1].warn;
	if (tier->has_review)
		read_fault_at(r, place, "review", "only beside \"due\":\"case\"");
}

void
read_tiers(struct reader *r, const struct place *place, json_t *json, void *to)
{
	struct policy *policy = to;
	const struct tier *tier;

	tier = read_list(r, place, json, sizeof *tier, read_tier, &policy->n_tiers);
	policy->tier = tier;
	if (tier && policy->n_tiers == 0)
		read_fault(r, place, "no tier");
	for (size_t i = 1; i < policy->n_tiers; i++)
		for (size_t j = 0; j < i; j++)
			if (tier[i].name && tier[j].name &&
				strcmp(tier[i].name, tier[j].name) == 0) {
				struct place at = { place, NULL, i };

				read_fault_at(r, &at, "name", "the same name as /%zu", j);
			}
}
