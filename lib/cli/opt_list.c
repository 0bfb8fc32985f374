#include <string.h>

#include "cli/builtin.h"
#include "cli/opt_table.h"
#include "cli/policies.h"
#include "cli/report_page.h"
#include "domain/event.h"
#include "domain/verdict.h"

static const char *
state_name(size_t i)
{
	return i < CASE_STATES ? state_names[i] : NULL;
}

static const char *
verdict_name(size_t i)
{
	return i < VERDICTS ? verdict_names[i] : NULL;
}

static const char *
map_name(size_t i)
{
	static const char folder[] = "maps/";
	const size_t n = sizeof folder - 1;

	for (const struct builtin *at = builtins; at->name; at++)
		if (strncmp(at->name, folder, n) == 0 && i-- == 0)
			return at->name + n;
	return NULL;
}

/* Arguments that stand for one of a known set of names, by their option. */
static const struct {
	const char *option, *arg; /* arg: what its argument begins with */
	const char *(*name)(size_t i); /* NULL after the last */
} sets[] = {
	{ "policy", "NAME", policies_name },
	{ "policy-name", "NAME", policies_name },
	{ "repin", "NAME", policies_name },
	{ "rejudge", "NAME", policies_name },
	{ "calendar", "CALENDAR", policies_name },
	{ "map", "NAME", map_name },
	{ "state", "STATE", state_name },
	{ "verdict", "VERDICT", verdict_name },
	{ "table", "TABLE", page_spec_name },
};

/* "text|json", in small letters and digits, is a set in itself, and so is "subject". */
static bool
is_set(const char *arg)
{
	return !arg[strspn(arg, "abcdefghijklmnopqrstuvwxyz0123456789-|")];
}

static void
put_words(struct buf *out, const char *arg)
{
	for (; *arg; arg++)
		buf_putc(out, *arg == '|' ? ' ' : *arg);
}

static void
put_set(struct buf *out, const char *option, const char *arg)
{
	const char *name;

	for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
		if (strcmp(option, sets[i].option) != 0 ||
			strncmp(arg, sets[i].arg, strlen(sets[i].arg)) != 0)
			continue;
		for (size_t k = 0; (name = sets[i].name(k)); k++) {
			buf_putc(out, k ? ' ' : '\t');
			buf_puts(out, name);
		}
	}
	if (is_set(arg)) {
		buf_putc(out, '\t');
		put_words(out, arg);
	}
}

static void
put_argument(struct buf *out, const struct opt *row)
{
	buf_putc(out, '\t');
	if (row->arg) {
		buf_puts(out, row->arg);
		put_set(out, row->name, row->arg);
	}
	buf_putc(out, '\n');
}

void
opt_list_page(struct buf *out, const struct program *program,
	const struct opt_rows *rows)
{
	for (size_t i = 0; i < rows->n; i++) {
		const struct opt *row = &rows->row[i];

		if (!row->help)
			continue;
		buf_printf(out, "--%s", row->name);
		put_argument(out, row);
		if (!row->letter)
			continue;
		buf_printf(out, "-%c", row->letter);
		put_argument(out, row);
	}
	if (!program->commands)
		return;
	buf_puts(out, program->verbs ? "verb" : "command");
	put_argument(out, &(struct opt){ .name = "", .arg = program->commands });
	if (program->verbs)
		return;
	buf_puts(out, "operand");
	put_argument(out, &(struct opt){ .name = "policy", .arg = "NAME|FILE" });
}
