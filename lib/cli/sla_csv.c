/*
 * A row a clock, for spreadsheets and databases.  A case without clocks has
 * one row with the cells of its clock empty.
 */
#include "cli/sla_format.h"

#include "base/instant.h"
#include "cli/csv_out.h"

static const char *const columns[] = {
	"id", "policy", "case_number", "state", "tier", "priority", "assignee", "queue",
	"verdict", "clock", "clock_tier", "cycle", "clock_verdict", "started_at",
	"target_at", "limit_at", "stopped_at", "left", "left_wall",
};

#define CLOCK_COLUMNS 10 /* from "clock" on */

static void
put_number(struct csv_out *csv, int64_t number)
{
	struct buf text = { 0 };

	buf_int(&text, number);
	csv_out_plain(csv, buf_text(&text));
	buf_release(&text);
}

static void
put_empty(struct csv_out *csv)
{
	csv_out_plain(csv, (struct span){ NULL, 0 });
}

/* 0: none. */
static void
put_tier(struct csv_out *csv, int tier)
{
	if (tier)
		put_number(csv, tier);
	else
		put_empty(csv);
}

static void
put_instant(struct csv_out *csv, int64_t at)
{
	char text[INSTANT_SIZE] = "";

	if (at != INSTANT_NONE)
		instant_format(at, text);
	csv_out_plain(csv, span_of(text));
}

static void
put_field(struct csv_out *csv, const struct fold *fold, enum field field)
{
	struct value value = fold->form[field];

	csv_out_text(csv, value.node ? scan_text(value.scan, value.node, fold->arena)
				     : (struct span){ NULL, 0 });
}

static void
put_case(struct csv_out *csv, const struct sla *sla)
{
	const struct fold *fold = sla->fold;

	csv_out_text(csv, sla->record->id);
	csv_out_text(csv, sla->record->policy);
	put_field(csv, fold, FIELD_CASE_NUMBER);
	csv_out_text(csv, span_of(state_names[fold->state]));
	put_tier(csv, fold->tier);
	csv_out_text(csv, fold->priority);
	csv_out_text(csv, fold->assignee);
	csv_out_text(csv, fold->queue);
	csv_out_text(csv, span_of(verdict_names[sla->verdict.verdict]));
}

static void
put_left(struct csv_out *csv, const struct clock_verdict *verdict)
{
	if (!verdict->has_left) {
		put_empty(csv);
		put_empty(csv);
		return;
	}
	put_number(csv, verdict->left);
	put_number(csv, verdict->left_wall);
}

static void
put_clock(struct csv_out *csv, const struct clock_verdict *verdict)
{
	const struct clock *clock = verdict->clock;

	csv_out_text(csv, span_of(clock_names[clock->id]));
	put_tier(csv, clock->tier);
	put_number(csv, clock->cycle);
	csv_out_text(csv, span_of(verdict_names[verdict->verdict]));
	put_instant(csv, clock->started_at);
	put_instant(csv, clock->target_at);
	put_instant(csv, clock->limit_at);
	put_instant(csv, clock->stopped_at);
	put_left(csv, verdict);
}

/* The same clock's verdict; empty where the other text has no such clock. */
static void
put_rejudged(struct csv_out *csv, const struct sla *sla, const struct clock_verdict *verdict)
{
	const struct clock_verdict *other =
		verdict ? sla_rejudged_clock(sla, verdict->clock) : NULL;

	csv_out_plain(csv, span_of(other ? verdict_names[other->verdict] : ""));
}

/* verdict NULL: a case without clocks. */
static void
put_row(struct sla_sink *sink, const struct sla *sla, const struct clock_verdict *verdict)
{
	struct csv_out *csv = sink->state;

	put_case(csv, sla);
	if (verdict)
		put_clock(csv, verdict);
	for (size_t i = 0; !verdict && i < CLOCK_COLUMNS; i++)
		put_empty(csv);
	if (sink->run->rejudge)
		put_rejudged(csv, sla, verdict);
	if (sink->run->subject)
		put_field(csv, sla->fold, FIELD_SUBJECT);
	csv_out_end(csv);
}

static void
begin(struct sla_sink *sink)
{
	struct csv_out *csv = sink->state;

	csv->out = sink->out;
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		csv_out_text(csv, span_of(columns[i]));
	if (sink->run->rejudge)
		csv_out_text(csv, span_of("rejudged"));
	if (sink->run->subject)
		csv_out_text(csv, span_of("subject"));
	csv_out_end(csv);
}

static void
add(struct sla_sink *sink, const struct sla_case *entry)
{
	const struct sla *sla = entry->sla;
	const struct case_verdict *verdict = &sla->verdict;

	if (!verdict->n)
		put_row(sink, sla, NULL);
	for (size_t i = 0; sla->horizon && i < sla->horizon->n; i++)
		put_row(sink, sla, sla->horizon->breach[i]);
	for (size_t i = 0; !sla->horizon && i < verdict->n; i++)
		put_row(sink, sla, &verdict->clock[i]);
}

static void
end(struct sla_sink *sink)
{
	csv_out_release(sink->state);
}

const struct sla_format sla_csv = {
	.name = "csv",
	.gate = GATE_NEVER,
	.takes_subject = true,
	.takes_horizon = true,
	.takes_rejudge = true,
	.state_size = sizeof(struct csv_out),
	.begin = begin,
	.add = add,
	.end = end,
};
