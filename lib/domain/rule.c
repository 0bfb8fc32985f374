#include "domain/rule.h"

#include "base/instant.h"

static bool
value_is(const struct scan *scan, uint32_t node, const struct cond *cond,
	struct arena *arena)
{
	struct span text = scan_text(scan, node, arena);

	for (size_t i = 0; i < cond->n_values; i++)
		if (text.p && span_is(text, cond->value[i]))
			return true;
	return false;
}

static bool
text_is(struct span text, const struct cond *cond)
{
	for (size_t i = 0; i < cond->n_values; i++)
		if (text.p && span_is(text, cond->value[i]))
			return true;
	return false;
}

/* One of the values: the text itself, or a member of the list. */
static bool
value_among(struct value value, const struct cond *cond, struct arena *arena)
{
	uint32_t at;

	if (scan_type(value.scan, value.node) != SCAN_ARRAY)
		return value_is(value.scan, value.node, cond, arena);
	for (at = scan_first(value.scan, value.node); at; at = value.scan->node[at].next)
		if (value_is(value.scan, at, cond, arena))
			return true;
	return false;
}

/* null and empty mean absent. */
static bool
value_present(struct value value, struct arena *arena)
{
	switch (scan_type(value.scan, value.node)) {
	case SCAN_NULL:
		return false;
	case SCAN_STRING:
		return scan_text(value.scan, value.node, arena).n > 0;
	case SCAN_ARRAY:
	case SCAN_OBJECT:
		return scan_first(value.scan, value.node) != 0;
	case SCAN_FALSE:
	case SCAN_TRUE:
	case SCAN_NUMBER:
		break;
	}
	return true;
}

static struct value
subject_value(const struct cond *cond, const struct facts *facts)
{
	struct value value = facts->form[cond->field];

	if (value.node == 0 || !cond->member)
		return value;
	if (scan_type(value.scan, value.node) != SCAN_OBJECT)
		value.node = 0;
	else
		value.node = scan_member(value.scan, value.node, cond->member);
	return value;
}

static bool
verdict_of(enum cond_test test, bool present, bool among)
{
	switch (test) {
	case COND_IN:
		return among;
	case COND_NOT_IN:
		return !among;
	case COND_PRESENT:
		return present;
	case COND_ABSENT:
		return !present;
	case COND_AT_LEAST:
	case COND_BELOW:
		break;
	}
	return false;
}

static bool
field_holds(const struct cond *cond, const struct facts *facts)
{
	struct value value = subject_value(cond, facts);
	bool present = value.node != 0 && value_present(value, facts->arena);
	bool among = present && value_among(value, cond, facts->arena);

	return verdict_of(cond->test, present, among);
}

static bool
text_holds(const struct cond *cond, struct span text)
{
	return verdict_of(cond->test, text.n > 0, text_is(text, cond));
}

/*
 * What lies past the calendar's years has not passed; what is older than
 * they are is at least as old as they are.
 */
static bool
age_holds(const struct cond *cond, const struct facts *facts)
{
	int64_t opened = facts->opened < CALENDAR_MIN ? CALENDAR_MIN : facts->opened;
	struct err err = { 0 };
	int64_t passed_at = INSTANT_MAX;
	bool at_least;

	at_least = calendar_add(facts->calendar, opened, cond->age,
			   facts->day_ends, &passed_at, &err) == 0 &&
		passed_at <= facts->at;
	err_release(&err);
	return cond->test == COND_AT_LEAST ? at_least : !at_least;
}

static bool
cond_holds(const struct cond *cond, const struct facts *facts)
{
	switch (cond->subject) {
	case COND_FIELD:
		return field_holds(cond, facts);
	case COND_STATE:
		return text_holds(cond, span_of(state_names[facts->state]));
	case COND_PRIORITY:
		return text_holds(cond, facts->priority);
	case COND_QUEUE:
		return text_holds(cond, facts->queue);
	case COND_AGE:
		return age_holds(cond, facts);
	}
	return false;
}

bool
when_holds(const struct when *when, const struct facts *facts)
{
	for (size_t i = 0; i < when->n; i++)
		if (!cond_holds(&when->cond[i], facts))
			return false;
	return true;
}

const struct rule *
rule_match(const struct policy *policy, enum rule_group group,
	const struct facts *facts)
{
	const struct rule *rule = policy->rule[group];

	for (size_t i = 0; i < policy->n_rules[group]; i++)
		if (when_holds(&rule[i].when, facts))
			return &rule[i];
	return NULL;
}

const struct goal *
goal_match(const struct goal *goal, size_t n, const struct facts *facts)
{
	for (size_t i = 0; i < n; i++)
		if (when_holds(&goal[i].when, facts))
			return &goal[i];
	return NULL;
}

static struct calendar *
region_calendar(const struct policy *policy, const struct value *form,
	struct arena *arena)
{
	const struct form_field *field = policy_form_field(policy, FIELD_REGION, NULL);
	struct value value = form[FIELD_REGION];
	const struct code *code;
	struct span text;

	if (!field || value.node == 0)
		return NULL;
	if (scan_type(value.scan, value.node) == SCAN_ARRAY)
		value.node = scan_first(value.scan, value.node);
	text = value.node ? scan_text(value.scan, value.node, arena) : span_of(NULL);
	code = text.p ? form_field_code(field, text) : NULL;
	return code ? code->calendar : NULL;
}

struct calendar *
policy_case_calendar(const struct policy *policy, const struct value *form,
	struct span queue, struct arena *arena)
{
	const struct queue *row = queue.p ? policy_queue(policy, queue) : NULL;
	struct calendar *calendar = row ? row->calendar : NULL;

	if (!calendar)
		calendar = region_calendar(policy, form, arena);
	return calendar ? calendar : policy->calendar;
}
