/*
 * One line for monitoring, with performance data; the status that goes with
 * it is the run's answer (nagios_status.h).
 * Source: Monitoring Plugins Development Guidelines, Performance data.
 */
#include "cli/sla_format.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/instant.h"
#include "base/utf8.h"
#include "cli/msg.h"
#include "cli/nagios_status.h"
#include "cli/sla_say.h"
#include "domain/budget.h"

struct nagios {
	size_t n[VERDICTS];      /* clocks */
	size_t known[VERDICTS];  /* of them in the baseline */
	int64_t overdue;         /* seconds; 0: no limit is over */
	bool fails;              /* the gate stops at the worst that is not known ... */
	enum verdict verdict;
	int64_t limit_at;        /* INT64_MAX: none */
	struct buf worst;        /* ... and what is said of it */
};

static const struct {
	const char *label;
	enum verdict verdict;
} measures[] = {
	{ "exhausted", VERDICT_EXHAUSTED },
	{ "breached", VERDICT_BREACHED },
	{ "paused_breached", VERDICT_PAUSED_BREACHED },
	{ "risk", VERDICT_RISK },
	{ "missed", VERDICT_MISSED },
};

static int64_t
limit_of(const struct clock *clock)
{
	return clock->limit_at == INSTANT_NONE ? INT64_MAX : clock->limit_at;
}

static bool
is_worse(const struct nagios *nagios, const struct clock_verdict *verdict, bool fails)
{
	if (!fails && verdict->verdict > VERDICT_RISK)
		return false;
	if (!nagios->worst.len || fails != nagios->fails)
		return !nagios->worst.len || fails;
	if (verdict->verdict != nagios->verdict)
		return verdict->verdict < nagios->verdict;
	return limit_of(verdict->clock) < nagios->limit_at;
}

/* `, 1h over`, `, 20m left`, as others say it, but for the sign; `, missed`. */
static void
put_left(struct buf *out, const struct clock_verdict *verdict, int64_t at)
{
	struct buf left = { 0 };
	bool over;

	sla_say_left(&left, verdict, at);
	over = left.len && left.data[0] == '-';
	if (left.len) {
		buf_puts(out, ", ");
		buf_put(out, left.data + over, left.len - over);
		buf_puts(out, over ? " over" : " left");
	}
	if (verdict->verdict == VERDICT_MISSED)
		buf_puts(out, ", missed");
	buf_release(&left);
}

static void
note_worst(struct nagios *nagios, const struct sla *sla, const struct clock_verdict *verdict,
	bool fails)
{
	nagios->fails = fails;
	nagios->verdict = verdict->verdict;
	nagios->limit_at = limit_of(verdict->clock);
	nagios->worst.len = 0;
	sla_say_name(&nagios->worst, sla, verdict->clock);
	put_left(&nagios->worst, verdict, sla->at);
}

static void
add(struct sla_sink *sink, const struct sla_case *entry)
{
	struct nagios *nagios = sink->state;
	const struct sla *sla = entry->sla;

	for (size_t i = 0; i < sla->verdict.n; i++) {
		const struct clock_verdict *verdict = &sla->verdict.clock[i];
		bool over = verdict->verdict <= VERDICT_BREACHED;
		bool fails = entry->mark[i] == SLA_FAILS;

		nagios->n[verdict->verdict]++;
		if (over && -verdict->left_wall > nagios->overdue)
			nagios->overdue = -verdict->left_wall;
		if (entry->mark[i] == SLA_KNOWN)
			nagios->known[verdict->verdict]++;
		else if (is_worse(nagios, verdict, fails))
			note_worst(nagios, sla, verdict, fails);
	}
}

/* Why the answer is none. */
static void
put_trouble(const struct sla_run *run, struct buf *out)
{
	const char *reason = msg_last();

	if (run->n_refused) {
		buf_printf(out, "%" PRIu64 " record%s refused", run->n_refused,
			run->n_refused == 1 ? "" : "s");
		return;
	}
	buf_puts(out, nagios_status_place(&reason));
	buf_puts(out, *reason ? reason : "not all input was looked at");
}

static void
put_budgets(const struct sla_run *run, struct buf *out)
{
	for (size_t i = 0; i < run->n_budgets; i++) {
		const struct budget *budget = &run->budget[i];

		if (budget->holds)
			continue;
		buf_puts(out, "; not within ");
		utf8_display(out, span_of(budget->text));
		buf_puts(out, ": ");
		budget_say(budget, out);
	}
}

static void
put_counts(const struct nagios *nagios, const struct sla_run *run, struct buf *out)
{
	const size_t *n = nagios->n;

	buf_printf(out, "%zu breached",
		n[VERDICT_EXHAUSTED] + n[VERDICT_BREACHED] + n[VERDICT_PAUSED_BREACHED]);
	if (n[VERDICT_EXHAUSTED])
		buf_printf(out, " (%zu exhausted)", n[VERDICT_EXHAUSTED]);
	buf_printf(out, ", %zu at risk", n[VERDICT_RISK]);
	if (sla_run_stops(run, VERDICT_MISSED))
		buf_printf(out, ", %zu missed", n[VERDICT_MISSED]);
	if (run->n_known)
		buf_printf(out, "; %zu in the baseline", run->n_known);
	put_budgets(run, out);
	if (nagios->worst.len)
		buf_puts(out, "; worst ");
	buf_span(out, buf_text(&nagios->worst));
}

/* 'label'=value;warn;crit;min: what the gate lets pass, and no more. */
static void
put_measure(const struct nagios *nagios, const struct sla_run *run, size_t i, struct buf *out)
{
	enum verdict verdict = measures[i].verdict;

	buf_printf(out, "%s=%zu;", measures[i].label, nagios->n[verdict]);
	if (run->gate != GATE_NEVER && verdict == VERDICT_RISK)
		buf_putc(out, '0');
	buf_putc(out, ';');
	if (sla_run_stops(run, verdict))
		buf_printf(out, "%zu", nagios->known[verdict]);
	buf_puts(out, ";0 ");
}

/* A bar in what others wrote would begin the performance data. */
static void
put_text(struct buf *out, const struct buf *text)
{
	for (size_t i = 0; i < text->len; i++)
		buf_putc(out, text->data[i] == '|' ? '/' : text->data[i]);
}

/* Half of the input makes no figures to be drawn. */
static void
put_measures(const struct sla_sink *sink)
{
	const struct nagios *nagios = sink->state;

	buf_puts(sink->out, " | ");
	for (size_t i = 0; i < sizeof measures / sizeof *measures; i++)
		if (measures[i].verdict != VERDICT_MISSED || sla_run_stops(sink->run, VERDICT_MISSED))
			put_measure(nagios, sink->run, i, sink->out);
	buf_printf(sink->out, "overdue=%" PRId64 "s;;;0", nagios->overdue);
}

static void
end(struct sla_sink *sink)
{
	struct nagios *nagios = sink->state;
	const struct sla_run *run = sink->run;
	bool trouble = run->n_refused || !run->whole;
	struct buf text = { 0 };

	if (trouble)
		put_trouble(run, &text);
	if (trouble && run->n_cases)
		buf_puts(&text, "; otherwise ");
	if (!trouble || run->n_cases)
		put_counts(nagios, run, &text);
	buf_printf(sink->out, "ESC %s - ",
		nagios_status_names[trouble ? NAGIOS_UNKNOWN : run->answer]);
	put_text(sink->out, &text);
	if (!trouble)
		put_measures(sink);
	buf_putc(sink->out, '\n');
	buf_release(&text);
	buf_release(&nagios->worst);
}

const struct sla_format sla_nagios = {
	.name = "nagios",
	.gate = GATE_BREACHED,
	.counts_all = true,
	.state_size = sizeof(struct nagios),
	.add = add,
	.end = end,
};
