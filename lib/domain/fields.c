#include "domain/fields.h"

#include <string.h>

const struct field_info field_table[FIELD_COUNT] = {
	[FIELD_V] = { "v", KIND_INT, PART_HEAD, true },
	[FIELD_ID] = { "id", KIND_TEXT, PART_HEAD, true },
	[FIELD_REV] = { "rev", KIND_INT, PART_HEAD, false },
	[FIELD_POLICY] = { "policy", KIND_TEXT, PART_HEAD, true },
	[FIELD_POLICY_VERSION] = { "policy_version", KIND_TEXT, PART_HEAD, true },
	[FIELD_CREATED] = { "created", KIND_INSTANT, PART_HEAD, true },
	[FIELD_CASE_NUMBER] = { "case_number", KIND_TEXT, PART_FORM, false },
	[FIELD_SUBJECT] = { "subject", KIND_TEXT, PART_FORM, false },
	[FIELD_DESCRIPTION] = { "description", KIND_TEXT, PART_FORM, false },
	[FIELD_IMPACT] = { "impact", KIND_TEXT, PART_FORM, false },
	[FIELD_REASON] = { "reason", KIND_CODES, PART_FORM, false },
	[FIELD_RATIONALE] = { "rationale", KIND_TEXT, PART_FORM, false },
	[FIELD_URGENCY] = { "urgency", KIND_TEXT, PART_FORM, false },
	[FIELD_SEVERITY] = { "severity", KIND_TEXT, PART_FORM, false },
	[FIELD_TRIGGER] = { "trigger", KIND_TEXT, PART_FORM, false },
	[FIELD_COMPLEXITY] = { "complexity", KIND_TEXT, PART_FORM, false },
	[FIELD_CHANNEL] = { "channel", KIND_TEXT, PART_FORM, false },
	[FIELD_REGION] = { "region", KIND_TEXT, PART_FORM, false },
	[FIELD_PRODUCT] = { "product", KIND_TEXT, PART_FORM, false },
	[FIELD_SERVICE] = { "service", KIND_TEXT, PART_FORM, false },
	[FIELD_CASE_OPENED] = { "case_opened", KIND_INSTANT, PART_FORM, false },
	[FIELD_HANDLER] = { "handler", KIND_TEXT, PART_FORM, false },
	[FIELD_REQUESTER] = { "requester", KIND_PERSON, PART_FORM, false },
	[FIELD_ATTACHMENTS] = { "attachments", KIND_OBJECTS, PART_FORM, false },
	[FIELD_EVENTS] = { "events", KIND_OBJECTS, PART_EVENTS, true },
	[FIELD_STATE] = { "state", KIND_TEXT, PART_DERIVED, false },
	[FIELD_HELD] = { "held", KIND_TEXTS, PART_DERIVED, false },
	[FIELD_TIER] = { "tier", KIND_INT, PART_DERIVED, false },
	[FIELD_TIER_NAME] = { "tier_name", KIND_TEXT, PART_DERIVED, false },
	[FIELD_PRIORITY] = { "priority", KIND_TEXT, PART_DERIVED, false },
	[FIELD_ASSIGNEE] = { "assignee", KIND_TEXT, PART_DERIVED, false },
	[FIELD_QUEUE] = { "queue", KIND_TEXT, PART_DERIVED, false },
	[FIELD_CLOCKS] = { "clocks", KIND_OBJECTS, PART_DERIVED, false },
	[FIELD_DUE] = { "due", KIND_INSTANT, PART_DERIVED, false },
	[FIELD_RISK] = { "risk", KIND_INSTANT, PART_DERIVED, false },
	[FIELD_RESOLUTION] = { "resolution", KIND_OBJECT, PART_DERIVED, false },
	[FIELD_FEEDBACK] = { "feedback", KIND_OBJECT, PART_DERIVED, false },
	[FIELD_SLA] = { "sla", KIND_OBJECT, PART_ADDED, false },
};

enum field
field_find_after(struct span name, enum field last)
{
	if (field_is_private(name))
		return FIELD_NONE;
	for (int i = 1; i < FIELD_COUNT; i++) {
		int at = (int)last + i;

		if (at >= FIELD_COUNT)
			at -= FIELD_COUNT - 1;
		if (span_is(name, field_table[at].name))
			return (enum field)at;
	}
	return FIELD_NONE;
}

enum field
field_find(struct span name)
{
	return field_find_after(name, FIELD_NONE);
}

struct span
field_requester_member(struct span name)
{
	static const char start[] = "requester.";
	const size_t n = sizeof start - 1;

	if (name.n <= n || memcmp(name.p, start, n) != 0)
		return (struct span){ NULL, 0 };
	return (struct span){ name.p + n, name.n - n };
}
