#include <string.h>

#include "base/instant.h"
#include "domain/change_work.h"
#include "domain/derived.h"

static void
write_judgement(const struct clock *clock, struct buf *out)
{
	buf_putc(out, '{');
	buf_key(out, "clock");
	buf_json(out, span_of(clock_names[clock->id]));
	if (clock->tier) {
		buf_key(out, "tier");
		buf_int(out, clock->tier);
	}
	buf_key(out, "cycle");
	buf_int(out, clock->cycle);
	derived_instant(out, "target_at", clock->target_at);
	derived_instant(out, "limit_at", clock->limit_at);
	buf_key(out, "verdict");
	buf_json(out, span_of(clock_state_names[clock->state]));
	if (clock->state == CLOCK_MISSED) {
		buf_key(out, "over");
		buf_int(out, clock->over);
	}
	buf_putc(out, '}');
}

/* ,"judged":[...] for the clocks that the event stopped; nothing for none. */
static void
write_judged(const struct fold *fold, const struct event *event, struct buf *out)
{
	bool any = false;

	for (size_t i = 0; i < fold->n_clocks; i++) {
		const struct clock *clock = &fold->clock[i];

		if (clock->stop_step == NO_STEP || clock->judged ||
			fold->step[clock->stop_step].event != event)
			continue;
		buf_puts(out, any ? "," : ",\"judged\":[");
		write_judgement(clock, out);
		any = true;
	}
	if (any)
		buf_putc(out, ']');
}

static bool
lacks_was(const struct event *event)
{
	return (event->type == EV_RECLASSIFIED || event->type == EV_AMENDED) &&
		event_member(event, "set") && !event_member(event, "was");
}

/* ,"was":{...}: what the fields said before the event. */
static void
write_was(const struct fold *fold, const struct event *event, struct buf *out)
{
	const struct scan *scan = event->scan;
	bool any = false;
	size_t k = 0;

	for (uint32_t at = scan_first(scan, event_member(event, "set")); at;
		at = scan->node[at].next, k++) {
		struct span name = scan_key(scan, at, fold->arena);
		struct value was;

		if (!fold_was(fold, event, k, name, &was))
			continue;
		buf_puts(out, any ? "," : ",\"was\":{");
		any = true;
		buf_json(out, name);
		buf_putc(out, ':');
		if (was.node)
			buf_span(out, scan_raw(was.scan, was.node));
		else
			buf_puts(out, "null");
	}
	if (any)
		buf_putc(out, '}');
}

/* The event as it stands, with what it lacks before its closing brace. */
static void
write_event(const struct change *change, size_t i, struct buf *out)
{
	const struct event *event = &change->grown.event[i];
	struct span raw = scan_raw(event->scan, event->node);
	bool judge = change->judge_all || i >= change->record->n_events;

	buf_put(out, raw.p, raw.n - 1);
	if (lacks_was(event))
		write_was(&change->fold, event, out);
	if (judge && !event->judged)
		write_judged(&change->fold, event, out);
	buf_putc(out, '}');
}

static bool
is_complete(const struct change *change)
{
	if (change->judge_all)
		return false;
	for (size_t i = 0; i < change->record->n_events; i++)
		if (lacks_was(&change->record->event[i]))
			return false;
	return true;
}

void
change_write_events(const struct change *change, struct buf *out)
{
	const struct record *record = change->record;
	struct span raw = scan_raw(record->scan, record->node[FIELD_EVENTS]);
	size_t i = 0;

	if (is_complete(change)) {
		const struct event *last = &record->event[record->n_events - 1];
		struct span end = scan_raw(last->scan, last->node);

		buf_put(out, raw.p, (size_t)(end.p + end.n - raw.p));
		i = record->n_events;
	} else {
		buf_putc(out, '[');
	}
	for (; i < change->grown.n_events; i++) {
		if (i)
			buf_putc(out, ',');
		write_event(change, i, out);
	}
	buf_putc(out, ']');
}
