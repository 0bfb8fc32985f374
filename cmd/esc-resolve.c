/* esc-resolve: resolves, closes, rates and reopens cases. */
#include "cli/edit.h"
#include "domain/act.h"

static const char examples[] =
	"esc-resolve --outcome solution-implemented -m 'driver replaced' <case.jsonl\n"
	"esc-resolve --close --rate 5 --comment 'quick and kind' <case.jsonl\n"
	"esc-resolve --reopen -m 'it happened again' <case.jsonl";

struct resolve {
	const char *outcome, *rate, *comment;
	bool closing, reopen;
	int64_t score;
};

static int
resolve_case(void *ctx, struct edit *edit, struct err *err)
{
	const struct resolve *resolve = ctx;
	struct change *change = &edit->change;

	if (resolve->reopen)
		return act_text(change, EV_REOPENED, "reason", edit->message, err);
	if (resolve->outcome && act_resolve(change, resolve->outcome, edit->message, err) < 0)
		return -1;
	if (resolve->closing && act_text(change, EV_CLOSED, NULL, NULL, err) < 0)
		return -1;
	return resolve->rate ? act_rate(change, resolve->score, resolve->comment, err) : 0;
}

static void
check(struct resolve *resolve, const struct edit *edit)
{
	bool ends = resolve->outcome || resolve->closing || resolve->rate;

	if (ends == resolve->reopen)
		opt_usage(ends ? "--reopen goes alone"
			       : "expected --outcome, --close, --rate or --reopen");
	if (resolve->outcome)
		edit_need_message(edit, "--outcome (the resolution's summary)");
	if (resolve->reopen)
		edit_need_message(edit, "--reopen (the reason)");
	if (edit->message && !resolve->outcome && !resolve->rate && !resolve->reopen)
		edit_unused_message();
	if (!resolve->comment && resolve->rate && !resolve->outcome)
		resolve->comment = edit->message;
	if (resolve->comment && !resolve->rate)
		opt_usage("--comment goes with --rate");
	if (resolve->rate &&
		(text_digits(span_of(resolve->rate), &resolve->score) < 0 || resolve->score > 10))
		opt_usage("--rate: expected a whole number from 0 to 10; got \"%s\"",
			resolve->rate);
}

int
main(int argc, char **argv)
{
	struct resolve resolve = { 0 };
	const struct opt opt[] = {
		{ "outcome", 0, OPT_TEXT, &resolve.outcome, "OUTCOME",
			"resolve with this outcome of the case's tier; -m is the summary" },
		{ "close", 0, OPT_FLAG, &resolve.closing, NULL, "close a resolved case" },
		{ "rate", 0, OPT_TEXT, &resolve.rate, "N", "the customer's score, 0 to 10" },
		{ "comment", 0, OPT_TEXT, &resolve.comment, "TEXT", "... and words; -m where there is no outcome" },
		{ "reopen", 0, OPT_FLAG, &resolve.reopen, NULL,
			"reopen a resolved, closed or cancelled case; -m is the reason" },
		{ 0 },
	};
	const struct program program = {
		.name = "esc-resolve",
		.synopsis = "[OPTION...] [FILE...]",
		.about = "Resolves, closes, rates and reopens cases.",
		.examples = examples,
		.groups = OPT_STREAM | OPT_NOW | OPT_EVENT | OPT_MESSAGE,
		.opt = opt,
		.reads_stdin = true,
	};
	struct edit edit = { .program = &program, .act = resolve_case, .ctx = &resolve };
	int first = edit_open(&edit, argc, argv);

	check(&resolve, &edit);
	return edit_run(&edit, argv + first);
}
