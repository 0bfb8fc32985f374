#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "domain/pick.h"

static const char line_text[] =
	"{\"v\":1,\"tier\":2,\"state\":\"escalated\",\"impact\":\"major\","
	"\"reason\":[\"one\",\"two\"],\"requester\":{\"email\":\"a@b\",\"name\":\"Ann, B.\"},"
	"\"x_n\":1e1,\"x_big\":12345678901234567890,\"x_t\":\"9\",\"x_yes\":true,"
	"\"x_null\":null,\"x_none\":[],\"x_esc\":\"caf\\u00e9\",\"x_nums\":[1,20]}";

struct fixture {
	struct buf text;
	struct scan scan;
	struct arena arena;
	struct record record;
	struct err err;
};

static void
open_fixture(struct fixture *f)
{
	memset(f, 0, sizeof *f);
	buf_puts(&f->text, line_text);
	memset(buf_reserve(&f->text, BUF_SLACK), 0, BUF_SLACK);
	scan_init(&f->scan);
	arena_init(&f->arena);
	assert_int_equal(scan_line(&f->scan, f->text.data, f->text.len, &f->err), 0);
	f->record.scan = &f->scan;
}

static void
close_fixture(struct fixture *f)
{
	buf_release(&f->text);
	scan_release(&f->scan);
	arena_release(&f->arena);
	err_release(&f->err);
}

static bool
matches(struct fixture *f, const char *where)
{
	struct pick pick = { 0 };
	bool answer;

	if (pick_where(&pick, where, &f->err) < 0)
		fail_msg("%s: %s", where, err_text(&f->err));
	answer = pick_matches(&pick, &f->record, &f->arena);
	pick_release(&pick);
	return answer;
}

static void
test_rows(void **state)
{
	static const struct {
		const char *where;
		bool matches;
	} rows[] = {
		{ "state=escalated", true }, { "state=closed", false },
		{ "state=closed,escalated", true }, { "state!=closed", true },
		{ "state!=closed,escalated", false },
		{ "state=escalated ", false }, { "state=Escalated", false },
		/* numbers as numbers */
		{ "tier=2", true }, { "tier=2.0", true }, { "tier<10", true },
		{ "tier>=2", true }, { "tier>2", false }, { "tier<=1", false },
		{ "x_n=10", true }, { "x_n=1e1", true }, { "x_n>9", true },
		{ "x_big=12345678901234567890", true },
		{ "x_big=12345678901234567891", false },
		{ "x_big>12345678901234567889", true },
		/* texts as bytes, whatever they look like */
		{ "x_t>10", true }, { "x_t=9", true }, { "x_t=9.0", false },
		{ "impact>lim", true }, { "impact<minor", true },
		/* a number against what is none: bytes */
		{ "tier=two", false }, { "x_n=1e1x", false },
		/* absent and null equal nothing */
		{ "absent=", false }, { "absent=x", false }, { "absent!=x", true },
		{ "absent<x", false }, { "absent>=", false },
		{ "x_null=", false }, { "x_null!=x", true }, { "x_null=null", false },
		/* a list by its members */
		{ "reason=two", true }, { "reason=three", false },
		{ "reason!=two", false }, { "reason!=three", true },
		{ "x_none=", false }, { "x_none!=a", true }, { "x_nums>5", true },
		{ "x_nums>50", false },
		/* dotted names */
		{ "requester.email=a@b", true }, { "requester.role=x", false },
		{ "requester.role!=x", true }, { "requester.name=Ann\\, B.", true },
		{ "impact.x=major", false },
		{ "x_yes=true", true }, { "x_esc=caf\xC3\xA9", true },
		{ "requester.email=", false },
	};
	struct fixture f;

	(void)state;
	open_fixture(&f);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (matches(&f, rows[i].where) != rows[i].matches)
			fail_msg("%s: expected %d", rows[i].where, rows[i].matches);
	close_fixture(&f);
}

static void
test_all_must_hold(void **state)
{
	struct pick pick = { 0 };
	struct fixture f;

	(void)state;
	open_fixture(&f);
	assert_true(pick_matches(&pick, &f.record, &f.arena));
	assert_int_equal(pick_where(&pick, "tier=2", &f.err), 0);
	assert_true(pick_matches(&pick, &f.record, &f.arena));
	assert_int_equal(pick_add(&pick, "requester.name|requester.email", PICK_EQUAL, "a@b", &f.err), 0);
	assert_true(pick_matches(&pick, &f.record, &f.arena));
	assert_int_equal(pick_where(&pick, "tier=3", &f.err), 0);
	assert_false(pick_matches(&pick, &f.record, &f.arena));
	pick_release(&pick);
	close_fixture(&f);
}

static void
test_refused(void **state)
{
	static const char *const rows[] = { "", "state", "=x", "!x", "tier<1,2", "a!b=c" };
	struct err err = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct pick pick = { 0 };

		if (pick_where(&pick, rows[i], &err) == 0)
			fail_msg("%s: accepted", rows[i]);
		assert_int_equal(err.status, EX_USAGE);
		pick_release(&pick);
		err_reset(&err);
	}
	err_release(&err);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_all_must_hold),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
