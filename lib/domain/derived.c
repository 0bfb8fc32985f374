#include "domain/derived.h"

#include "base/instant.h"

static void
put_int(struct buf *out, const char *key, int64_t value)
{
	buf_key(out, key);
	buf_int(out, value);
}

static void
quote_instant(struct buf *out, int64_t at)
{
	buf_putc(out, '"');
	buf_instant(out, at);
	buf_putc(out, '"');
}

void
derived_instant(struct buf *out, const char *key, int64_t at)
{
	if (at == INSTANT_NONE)
		return;
	buf_key(out, key);
	quote_instant(out, at);
}

static bool
write_text(struct span text, struct buf *out)
{
	if (!text.p)
		return false;
	buf_json(out, text);
	return true;
}

static bool
write_instant(int64_t at, struct buf *out)
{
	if (at == INSTANT_NONE)
		return false;
	quote_instant(out, at);
	return true;
}

static bool
write_version(const struct fold *fold, struct buf *out)
{
	return write_text(fold->policy_version, out);
}

static bool
write_state(const struct fold *fold, struct buf *out)
{
	return write_text(span_of(state_names[fold->state]), out);
}

static bool
write_held(const struct fold *fold, struct buf *out)
{
	static const char *const lists[] = {
		[HOLD_ASKED] = "[\"asked\"]",
		[HOLD_PAUSED] = "[\"paused\"]",
		[HOLD_ASKED | HOLD_PAUSED] = "[\"asked\",\"paused\"]",
	};

	if (!fold->held)
		return false;
	buf_puts(out, lists[fold->held]);
	return true;
}

static bool
write_tier(const struct fold *fold, struct buf *out)
{
	if (!fold->tier)
		return false;
	buf_int(out, fold->tier);
	return true;
}

static bool
write_tier_name(const struct fold *fold, struct buf *out)
{
	const struct tier *tier = policy_tier(fold->policy, fold->tier);

	return tier && write_text(span_of(tier->name), out);
}

static bool
write_priority(const struct fold *fold, struct buf *out)
{
	return write_text(fold->priority, out);
}

static bool
write_assignee(const struct fold *fold, struct buf *out)
{
	return write_text(fold->assignee, out);
}

static bool
write_queue(const struct fold *fold, struct buf *out)
{
	return write_text(fold->queue, out);
}

void
derived_clock(struct buf *out, const struct clock *clock)
{
	buf_putc(out, '{');
	buf_member(out, "clock", span_of(clock_names[clock->id]));
	if (clock->tier)
		put_int(out, "tier", clock->tier);
	put_int(out, "cycle", clock->cycle);
}

static void
write_clock(const struct clock *clock, struct buf *out)
{
	derived_clock(out, clock);
	derived_instant(out, "started_at", clock->started_at);
	derived_instant(out, "target_at", clock->target_at);
	derived_instant(out, "limit_at", clock->limit_at);
	derived_instant(out, "stopped_at", clock->stopped_at);
	if (clock->paused)
		put_int(out, "paused", clock->paused);
	derived_instant(out, "held_at", clock->held_at);
	buf_member(out, "state", span_of(clock_state_names[clock->state]));
	buf_putc(out, '}');
}

static bool
write_clocks(const struct fold *fold, struct buf *out)
{
	if (!fold->n_clocks)
		return false;
	buf_putc(out, '[');
	for (size_t i = 0; i < fold->n_clocks; i++) {
		if (i)
			buf_putc(out, ',');
		write_clock(&fold->clock[i], out);
	}
	buf_putc(out, ']');
	return true;
}

static bool
write_due(const struct fold *fold, struct buf *out)
{
	return write_instant(fold->due, out);
}

static bool
write_risk(const struct fold *fold, struct buf *out)
{
	return write_instant(fold->risk, out);
}

static bool
write_resolution(const struct fold *fold, struct buf *out)
{
	const struct event *event;

	if (!fold->resolved)
		return false;
	event = fold->resolved->event;
	buf_putc(out, '{');
	buf_member(out, "outcome", event_text(event, "outcome", fold->arena));
	buf_member(out, "summary", event_text(event, "summary", fold->arena));
	derived_instant(out, "at", fold->resolved->at);
	buf_member(out, "by", event_text(event, "by", fold->arena));
	buf_putc(out, '}');
	return true;
}

static bool
write_feedback(const struct fold *fold, struct buf *out)
{
	const struct event *event;
	int64_t score;

	if (!fold->rated)
		return false;
	event = fold->rated->event;
	buf_putc(out, '{');
	if (event_int(event, "score", &score))
		put_int(out, "score", score);
	buf_member(out, "comment", event_text(event, "comment", fold->arena));
	derived_instant(out, "at", fold->rated->at);
	buf_putc(out, '}');
	return true;
}

static bool (*const writers[FIELD_COUNT])(const struct fold *, struct buf *) = {
	[FIELD_POLICY_VERSION] = write_version,
	[FIELD_STATE] = write_state,
	[FIELD_HELD] = write_held,
	[FIELD_TIER] = write_tier,
	[FIELD_TIER_NAME] = write_tier_name,
	[FIELD_PRIORITY] = write_priority,
	[FIELD_ASSIGNEE] = write_assignee,
	[FIELD_QUEUE] = write_queue,
	[FIELD_CLOCKS] = write_clocks,
	[FIELD_DUE] = write_due,
	[FIELD_RISK] = write_risk,
	[FIELD_RESOLUTION] = write_resolution,
	[FIELD_FEEDBACK] = write_feedback,
};

bool
derived_has(enum field field)
{
	return writers[field] || field_in_form(field);
}

bool
derived_write(const struct fold *fold, enum field field, struct buf *out)
{
	struct value value;

	if (writers[field])
		return writers[field](fold, out);
	value = fold->form[field];
	if (!value.node)
		return false;
	buf_span(out, scan_raw(value.scan, value.node));
	return true;
}
