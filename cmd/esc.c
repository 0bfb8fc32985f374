/* esc: the porcelain: verbs that put the store and the filters together. */
#include <string.h>

#include "base/buf.h"
#include "cli/msg.h"
#include "cli/opt.h"
#include "cli/verb_check.h"
#include "cli/verb_report.h"

struct verb {
	const char *name;
	const char *about; /* one line */
	int (*run)(int argc, char **argv); /* argv[0] is the verb; the status */
};

static const struct verb verbs[] = {
	{ "check", "judge the store's cases: the gate for cron, CI and monitoring", verb_check },
	{ "report", "the review of a month or any period of the store's cases", verb_report },
};

static const char examples[] =
	"esc check\n"
	"esc check --format nagios\n"
	"esc help check";

static const struct verb *
find(const char *name)
{
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
		if (strcmp(verbs[i].name, name) == 0)
			return &verbs[i];
	return NULL;
}

/* "check|help", with another mark between. */
static void
put_names(struct buf *out, const char *mark)
{
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
		buf_printf(out, "%s%s", verbs[i].name, mark);
	buf_puts(out, "help");
}

static void
put_verbs(struct buf *out)
{
	buf_puts(out, "Runs the store's reader and a filter, and answers for both.\n\n");
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
		buf_printf(out, "  %-8s  %s\n", verbs[i].name, verbs[i].about);
	buf_puts(out, "  help      this page; help VERB: that verb's");
}

static _Noreturn void
want_verb(const char *got)
{
	struct buf known = { 0 };

	put_names(&known, ", ");
	if (got)
		opt_usage("expected a verb, one of %s; got \"%s\"", buf_cstr(&known), got);
	opt_usage("expected a verb, one of %s", buf_cstr(&known));
}

/* What is asked of the program itself: --help, --version. */
static _Noreturn void
answer(int argc, char **argv)
{
	struct common common = { 0 };
	struct buf about = { 0 }, names = { 0 };
	struct program program = {
		.name = "esc",
		.synopsis = "VERB [OPTION...] [OPERAND...]",
		.examples = examples,
		.verbs = true,
	};

	put_verbs(&about);
	put_names(&names, "|");
	program.about = buf_cstr(&about);
	program.commands = buf_cstr(&names);
	opt_parse(&program, &common, argc, argv);
	want_verb(NULL);
}

/* `help` is `--help`, and `help VERB` is `VERB --help`. */
static int
run(int argc, char **argv)
{
	char help[] = "--help";
	char *asked[] = { argv[0], help, NULL };
	bool helps = strcmp(argv[0], "help") == 0;
	const struct verb *verb;

	if (helps && argc == 1)
		answer(2, asked);
	asked[0] = argv[helps ? 1 : 0];
	verb = find(asked[0]);
	if (!verb)
		want_verb(asked[0]);
	return helps ? verb->run(2, asked) : verb->run(argc, argv);
}

int
main(int argc, char **argv)
{
	msg_program("esc");
	if (argc < 2 || *argv[1] == '-')
		answer(argc, argv);
	return run(argc - 1, argv + 1);
}
