/* esc-cat: cases from the store to stdout. */
#include "cli/cat.h"
#include "cli/now.h"

static const char examples[] =
	"esc-cat 7QZK2\n"
	"esc-cat --due | esc-sla-check --verdict breached --format text\n"
	"esc-cat --open --queue emea --format csv --columns id,subject,due\n"
	"esc-cat --history 7QZK2 | jq -c '[.rev, .state]'\n"
	"esc-cat --all --until 2026-11-01T00:00:00Z";

int
main(int argc, char **argv)
{
	struct common common = { 0 };
	struct cat cat = { .opt.store.wait_s = STORE_WAIT_S };
	struct cat_opt *opt = &cat.opt;
	const struct opt table[] = {
		CAT_OPT_ROWS(*opt),
		{ "history", 0, OPT_FLAG, &opt->history, NULL,
			"every revision of each case, the oldest first" },
		{ "ids", 0, OPT_FLAG, &opt->ids, NULL, "only the ids, one a line" },
		{ "format", 'f', OPT_TEXT, &opt->format, "jsonl|csv", "how (jsonl)" },
		{ "columns", 'c', OPT_TEXT, &opt->columns, "FIELD[,FIELD]", "of the CSV" },
		{ "raw", 0, OPT_FLAG, &opt->raw, NULL,
			"cells of the CSV as they are, also formulas" },
		{ "end-mark", 0, OPT_FLAG, &common.end_mark, NULL,
			"close the stream with {\"end\":true,\"records\":N}" },
		{ "by", 0, OPT_TEXT, &common.by, "NAME", "whose cases are --mine" },
		{ 0 },
	};
	const struct program program = {
		.name = "esc-cat",
		.synopsis = "[OPTION...] [ID...]",
		.about = "Writes cases from the store, in the order of their ids.",
		.examples = examples,
		.groups = OPT_NOW,
		.opt = table,
	};
	int first = opt_parse(&program, &common, argc, argv);

	loop_init(&cat.loop, &program, &common, now_get(&program, &common),
		by_get(&common));
	cat_open(&cat, argv + first);
	cat_run(&cat);
	cat_close(&cat);
	return loop_end(&cat.loop, 0);
}
