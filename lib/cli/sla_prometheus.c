/*
 * Metrics for the node exporter's textfile collector.  A series that is there
 * has all its verdicts, zeros too, so that an alert's expression always has
 * something to look at; no label holds an id.
 * Source: Prometheus text exposition format 0.0.4.
 */
#include "cli/sla_format.h"

#include <stdio.h>
#include <string.h>

#include "base/instant.h"
#include "base/utf8.h"
#include "cli/sla_series.h"
#include "domain/budget.h"

/* {policy="...",...}; *mark is what stands before the next label. */
static void
put_label(struct buf *out, char *mark, const char *name, struct span value)
{
	struct buf shown = { 0 };

	utf8_display(&shown, value);
	buf_printf(out, "%c%s=\"", *mark, name);
	for (size_t i = 0; i < shown.len; i++) {
		if (memchr("\\\"", shown.data[i], 2))
			buf_putc(out, '\\');
		buf_putc(out, shown.data[i]);
	}
	buf_putc(out, '"');
	*mark = ',';
	buf_release(&shown);
}

static void
put_value(struct buf *out, int64_t value)
{
	buf_putc(out, ' ');
	buf_int(out, value);
	buf_putc(out, '\n');
}

/* Of one metric, and what it is called. */
struct writer {
	struct buf *out;
	const char *name;
	const struct sla_run *run;
	const struct sla_series *series;
};

static void
put_cases(const struct writer *to)
{
	for (size_t i = 0; i < to->series->n_terms; i++)
		for (int k = 0; k < VERDICTS; k++) {
			const struct series_terms *terms = &to->series->terms[i];
			char mark = '{';

			buf_puts(to->out, to->name);
			put_label(to->out, &mark, "policy", span_of(terms->policy));
			put_label(to->out, &mark, "verdict", span_of(verdict_names[k]));
			buf_putc(to->out, '}');
			put_value(to->out, (int64_t)terms->n[k]);
		}
}

static void
put_clock(const struct writer *to, const struct series_clocks *clocks, enum verdict verdict)
{
	char mark = '{', tier[12] = "";

	if (clocks->tier)
		snprintf(tier, sizeof tier, "%d", clocks->tier);
	buf_puts(to->out, to->name);
	put_label(to->out, &mark, "policy", span_of(clocks->policy));
	put_label(to->out, &mark, "clock", span_of(clock_names[clocks->id]));
	put_label(to->out, &mark, "tier", span_of(tier));
	put_label(to->out, &mark, "verdict", span_of(verdict_names[verdict]));
	buf_putc(to->out, '}');
	put_value(to->out, (int64_t)clocks->n[verdict]);
}

static void
put_clocks(const struct writer *to, int first, int last)
{
	for (size_t i = 0; i < to->series->n_clocks; i++)
		for (int k = first; k <= last; k++)
			put_clock(to, &to->series->clocks[i], (enum verdict)k);
}

static void
put_living(const struct writer *to)
{
	put_clocks(to, VERDICT_EXHAUSTED, VERDICT_OK);
}

static void
put_stopped(const struct writer *to)
{
	put_clocks(to, VERDICT_MISSED, VERDICT_MET);
}

/* One a policy and clock: its tiers stand together. */
static void
put_overdue(const struct writer *to)
{
	const struct sla_series *series = to->series;

	for (size_t i = 0; i < series->n_clocks;) {
		const struct series_clocks *first = &series->clocks[i];
		int64_t most = 0;
		char mark = '{';

		for (; i < series->n_clocks && series->clocks[i].id == first->id &&
			strcmp(series->clocks[i].policy, first->policy) == 0; i++)
			if (series->clocks[i].overdue > most)
				most = series->clocks[i].overdue;
		buf_puts(to->out, to->name);
		put_label(to->out, &mark, "policy", span_of(first->policy));
		put_label(to->out, &mark, "clock", span_of(clock_names[first->id]));
		buf_putc(to->out, '}');
		put_value(to->out, most);
	}
}

static void
put_next(const struct writer *to)
{
	for (size_t i = 0; i < to->series->n_terms; i++) {
		const struct series_terms *terms = &to->series->terms[i];
		char mark = '{';

		if (terms->next == INSTANT_NONE)
			continue;
		buf_puts(to->out, to->name);
		put_label(to->out, &mark, "policy", span_of(terms->policy));
		buf_putc(to->out, '}');
		put_value(to->out, terms->next);
	}
}

static void
put_budgets(const struct writer *to)
{
	for (size_t i = 0; i < to->run->n_budgets; i++) {
		char mark = '{';

		buf_puts(to->out, to->name);
		put_label(to->out, &mark, "budget", span_of(to->run->budget[i].text));
		buf_putc(to->out, '}');
		put_value(to->out, to->run->budget[i].holds);
	}
}

static void
put_refused(const struct writer *to)
{
	buf_puts(to->out, to->name);
	put_value(to->out, (int64_t)to->run->n_refused);
}

static void
put_incomplete(const struct writer *to)
{
	buf_puts(to->out, to->name);
	put_value(to->out, !to->run->whole);
}

/* Where nothing is asked for, a 0 would be good news of nothing. */
static void
put_failed(const struct writer *to)
{
	if (to->run->gate == GATE_NEVER && !to->run->n_budgets)
		return;
	buf_puts(to->out, to->name);
	put_value(to->out, to->run->failed);
}

static void
put_instant(const struct writer *to)
{
	buf_puts(to->out, to->name);
	put_value(to->out, to->run->at);
}

static const struct {
	const char *name, *help;
	void (*put)(const struct writer *to);
	bool always; /* of half of the input too, which makes no figures */
} metrics[] = {
	{ "esc_cases", "Cases by their worst verdict.", put_cases, false },
	{ "esc_clocks", "Clocks that run or are held, by verdict.", put_living, false },
	{ "esc_clocks_stopped", "Clocks that were met or missed.", put_stopped, false },
	{ "esc_overdue_seconds",
		"The longest time since a limit passed, of clocks that run.", put_overdue, false },
	{ "esc_next_limit_timestamp_seconds",
		"The next limit that is not over, of clocks that run.", put_next, false },
	{ "esc_budget_within", "1 where a budget holds, 0 where not.", put_budgets, false },
	{ "esc_check_refused_records", "Records that could not be judged.", put_refused, true },
	{ "esc_check_incomplete", "1 where not all input was looked at.", put_incomplete, true },
	{ "esc_check_failed", "1 where the gate failed, 0 where not; absent without a gate.",
		put_failed, false },
	{ "esc_check_timestamp_seconds", "The instant of the check.", put_instant, false },
};

static void
add(struct sla_sink *sink, const struct sla_case *entry)
{
	sla_series_add(sink->state, entry->sla);
}

static void
end(struct sla_sink *sink)
{
	struct writer to = { .out = sink->out, .run = sink->run, .series = sink->state };

	for (size_t i = 0; i < sizeof metrics / sizeof *metrics; i++) {
		to.name = metrics[i].name;
		buf_printf(to.out, "# HELP %s %s\n# TYPE %s gauge\n", to.name,
			metrics[i].help, to.name);
		if (sink->run->whole || metrics[i].always)
			metrics[i].put(&to);
	}
	sla_series_release(sink->state);
}

const struct sla_format sla_prometheus = {
	.name = "prometheus",
	.gate = GATE_NEVER,
	.counts_all = true,
	.state_size = sizeof(struct sla_series),
	.add = add,
	.end = end,
};
