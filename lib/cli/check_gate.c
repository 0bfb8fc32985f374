#include "cli/check_gate.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/file_out.h"
#include "cli/msg.h"
#include "cli/reader.h"

/* The same text twice is one budget: whoever shows it names it by its text. */
static bool
is_again(const struct check_gate *gate, const char *text)
{
	for (size_t i = 0; i < gate->n_budgets; i++)
		if (strcmp(gate->budget[i].text, text) == 0)
			return true;
	return false;
}

static void
open_budgets(struct check_gate *gate, const struct opt_list *list)
{
	struct err err = { 0 };

	gate->budget = mem_zero((list->n + 1) * sizeof *gate->budget);
	for (size_t i = 0; i < list->n; i++) {
		if (is_again(gate, list->text[i]))
			continue;
		if (budget_parse(&gate->budget[gate->n_budgets], list->text[i], &err) < 0)
			opt_usage("--budget: %s", err_text(&err));
		gate->n_budgets++;
	}
}

static _Noreturn void
bad_line(const struct reader *reader, struct err *err)
{
	msg_die(EX_CONFIG, "%s:%" PRIu64 ": not a line of a baseline: %s", reader->file,
		reader->number, err_text(err));
}

static void
read_lines(struct check_gate *gate, struct reader *reader, struct err *err)
{
	enum reader_answer answer;
	struct span line;
	struct scan scan;

	scan_init(&scan);
	while ((answer = reader_next(reader, &line, err)) > READER_END) {
		if (answer == READER_LONG)
			err_add(err, EX_CONFIG, NULL, "too long");
		if (err->n || scan_line(&scan, line.p, line.n, err) < 0 ||
			baseline_read(&gate->known, &scan, err) < 0)
			bad_line(reader, err);
	}
	if (answer == READER_FAIL)
		msg_die_err(gate->path, err);
	scan_release(&scan);
	baseline_sort(&gate->known);
}

static bool
is_there(const char *path)
{
	return access(path, F_OK) == 0 || errno != ENOENT;
}

static void
read_baseline(struct check_gate *gate)
{
	struct err err = { 0 };
	struct reader reader;

	if (gate->update && !is_there(gate->path))
		return;
	reader_init(&reader, MAX_LINE_DEFAULT);
	reader.gives_up = true;
	if (reader_open(&reader, gate->path, &err) < 0)
		msg_die_err(gate->path, &err);
	read_lines(gate, &reader, &err);
	reader_release(&reader);
	err_release(&err);
}

void
check_gate_open(struct check_gate *gate, struct sla_run *run, const struct opt_list *budgets,
	const char *baseline, bool update_baseline)
{
	if (update_baseline && !baseline)
		opt_usage("--update-baseline goes with --baseline FILE");
	if (baseline && (!*baseline || strcmp(baseline, "-") == 0))
		opt_usage("--baseline: expected a file");
	*gate = (struct check_gate){ .path = baseline, .update = update_baseline };
	baseline_init(&gate->known);
	baseline_init(&gate->now);
	open_budgets(gate, budgets);
	if (gate->path)
		read_baseline(gate);
	run->baseline = baseline != NULL;
	run->budget = gate->budget;
	run->n_budgets = gate->n_budgets;
}

void
check_gate_begin(struct check_gate *gate)
{
	if (gate->path && file_out_takes(gate->path))
		opt_usage("--baseline: %s is also a format's file", gate->path);
	if (gate->update)
		gate->file = file_out_open(gate->path);
}

static enum sla_mark
mark_of(const struct check_gate *gate, const struct sla_run *run, const struct sla *sla,
	const struct clock *clock, enum verdict verdict)
{
	if (!sla_run_stops(run, verdict))
		return SLA_FINE;
	if (gate_stops(GATE_MISSED, verdict) && baseline_has(&gate->known, sla->record->id, clock))
		return SLA_KNOWN;
	return SLA_FAILS;
}

/* The verdicts that count: those of --horizon, else those of now. */
static enum verdict *
verdicts_of(const struct sla *sla)
{
	const struct case_verdict *now = &sla->verdict;
	enum verdict *verdict = arena_alloc(sla->fold->arena, (now->n + 1) * sizeof *verdict);

	for (size_t i = 0; i < now->n; i++)
		verdict[i] = sla->horizon
			? verdict_of(sla->fold, now->clock[i].clock, sla->horizon->at + 1)
			: now->clock[i].verdict;
	return verdict;
}

const enum sla_mark *
check_gate_mark(struct check_gate *gate, struct sla_run *run, const struct sla *sla)
{
	const struct case_verdict *now = &sla->verdict;
	enum verdict *verdict = verdicts_of(sla);
	enum sla_mark *mark = arena_zero(sla->fold->arena, (now->n + 1) * sizeof *mark);

	for (size_t i = 0; i < now->n; i++) {
		const struct clock *clock = now->clock[i].clock;

		mark[i] = mark_of(gate, run, sla, clock, verdict[i]);
		run->n_fails += mark[i] == SLA_FAILS;
		run->n_known += mark[i] == SLA_KNOWN;
		run->n_risk += verdict[i] == VERDICT_RISK;
		if (gate->update && gate_stops(GATE_MISSED, now->clock[i].verdict))
			baseline_add(&gate->now, sla->record->id, clock);
	}
	for (size_t i = 0; i < gate->n_budgets; i++)
		budget_add(&gate->budget[i], sla->fold, verdict);
	return mark;
}

/* What holds is only worth a word where nobody asked for silence. */
static void
say_budget(const struct budget *budget, bool quiet)
{
	struct buf said = { 0 };

	budget_say(budget, &said);
	if (!budget->holds)
		msg_error("budget: %s: is %s", budget->text, buf_cstr(&said));
	else if (!budget->of && !quiet)
		msg_warn("budget: %s: holds, with %s", budget->text, buf_cstr(&said));
	buf_release(&said);
}

void
check_gate_end(struct check_gate *gate, struct sla_run *run)
{
	run->failed = run->n_fails > 0;
	for (size_t i = 0; i < gate->n_budgets; i++) {
		budget_judge(&gate->budget[i]);
		say_budget(&gate->budget[i], run->quiet);
		run->failed = run->failed || !gate->budget[i].holds;
	}
}

/* What is known no more will be new again. */
static void
say_lost(const struct check_gate *gate)
{
	size_t lost = baseline_lost(&gate->known, &gate->now);

	if (lost)
		msg_warn("%s: %zu of %zu clocks %s not in it any more: were all cases read?",
			gate->path, lost, gate->known.n, lost == 1 ? "is" : "are");
}

static void
write_baseline(struct check_gate *gate)
{
	baseline_sort(&gate->now);
	say_lost(gate);
	for (size_t i = 0; i < gate->now.n; i++) {
		baseline_line(&gate->now.entry[i], &gate->file->buf);
		file_out_flush(gate->file, true);
	}
	file_out_finish(gate->file);
}

static bool
is_sound(const struct sla_run *run)
{
	return run->whole && !run->n_refused;
}

void
check_gate_write(struct check_gate *gate, const struct sla_run *run)
{
	if (!gate->file)
		return;
	if (is_sound(run))
		write_baseline(gate);
	else if (!run->whole)
		msg_warn("%s: not updated: not all input was read", gate->path);
	else
		msg_warn("%s: not updated: %" PRIu64 " record%s refused", gate->path,
			run->n_refused, run->n_refused == 1 ? " was" : "s were");
}

void
check_gate_keep(struct check_gate *gate, const struct sla_run *run)
{
	if (gate->file && is_sound(run))
		file_out_keep(gate->file);
	else if (gate->file)
		file_out_drop(gate->file);
	for (size_t i = 0; i < gate->n_budgets; i++)
		budget_release(&gate->budget[i]);
	free(gate->budget);
	baseline_release(&gate->known);
	baseline_release(&gate->now);
}
