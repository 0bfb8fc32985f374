#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/buf.h"
#include "cli/opt_forward.h"

struct targets {
	bool flag;
	const char *text, *optional;
	int64_t count;
	struct opt_list list;
};

/* The arguments with blanks between; valid until the next call. */
static const char *
forward(const struct targets *t, unsigned groups, const struct common *common)
{
	static struct buf text;
	struct targets copy = *t;
	struct args args = { 0 };
	const struct opt opt[] = {
		{ "flag", 'f', OPT_FLAG, &copy.flag, NULL, "a flag" },
		{ "text", 't', OPT_TEXT, &copy.text, "TEXT", "a text" },
		{ "optional", 0, OPT_OPTIONAL, &copy.optional, "TEXT", "perhaps a text" },
		{ "count", 'c', OPT_COUNT, &copy.count, "N", "a number" },
		{ "list", 'l', OPT_LIST, &copy.list, "TEXT", "texts" },
		{ 0 },
	};

	args_add(&args, "esc-x");
	opt_forward(&(struct program){ .groups = groups, .opt = opt }, common, &args);
	text.len = 0;
	for (size_t i = 0; i < args.n; i++)
		buf_printf(&text, "%s%s", i ? " " : "", args.arg[i]);
	assert_null(args.arg[args.n]);
	args_release(&args);
	return buf_cstr(&text);
}

static void
test_given(void **state)
{
	const char *words[] = { "b", "=c d" };
	struct targets t = { 0 };

	(void)state;
	assert_string_equal(forward(&t, 0, &(struct common){ 0 }), "esc-x --count=0");
	t = (struct targets){ true, "", "", 30, { words, 2 } };
	assert_string_equal(forward(&t, 0, &(struct common){ 0 }),
		"esc-x --flag --text= --optional --count=30 --list=b --list==c d");
	t.optional = "now";
	assert_non_null(strstr(forward(&t, 0, &(struct common){ 0 }), " --optional=now "));
}

static void
test_shared(void **state)
{
	const struct common common = { .by = "eva", .strict = true, .need_end = true,
		.max_line = 4096, .now_text = "2026-11-20T12:00:00Z", .policy = "s-club" };

	(void)state;
	assert_string_equal(forward(&(struct targets){ 0 }, OPT_STREAM, &common),
		"esc-x --count=0 --by=eva --strict --need-end --max-line=4096");
	assert_string_equal(forward(&(struct targets){ 0 }, OPT_NOW, &common),
		"esc-x --count=0 --now=2026-11-20T12:00:00Z");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_given),
		cmocka_unit_test(test_shared),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
