/* esc-store: makes, checks, mends and looks after case stores. */
#include <string.h>

#include "cli/msg.h"
#include "cli/store_admin.h"

static const char examples[] =
	"esc-store init cases\n"
	"esc-store verify --store cases\n"
	"esc-store snapshot --store cases cases-2026-11-22\n"
	"esc-store checkpoint --store cases >>checkpoints\n"
	"esc-store erase --yes -m 'asked by letter' ESC-01M7W2Y7M0H2Z6NPC5KC7CXKGT";

/* What an option is good for: a bit each. */
enum takes {
	TAKES_SHARED = 1,
	TAKES_SEGMENT_SIZE = 2,
	TAKES_CHECKPOINT = 4,
	TAKES_AGAINST = 8,
	TAKES_FORMAT = 16,
	TAKES_OUTPUT = 32,
	TAKES_LIST = 64,
	TAKES_DRY_RUN = 128,
	TAKES_YES = 256,
	TAKES_FIELD = 512,
	TAKES_MESSAGE = 1024,
	TAKES_NO_INDEX = 2048,
};

static const struct {
	const char *name;
	int (*run)(struct store_admin *admin, char **operands);
	unsigned takes;
} commands[] = {
	{ "init", store_admin_init, TAKES_SHARED | TAKES_SEGMENT_SIZE },
	{ "verify", store_admin_verify, TAKES_CHECKPOINT | TAKES_AGAINST },
	{ "recover", store_admin_recover, 0 },
	{ "reindex", store_admin_reindex, 0 },
	{ "stats", store_admin_stats, TAKES_FORMAT | TAKES_NO_INDEX },
	{ "checkpoint", store_admin_checkpoint, 0 },
	{ "snapshot", store_admin_snapshot, 0 },
	{ "put", store_admin_put, 0 },
	{ "get", store_admin_get, TAKES_OUTPUT | TAKES_LIST | TAKES_NO_INDEX },
	{ "erase", store_admin_erase,
		TAKES_DRY_RUN | TAKES_YES | TAKES_FIELD | TAKES_MESSAGE },
};

#define N_COMMANDS (sizeof commands / sizeof *commands)
#define NAMES      "init|verify|recover|reindex|stats|checkpoint|snapshot|put|get|erase"

/* The first option that was given and that the command does not take; NULL. */
static const char *
not_taken(const struct store_admin *admin, unsigned takes)
{
	const struct {
		bool given;
		unsigned bit;
		const char *option;
	} options[] = {
		{ admin->shared, TAKES_SHARED, "--shared" },
		{ admin->segment_size >= 0, TAKES_SEGMENT_SIZE, "--segment-size" },
		{ admin->checkpoint, TAKES_CHECKPOINT, "--checkpoint" },
		{ admin->against, TAKES_AGAINST, "--against" },
		{ admin->format, TAKES_FORMAT, "--format" },
		{ admin->output, TAKES_OUTPUT, "--output" },
		{ admin->list, TAKES_LIST, "--list" },
		{ admin->dry_run, TAKES_DRY_RUN, "--dry-run" },
		{ admin->yes, TAKES_YES, "--yes" },
		{ admin->field.n, TAKES_FIELD, "--field" },
		{ admin->message, TAKES_MESSAGE, "--message" },
		{ admin->store.no_index, TAKES_NO_INDEX, "--no-index" },
	};

	for (size_t i = 0; i < sizeof options / sizeof *options; i++)
		if (options[i].given && !(takes & options[i].bit))
			return options[i].option;
	return NULL;
}

static int
run(struct store_admin *admin, char **operands)
{
	const char *option;
	size_t i = 0;

	if (!*operands)
		opt_usage("expected a command: %s", NAMES);
	while (i < N_COMMANDS && strcmp(commands[i].name, *operands) != 0)
		i++;
	if (i == N_COMMANDS)
		opt_usage("no command \"%s\": expected %s", *operands, NAMES);
	option = not_taken(admin, commands[i].takes);
	if (option)
		opt_usage("%s takes no %s", *operands, option);
	return commands[i].run(admin, operands + 1);
}

int
main(int argc, char **argv)
{
	struct store_admin admin = { .store.wait_s = STORE_WAIT_S, .segment_size = -1 };
	const struct opt opts[] = {
		STORE_OPT_ROWS(admin.store), NO_INDEX_ROW(admin.store),
		{ "shared", 0, OPT_OPTIONAL, &admin.shared, "GROUP",
			"init: a group writes to it (the user's own)" },
		{ "segment-size", 0, OPT_SIZE, &admin.segment_size, "BYTES",
			"init: when a new file of the log begins (64M)" },
		{ "checkpoint", 0, OPT_TEXT, &admin.checkpoint, "FILE",
			"verify: lines of esc-store checkpoint that must still hold" },
		{ "against", 0, OPT_TEXT, &admin.against, "DIR",
			"verify: compare with another store: equal, newer, older or forked" },
		{ "format", 0, OPT_TEXT, &admin.format, "text|json", "stats: how" },
		{ "output", 'o', OPT_TEXT, &admin.output, "FILE",
			"get: write to FILE, which must not be there" },
		{ "list", 0, OPT_FLAG, &admin.list, NULL, "get: the attachments of the case" },
		{ "field", 0, OPT_LIST, &admin.field, "NAME",
			"erase: also this field; may be given more than once" },
		{ "dry-run", 'n', OPT_FLAG, &admin.dry_run, NULL,
			"erase: say what would be erased" },
		{ "yes", 0, OPT_FLAG, &admin.yes, NULL, "erase: do not ask" },
		{ 0 },
	};
	const struct program program = {
		.name = "esc-store",
		.synopsis = "COMMAND [OPTION...] [DIR|FILE...|ID...]",
		.about = "Makes, checks, mends and looks after case stores.",
		.examples = examples,
		.groups = OPT_MESSAGE,
		.commands = NAMES,
		.opt = opts,
	};
	struct common common = { 0 };
	int first = opt_parse(&program, &common, argc, argv);
	int answer;

	admin.message = opt_message(&common, true);
	answer = run(&admin, argv + first);
	store_admin_flush(&admin);
	buf_release(&admin.out);
	return answer;
}
