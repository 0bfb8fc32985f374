/* esc-sla-check: the verdict of every clock at an instant; a gate. */
#include "cli/check.h"
#include "cli/nagios_status.h"
#include "cli/now.h"

static const char examples[] =
	"esc-sla-check --format text cases.jsonl\n"
	"esc-sla-check --verdict breached <cases.jsonl | esc-promote --auto\n"
	"esc-sla-check --format text --fail-on risk --open cases.jsonl\n"
	"esc-sla-check --format text --horizon 2bd cases.jsonl\n"
	"esc-sla-check --format github --format junit:junit.xml cases.jsonl\n"
	"esc-sla-check --now 2026-12-24T17:00:00Z --verdict breached,risk cases.jsonl";

int
main(int argc, char **argv)
{
	struct check check = { 0 };
	const struct opt opt[] = {
		CHECK_OPT_ROWS(check.opt),
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
	int64_t now;
	int first;

	nagios_status_watch(argc, argv);
	first = opt_parse(&program, &common, argc, argv);
	now = now_get(&program, &common);
	check_open(&check, now, common.reject);
	loop_init(&check.loop, &program, &common, now, by_get(&common));
	return loop_end(&check.loop, check_run(&check, argv + first));
}
