/* What a mapping's events say, held against the policy of the cases. */
#include <string.h>

#include "domain/mapping_read.h"
#include "domain/shown.h"

#define SCORE_MOST 10 /* as esc-resolve --rate */

struct checker {
	struct reader r;
	const struct policy *policy;
};

typedef void (*constant_fn)(struct checker *c, const struct place *place,
	struct span text);

static void
check_tier(struct checker *c, const struct place *place, struct span text)
{
	int64_t tier = 0;

	if (text_digits(text, &tier) < 0 || !policy_tier(c->policy, tier))
		read_fault(&c->r, place, "policy %s has tiers 1 to %zu; got \"%.*s\"",
			c->policy->name, c->policy->n_tiers, SHOWN(text));
}

static bool
tier_has(const struct tier *tier, struct span outcome)
{
	for (size_t i = 0; i < tier->n_outcomes; i++)
		if (span_is(outcome, tier->outcome[i].code))
			return true;
	return tier->n_outcomes == 0;
}

static void
check_outcome(struct checker *c, const struct place *place, struct span text)
{
	for (size_t i = 0; i < c->policy->n_tiers; i++)
		if (tier_has(&c->policy->tier[i], text))
			return;
	read_fault(&c->r, place, "no outcome at any tier of policy %s; got \"%.*s\"",
		c->policy->name, SHOWN(text));
}

static void
check_priority(struct checker *c, const struct place *place, struct span text)
{
	if (c->policy->n_priorities && !policy_priority(c->policy, text))
		read_fault(&c->r, place, "no priority of policy %s; got \"%.*s\"",
			c->policy->name, SHOWN(text));
}

static void
check_queue(struct checker *c, const struct place *place, struct span text)
{
	if (c->policy->n_queues && !policy_queue(c->policy, text))
		read_fault(&c->r, place, "no queue of policy %s; got \"%.*s\"",
			c->policy->name, SHOWN(text));
}

static void
check_score(struct checker *c, const struct place *place, struct span text)
{
	int64_t score;

	if (text_digits(text, &score) < 0 || score > SCORE_MOST)
		read_fault(&c->r, place,
			"expected a whole number from 0 to %d; got \"%.*s\"",
			SCORE_MOST, SHOWN(text));
}

static const struct {
	enum event_type type;
	const char *member;
	constant_fn check;
} constants[] = {
	{ EV_ACCEPTED, "tier", check_tier },
	{ EV_ACCEPTED, "priority", check_priority },
	{ EV_ACCEPTED, "queue", check_queue },
	{ EV_REPRIORITISED, "priority", check_priority },
	{ EV_ROUTED, "queue", check_queue },
	{ EV_RESOLVED, "outcome", check_outcome },
	{ EV_RATED, "score", check_score },
};

static constant_fn
find_check(enum event_type type, const char *member)
{
	for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
		if (constants[i].type == type &&
			strcmp(constants[i].member, member) == 0)
			return constants[i].check;
	return NULL;
}

static void
check_json(struct checker *c, const struct place *place, const char *text,
	constant_fn check)
{
	json_t *json = json_loads(text, JSON_DECODE_ANY, NULL);

	if (!json_is_null(json))
		check(c, place, span_of(json_is_string(json)
			? json_string_value(json) : text));
	json_decref(json);
}

static void
check_translations(struct checker *c, const struct place *place,
	const struct source *source, constant_fn check)
{
	struct place values = { place, "values", 0 };
	struct place otherwise = { place, "else", 0 };

	for (size_t i = 0; i < source->n_values; i++) {
		struct place at = { &values, source->value[i].from, 0 };

		if (source->value[i].to)
			check(c, &at, span_of(source->value[i].to));
	}
	if (source->otherwise)
		check(c, &otherwise, span_of(source->otherwise));
}

/* What a source says whatever the rows hold. */
static void
check_source(struct checker *c, const struct place *place,
	const struct source *source, constant_fn check)
{
	struct place text = { place, "text", 0 }, value = { place, "value", 0 };

	for (size_t i = 0; i < source->n_options; i++) {
		struct place at = { place, NULL, i };

		check_source(c, &at, &source->option[i], check);
	}
	check_translations(c, place, source, check);
	if (source->kind == SOURCE_VALUE)
		check_json(c, &value, source->json, check);
	if (source->kind == SOURCE_TEXT && source->n_pieces == 1 &&
		source->piece[0].text && !source->n_values && !source->has_otherwise)
		check(c, &text, span_of(source->piece[0].text));
}

static void
check_rule(struct checker *c, const struct place *place,
	const struct event_rule *rule)
{
	struct place with = { place, "with", 0 };

	for (size_t i = 0; i < rule->n_with; i++) {
		struct place at = { &with, rule->with[i].name, 0 };
		constant_fn check = find_check(rule->type, rule->with[i].name);

		if (check)
			check_source(c, &at, &rule->with[i].source, check);
	}
}

static void
check_line(struct checker *c, const struct line_terms *line)
{
	struct place top = { NULL, "line", 0 }, tiers = { &top, "tiers", 0 };

	for (size_t i = 0; i < line->n_tiers; i++) {
		struct place at = { &tiers, line->tier[i].from, 0 };

		check_tier(c, &at, span_of(line->tier[i].to));
	}
	if (line->most && !policy_tier(c->policy, line->most))
		read_fault_at(&c->r, &top, "most",
			"policy %s has tiers 1 to %zu; got %d", c->policy->name,
			c->policy->n_tiers, line->most);
}

int
mapping_check(const struct mapping *mapping, const struct policy *policy,
	struct err *err)
{
	struct checker c = { { NULL, NULL, err }, policy };
	struct place events = { NULL, "events", 0 };
	size_t faults = err->n;

	check_line(&c, &mapping->line);
	for (size_t i = 0; i < mapping->n_rules; i++) {
		struct place at = { &events, NULL, i };

		check_rule(&c, &at, &mapping->rule[i]);
	}
	return err->n == faults ? 0 : -1;
}
