#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/table.h"

static const struct table_column columns[] = {
	{ "ID", ALIGN_LEFT, false },
	{ "SUBJECT", ALIGN_LEFT, true },
	{ "N", ALIGN_RIGHT, false },
};

static void
fill(struct table *table)
{
	table_init(table, columns, 3);
	table_cell(table, span_of("a"));
	table_cell(table, span_of("\xE6\x9D\xB1\xE4\xBA\xAC and more words"));
	table_int(table, 7);
	table_cell(table, span_of("long-id"));
	table_cell(table, (struct span){ NULL, 0 });
	table_int(table, -1234);
}

static void
check(size_t width, const char *expected)
{
	struct table table;
	struct buf out = { 0 };

	fill(&table);
	table_put(&table, width, &out);
	assert_string_equal(buf_cstr(&out), expected);
	table_end(&table);
	buf_release(&out);
}

static void
test_aligns_by_width(void **state)
{
	(void)state;
	check(0,
		"ID       SUBJECT                  N\n"
		"a        \xE6\x9D\xB1\xE4\xBA\xAC and more words      7\n"
		"long-id                       -1234\n");
}

static void
test_cuts_what_shrinks(void **state)
{
	(void)state;
	check(26,
		"ID       SUBJECT         N\n"
		"a        \xE6\x9D\xB1\xE4\xBA\xAC and \xE2\x80\xA6      7\n"
		"long-id              -1234\n");
	/* Never below what can still be read. */
	check(5,
		"ID       SUBJECT       N\n"
		"a        \xE6\x9D\xB1\xE4\xBA\xAC an\xE2\x80\xA6      7\n"
		"long-id            -1234\n");
}

/* A wide letter at the edge leaves a blank, not a crooked column. */
static void
test_wide_at_the_edge(void **state)
{
	static const struct table_column two[] = {
		{ NULL, ALIGN_LEFT, true }, { NULL, ALIGN_LEFT, false },
	};
	struct table table;
	struct buf out = { 0 };

	(void)state;
	table_init(&table, two, 2);
	table_cell(&table, span_of("\xE6\x9D\xB1\xE4\xBA\xAC\xE6\x9D\xB1\xE4\xBA\xAC\xE6\x9D\xB1"));
	table_cell(&table, span_of("x"));
	table_put(&table, 11, &out);
	assert_string_equal(buf_cstr(&out),
		"\xE6\x9D\xB1\xE4\xBA\xAC\xE6\x9D\xB1\xE2\x80\xA6   x\n");
	table_end(&table);
	buf_release(&out);
}

/* Any width: all in full, and no row has more than 60 columns of blanks for another. */
static void
test_any_width(void **state)
{
	static const struct table_column two[] = {
		{ NULL, ALIGN_LEFT, true }, { NULL, ALIGN_LEFT, true },
	};
	char text[1001];
	struct table table;
	struct buf out = { 0 };

	(void)state;
	memset(text, 'x', 1000);
	text[1000] = '\0';
	table_init(&table, two, 2);
	for (int i = 0; i < 3; i++)
		table_cell(&table, span_of(text));
	for (int i = 0; i < 3; i++)
		table_cell(&table, span_of("y"));
	table_put(&table, 0, &out);
	assert_int_equal(out.len, (1000 + 2 + 1000 + 1) + (1000 + 2 + 1 + 1) + (60 + 2 + 1 + 1));
	table_end(&table);
	buf_release(&out);
}

static void
test_escapes(void **state)
{
	static const struct table_column one[] = { { NULL, ALIGN_LEFT, false } };
	struct table table;
	struct buf out = { 0 };

	(void)state;
	table_init(&table, one, 1);
	table_cell(&table, span_of("a\x1B[2Jb\nc"));
	table_put(&table, 0, &out);
	assert_string_equal(buf_cstr(&out), "a\\u{1B}[2Jb\\nc\n");
	table_end(&table);
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_aligns_by_width),
		cmocka_unit_test(test_cuts_what_shrinks),
		cmocka_unit_test(test_wide_at_the_edge),
		cmocka_unit_test(test_any_width),
		cmocka_unit_test(test_escapes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
