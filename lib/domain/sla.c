#include "domain/sla.h"

#include <string.h>

#include "domain/derived.h"
#include "domain/explain.h"

const char *const gate_names[GATES] = {
	[GATE_NEVER] = "never",
	[GATE_MISSED] = "missed",
	[GATE_BREACHED] = "breached",
	[GATE_RISK] = "risk",
};

static const unsigned gate_verdicts[GATES] = {
	[GATE_NEVER] = 0,
	[GATE_MISSED] = VERDICTS_OVER | VERDICT_BIT(VERDICT_MISSED),
	[GATE_BREACHED] = VERDICTS_OVER,
	[GATE_RISK] = VERDICTS_OVER | VERDICT_BIT(VERDICT_RISK),
};

int
gate_parse(const char *name, enum gate *gate)
{
	for (int i = 0; i < GATES; i++)
		if (strcmp(name, gate_names[i]) == 0) {
			*gate = (enum gate)i;
			return 0;
		}
	return -1;
}

bool
gate_stops(enum gate gate, enum verdict verdict)
{
	return (gate_verdicts[gate] & VERDICT_BIT(verdict)) != 0;
}

static int
parse_one(struct span name, unsigned *verdicts)
{
	if (span_is(name, verdict_names[VERDICT_BREACHED])) {
		*verdicts |= VERDICTS_OVER;
		return 0;
	}
	for (int i = 0; i < VERDICTS; i++)
		if (span_is(name, verdict_names[i])) {
			*verdicts |= VERDICT_BIT(i);
			return 0;
		}
	return -1;
}

int
verdicts_parse(const char *text, unsigned *verdicts, struct err *err)
{
	*verdicts = 0;
	for (;;) {
		size_t n = strcspn(text, ",");

		if (parse_one((struct span){ text, n }, verdicts) < 0)
			return err_add(err, EX_USAGE, "--verdict",
				"expected exhausted, breached, paused-breached, risk, open-ended, "
				"paused, ok, missed, met, ended or none; got \"%.*s\"",
				(int)n, text);
		if (!text[n])
			return 0;
		text += n + 1;
	}
}

/* The members of the line but an older `sla`, without the closing brace. */
static void
write_members(const struct record *record, struct buf *out)
{
	const struct scan *scan = record->scan;
	struct span whole = scan_raw(scan, 0);
	uint32_t old = scan_member(scan, 0, "sla");

	if (!old) {
		struct span body = span_trim((struct span){ whole.p, whole.n - 1 });

		buf_span(out, body);
		return;
	}
	buf_putc(out, '{');
	for (uint32_t at = scan_first(scan, 0); at; at = scan->node[at].next) {
		const struct scan_node *node = &scan->node[at];

		if (at == old)
			continue;
		if (out->data[out->len - 1] != '{')
			buf_putc(out, ',');
		buf_put(out, scan->text + node->key - 1, node->end - node->key + 1);
	}
}

static void
write_clocks(const struct case_verdict *verdict, const struct explained *ledger,
	struct buf *out)
{
	buf_key(out, "clocks");
	buf_putc(out, '[');
	for (size_t i = 0; i < verdict->n; i++) {
		if (i)
			buf_putc(out, ',');
		verdict_clock(&verdict->clock[i], out);
		if (ledger)
			explain_write(&ledger[i], out);
		buf_putc(out, '}');
	}
	buf_putc(out, ']');
}

static void
write_verdict(const struct case_verdict *verdict, struct buf *out)
{
	buf_member(out, "verdict", span_of(verdict_names[verdict->verdict]));
	if (!verdict->worst)
		return;
	buf_key(out, "worst");
	verdict_clock(verdict->worst, out);
	buf_putc(out, '}');
}

/* "horizon":{"at","breaches":[{clock}]} */
static void
write_horizon(const struct horizon *horizon, struct buf *out)
{
	buf_key(out, "horizon");
	buf_putc(out, '{');
	derived_instant(out, "at", horizon->at);
	buf_key(out, "breaches");
	buf_putc(out, '[');
	for (size_t i = 0; i < horizon->n; i++) {
		if (i)
			buf_putc(out, ',');
		verdict_clock(horizon->breach[i], out);
		buf_putc(out, '}');
	}
	buf_puts(out, "]}");
}

/* "rejudged":{"policy","policy_version","verdict","worst","clocks"} */
static void
write_rejudged(const struct sla *sla, struct buf *out)
{
	const struct policy *policy = sla->rejudged_fold->policy;

	buf_key(out, "rejudged");
	buf_putc(out, '{');
	buf_member(out, "policy", span_of(policy->name));
	buf_member(out, "policy_version", span_of(policy->version));
	write_verdict(sla->rejudged, out);
	write_clocks(sla->rejudged, NULL, out);
	buf_putc(out, '}');
}

void
sla_rejudge(struct sla *sla, const struct policy *policy)
{
	struct arena *arena = sla->fold->arena;
	struct fold *fold = arena_alloc(arena, sizeof *fold);
	struct case_verdict *verdict = arena_alloc(arena, sizeof *verdict);

	fold_rejudge(fold, sla->record, policy, sla->at, arena);
	verdict_at(fold, sla->at, verdict);
	sla->rejudged_fold = fold;
	sla->rejudged = verdict;
}

const struct clock_verdict *
sla_rejudged_clock(const struct sla *sla, const struct clock *clock)
{
	return verdict_twin(sla->rejudged, clock);
}

void
sla_value(const struct sla *sla, struct buf *out)
{
	buf_putc(out, '{');
	derived_instant(out, "at", sla->at);
	write_verdict(&sla->verdict, out);
	write_clocks(&sla->verdict, sla->ledger, out);
	if (sla->horizon)
		write_horizon(sla->horizon, out);
	if (sla->rejudged)
		write_rejudged(sla, out);
	buf_putc(out, '}');
}

void
sla_write(const struct sla *sla, struct buf *out)
{
	write_members(sla->record, out);
	buf_puts(out, ",\"sla\":");
	sla_value(sla, out);
	buf_putc(out, '}');
}
