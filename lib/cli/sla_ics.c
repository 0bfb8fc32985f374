/*
 * A calendar of limits: an event for each clock that runs or is held.  It
 * has no alarm: whoever takes the calendar sets those that are wanted.
 * It is no message of a scheduler: no METHOD, which would ask for an ORGANIZER.
 * Source: RFC 5545.
 */
#include "cli/sla_format.h"

#include "base/instant.h"
#include "base/utf8.h"
#include "cli/ics_out.h"
#include "cli/sla_say.h"

struct ics {
	bool event; /* there is one */
};

static void
begin(struct sla_sink *sink)
{
	struct buf *out = sink->out;

	ics_out_plain(out, "BEGIN", "VCALENDAR");
	ics_out_plain(out, "VERSION", "2.0");
	ics_out_plain(out, "PRODID", "-//esc//esc-sla-check " ESC_VERSION "//EN");
	ics_out_plain(out, "CALSCALE", "GREGORIAN");
	ics_out_plain(out, "X-WR-CALNAME", "Limits of cases");
}

/* The case and what names the clock, for ever the same. */
static void
put_uid(struct buf *out, const struct sla *sla, const struct clock *clock)
{
	struct buf uid = { 0 };

	utf8_display(&uid, sla->record->id);
	buf_printf(&uid, ".%s.%d.%d@esc", clock_names[clock->id], clock->tier, clock->cycle);
	ics_out_text(out, "UID", buf_text(&uid));
	buf_release(&uid);
}

/* Ids are long, and a calendar shows how a text begins. */
static void
put_summary(struct sla_sink *sink, const struct sla *sla, const struct clock_verdict *verdict)
{
	struct buf text = { 0 };

	buf_printf(&text, "%s: ", verdict_names[verdict->verdict]);
	if (sink->run->subject) {
		sla_say_subject(&text, sla);
		buf_puts(&text, ": ");
	}
	sla_say_name(&text, sla, verdict->clock);
	ics_out_text(sink->out, "SUMMARY", buf_text(&text));
	buf_release(&text);
}

static void
say_instant(struct buf *text, const char *what, int64_t at)
{
	if (at == INSTANT_NONE)
		return;
	buf_printf(text, "\n%s ", what);
	buf_instant(text, at);
}

static void
put_description(struct buf *out, const struct sla *sla, const struct clock_verdict *verdict)
{
	const struct clock *clock = verdict->clock;
	struct buf text = { 0 };

	sla_say_clock(&text, verdict, sla->at);
	buf_puts(&text, "\npolicy ");
	utf8_display(&text, sla->record->policy);
	say_instant(&text, "started", clock->started_at);
	say_instant(&text, "target", clock->target_at);
	say_instant(&text, "limit", clock->limit_at);
	if (clock->state == CLOCK_HELD)
		say_instant(&text, "held since", clock->held_at);
	ics_out_text(out, "DESCRIPTION", buf_text(&text));
	buf_release(&text);
}

static void
put_event(struct sla_sink *sink, const struct sla *sla, const struct clock_verdict *verdict)
{
	const struct clock *clock = verdict->clock;
	struct ics *ics = sink->state;
	struct buf *out = sink->out;

	if (!clock_lives(clock) || clock->limit_at == INSTANT_NONE)
		return;
	ics->event = true;
	ics_out_plain(out, "BEGIN", "VEVENT");
	put_uid(out, sla, clock);
	ics_out_instant(out, "DTSTAMP", sla->at);
	ics_out_instant(out, "DTSTART", clock->limit_at);
	put_summary(sink, sla, verdict);
	put_description(out, sla, verdict);
	ics_out_plain(out, "CATEGORIES", verdict_names[verdict->verdict]);
	ics_out_plain(out, "STATUS", clock->state == CLOCK_HELD ? "TENTATIVE" : "CONFIRMED");
	ics_out_plain(out, "TRANSP", "TRANSPARENT");
	ics_out_plain(out, "END", "VEVENT");
}

static void
add(struct sla_sink *sink, const struct sla_case *entry)
{
	const struct sla *sla = entry->sla;

	for (size_t i = 0; sla->horizon && i < sla->horizon->n; i++)
		put_event(sink, sla, sla->horizon->breach[i]);
	for (size_t i = 0; !sla->horizon && i < sla->verdict.n; i++)
		put_event(sink, sla, &sla->verdict.clock[i]);
}

/* A calendar holds something (3.6): where there is no event, the zone that all goes by. */
static void
put_zone(struct buf *out)
{
	ics_out_plain(out, "BEGIN", "VTIMEZONE");
	ics_out_plain(out, "TZID", "Etc/UTC");
	ics_out_plain(out, "BEGIN", "STANDARD");
	ics_out_plain(out, "DTSTART", "19700101T000000");
	ics_out_plain(out, "TZOFFSETFROM", "+0000");
	ics_out_plain(out, "TZOFFSETTO", "+0000");
	ics_out_plain(out, "END", "STANDARD");
	ics_out_plain(out, "END", "VTIMEZONE");
}

static void
end(struct sla_sink *sink)
{
	const struct ics *ics = sink->state;

	if (!ics->event)
		put_zone(sink->out);
	ics_out_plain(sink->out, "END", "VCALENDAR");
}

const struct sla_format sla_ics = {
	.name = "ics",
	.gate = GATE_NEVER,
	.takes_subject = true,
	.takes_horizon = true,
	.state_size = sizeof(struct ics),
	.begin = begin,
	.add = add,
	.end = end,
};
