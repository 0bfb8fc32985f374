/* esc-commit: stdin to store, a batch whole or not at all. */
#include "cli/committer.h"
#include "cli/now.h"

static const char examples[] =
	"esc-submit --policy s-club --csv forms.csv | esc-triage --auto | esc-commit\n"
	"esc-cat --due | esc-promote --auto | esc-commit --reject stale.jsonl\n"
	"esc-commit --events --print facts.jsonl";

static void
check(const struct committer *committer, const struct common *common)
{
	if (common->at_text)
		opt_usage("--at: a commit adds no event of its own");
	if (committer->events && (committer->rebase || committer->if_new))
		opt_usage("--events: not with --%s", committer->rebase ? "rebase" : "if-new");
}

int
main(int argc, char **argv)
{
	struct committer committer = { .where.wait_s = STORE_WAIT_S };
	struct common common = { 0 };
	const struct opt table[] = {
		STORE_OPT_ROWS(committer.where),
		NO_INDEX_ROW(committer.where),
		{ "events", 0, OPT_FLAG, &committer.events, NULL,
			"the lines are {\"id\",\"rev\"?,\"event\"}: one event each" },
		{ "rebase", 0, OPT_FLAG, &committer.rebase, NULL,
			"replay the new events of a stale record on the stored one" },
		{ "if-new", 0, OPT_FLAG, &committer.if_new, NULL,
			"pass over cases that the store knows" },
		{ "print", 'p', OPT_FLAG, &committer.print, NULL,
			"write each record as it now stands, once it is committed" },
		{ "dry-run", 'n', OPT_FLAG, &committer.dry_run, NULL,
			"say what would become of each record, and write nothing" },
		{ "blobs", 0, OPT_TEXT, &committer.blobs, "DIR",
			"where attachments are taken from (else ESC_BLOBS)" },
		{ "allow-future", 0, OPT_FLAG, &committer.allow_future, NULL,
			"take events more than five minutes ahead" },
		{ "verbose", 'v', OPT_FLAG, &committer.verbose, NULL,
			"say what was committed, also where stderr is no terminal" },
		{ "at", 0, OPT_TEXT, &common.at_text, "TIME", NULL },
		{ 0 },
	};
	const struct program program = {
		.name = "esc-commit",
		.synopsis = "[OPTION...] [FILE...]",
		.about = "Commits cases to the store: a batch whole or not at all.",
		.examples = examples,
		.groups = OPT_STREAM | OPT_NOW | OPT_EVENT,
		.opt = table,
		.reads_stdin = true,
	};
	int first = opt_parse(&program, &common, argc, argv), status;

	check(&committer, &common);
	committer_open(&committer);
	loop_init(&committer.loop, &program, &common, now_get(&program, &common),
		by_get(&common));
	committer_read(&committer, argv + first);
	committer_run(&committer);
	status = loop_end(&committer.loop, 0);
	committer_close(&committer);
	return status;
}
