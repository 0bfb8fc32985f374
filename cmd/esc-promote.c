/* esc-promote: moves cases to another tier, by hand or where a limit is over. */
#include "base/instant.h"
#include "cli/edit.h"
#include "domain/act.h"
#include "domain/auto.h"

static const char examples[] =
	"esc-promote -m 'customer is blocked' <case.jsonl\n"
	"esc-promote --to 4 --due 2026-12-18T17:00:00Z -m 'regulator asks' <case\n"
	"esc-sla-check --verdict breached <cases.jsonl | esc-promote --auto";

struct promote {
	const char *assign, *due;
	int64_t to;
	bool automatic, catch_up;
};

static int
by_hand(struct edit *edit, const struct promote *promote, struct err *err)
{
	struct change *change = &edit->change;
	int64_t due;

	if (act_promote(change, promote->to > 0 ? promote->to : 0, edit->message, promote->assign, err) < 0)
		return -1;
	if (!promote->due)
		return 0;
	if (edit_time(edit, "--due", promote->due, &due, err) < 0)
		return -1;
	return act_due(change, due, edit->message, err);
}

static void
say_exhausted(const struct edit *edit)
{
	const struct fold *fold = &edit->change.fold;
	const struct clock *clock = fold_clock(fold, CLOCK_TIER);
	const struct tier *tier = policy_tier(fold->policy, fold->tier);
	char limit[INSTANT_SIZE];

	instant_format(clock->limit_at, limit);
	edit_warn(edit, "%.*s: exhausted: over its limit of %s at the last tier, %d (%s)",
		(int)fold->record->id.n, fold->record->id.p, limit, fold->tier,
		tier ? tier->name : "beyond the ladder");
}

static int
promote_case(void *ctx, struct edit *edit, struct err *err)
{
	const struct promote *promote = ctx;

	if (!promote->automatic)
		return by_hand(edit, promote, err);
	switch (auto_promote(&edit->change, promote->catch_up, err)) {
	case PROMOTION_REFUSED:
		return -1;
	case PROMOTION_EXHAUSTED:
		say_exhausted(edit);
		break;
	case PROMOTION_NONE:
	case PROMOTION_DONE:
		break;
	}
	return 0;
}

static void
check(const struct promote *promote, const struct edit *edit)
{
	bool hand = promote->to >= 0 || promote->assign || promote->due || edit->message ||
		edit->common.at_text;

	if (promote->automatic && hand)
		opt_usage("--auto takes no reason, tier, assignee, deadline or time");
	if (promote->to == 0)
		opt_usage("--to: expected a tier, from 1");
	if (promote->catch_up && !promote->automatic)
		opt_usage("--catch-up goes with --auto");
	if (!promote->automatic)
		edit_need_message(edit, "a promotion");
}

int
main(int argc, char **argv)
{
	struct promote promote = { .to = -1 };
	const struct opt opt[] = {
		{ "auto", 0, OPT_FLAG, &promote.automatic, NULL,
			"promote by one tier each case whose tier limit is over" },
		{ "catch-up", 0, OPT_FLAG, &promote.catch_up, NULL,
			"with --auto: replay missed steps, each at its due instant" },
		{ "to", 0, OPT_COUNT, &promote.to, "TIER", "to this tier; default: the next" },
		{ "assign", 0, OPT_TEXT, &promote.assign, "NAME", "who has it there" },
		{ "due", 0, OPT_TEXT, &promote.due, "TIME",
			"the deadline of a tier whose time is case-specific" },
		{ 0 },
	};
	const struct program program = {
		.name = "esc-promote",
		.synopsis = "-m REASON [OPTION...] [FILE...] | --auto [FILE...]",
		.about = "Moves cases to another tier, by hand or where a limit is over.",
		.examples = examples,
		.groups = OPT_STREAM | OPT_NOW | OPT_EVENT | OPT_MESSAGE,
		.opt = opt,
		.reads_stdin = true,
	};
	struct edit edit = { .program = &program, .act = promote_case, .ctx = &promote };
	int first = edit_open(&edit, argc, argv);

	check(&promote, &edit);
	return edit_run(&edit, argv + first);
}
