/* Which row makes which event. */
#include <string.h>

#include "domain/mapping_read.h"

static void
read_type(struct reader *r, const struct place *place, json_t *json, void *to)
{
	struct event_rule *rule = to;

	read_text(r, place, json, &rule->name);
	if (!rule->name)
		return;
	rule->type = event_type_find(span_of(rule->name));
	if (rule->type == EV_SUBMITTED)
		read_fault(r, place, "every case begins with one: see /created");
	else if (rule->type == EV_OTHER && strncmp(rule->name, "x-", 2) != 0)
		read_fault(r, place, "unknown event \"%s\"; those of your own begin "
			"with x-", rule->name);
}

static void
read_at(struct reader *r, const struct place *place, json_t *json, void *to)
{
	struct event_rule *rule = to;

	rule->has_at = true;
	read_source(r, place, json, &rule->at);
	rule->at.as = AS_INSTANT;
}

static void
read_rule_fields(struct reader *r, const struct place *place, json_t *json,
	void *to)
{
	struct event_rule *rule = to;

	rule->field = read_text_or_list(r, place, json, &rule->n_fields);
	for (size_t i = 0; i < rule->n_fields; i++)
		if (rule->field[i] &&
			!json_object_get(json_object_get(mapping_of(r)->json, "fields"),
				rule->field[i]))
			read_fault(r, place, "no \"%s\" in /fields", rule->field[i]);
}

static void
read_rule_conds(struct reader *r, const struct place *place, json_t *json,
	void *to)
{
	struct event_rule *rule = to;

	rule->cond = read_conds(r, place, json, &rule->n_conds);
}

static bool
is_reserved(const char *name)
{
	static const char *const names[] = { "at", "by", "type", "logged",
		"judged" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

/* A member that the type does not have; x- types have what they like. */
static bool
is_unknown(const struct event_rule *rule, const char *name)
{
	const struct member_info *member = event_table[rule->type].member;

	if (rule->type == EV_OTHER || field_is_private(span_of(name)))
		return false;
	while (member->name && strcmp(member->name, name) != 0)
		member++;
	return !member->name;
}

static void
read_with(struct reader *r, const struct place *place, json_t *json, void *to)
{
	struct event_rule *rule = to;

	rule->with = read_sources(r, place, json, &rule->n_with);
	for (size_t i = 0; i < rule->n_with; i++)
		if (is_reserved(rule->with[i].name))
			read_fault_at(r, place, rule->with[i].name,
				"esc writes this member itself");
		else if (is_unknown(rule, rule->with[i].name))
			read_fault_at(r, place, rule->with[i].name, "no member of %s; "
				"names of your own begin with x_", rule->name);
}

#define AT(member) offsetof(struct event_rule, member)

static const struct key rule_keys[] = {
	{ "event", read_type, 0, true },
	{ "on", read_column, AT(column), false },
	{ "from", read_value_set, AT(from), false },
	{ "to", read_value_set, AT(to), false },
	{ "first", read_flag, AT(first), false },
	{ "at", read_at, 0, false },
	{ "fields", read_rule_fields, 0, false },
	{ "line", read_flag, AT(line), false },
	{ "once", read_flag, AT(once), false },
	{ "if", read_rule_conds, 0, false },
	{ "with", read_with, 0, false },
	{ "note", NULL, 0, false },
	{ NULL, NULL, 0, false },
};

static enum event_trigger
trigger_of(json_t *json, const struct event_rule *rule)
{
	if (json_object_get(json, "on"))
		return ON_VALUE;
	if (rule->n_fields)
		return ON_FIELDS;
	if (rule->line)
		return ON_LINE;
	return rule->has_at ? ON_TIME : ON_ROW;
}

static void
check_triggers(struct reader *r, const struct place *place, json_t *json,
	const struct event_rule *rule)
{
	bool on = json_object_get(json, "on") != NULL;

	if (on + (rule->n_fields > 0) + rule->line > 1)
		read_fault(r, place, "expected one of on, fields, line");
	if (!on && (rule->from.given || rule->to.given || rule->first))
		read_fault(r, place, "from, to and first belong to an \"on\"");
	if (rule->line != (rule->type == EV_PROMOTED) && rule->name)
		read_fault(r, place,
			"\"promoted\" and \"line\":true belong together");
}

void
read_event_rule(struct reader *r, const struct place *place, json_t *json,
	void *to)
{
	struct event_rule *rule = to;

	read_object(r, place, json, rule_keys, rule);
	if (!json_is_object(json))
		return;
	rule->trigger = trigger_of(json, rule);
	check_triggers(r, place, json, rule);
}
