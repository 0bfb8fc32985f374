#include "cli/check.h"

#include <stddef.h>
#include <string.h>

#include "base/instant.h"
#include "cli/nagios_status.h"
#include "cli/msg.h"
#include "cli/policies.h"
#include "cli/table.h"
#include "domain/explain.h"

static void
choose_gate(struct check *check)
{
	bool never = check->opt.next || check->opt.horizon;

	check->run.gate = never ? GATE_NEVER : sla_sinks_gate(&check->sinks);
	if (check->opt.fail_on &&
		gate_parse(check->opt.fail_on, &check->run.gate) < 0)
		opt_usage("--fail-on: expected risk, breached, missed or never; got \"%s\"",
			check->opt.fail_on);
}

/* What is added goes with one format that has it, which cases with all. */
static void
check_formats(const struct check *check)
{
	const struct {
		const char *option;
		bool given, all;
		size_t flag;
	} asks[] = {
		{ "--show subject", check->opt.show, false,
			offsetof(struct sla_format, takes_subject) },
		{ "--horizon", check->opt.horizon, true,
			offsetof(struct sla_format, takes_horizon) },
		{ "--explain", check->opt.explain, false,
			offsetof(struct sla_format, takes_explain) },
		{ "--rejudge", check->opt.rejudge, false,
			offsetof(struct sla_format, takes_rejudge) },
	};

	for (size_t i = 0; i < sizeof asks / sizeof *asks; i++) {
		size_t n;
		const char *format = sla_sinks_without(&check->sinks, asks[i].flag, &n);

		if (asks[i].given && n && (asks[i].all || n == check->sinks.n))
			opt_usage("%s does not go with --format %s", asks[i].option, format);
	}
}

static void
check_options(const struct check *check)
{
	const struct check_opt *opt = &check->opt;

	if (opt->show && strcmp(opt->show, "subject") != 0)
		opt_usage("--show: expected subject; got \"%s\"", opt->show);
	if (opt->next && (opt->format.n || opt->horizon || opt->show || opt->explain ||
			opt->rejudge))
		opt_usage("--next prints one line, without --format, --explain, --horizon, "
			"--rejudge and --show");
	if (opt->time_format && !opt->next)
		opt_usage("--time-format goes with --next");
	if (opt->quiet && !sla_sinks_say(&check->sinks, &sla_text))
		opt_usage("--quiet goes with --format text on standard output");
	check_formats(check);
}

void
check_open(struct check *check, int64_t now, const char *reject)
{
	const struct check_opt *opt = &check->opt;
	struct err err = { 0 };

	check->run.at = now;
	check->run.subject = opt->show != NULL;
	check->run.explain = opt->explain;
	check->run.quiet = opt->quiet;
	check->run.horizon = opt->horizon != NULL;
	check->run.rejudge = opt->rejudge != NULL;
	check->run.width = table_width();
	check->next = INSTANT_NONE;
	if (!opt->next)
		sla_sinks_choose(&check->sinks, &opt->format, "jsonl");
	check_options(check);
	choose_gate(check);
	check->verdicts = ~0U;
	if (opt->verdict && verdicts_parse(opt->verdict, &check->verdicts, &err) < 0)
		opt_usage("%s", err_text(&err));
	if (opt->horizon && duration_parse(span_of(opt->horizon), &check->horizon, &err) < 0)
		opt_usage("--horizon: %s", err_text(&err));
	if (opt->next)
		check_next_name(opt->time_format);
	if (opt->rejudge)
		check->terms = policies_rejudge(opt->rejudge);
	check_gate_open(&check->gate, &check->run, &opt->budget, opt->baseline,
		opt->update_baseline);
	sla_sinks_open(&check->sinks, reject);
}

static void
count(struct check *check, const struct sla *sla)
{
	int64_t next = check->opt.next ? ahead_next(sla->fold, sla->at) : INSTANT_NONE;

	check->run.n_cases++;
	check->run.count[sla->verdict.verdict]++;
	if (next != INSTANT_NONE && (check->next == INSTANT_NONE || next < check->next))
		check->next = next;
}

/* Where no calendar reaches so far, as far as they all do. */
static void
look_ahead(const struct check *check, struct sla *sla)
{
	struct horizon *horizon;
	struct err far = { 0 };
	int64_t at;

	if (!check->run.horizon)
		return;
	horizon = arena_zero(sla->fold->arena, sizeof *horizon);
	if (calendar_add(sla->fold->calendar, sla->at, check->horizon,
			sla->fold->policy->day_ends, &at, &far) < 0)
		at = CALENDAR_MAX;
	err_release(&far);
	ahead_horizon(sla->fold, &sla->verdict, at, horizon);
	sla->horizon = horizon;
}

static bool
is_listed(const struct check *check, const struct sla *sla)
{
	return (check->verdicts & VERDICT_BIT(sla->verdict.verdict)) &&
		(!sla->horizon || sla->horizon->n);
}

static enum loop_answer
check_record(void *ctx, struct record *record, const struct loop_line *line,
	struct buf *out, struct err *err)
{
	struct check *check = ctx;
	struct fold fold;
	struct sla sla = { .at = check->run.at, .record = record, .fold = &fold };
	struct sla_case entry = { .sla = &sla };

	if (record->created > sla.at)
		return LOOP_DROP;
	if (fold_record(&fold, record, policies_source(), sla.at, line->arena, err) < 0)
		return LOOP_REFUSE;
	if (check->opt.open && !fold_is_open(&fold))
		return LOOP_DROP;
	verdict_at(&fold, sla.at, &sla.verdict);
	look_ahead(check, &sla);
	entry.mark = check_gate_mark(&check->gate, &check->run, &sla);
	entry.listed = is_listed(check, &sla);
	count(check, &sla);
	if (check->opt.next)
		return LOOP_DROP;
	if (check->terms && entry.listed)
		sla_rejudge(&sla, check->terms);
	if (check->run.explain && entry.listed)
		sla.ledger = explain_case(&fold, sla.at);
	sla_sinks_add(&check->sinks, &entry);
	if (!check->sinks.jsonl || !entry.listed)
		return LOOP_DROP;
	sla_write(&sla, out);
	return LOOP_WRITE;
}

/* What is at risk is a warning where anything is watched at all. */
static int
answer(const struct check *check)
{
	const struct sla_run *run = &check->run;

	if (check->opt.exit_zero)
		return 0;
	if (!check->sinks.nagios)
		return run->failed;
	if (run->failed)
		return NAGIOS_CRITICAL;
	return run->gate != GATE_NEVER && run->n_risk ? NAGIOS_WARNING : NAGIOS_OK;
}

int
check_run(struct check *check, char **files)
{
	struct sla_run *run = &check->run;

	check->loop.no_output = check->opt.next || !check->sinks.jsonl;
	check->loop.judges = check->loop.no_output || run->gate != GATE_NEVER;
	sla_sinks_begin(&check->sinks, run, loop_out(&check->loop));
	check_gate_begin(&check->gate);
	loop_records(&check->loop, files, check_record, check);
	run->n_refused = check->loop.n_refused;
	run->whole = loop_is_whole(&check->loop);
	check_gate_end(&check->gate, run);
	run->answer = answer(check);
	if (!check->opt.next)
		sla_sinks_end(&check->sinks);
	else if (run->whole && !run->n_refused)
		check_next_put(check->opt.time_format, check->next, loop_out(&check->loop));
	check_gate_write(&check->gate, run);
	loop_flush(&check->loop);
	sla_sinks_keep(&check->sinks);
	check_gate_keep(&check->gate, run);
	return run->answer;
}
