#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/opt.h"

#define WORDS 40

struct targets {
	bool flag;
	const char *text, *optional;
	int64_t count, size;
	struct opt_list list;
};

/* Parses the words ("a b c") of a line; the operands are left in rest. */
static int
parse(const char *line, struct targets *t, struct common *common,
	unsigned groups, char **rest)
{
	static char words[200], name[] = "esc-test";
	char *argv[WORDS] = { name };
	int argc = 1, first;
	const struct opt opt[] = {
		{ "flag", 'f', OPT_FLAG, &t->flag, NULL, "a flag" },
		{ "text", 't', OPT_TEXT, &t->text, "TEXT", "a text" },
		{ "optional", 0, OPT_OPTIONAL, &t->optional, "TEXT", "perhaps a text" },
		{ "count", 'c', OPT_COUNT, &t->count, "N", "a number" },
		{ "size", 0, OPT_SIZE, &t->size, "SIZE", "a size" },
		{ "list", 'l', OPT_LIST, &t->list, "TEXT", "texts" },
		{ 0 },
	};
	const struct program program = { .name = "esc-test", .synopsis = "",
		.about = "", .groups = groups, .opt = opt };

	*t = (struct targets){ 0 };
	*common = (struct common){ 0 };
	strcpy(words, line);
	for (char *word = strtok(words, " "); word; word = strtok(NULL, " "))
		argv[argc++] = word;
	first = opt_parse(&program, common, argc, argv);
	for (int i = first; i < argc; i++)
		*rest++ = argv[i];
	*rest = NULL;
	return argc - first;
}

static void
test_kinds(void **state)
{
	struct targets t;
	struct common common;
	char *rest[WORDS];

	(void)state;
	assert_int_equal(parse("a -f --text=x -c 12 b --size 3M -l 1 --list 2 -l3 --optional c",
		&t, &common, 0, rest), 3);
	assert_string_equal(rest[0], "a");
	assert_string_equal(rest[2], "c");
	assert_true(t.flag);
	assert_string_equal(t.text, "x");
	assert_string_equal(t.optional, "");
	assert_int_equal(t.count, 12);
	assert_int_equal(t.size, 3 << 20);
	assert_int_equal(t.list.n, 3);
	assert_string_equal(t.list.text[0], "1");
	assert_string_equal(t.list.text[2], "3");
	parse("--optional=y --flag", &t, &common, 0, rest);
	assert_string_equal(t.optional, "y");
}

static void
test_nothing(void **state)
{
	struct targets t;
	struct common common;
	char *rest[WORDS];

	(void)state;
	assert_int_equal(parse("", &t, &common, OPT_STREAM | OPT_EVENT | OPT_NOW, rest), 0);
	assert_false(t.flag);
	assert_null(t.text);
	assert_null(t.optional);
	assert_int_equal(t.list.n, 0);
	assert_int_equal(common.max_line, MAX_LINE_DEFAULT);
	assert_null(common.now_text);
	assert_null(common.by);
}

static void
test_groups(void **state)
{
	struct targets t;
	struct common common;
	char *rest[WORDS];

	(void)state;
	parse("--now N --by B --at A -m M --strict --end-mark --need-end --max-line 2K --reject R --policy P",
		&t, &common, OPT_STREAM | OPT_NOW | OPT_EVENT | OPT_POLICY | OPT_MESSAGE, rest);
	assert_string_equal(common.now_text, "N");
	assert_string_equal(common.by, "B");
	assert_string_equal(common.at_text, "A");
	assert_string_equal(common.policy, "P");
	assert_string_equal(common.reject, "R");
	assert_string_equal(opt_message(&common, true), "M");
	assert_int_equal(common.max_line, 2048);
	assert_true(common.strict && common.end_mark && common.need_end);
}

/* The status with which a child that parses the line ends; 0: it parsed. */
static int
status_of(const char *line, unsigned groups)
{
	struct targets t;
	struct common common;
	char *rest[WORDS];
	int status = -1;
	pid_t child = fork();

	if (child == 0) {
		int null = open("/dev/null", O_RDWR);

		dup2(null, STDOUT_FILENO);
		dup2(null, STDERR_FILENO);
		parse(line, &t, &common, groups, rest);
		_exit(0);
	}
	waitpid(child, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

static void
test_refused(void **state)
{
	static const char *const lines[] = {
		"--no-such", "-x", "--count", "--count x", "--count -1", "--count 1.5",
		"--count 99999999999999999999", "--flag=1", "--size 1T", "--size M",
		"--size 99999999999G", "--now", "-m a -F b", "--max-line 0", "--reject -",
		"--text \xff", "--l", "--policy p",
	};

	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		if (status_of(lines[i], OPT_STREAM | OPT_MESSAGE) != 64)
			fail_msg("%s: %d", lines[i], status_of(lines[i], OPT_STREAM | OPT_MESSAGE));
	assert_int_equal(status_of("--help", 0), 0);
	assert_int_equal(status_of("--version", OPT_NOW), 0);
	assert_int_equal(status_of("--list", 0), 64);
	assert_int_equal(status_of("--reject \xff", OPT_STREAM), 0);
}

static void
test_settings(void **state)
{
	(void)state;
	setenv("ESC_TEST", "env", 1);
	assert_string_equal(setting_get("option", "ESC_TEST", "tz"), "option");
	assert_string_equal(setting_get(NULL, "ESC_TEST", "tz"), "env");
	unsetenv("ESC_TEST");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_groups),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_settings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
