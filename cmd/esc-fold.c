/* esc-fold: derives the derived fields afresh. */
#include "cli/loop.h"
#include "cli/now.h"
#include "cli/policies.h"
#include "domain/change.h"

static const char examples[] =
	"jq -c '.x_site = \"Leeds\"' cases.jsonl | esc-fold\n"
	"my-own-filter <cases.jsonl | esc-fold --reject refused.jsonl";

static enum loop_answer
fold_again(void *ctx, struct record *record, const struct loop_line *line,
	struct buf *out, struct err *err)
{
	const struct loop *loop = ctx;
	struct change change;

	if (change_begin(&change, record, policies_source(), loop->now,
			INSTANT_NONE, span_of(loop->by), line->arena, err) < 0)
		return LOOP_REFUSE;
	change.folded = true;
	if (change_write(&change, out, err) < 0)
		return LOOP_REFUSE;
	return LOOP_WRITE;
}

int
main(int argc, char **argv)
{
	const struct program program = {
		.name = "esc-fold",
		.synopsis = "[OPTION...] [FILE...]",
		.about = "Derives the derived fields (state, tier, clocks, ...) afresh.",
		.examples = examples,
		.groups = OPT_STREAM | OPT_NOW,
		.reads_stdin = true,
	};
	struct common common = { 0 };
	struct loop loop;
	int first = opt_parse(&program, &common, argc, argv);

	loop_init(&loop, &program, &common, now_get(&program, &common), by_get(&common));
	loop.writer = true;
	loop_records(&loop, argv + first, fold_again, &loop);
	return loop_end(&loop, 0);
}
