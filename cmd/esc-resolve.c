/* esc-resolve: resolves, closes, rates and reopens cases. */
#include <string.h>

#include "cli/edit.h"

static const char examples[] =
	"esc-resolve --outcome solution-implemented -m 'driver replaced' <case.jsonl\n"
	"esc-resolve --close --rate 5 --comment 'quick and kind' <case.jsonl\n"
	"esc-resolve --reopen -m 'it happened again' <case.jsonl";

struct resolve {
	const char *outcome, *rate, *comment;
	bool closing, reopen;
	int64_t score;
};

/* The outcome's code, by code or label; as it is where the tier has no such. */
static const char *
outcome_code(const struct edit *edit, const char *text)
{
	const struct fold *fold = &edit->change.fold;
	const struct tier *tier = policy_tier(fold->policy, fold->tier);

	for (size_t i = 0; tier && i < tier->n_outcomes; i++) {
		const struct outcome *outcome = &tier->outcome[i];

		if (span_eq_nocase(span_of(text), span_of(outcome->code)) ||
			(outcome->label &&
				span_eq_nocase(span_of(text), span_of(outcome->label))))
			return outcome->code;
	}
	return text;
}

static int
add_outcome(struct edit *edit, const char *text, struct err *err)
{
	struct buf *event = edit_event(edit, EV_RESOLVED);

	edit_text(event, "outcome", outcome_code(edit, text));
	edit_text(event, "summary", edit->message);
	return edit_add(edit, err);
}

static int
add_rating(struct edit *edit, const struct resolve *resolve, struct err *err)
{
	struct buf *event = edit_event(edit, EV_RATED);

	buf_key(event, "score");
	buf_int(event, resolve->score);
	edit_text(event, "comment", resolve->comment);
	return edit_add(edit, err);
}

static int
resolve_case(void *ctx, struct edit *edit, struct err *err)
{
	const struct resolve *resolve = ctx;

	if (resolve->reopen)
		return edit_simple(edit, EV_REOPENED, "reason", edit->message, err);
	if (resolve->outcome && add_outcome(edit, resolve->outcome, err) < 0)
		return -1;
	if (resolve->closing && edit_simple(edit, EV_CLOSED, NULL, NULL, err) < 0)
		return -1;
	return resolve->rate ? add_rating(edit, resolve, err) : 0;
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
		{ "comment", 0, OPT_TEXT, &resolve.comment, "TEXT", "... and words" },
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
