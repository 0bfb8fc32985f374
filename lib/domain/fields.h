/*
 * fields: the members of a case record, in the order in which they are
 * written.  One row a field; a new field is a new row (and its lines in
 * esc-case(5) and the JSON Schema).
 */
#ifndef ESC_DOMAIN_FIELDS_H
#define ESC_DOMAIN_FIELDS_H

#include <stdbool.h>

#include "base/text.h"

enum field {
	FIELD_NONE,
	FIELD_V,
	FIELD_ID,
	FIELD_REV,
	FIELD_POLICY,
	FIELD_POLICY_VERSION,
	FIELD_CREATED,
	FIELD_CASE_NUMBER,
	FIELD_SUBJECT,
	FIELD_DESCRIPTION,
	FIELD_IMPACT,
	FIELD_REASON,
	FIELD_RATIONALE,
	FIELD_URGENCY,
	FIELD_SEVERITY,
	FIELD_TRIGGER,
	FIELD_COMPLEXITY,
	FIELD_CHANNEL,
	FIELD_REGION,
	FIELD_PRODUCT,
	FIELD_SERVICE,
	FIELD_CASE_OPENED,
	FIELD_HANDLER,
	FIELD_REQUESTER,
	FIELD_ATTACHMENTS,
	FIELD_EVENTS,
	FIELD_STATE,
	FIELD_HELD,
	FIELD_TIER,
	FIELD_TIER_NAME,
	FIELD_PRIORITY,
	FIELD_ASSIGNEE,
	FIELD_QUEUE,
	FIELD_CLOCKS,
	FIELD_DUE,
	FIELD_RISK,
	FIELD_RESOLUTION,
	FIELD_FEEDBACK,
	FIELD_SLA,
	FIELD_COUNT
};

enum field_kind {
	KIND_INT,
	KIND_TEXT,
	KIND_INSTANT,
	KIND_CODES,   /* a text, or a list of texts */
	KIND_TEXTS,   /* a list of texts */
	KIND_PERSON,  /* an object of name, email, role */
	KIND_OBJECT,
	KIND_OBJECTS, /* a list of objects */
};

enum field_part {
	PART_HEAD,    /* v, id, rev, policy, policy_version, created */
	PART_FORM,    /* what the customer submitted */
	PART_EVENTS,
	PART_DERIVED, /* computed by the fold, never read back */
	PART_ADDED,   /* sla: added by esc-sla-check, dropped by every change */
};

struct field_info {
	const char *name;
	enum field_kind kind;
	enum field_part part;
	bool needed; /* a record without it is refused */
};

/* Indexed by enum field; row 0 has no name. */
extern const struct field_info field_table[FIELD_COUNT];

/* FIELD_NONE where the name is unknown. */
enum field field_find(struct span name);

/* The same, looking first behind `last`: quick where names come in order. */
enum field field_find_after(struct span name, enum field last);

/* case_number ... handler, requester, attachments: may stand in a form. */
static inline bool
field_in_form(enum field field)
{
	return field_table[field].part == PART_FORM;
}

/* The `email` of "requester.email"; {NULL, 0}: another name. */
struct span field_requester_member(struct span name);

/* Begins with x_: never used by esc. */
static inline bool
field_is_private(struct span name)
{
	return name.n > 2 && name.p[0] == 'x' && name.p[1] == '_';
}

#endif
