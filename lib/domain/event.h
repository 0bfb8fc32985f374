/*
 * event: what happened to a case: the table of esc-case(5), EVENTS, as
 * data, and the reading of one event.  Unknown types and unknown members
 * are kept and have no effect.
 */
#ifndef ESC_DOMAIN_EVENT_H
#define ESC_DOMAIN_EVENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/scan.h"

enum event_type {
	EV_OTHER, /* unknown, x-... : recorded without effect */
	EV_SUBMITTED,
	EV_ACKNOWLEDGED,
	EV_ACCEPTED,
	EV_CANCELLED,
	EV_PRIORITISED,
	EV_ASKED,
	EV_ANSWERED,
	EV_PAUSED,
	EV_RESUMED,
	EV_CONTACTED,
	EV_UPDATED,
	EV_PLANNED,
	EV_NOTED,
	EV_IMPROVED,
	EV_ATTACHED,
	EV_ASSIGNED,
	EV_ROUTED,
	EV_REPRIORITISED,
	EV_RECLASSIFIED,
	EV_AMENDED,
	EV_PROMOTED,
	EV_DUE_SET,
	EV_REPINNED,
	EV_DUPLICATE,
	EV_RESOLVED,
	EV_CLOSED,
	EV_RATED,
	EV_REOPENED,
	EV_RETRACTED,
	EV_NOTIFIED,
	EVENT_TYPES
};

/*
 * What starts, stops or ends a clock: a set of event types, and the one
 * case in which the type alone does not tell.
 */
#define TRIGGER(type)              (UINT64_C(1) << (type))
#define TRIGGER_REOPENED_CANCELLED (UINT64_C(1) << EVENT_TYPES)

enum case_state {
	STATE_SUBMITTED,
	STATE_ACKNOWLEDGED,
	STATE_ESCALATED,
	STATE_RESOLVED,
	STATE_CLOSED,
	STATE_CANCELLED,
	STATE_PRIORITISED,
	STATE_MERGED,
	CASE_STATES
};

#define STATE(state)    (1U << (state))
#define STATES_OPEN     (STATE(STATE_SUBMITTED) | STATE(STATE_ACKNOWLEDGED) | STATE(STATE_ESCALATED))
#define STATES_ANY      ((1U << CASE_STATES) - 1)

extern const char *const state_names[CASE_STATES];

enum member_kind {
	MEMBER_TEXT,
	MEMBER_INT,
	MEMBER_BOOL,
	MEMBER_INSTANT,
	MEMBER_OBJECT,
	MEMBER_OBJECTS,
};

/* Who must give a member. */
enum member_need {
	NEED_NOT,
	NEED_PEOPLE, /* starred for people; a rule's event has rule or auto */
	NEED_ALL,
};

struct member_info {
	const char *name;
	enum member_kind kind;
	enum member_need need;
};

#define EVENT_MEMBERS 10

struct event_info {
	const char *name;
	const char *verb; /* "promote": for `cannot promote: ...` */
	unsigned from; /* the states (STATE bits) in which a command may add it */
	struct member_info member[EVENT_MEMBERS]; /* ends with a NULL name */
};

/* Indexed by enum event_type; row 0 is EV_OTHER. */
extern const struct event_info event_table[EVENT_TYPES];

enum event_type event_type_find(struct span name);

/* `because` of what an import changed: a code, known again by the next import. */
#define EVENT_IMPORT "import"

struct event {
	enum event_type type;
	int64_t at;       /* when it happened */
	int64_t recorded; /* `logged`, else `at` */
	const struct scan *scan;
	uint32_t node;    /* the event's object in scan */
	uint32_t place;   /* in the list: 1 is the first */
	uint32_t judged;  /* the node of its `judged`, 0: none */
	bool automatic;   /* see event_is_automatic */
};

/*
 * Reads the event at `node`: object, type, at, logged, and the types of the
 * members it knows.  Faults are placed at the member.
 * 0, or -1 with EX_DATAERR.
 */
int event_read(struct event *event, const struct scan *scan, uint32_t node,
	struct err *err);

/* A member's node in event->scan, 0 where absent or null. */
uint32_t event_member(const struct event *event, const char *name);
bool event_int(const struct event *event, const char *name, int64_t *value);
bool event_instant(const struct event *event, const char *name, int64_t *at);

/* {NULL, 0} where absent; decoded, see scan_text. */
struct span event_text(const struct event *event, const char *name,
	struct arena *arena);

/* Added by a rule or by --auto, not by a person. */
static inline bool
event_is_automatic(const struct event *event)
{
	return event->automatic;
}

#endif
