/* esc-policy: the policies that can be found: list, show, check. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "cli/msg.h"
#include "cli/now.h"
#include "cli/output.h"
#include "cli/policies.h"
#include "cli/policy_page.h"
#include "cli/table.h"
#include "domain/lint.h"

static const char examples[] =
	"esc-policy list\n"
	"esc-policy show s-club\n"
	"esc-policy show --format json five-tier >mine.json\n"
	"esc-policy check mine.json";

struct work {
	const char *format;
	int64_t now;
	struct buf out;
	struct err err; /* of what could not be loaded */
};

/* With no operand: every policy that can be found. */
static const char *
operand(char **names, size_t i)
{
	return *names ? names[i] : policies_name(i);
}

static int
list(struct work *work, char **names)
{
	static const struct table_column columns[] = {
		{ "NAME", ALIGN_LEFT, false },
		{ "VERSION", ALIGN_LEFT, false },
		{ "CALENDAR", ALIGN_LEFT, false },
		{ "TITLE", ALIGN_LEFT, false },
	};
	struct table table;
	const char *name;

	table_init(&table, columns, 4);
	for (size_t i = 0; (name = operand(names, i)); i++) {
		const struct policy *policy = policies_open(name, &work->err);

		if (!policy)
			continue;
		table_cell(&table, span_of(policy->name));
		table_cell(&table, span_of(policy->version));
		table_cell(&table, span_of(calendar_name(policy->calendar)));
		table_cell(&table, span_of(policy->title));
	}
	table_put(&table, 0, &work->out);
	table_end(&table);
	return 0;
}

static int
show(struct work *work, char **names)
{
	const struct policy *policy;
	bool json = strcmp(work->format, "json") == 0;

	if (!*names || names[1])
		opt_usage("show takes one policy");
	if (!json && strcmp(work->format, "text") != 0)
		opt_usage("--format: expected one of text, json; got \"%s\"", work->format);
	policy = policies_open(*names, &work->err);
	if (policy && json)
		buf_put(&work->out, policy->text, policy->text_len);
	else if (policy)
		policy_page(policy, work->now, table_width(), &work->out);
	return 0;
}

/* Place and remark hold a policy's own text, which does not act here. */
static void
put_finding(struct buf *out, const char *name, const struct fault *finding)
{
	utf8_display(out, span_of(name));
	buf_puts(out, ": ");
	utf8_display(out, span_of(finding->where));
	buf_puts(out, ": ");
	utf8_display(out, span_of(finding->what));
	buf_putc(out, '\n');
}

static size_t
check_one(struct work *work, const char *name)
{
	const struct policy *policy = policies_open(name, &work->err);
	struct err findings = { 0 };
	size_t n;

	if (policy)
		lint_policy(policy, work->now, &findings);
	n = findings.n;
	for (size_t i = 0; i < n; i++)
		put_finding(&work->out, name, &findings.fault[i]);
	err_release(&findings);
	return n;
}

static int
check(struct work *work, char **names)
{
	const char *name;
	size_t n = 0;

	for (size_t i = 0; (name = operand(names, i)); i++)
		n += check_one(work, name);
	return n > 0;
}

static const struct {
	const char *name;
	int (*run)(struct work *work, char **names);
	bool shows; /* takes --format */
} commands[] = {
	{ "list", list, false },
	{ "show", show, true },
	{ "check", check, false },
};

#define N_COMMANDS (sizeof commands / sizeof *commands)

static int
run(struct work *work, char **operands)
{
	size_t i = 0;

	if (!*operands)
		opt_usage("expected a command: list, show or check");
	while (i < N_COMMANDS && strcmp(commands[i].name, *operands) != 0)
		i++;
	if (i == N_COMMANDS)
		opt_usage("no command \"%s\": expected list, show or check", *operands);
	if (work->format && !commands[i].shows)
		opt_usage("%s takes no --format", *operands);
	if (!work->format)
		work->format = "text";
	return commands[i].run(work, operands + 1);
}

static int
finish(struct work *work, int answer)
{
	if (output_flush(1, &work->out) < 0)
		msg_die(EX_IOERR, "stdout: cannot write: %s", strerror(errno));
	msg_faults(NULL, &work->err);
	if (work->err.status > answer)
		answer = work->err.status;
	buf_release(&work->out);
	err_release(&work->err);
	return answer;
}

int
main(int argc, char **argv)
{
	struct work work = { 0 };
	const struct opt opts[] = {
		{ "format", 0, OPT_TEXT, &work.format, "text|json",
			"show: a page (default), or the policy's file" },
		{ 0 },
	};
	const struct program program = {
		.name = "esc-policy",
		.synopsis = "list [NAME|FILE...] | show NAME|FILE | check [NAME|FILE...]",
		.about = "Lists, shows and checks policies.",
		.examples = examples,
		.groups = OPT_NOW,
		.commands = "list|show|check",
		.opt = opts,
	};
	struct common common = { 0 };
	int first = opt_parse(&program, &common, argc, argv);

	work.now = now_get(&program, &common);
	return finish(&work, run(&work, argv + first));
}
