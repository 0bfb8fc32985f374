/* esc-sla-check: the verdict of every clock at an instant; a gate. */
#include <string.h>

#include "cli/loop.h"
#include "cli/msg.h"
#include "cli/now.h"
#include "cli/policies.h"
#include "cli/sla_text.h"
#include "cli/table.h"
#include "domain/sla.h"

static const char examples[] =
	"esc-sla-check --format text cases.jsonl\n"
	"esc-sla-check --verdict breached <cases.jsonl | esc-promote --auto\n"
	"esc-sla-check --format text --fail-on risk --open cases.jsonl\n"
	"esc-sla-check --now 2026-12-24T17:00:00Z --verdict breached,risk cases.jsonl";

enum format {
	FORMAT_JSONL,
	FORMAT_TEXT,
	FORMATS
};

static const struct {
	const char *name;
	enum gate gate; /* what it fails on unless --fail-on says */
} formats[FORMATS] = {
	[FORMAT_JSONL] = { "jsonl", GATE_NEVER },
	[FORMAT_TEXT] = { "text", GATE_BREACHED },
};

struct check {
	const char *format_text, *verdict, *fail_on, *show;
	bool open, exit_zero;
	enum format format;
	enum gate gate;
	unsigned verdicts; /* 1 << verdict: those wanted */
	int64_t now;
	bool failed;
	struct sla_text text;
};

static enum loop_answer
check_record(void *ctx, struct record *record, const struct loop_line *line,
	struct buf *out, struct err *err)
{
	struct check *check = ctx;
	struct case_verdict verdict;
	struct fold fold;

	if (fold_record(&fold, record, policies_source(), check->now, line->arena, err) < 0)
		return LOOP_REFUSE;
	if (check->open && !fold_is_open(&fold))
		return LOOP_DROP;
	verdict_at(&fold, check->now, &verdict);
	check->failed = check->failed || gate_fails(check->gate, &verdict);
	if (!(check->verdicts & (1U << verdict.verdict)))
		return LOOP_DROP;
	if (check->format == FORMAT_TEXT) {
		sla_text_add(&check->text, &fold, &verdict);
		return LOOP_DROP;
	}
	sla_write(record, &verdict, check->now, out);
	return LOOP_WRITE;
}

static void
choose_format(struct check *check)
{
	if (!check->format_text)
		return;
	for (int i = 0; i < FORMATS; i++)
		if (strcmp(check->format_text, formats[i].name) == 0) {
			check->format = (enum format)i;
			return;
		}
	opt_usage("--format: expected jsonl or text; got \"%s\"", check->format_text);
}

static void
choose_gate(struct check *check)
{
	check->gate = formats[check->format].gate;
	if (!check->fail_on)
		return;
	for (int i = 0; i < GATES; i++)
		if (strcmp(check->fail_on, gate_names[i]) == 0) {
			check->gate = (enum gate)i;
			return;
		}
	opt_usage("--fail-on: expected risk, breached, missed or never; got \"%s\"",
		check->fail_on);
}

static void
choose(struct check *check)
{
	struct err err = { 0 };

	choose_format(check);
	choose_gate(check);
	check->verdicts = ~0U;
	if (check->verdict && verdicts_parse(check->verdict, &check->verdicts, &err) < 0)
		opt_usage("%s", err_text(&err));
	if (check->show && strcmp(check->show, "subject") != 0)
		opt_usage("--show: expected subject; got \"%s\"", check->show);
	if (check->show && check->format != FORMAT_TEXT)
		opt_usage("--show goes with --format text");
	check->text.subject = check->show != NULL;
	check->text.at = check->now;
}

int
main(int argc, char **argv)
{
	struct check check = { 0 };
	const struct opt opt[] = {
		{ "format", 0, OPT_TEXT, &check.format_text, "jsonl|text",
			"jsonl (default): records with `sla`; text: a table" },
		{ "verdict", 0, OPT_TEXT, &check.verdict, "VERDICT[,VERDICT]",
			"only cases with these verdicts; breached means the first three" },
		{ "open", 0, OPT_FLAG, &check.open, NULL, "only open cases" },
		{ "fail-on", 0, OPT_TEXT, &check.fail_on, "risk|breached|missed|never",
			"answer 1 for that (text: breached, jsonl: never)" },
		{ "exit-zero", 0, OPT_FLAG, &check.exit_zero, NULL,
			"answer 0 whatever the verdicts; trouble still shows" },
		{ "show", 0, OPT_TEXT, &check.show, "subject", "with text: add the subject" },
		{ 0 },
	};
	const struct program program = {
		.name = "esc-sla-check",
		.synopsis = "[OPTION...] [FILE...]",
		.about = "Judges every clock of every case at an instant.",
		.examples = examples,
		.groups = OPT_STREAM | OPT_NOW,
		.opt = opt,
		.reads_stdin = true,
	};
	struct common common = { 0 };
	struct loop loop;
	int first = opt_parse(&program, &common, argc, argv);

	check.now = now_get(&program, &common);
	choose(&check);
	loop_init(&loop, &program, &common, check.now, by_get(&common));
	loop.no_output = check.format == FORMAT_TEXT;
	loop_records(&loop, argv + first, check_record, &check);
	if (check.format == FORMAT_TEXT)
		sla_text_put(&check.text, table_width(), loop_out(&loop));
	sla_text_release(&check.text);
	return loop_end(&loop, check.failed && !check.exit_zero);
}
