/* The rules of esc-triage --auto, in their groups. */
#include "domain/policy_read.h"

const char *const rule_group_names[RULE_GROUPS] = {
	[RULES_CANCEL] = "cancel",
	[RULES_QUEUE] = "queue",
	[RULES_PRIORITY] = "priority",
	[RULES_TIER] = "tier",
	[RULES_ASSIGN] = "assign",
	[RULES_ACKNOWLEDGE] = "acknowledge",
	[RULES_ACCEPT] = "accept",
};

static void
read_rule_queue(struct reader *r, const struct place *place, json_t *json, void *to)
{
	const char **name = to;

	read_text(r, place, json, name);
	if (*name && !policy_queue(r->policy, span_of(*name)))
		read_fault(r, place, "no queue \"%s\" in /queues", *name);
}

static void
read_rule_priority(struct reader *r, const struct place *place, json_t *json, void *to)
{
	const struct policy *policy = r->policy;
	const char **name = to;
	const struct code *code;

	read_text(r, place, json, name);
	if (!*name || policy->n_priorities == 0)
		return;
	code = policy_priority(policy, span_of(*name));
	if (!code || strcmp(code->code, *name) != 0)
		read_fault(r, place, "no priority \"%s\" in /priorities", *name);
}

static int
tier_by_name(const struct policy *policy, const char *name)
{
	for (size_t i = 0; i < policy->n_tiers; i++)
		if (policy->tier[i].name && strcmp(policy->tier[i].name, name) == 0)
			return (int)i + 1;
	return 0;
}

/* By name, or by number from 1. */
static void
read_rule_tier(struct reader *r, const struct place *place, json_t *json, void *to)
{
	int *tier = to;

	if (json_is_string(json))
		*tier = tier_by_name(r->policy, json_string_value(json));
	else if (json_is_integer(json) && policy_tier(r->policy, json_integer_value(json)))
		*tier = (int)json_integer_value(json);
	if (*tier == 0)
		read_fault(r, place, "no such tier in /tiers");
}

/* What a rule of each group says, beside name, when and note. */
static const struct key group_key[RULE_GROUPS] = {
	[RULES_CANCEL] = { "feedback", read_text, offsetof(struct rule, text), true },
	[RULES_QUEUE] = { "queue", read_rule_queue, offsetof(struct rule, text), true },
	[RULES_PRIORITY] = { "priority", read_rule_priority,
		offsetof(struct rule, text), true },
	[RULES_TIER] = { "tier", read_rule_tier, offsetof(struct rule, tier), true },
	[RULES_ASSIGN] = { "assign", read_text, offsetof(struct rule, text), true },
	[RULES_ACKNOWLEDGE] = { "text", read_text, offsetof(struct rule, text), false },
};

static void
read_rule(struct reader *r, const struct place *place, json_t *json,
	enum rule_group group, struct rule *rule)
{
	const struct key keys[] = {
		{ "name", read_name, offsetof(struct rule, name), true },
		{ "when", read_when, offsetof(struct rule, when), false },
		{ "note", read_text, offsetof(struct rule, note), false },
		group_key[group],
		{ NULL, NULL, 0, false },
	};

	read_object(r, place, json, keys, rule);
}

static void
read_group(struct reader *r, const struct place *place, json_t *json,
	enum rule_group group)
{
	struct policy *policy = r->policy;
	struct rule *rule;
	size_t n = json_array_size(json);

	if (!json_is_array(json)) {
		read_fault(r, place, "expected a list");
		return;
	}
	rule = arena_zero(policy->arena, n * sizeof *rule);
	policy->rule[group] = rule;
	policy->n_rules[group] = n;
	for (size_t i = 0; i < n; i++) {
		struct place at = { place, NULL, i };

		read_rule(r, &at, json_array_get(json, i), group, &rule[i]);
	}
}

/* A rule's name stands in events, so it is one rule's alone. */
static bool
name_taken(const struct policy *policy, int group, size_t rule)
{
	const char *name = policy->rule[group][rule].name;

	for (int g = 0; name && g <= group; g++) {
		size_t n = g == group ? rule : policy->n_rules[g];

		for (size_t i = 0; i < n; i++)
			if (policy->rule[g][i].name &&
				strcmp(policy->rule[g][i].name, name) == 0)
				return true;
	}
	return false;
}

static void
check_names(struct reader *r, const struct place *place)
{
	const struct policy *policy = r->policy;

	for (int g = 0; g < RULE_GROUPS; g++)
		for (size_t i = 0; i < policy->n_rules[g]; i++) {
			struct place group = { place, rule_group_names[g], 0 };
			struct place at = { &group, NULL, i };

			if (name_taken(policy, g, i))
				read_fault_at(r, &at, "name", "the name of another rule");
		}
}

void
read_rules(struct reader *r, const struct place *place, json_t *json, void *to)
{
	struct key keys[RULE_GROUPS + 2] = { 0 };

	for (int g = 0; g < RULE_GROUPS; g++) {
		struct place at = { place, rule_group_names[g], 0 };
		json_t *list = json_object_get(json, rule_group_names[g]);

		keys[g].name = rule_group_names[g];
		if (list)
			read_group(r, &at, list, (enum rule_group)g);
	}
	keys[RULE_GROUPS].name = "note";
	read_object(r, place, json, keys, to);
	check_names(r, place);
}
