#include <string.h>

#include "base/instant.h"
#include "domain/change_work.h"
#include "domain/derived.h"

static void
write_judgement(const struct clock *clock, struct buf *out)
{
	derived_clock(out, clock);
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

/*
 * Whether a stop belongs into the event's `judged`: of a new event every one;
 * of an older one those of a clock that a new event stops again, which this
 * event would otherwise pass by.
 */
static bool
is_owed(const struct change *change, const struct stop *stop)
{
	const struct fold *fold = &change->fold;
	const struct clock *clock = &fold->clock[stop->clock];
	size_t old = change->record->n_events;

	if (stop->written)
		return false;
	if (change->judge_all || fold->step[stop->step].event->place > old)
		return true;
	return clock->stop_step != NO_STEP && fold->step[clock->stop_step].event->place > old;
}

/* The judgements an event owes, with commas between; false: none. */
static bool
write_judgements(const struct change *change, const struct event *event, struct buf *out)
{
	size_t n;
	const struct stop *stop = fold_stops(&change->fold, event, &n);
	bool any = false;

	for (; n > 0; n--, stop++) {
		if (!is_owed(change, stop))
			continue;
		if (any)
			buf_putc(out, ',');
		write_judgement(&stop->judged, out);
		any = true;
	}
	return any;
}

static bool
owes_judgement(const struct change *change, const struct event *event)
{
	size_t n;
	const struct stop *stop = fold_stops(&change->fold, event, &n);

	for (; n > 0; n--, stop++)
		if (is_owed(change, stop))
			return true;
	return false;
}

/* The value of `judged`: what stands there, and what the event owes. */
static void
write_judged(const struct change *change, const struct event *event, struct buf *out)
{
	struct span old = event->judged ? scan_raw(event->scan, event->judged) : span_of("[]");

	buf_put(out, old.p, old.n - 1);
	if (event->judged && event->scan->node[event->judged].count)
		buf_putc(out, ',');
	write_judgements(change, event, out);
	buf_putc(out, ']');
}

static bool
lacks_was(const struct event *event)
{
	return (event->type == EV_RECLASSIFIED || event->type == EV_AMENDED) &&
		event_member(event, "set") && !event_member(event, "was");
}

/* The value of `was`: what the fields said before the event, as far as known. */
static void
write_was(const struct change *change, const struct event *event, struct buf *out)
{
	const struct fold *fold = &change->fold;
	const struct scan *scan = event->scan;
	size_t k = 0;

	buf_putc(out, '{');
	for (uint32_t at = scan_first(scan, event_member(event, "set")); at;
		at = scan->node[at].next, k++) {
		struct span name = scan_key(scan, at, fold->arena);
		struct value was;

		if (!fold_was(fold, event, k, name, &was))
			continue;
		if (out->data[out->len - 1] != '{')
			buf_putc(out, ',');
		buf_json(out, name);
		buf_putc(out, ':');
		if (was.node)
			buf_span(out, scan_raw(was.scan, was.node));
		else
			buf_puts(out, "null");
	}
	buf_putc(out, '}');
}

static bool
knows_was(const struct change *change, const struct event *event)
{
	struct buf was = { 0 };
	bool knows;

	write_was(change, event, &was);
	knows = was.len > 2;
	buf_release(&was);
	return knows;
}

/* What an event lacks, and how it is written. */
struct owed {
	const char *name;
	bool owed;
	uint32_t old; /* its node, null or a list to grow; 0: absent */
	void (*write)(const struct change *change, const struct event *event, struct buf *out);
};

#define OWED 2

/* Where `at` is to be replaced: the text before it, and the new value. */
static const char *
write_up_to(const struct change *change, const struct event *event, const struct owed *owed,
	uint32_t at, const char *from, struct buf *out)
{
	struct span value = scan_raw(event->scan, at);

	for (size_t i = 0; i < OWED; i++) {
		if (!owed[i].owed || owed[i].old != at)
			continue;
		buf_put(out, from, (size_t)(value.p - from));
		owed[i].write(change, event, out);
		return value.p + value.n;
	}
	return from;
}

/* The event as it stands, with what it lacks in its place or at its end. */
static void
write_event(const struct change *change, const struct event *event, struct buf *out)
{
	const struct scan *scan = event->scan;
	struct span raw = scan_raw(scan, event->node);
	const struct owed owed[OWED] = {
		{ "judged", owes_judgement(change, event),
			scan_member(scan, event->node, "judged"), write_judged },
		{ "was", lacks_was(event) && knows_was(change, event),
			scan_member(scan, event->node, "was"), write_was },
	};
	const char *from = raw.p;

	for (uint32_t at = scan_first(scan, event->node); at; at = scan->node[at].next)
		from = write_up_to(change, event, owed, at, from, out);
	buf_put(out, from, (size_t)(raw.p + raw.n - 1 - from));
	for (size_t i = 0; i < OWED; i++)
		if (owed[i].owed && !owed[i].old) {
			buf_key(out, owed[i].name);
			owed[i].write(change, event, out);
		}
	buf_putc(out, '}');
}

static bool
is_complete(const struct change *change)
{
	for (size_t i = 0; i < change->record->n_events; i++) {
		const struct event *event = &change->grown.event[i];

		if (lacks_was(event) || owes_judgement(change, event))
			return false;
	}
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
		write_event(change, &change->grown.event[i], out);
	}
	buf_putc(out, ']');
}
