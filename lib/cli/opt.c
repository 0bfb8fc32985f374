#include "cli/opt.h"

#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "cli/msg.h"
#include "cli/opt_table.h"
#include "cli/output.h"

#define LONG_BASE 256 /* getopt's answer for row 0; letters are below */

static int
argument_of(const struct opt *row)
{
	if (row->kind == OPT_FLAG)
		return no_argument;
	return row->kind == OPT_OPTIONAL ? optional_argument : required_argument;
}

/* The rows in getopt_long's form; letters holds three bytes a row. */
static struct option *
getopt_rows(const struct opt_rows *rows, struct buf *letters)
{
	struct option *option = mem_zero((rows->n + 1) * sizeof *option);

	for (size_t i = 0; i < rows->n; i++) {
		const struct opt *row = &rows->row[i];

		option[i].name = row->name;
		option[i].has_arg = argument_of(row);
		option[i].val = LONG_BASE + (int)i;
		if (!row->letter)
			continue;
		buf_putc(letters, row->letter);
		for (int colons = option[i].has_arg; colons > 0; colons--)
			buf_putc(letters, ':');
	}
	return option;
}

static const struct opt *
row_of(const struct opt_rows *rows, int answer)
{
	if (answer >= LONG_BASE)
		return &rows->row[answer - LONG_BASE];
	for (size_t i = 0; i < rows->n; i++)
		if (rows->row[i].letter == answer)
			return &rows->row[i];
	return NULL;
}

const char *
opt_verb(void)
{
	const char *verb = getenv("ESC_VERB");

	return verb && *verb ? verb : NULL;
}

/* A verb has its programs' options too. */
static _Noreturn void
end_usage(void)
{
	msg_hint("try '%s --help'", opt_verb() ? opt_verb() : msg_name());
	exit(EX_USAGE);
}

void
opt_usage(const char *format, ...)
{
	char *text = NULL;
	va_list args;

	va_start(args, format);
	if (vasprintf(&text, format, args) < 0)
		text = NULL;
	va_end(args);
	msg_error("%s", text ? text : format);
	end_usage();
}

/* 4096, 64K, 4M, 1G. */
static int
parse_size(struct span text, int64_t *value)
{
	static const char units[] = "KMG";
	const char *unit;
	int shift = 0;

	if (text.n && (unit = strchr(units, text.p[text.n - 1] & ~0x20))) {
		shift = 10 * (int)(unit - units + 1);
		text.n--;
	}
	if (text_digits(text, value) < 0 || *value > INT64_MAX >> shift)
		return -1;
	*value <<= shift;
	return 0;
}

static void
set_number(const struct opt *row, const char *argument)
{
	bool size = row->kind == OPT_SIZE;
	int64_t value;
	int failed = size ? parse_size(span_of(argument), &value)
			  : text_digits(span_of(argument), &value);

	if (failed)
		opt_usage("--%s: expected %s; got \"%s\"", row->name,
			size ? "a size such as 4M" : "a whole number", argument);
	*(int64_t *)row->to = value;
}

/* Names of files may be any bytes; all else ends up in JSON. */
static void
check_text(const struct opt *row, const char *argument)
{
	if (row->arg && (strstr(row->arg, "FILE") || strstr(row->arg, "DIR")))
		return;
	if (!utf8_valid(span_of(argument)))
		opt_usage("--%s: the text is not UTF-8: %s", row->name, argument);
}

/* The lists live until the program ends, and grow at each power of two. */
static void
list_add(struct opt_list *list, const char *text)
{
	static struct arena arena;
	bool full = (list->n & (list->n - 1)) == 0;

	if (full) {
		const char **grown = arena_alloc(&arena, (2 * list->n + 1) * sizeof *grown);

		if (list->n)
			memcpy(grown, list->text, list->n * sizeof *grown);
		list->text = grown;
	}
	list->text[list->n++] = text;
}

static void
set_row(const struct opt *row, const char *argument)
{
	if (row->kind == OPT_FLAG) {
		*(bool *)row->to = true;
		return;
	}
	if (row->kind == OPT_COUNT || row->kind == OPT_SIZE) {
		set_number(row, argument);
		return;
	}
	if (argument)
		check_text(row, argument);
	if (row->kind == OPT_LIST)
		list_add(row->to, argument);
	else
		*(const char **)row->to = argument ? argument : "";
}

static void
read_options(const struct opt_rows *rows, int argc, char **argv)
{
	struct buf letters = { 0 };
	struct option *option = getopt_rows(rows, &letters);
	int answer;

	optind = 0; /* glibc: from the beginning, also the second time */
	while ((answer = getopt_long(argc, argv, buf_cstr(&letters), option, NULL)) != -1) {
		const struct opt *row = row_of(rows, answer);

		if (!row)
			end_usage();
		set_row(row, optarg);
	}
	free(option);
	buf_release(&letters);
}

static _Noreturn void
print_page(struct buf *page, int fd, int status)
{
	if (output_write_all(fd, page->data, page->len) < 0 && status == 0)
		msg_die(EX_IOERR, "stdout: cannot write: %m");
	exit(status);
}

static void
answer_asked(const struct opt_asked *asked, const struct program *program,
	const struct opt_rows *rows)
{
	struct buf page = { 0 };

	if (asked->help)
		opt_help_page(&page, program, rows);
	else if (asked->version)
		opt_version_page(&page, program);
	else if (asked->list)
		opt_list_page(&page, program, rows);
	if (page.len)
		print_page(&page, STDOUT_FILENO, 0);
}

void
opt_need_stdin(const struct program *program)
{
	struct buf page = { 0 };
	struct opt_rows rows = { 0 };
	struct common common = { 0 };
	struct opt_asked asked = { 0 };

	if (!isatty(STDIN_FILENO))
		return;
	opt_rows_collect(&rows, program, &common, &asked);
	opt_help_page(&page, program, &rows);
	print_page(&page, STDERR_FILENO, EX_USAGE);
}

static void
check_common(const struct common *common)
{
	if (common->max_line < 1 || common->max_line > MAX_LINE_MOST)
		opt_usage("--max-line: expected 1 to 16M");
	if (common->reject && strcmp(common->reject, "-") == 0)
		opt_usage("--reject: stdout is for records; name a file");
	if (common->reject && !*common->reject)
		opt_usage("--reject: the name is empty");
	if (common->by && !*common->by)
		opt_usage("--by: the name is empty");
	if (common->message && common->message_file)
		opt_usage("-m and -F exclude one another");
}

int
opt_parse(const struct program *program, struct common *common, int argc,
	char **argv)
{
	static char name[64]; /* getopt_long's messages begin with argv[0] */
	struct opt_asked asked = { 0 };
	struct opt_rows rows;

	output_guard_standard();
	msg_program(program->name);
	snprintf(name, sizeof name, "%s", program->name);
	if (argc > 0)
		argv[0] = name;
	common->max_line = MAX_LINE_DEFAULT;
	opt_rows_collect(&rows, program, common, &asked);
	read_options(&rows, argc, argv);
	answer_asked(&asked, program, &rows);
	free(rows.row);
	check_common(common);
	if (program->groups & OPT_POLICY)
		common->policy = setting_get(common->policy, "ESC_POLICY", "policy");
	if (program->reads_stdin && optind >= argc)
		opt_need_stdin(program);
	return optind;
}
