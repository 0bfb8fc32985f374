#include "base/instant.h"
#include "domain/merge_work.h"

#define ASIDES 7

/* Which member says when it was recorded. */
static const char *
recording(const struct event *event)
{
	return event_member(event, "logged") ? "logged" : "at";
}

static size_t
put_aside(const char **aside, size_t n, const char *name)
{
	aside[n] = name;
	return n + 1;
}

/* What a retraction names stands elsewhere in the store. */
static bool
same_target(const struct event *stored, const struct event *in, const struct likeness *like)
{
	int64_t there, here;

	return event_int(stored, "event", &there) && event_int(in, "event", &here) &&
		here >= 1 && here < in->place && like->place[here - 1] == there;
}

/* Equal but for what a commit adds, and for `but` (may be NULL). */
static bool
same_but(const struct event *stored, const struct event *in, const char *but,
	const struct likeness *like, struct arena *arena)
{
	const char *aside[ASIDES + 1] = { "judged", "was", "was_at" };
	const struct same_terms terms = { .aside = aside, .erased = like->erased };
	size_t n = 3;

	if (but)
		n = put_aside(aside, n, but);
	if (like->import && !event_member(in, "logged"))
		n = put_aside(aside, n, "logged");
	if (like->anyone)
		n = put_aside(aside, n, "by");
	if (like->place && in->type == EV_RETRACTED && same_target(stored, in, like))
		put_aside(aside, n, "event");
	return same_node(stored->scan, stored->node, in->scan, in->node, &terms, arena);
}

static bool
is_replay(const struct event *stored, const struct event *in, const struct likeness *like,
	struct arena *arena)
{
	int64_t was_at;

	return event_instant(stored, "was_at", &was_at) && was_at == in->recorded &&
		same_but(stored, in, recording(in), like, arena);
}

bool
merge_event_same(const struct event *stored, const struct event *in,
	const struct likeness *like, struct arena *arena)
{
	if (stored->type != in->type)
		return false;
	return (stored->at == in->at && same_but(stored, in, NULL, like, arena)) ||
		is_replay(stored, in, like, arena);
}
