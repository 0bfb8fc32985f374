/* esc-fold: derives the derived fields afresh. */
#include "base/instant.h"
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
	struct change *change = ctx;

	if (change_begin(change, record, INSTANT_NONE, line->arena, err) < 0)
		return LOOP_REFUSE;
	if (change_write(change, out, err) < 0)
		return LOOP_REFUSE;
	return json_eq_but_blanks(line->text, buf_text(out)) ? LOOP_KEEP : LOOP_WRITE;
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
	struct change change;
	struct loop loop;
	int first = opt_parse(&program, &common, argc, argv);
	int64_t now = now_get(&program, &common);

	loop_init(&loop, &program, &common, now, by_get(&common));
	loop.writer = true;
	change_init(&change, policies_source(), now, span_of(loop.by));
	loop_records(&loop, argv + first, fold_again, &change);
	change_release(&change);
	return loop_end(&loop, 0);
}
