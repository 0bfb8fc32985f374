/*
 * Test Anything Protocol, version 13: a test a clock, as it is judged; the
 * plan comes last, so that a program that died is seen to have no plan.
 * Source: testanything.org, TAP specification version 13.
 */
#include "cli/sla_say.h"

#include <inttypes.h>

#include "base/instant.h"
#include "base/utf8.h"

/* What follows a description. */
static const char *const directives[OUTCOMES] = {
	[OUTCOME_KNOWN] = "TODO",
	[OUTCOME_SKIPPED] = "SKIP",
};

struct tap {
	uint64_t n;
	uint64_t unlisted;
};

static void
begin(struct sla_sink *sink)
{
	buf_puts(sink->out, "TAP version 13\n");
}

/* A # begins a directive, unless a backslash stands before it. */
static void
put_description(struct buf *out, struct span text)
{
	struct buf shown = { 0 };

	utf8_display(&shown, text);
	for (size_t i = 0; i < shown.len; i++) {
		if (shown.data[i] == '#' || shown.data[i] == '\\')
			buf_putc(out, '\\');
		buf_putc(out, shown.data[i]);
	}
	buf_release(&shown);
}

static void
put_result(struct tap *tap, struct buf *out, bool good, struct span description)
{
	buf_printf(out, "%s %" PRIu64 " - ", good ? "ok" : "not ok", ++tap->n);
	put_description(out, description);
}

static void
put_key(struct buf *out, const char *key)
{
	buf_printf(out, "  %s: ", key);
}

/* A JSON string is one of YAML. */
static void
put_text(struct buf *out, const char *key, struct span text)
{
	put_key(out, key);
	buf_json(out, text);
	buf_putc(out, '\n');
}

static void
put_shown(struct buf *out, const char *key, struct span text)
{
	struct buf shown = { 0 };

	utf8_display(&shown, text);
	put_text(out, key, buf_text(&shown));
	buf_release(&shown);
}

static void
put_number(struct buf *out, const char *key, int64_t value)
{
	put_key(out, key);
	buf_int(out, value);
	buf_putc(out, '\n');
}

static void
put_instants(struct buf *out, const struct clock *clock)
{
	const struct {
		const char *key;
		int64_t at;
	} instants[] = {
		{ "started_at", clock->started_at }, { "target_at", clock->target_at },
		{ "limit_at", clock->limit_at }, { "held_at", clock->held_at },
		{ "stopped_at", clock->stopped_at },
	};

	for (size_t i = 0; i < sizeof instants / sizeof *instants; i++) {
		char text[INSTANT_SIZE];

		if (instants[i].at == INSTANT_NONE)
			continue;
		instant_format(instants[i].at, text);
		put_text(out, instants[i].key, span_of(text));
	}
}

static void
put_yaml(struct buf *out, const struct sla *sla, const struct clock_verdict *verdict)
{
	const struct clock *clock = verdict->clock;
	struct buf said = { 0 };

	sla_say_clock(&said, verdict, sla->at);
	buf_puts(out, "  ---\n");
	put_text(out, "message", buf_text(&said));
	put_shown(out, "policy", span_of(sla->fold->policy->name));
	put_text(out, "clock", span_of(clock_names[clock->id]));
	if (clock->tier)
		put_number(out, "tier", clock->tier);
	put_number(out, "cycle", clock->cycle);
	put_text(out, "verdict", span_of(verdict_names[verdict->verdict]));
	put_instants(out, clock);
	if (verdict->has_left) {
		put_number(out, "left", verdict->left);
		put_number(out, "left_wall", verdict->left_wall);
	}
	buf_puts(out, "  ...\n");
	buf_release(&said);
}

static void
put_directive(struct buf *out, enum sla_outcome outcome, enum verdict verdict)
{
	if (directives[outcome])
		buf_printf(out, " # %s %s", directives[outcome],
			outcome == OUTCOME_KNOWN ? "in the baseline" : verdict_names[verdict]);
	buf_putc(out, '\n');
}

static void
put_test(struct sla_sink *sink, const struct sla_case *entry, size_t i)
{
	const struct clock_verdict *clock = &entry->sla->verdict.clock[i];
	enum sla_outcome outcome = sla_outcome(entry->mark[i], clock->verdict);
	bool good = outcome == OUTCOME_SKIPPED || outcome == OUTCOME_PASSES;
	struct buf name = { 0 };

	sla_say_name(&name, entry->sla, clock->clock);
	if (sink->run->subject && entry->sla->fold->form[FIELD_SUBJECT].node) {
		buf_puts(&name, ": ");
		sla_say_subject(&name, entry->sla);
	}
	put_result(sink->state, sink->out, good, buf_text(&name));
	put_directive(sink->out, outcome, clock->verdict);
	if (!good)
		put_yaml(sink->out, entry->sla, clock);
	buf_release(&name);
}

static void
add(struct sla_sink *sink, const struct sla_case *entry)
{
	struct tap *tap = sink->state;

	tap->unlisted += sla_unlisted(entry);
	for (size_t i = 0; entry->listed && i < entry->sla->verdict.n; i++)
		if (sla_is_test(&entry->sla->verdict.clock[i]))
			put_test(sink, entry, i);
}

static void
put_trouble(struct sla_sink *sink, enum sla_trouble trouble)
{
	struct tap *tap = sink->state;
	struct buf said = { 0 };

	if (sla_say_trouble(&said, trouble, sink->run, tap->unlisted)) {
		put_result(tap, sink->out, false, buf_text(&said));
		buf_putc(sink->out, '\n');
	}
	buf_release(&said);
}

static void
put_budget(struct sla_sink *sink, const struct budget *budget)
{
	struct buf name = { 0 }, came = { 0 };

	buf_printf(&name, "budget %s", budget->text);
	put_result(sink->state, sink->out, budget->holds, buf_text(&name));
	buf_putc(sink->out, '\n');
	if (!budget->holds) {
		budget_say(budget, &came);
		buf_puts(sink->out, "  ---\n");
		put_text(sink->out, "message", buf_text(&came));
		buf_puts(sink->out, "  ...\n");
	}
	buf_release(&name);
	buf_release(&came);
}

static void
end(struct sla_sink *sink)
{
	const struct tap *tap = sink->state;

	for (size_t i = 0; i < sink->run->n_budgets; i++)
		put_budget(sink, &sink->run->budget[i]);
	put_trouble(sink, TROUBLE_REFUSED);
	put_trouble(sink, TROUBLE_UNLISTED);
	if (!sink->run->whole)
		buf_puts(sink->out, "Bail out! not all input was looked at\n");
	else if (tap->n)
		buf_printf(sink->out, "1..%" PRIu64 "\n", tap->n);
	else
		buf_puts(sink->out, "1..0 # SKIP no clocks\n");
}

const struct sla_format sla_tap = {
	.name = "tap",
	.gate = GATE_BREACHED,
	.counts_all = true,
	.takes_subject = true,
	.state_size = sizeof(struct tap),
	.begin = begin,
	.add = add,
	.end = end,
};
