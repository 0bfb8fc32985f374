#include "cli/verb_check.h"

#include <string.h>

#include "cli/check.h"
#include "cli/check_plugin.h"
#include "cli/nagios_status.h"
#include "cli/now.h"
#include "cli/verb.h"

static const char examples[] =
	"esc check\n"
	"esc check --open --format text --format junit:esc.xml\n"
	"esc check --horizon 2bd --queue emea\n"
	"esc check --format nagios";

/* How much is read where no case is selected; the most that is needed. */
enum reach {
	REACH_DUE,
	REACH_OPEN,
	REACH_ALL
};

/* What an option, or one of the names in its argument, has to see. */
static const struct {
	const char *option, *word; /* word NULL: whatever it says */
	enum reach reach;
} needs[] = {
	{ "baseline", NULL, REACH_ALL },
	{ "budget", NULL, REACH_ALL },
	{ "rejudge", NULL, REACH_ALL },
	{ "fail-on", "missed", REACH_ALL },
	{ "verdict", "missed", REACH_ALL },
	{ "verdict", "met", REACH_ALL },
	{ "verdict", "ended", REACH_ALL },
	{ "verdict", "none", REACH_ALL },
	{ "verdict", "ok", REACH_OPEN },
	{ "verdict", "open-ended", REACH_OPEN },
	{ "verdict", "paused", REACH_OPEN },
	{ "format", "tap", REACH_OPEN },
	{ "format", "junit", REACH_OPEN },
	{ "format", "prometheus", REACH_OPEN },
	{ "format", "ics", REACH_OPEN },
	{ "next", NULL, REACH_OPEN },
	{ "horizon", NULL, REACH_OPEN },
};

/* Among names with commas between, up to a colon: F:FILE. */
static bool
has_word(const char *text, const char *word)
{
	size_t end = strcspn(text, ":");

	for (size_t at = 0, n; at < end; at += n + 1) {
		n = strcspn(text + at, ",:");
		if (span_is((struct span){ text + at, n }, word))
			return true;
	}
	return false;
}

/* Whether the option was given, with the word where there is one. */
static bool
says(const struct opt *row, const char *word)
{
	const struct opt_list *list = row->to;
	const char *text;

	if (row->kind == OPT_FLAG)
		return *(const bool *)row->to;
	if (row->kind == OPT_LIST) {
		for (size_t i = 0; i < list->n; i++)
			if (!word || has_word(list->text[i], word))
				return true;
		return false;
	}
	text = *(const char *const *)row->to;
	return text && (!word || has_word(text, word));
}

static enum reach
reach_of(const struct opt *rows)
{
	enum reach reach = REACH_DUE;

	for (const struct opt *row = rows; row->name; row++)
		for (size_t i = 0; i < sizeof needs / sizeof *needs; i++)
			if (strcmp(row->name, needs[i].option) == 0 &&
				needs[i].reach > reach && says(row, needs[i].word))
				reach = needs[i].reach;
	return reach;
}

static void
select_cases(struct cat_opt *cat, const struct opt *check_rows, bool has_ids)
{
	enum reach reach = reach_of(check_rows);

	if (has_ids || cat->all || cat->due || cat->since || pick_opt_any(&cat->pick))
		return;
	cat->all = reach == REACH_ALL;
	cat->pick.open = reach == REACH_OPEN;
	if (reach == REACH_DUE)
		cat->due = "";
}

/* What was due at an instant that is past, or open, the store says of today. */
static void
look_back(struct cat_opt *cat, const struct common *common, int64_t now)
{
	if (now_is_past(common, now) && !cat->until && !cat->as_of)
		cat->until = common->now_text;
}

static int
run(struct stage stage[VERB_STAGES])
{
	struct check_plugin plugin = { 0 };
	int answer;

	check_plugin_begin(&plugin, stage);
	answer = pipeline_run(stage, VERB_STAGES);
	check_plugin_end(&plugin, stage);
	verb_release(stage);
	return answer;
}

int
verb_check(int argc, char **argv)
{
	static const char *standard[] = { "text" };
	struct common common = { 0 };
	struct cat_opt cat = { .store.wait_s = STORE_WAIT_S };
	struct check_opt check = { 0 };
	const struct opt cat_rows[] = { CAT_OPT_ROWS(cat), { 0 } };
	const struct opt check_rows[] = { CHECK_OPT_ROWS(check), { 0 } };
	struct opt rows[sizeof cat_rows / sizeof *cat_rows +
		sizeof check_rows / sizeof *check_rows];
	const struct program program = {
		.name = "esc check",
		.synopsis = "[OPTION...] [ID...]",
		.about = "Judges the cases of the store: the gate for cron, CI and monitoring.",
		.examples = examples,
		.groups = OPT_STREAM | OPT_NOW,
		.opt = rows,
		.page = "esc",
	};
	struct stage stage[VERB_STAGES] = { { .name = "esc-cat" }, { .name = "esc-sla-check" } };
	int first;

	nagios_status_watch(argc, argv);
	verb_join(cat_rows, check_rows, rows);
	first = opt_parse(&program, &common, argc, argv);
	look_back(&cat, &common, verb_settle(&program, &common, &cat.store));
	check.open = cat.pick.open;
	if (!check.format.n && !check.next)
		check.format = (struct opt_list){ standard, 1 };
	select_cases(&cat, check_rows, argv[first] != NULL);
	verb_cat(&stage[0], cat_rows, &common, argv + first);
	verb_filter(&stage[1], check_rows, &common);
	return run(stage);
}
