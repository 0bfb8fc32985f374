#include "domain/event.h"

#define SUBMITTED STATE(STATE_SUBMITTED)
#define ACKED     STATE(STATE_ACKNOWLEDGED)
#define ESCALATED STATE(STATE_ESCALATED)
#define RESOLVED  STATE(STATE_RESOLVED)
#define CLOSED    STATE(STATE_CLOSED)
#define CANCELLED STATE(STATE_CANCELLED)

const char *const state_names[CASE_STATES] = {
	[STATE_SUBMITTED] = "submitted",
	[STATE_ACKNOWLEDGED] = "acknowledged",
	[STATE_ESCALATED] = "escalated",
	[STATE_RESOLVED] = "resolved",
	[STATE_CLOSED] = "closed",
	[STATE_CANCELLED] = "cancelled",
	[STATE_PRIORITISED] = "prioritised",
	[STATE_MERGED] = "merged",
};

/* Shorthands for the rows below: a member that is free, starred, or starred
 * for people alone. */
#define FREE(name, kind)   { name, MEMBER_##kind, NEED_NOT }
#define ALL(name, kind)    { name, MEMBER_##kind, NEED_ALL }
#define PEOPLE(name, kind) { name, MEMBER_##kind, NEED_PEOPLE }

const struct event_info event_table[EVENT_TYPES] = {
	[EV_OTHER] = { "", "record", STATES_ANY, { { 0 } } },
	[EV_SUBMITTED] = { "submitted", "submit", 0, { { 0 } } },
	[EV_ACKNOWLEDGED] = { "acknowledged", "acknowledge", SUBMITTED,
		{ FREE("text", TEXT) } },
	[EV_ACCEPTED] = { "accepted", "accept", SUBMITTED | ACKED,
		{ FREE("tier", INT), FREE("priority", TEXT), FREE("assignee", TEXT),
			FREE("queue", TEXT), FREE("text", TEXT) } },
	[EV_CANCELLED] = { "cancelled", "cancel", STATES_OPEN,
		{ ALL("feedback", TEXT) } },
	[EV_PRIORITISED] = { "prioritised", "prioritise", SUBMITTED | ACKED | CANCELLED,
		{ ALL("rationale", TEXT) } },
	[EV_ASKED] = { "asked", "ask", STATES_OPEN, { ALL("text", TEXT) } },
	[EV_ANSWERED] = { "answered", "record an answer", STATES_OPEN,
		{ ALL("text", TEXT) } },
	[EV_PAUSED] = { "paused", "pause", STATES_OPEN, { PEOPLE("reason", TEXT) } },
	[EV_RESUMED] = { "resumed", "resume", STATES_OPEN, { FREE("text", TEXT) } },
	[EV_CONTACTED] = { "contacted", "record a contact", ESCALATED,
		{ FREE("text", TEXT) } },
	[EV_UPDATED] = { "updated", "update the customer", ESCALATED,
		{ ALL("text", TEXT), FREE("expected", INSTANT) } },
	[EV_PLANNED] = { "planned", "record a plan", ESCALATED, { ALL("text", TEXT) } },
	[EV_NOTED] = { "noted", "note", STATES_ANY, { ALL("text", TEXT) } },
	[EV_IMPROVED] = { "improved", "record an improvement", STATES_ANY,
		{ ALL("text", TEXT) } },
	[EV_ATTACHED] = { "attached", "attach", STATES_ANY,
		{ ALL("attachment", OBJECT) } },
	[EV_ASSIGNED] = { "assigned", "assign", STATES_OPEN, { ALL("assignee", TEXT) } },
	[EV_ROUTED] = { "routed", "route", STATES_OPEN, { ALL("queue", TEXT) } },
	[EV_REPRIORITISED] = { "reprioritised", "change the priority", STATES_OPEN,
		{ ALL("priority", TEXT), PEOPLE("because", TEXT) } },
	[EV_RECLASSIFIED] = { "reclassified", "reclassify", STATES_OPEN,
		{ ALL("set", OBJECT), PEOPLE("because", TEXT), FREE("was", OBJECT) } },
	[EV_AMENDED] = { "amended", "amend", STATES_ANY,
		{ ALL("set", OBJECT), PEOPLE("because", TEXT), FREE("was", OBJECT) } },
	[EV_PROMOTED] = { "promoted", "promote", ESCALATED,
		{ ALL("from", INT), ALL("to", INT), PEOPLE("reason", TEXT),
			FREE("assignee", TEXT), FREE("clock", TEXT),
			FREE("limit_at", INSTANT), FREE("late_s", INT) } },
	[EV_DUE_SET] = { "due_set", "set a deadline", ESCALATED,
		{ ALL("due", INSTANT), PEOPLE("because", TEXT) } },
	[EV_REPINNED] = { "repinned", "repin", STATES_OPEN,
		{ ALL("from", TEXT), ALL("to", TEXT), PEOPLE("because", TEXT) } },
	[EV_DUPLICATE] = { "duplicate", "mark a duplicate", STATES_OPEN,
		{ ALL("of", TEXT) } },
	[EV_RESOLVED] = { "resolved", "resolve", ESCALATED,
		{ ALL("outcome", TEXT), ALL("summary", TEXT) } },
	[EV_CLOSED] = { "closed", "close", RESOLVED, { { 0 } } },
	[EV_RATED] = { "rated", "rate", RESOLVED | CLOSED | CANCELLED,
		{ ALL("score", INT), FREE("comment", TEXT) } },
	[EV_REOPENED] = { "reopened", "reopen", RESOLVED | CLOSED | CANCELLED,
		{ PEOPLE("reason", TEXT) } },
	[EV_RETRACTED] = { "retracted", "retract", STATES_ANY,
		{ ALL("event", INT), PEOPLE("because", TEXT) } },
	[EV_NOTIFIED] = { "notified", "record a notice", STATES_ANY,
		{ ALL("notice", TEXT) } },
};
