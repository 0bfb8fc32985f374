/* esc-pick: passes the records that match, untouched. */
#include "cli/loop.h"
#include "cli/now.h"
#include "cli/pick_opt.h"

static const char examples[] =
	"esc-pick --open --tier 2,3 cases.jsonl\n"
	"esc-pick --where impact=critical --where 'created>=2026-11-01' cases.jsonl\n"
	"esc-pick --where 'requester.email!=ann@example.com' cases.jsonl\n"
	"esc-pick --mine cases.jsonl | esc-sla-check --format text";

static enum loop_answer
pick_record(void *ctx, struct record *record, const struct loop_line *line,
	struct buf *out, struct err *err)
{
	(void)out;
	(void)err;
	return pick_matches(ctx, record, line->arena) ? LOOP_KEEP : LOOP_DROP;
}

int
main(int argc, char **argv)
{
	struct common common = { 0 };
	struct pick_opt chosen = { 0 };
	struct pick pick;
	struct loop loop;
	int64_t now;
	const struct opt opt[] = {
		PICK_OPT_ROWS(chosen),
		{ 0 },
	};
	const struct program program = {
		.name = "esc-pick",
		.synopsis = "[OPTION...] [FILE...]",
		.about = "Passes the records that match all conditions, untouched.",
		.examples = examples,
		.groups = OPT_STREAM | OPT_NOW,
		.opt = opt,
		.reads_stdin = true,
	};
	int first = opt_parse(&program, &common, argc, argv);

	pick_opt_build(&chosen, by_get(&common), &pick);
	now = now_get(&program, &common);
	loop_init(&loop, &program, &common, now, by_get(&common));
	loop_records(&loop, argv + first, pick_record, &pick);
	pick_release(&pick);
	return loop_end(&loop, 0);
}
