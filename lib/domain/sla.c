#include "domain/sla.h"

#include <string.h>

#define VERDICT_BIT(verdict) (1U << (verdict))

const char *const gate_names[GATES] = {
	[GATE_NEVER] = "never",
	[GATE_MISSED] = "missed",
	[GATE_BREACHED] = "breached",
	[GATE_RISK] = "risk",
};

#define BREACHES \
	(VERDICT_BIT(VERDICT_EXHAUSTED) | VERDICT_BIT(VERDICT_BREACHED) | \
		VERDICT_BIT(VERDICT_PAUSED_BREACHED))

static const unsigned gate_verdicts[GATES] = {
	[GATE_NEVER] = 0,
	[GATE_MISSED] = BREACHES | VERDICT_BIT(VERDICT_MISSED),
	[GATE_BREACHED] = BREACHES,
	[GATE_RISK] = BREACHES | VERDICT_BIT(VERDICT_RISK),
};

bool
gate_fails(enum gate gate, const struct case_verdict *verdict)
{
	for (size_t i = 0; i < verdict->n; i++)
		if (gate_verdicts[gate] & VERDICT_BIT(verdict->clock[i].verdict))
			return true;
	return false;
}

static int
parse_one(struct span name, unsigned *verdicts)
{
	if (span_is(name, verdict_names[VERDICT_BREACHED])) {
		*verdicts |= BREACHES;
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

void
sla_write(const struct record *record, const struct case_verdict *verdict, int64_t at,
	struct buf *out)
{
	write_members(record, out);
	buf_puts(out, ",\"sla\":");
	verdict_write(verdict, at, out);
	buf_putc(out, '}');
}
