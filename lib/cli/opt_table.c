#include "cli/opt_table.h"

#include <string.h>

#include "base/mem.h"

struct shared_row {
	unsigned group;
	size_t at; /* in struct common */
	struct opt opt;
};

#define IN_COMMON(member) offsetof(struct common, member)

static const struct shared_row shared_rows[] = {
	{ OPT_POLICY, IN_COMMON(policy), { "policy", 0, OPT_TEXT, NULL, "NAME|FILE",
		"the policy of new records (else ESC_POLICY)" } },
	{ OPT_MESSAGE, IN_COMMON(message), { "message", 'm', OPT_TEXT, NULL, "TEXT",
		"the text of the act at hand" } },
	{ OPT_MESSAGE, IN_COMMON(message_file), { "message-file", 'F', OPT_TEXT, NULL, "FILE",
		"the same from a file; - is stdin" } },
	{ OPT_EVENT | OPT_STREAM, IN_COMMON(by), { "by", 0, OPT_TEXT, NULL, "NAME",
		"who acts (else ESC_USER, else the login name)" } },
	{ OPT_EVENT, IN_COMMON(at_text), { "at", 0, OPT_TEXT, NULL, "TIME",
		"when it really happened" } },
	{ OPT_NOW, IN_COMMON(now_text), { "now", 0, OPT_TEXT, NULL, "TIME",
		"the clock (else ESC_NOW, else the system's)" } },
	{ OPT_STREAM, IN_COMMON(reject), { "reject", 0, OPT_TEXT, NULL, "FILE",
		"where refused lines go; it is emptied first" } },
	{ OPT_STREAM, IN_COMMON(strict), { "strict", 0, OPT_FLAG, NULL, NULL,
		"stop at the first refused line" } },
	{ OPT_STREAM, IN_COMMON(end_mark), { "end-mark", 0, OPT_FLAG, NULL, NULL,
		"close the output with an end line" } },
	{ OPT_STREAM, IN_COMMON(need_end), { "need-end", 0, OPT_FLAG, NULL, NULL,
		"refuse input without its end line (65)" } },
	{ OPT_STREAM, IN_COMMON(max_line), { "max-line", 0, OPT_SIZE, NULL, "SIZE",
		"the longest line taken (1M; at most 16M)" } },
};

static size_t
count_rows(const struct opt *opt)
{
	size_t n = 0;

	while (opt && opt[n].name)
		n++;
	return n;
}

static bool
is_own(const struct opt_rows *rows, size_t own, const char *name)
{
	for (size_t i = 0; i < own; i++)
		if (strcmp(rows->row[i].name, name) == 0)
			return true;
	return false;
}

/* A row of the program's own stands in for the shared one of its name. */
static void
add_shared(struct opt_rows *rows, unsigned groups, struct common *common)
{
	const size_t own = rows->n;

	for (size_t i = 0; i < sizeof shared_rows / sizeof *shared_rows; i++) {
		if (!(groups & shared_rows[i].group) ||
			is_own(rows, own, shared_rows[i].opt.name))
			continue;
		rows->row[rows->n] = shared_rows[i].opt;
		rows->row[rows->n++].to = (char *)common + shared_rows[i].at;
	}
}

void
opt_rows_collect(struct opt_rows *rows, const struct program *program,
	struct common *common, struct opt_asked *asked)
{
	size_t own = count_rows(program->opt);
	const struct opt last[] = {
		{ "help", 0, OPT_FLAG, &asked->help, NULL, "this page" },
		{ "version", 0, OPT_FLAG, &asked->version, NULL, "the version" },
		{ "list-options", 0, OPT_FLAG, &asked->list, NULL, NULL },
	};

	rows->row = mem_zero((own + 20) * sizeof *rows->row);
	if (own)
		memcpy(rows->row, program->opt, own * sizeof *rows->row);
	rows->n = own;
	add_shared(rows, program->groups, common);
	memcpy(rows->row + rows->n, last, sizeof last);
	rows->n += sizeof last / sizeof *last;
}
