/* JSON values that are equal however they are written, and those that are not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "domain/same.h"

static const struct {
	const char *a, *b; /* values of the member v; "": no member */
	bool same;
} pairs[] = {
	{ "1", "1", true },
	{ "1E2", "100", true },
	{ "1e2", "100.0", true },
	{ "-0", "0", true },
	{ "0.1", "0.1000000000000000055511151231257827", true },
	{ "0.1", "0.10000000000000002", false },
	{ "9007199254740993", "9007199254740992", true },
	{ "9007199254740992", "9007199254740994", false },
	{ "1e999", "1.7976931348623157e308", true },
	{ "-1e999", "-1.7976931348623157e308", true },
	{ "1e999", "-1e999", false },
	{ "1e999", "1.7976931348623155e308", false },
	{ "1e-999", "0", true },
	{ "12345678901234567890", "12345678901234567000", true },
	{ "1", "\"1\"", false },
	{ "1", "true", false },
	{ "true", "false", false },
	{ "true", "true", true },
	{ "\"A\"", "\"\\u0041\"", true },
	{ "\"\\u0041\\n\"", "\"A\\u000a\"", true },
	{ "\"\\/\"", "\"/\"", true },
	{ "\"\\ud83d\\ude00\"", "\"\xf0\x9f\x98\x80\"", true },
	{ "\"a\"", "\"b\"", false },
	{ "\"\\u0041\"", "\"B\"", false },
	{ "\"\"", "\"a\"", false },
	{ "[1,2]", "[ 1 , 2.0 ]", true },
	{ "[1,2]", "[2,1]", false },
	{ "[1,2]", "[1,2,3]", false },
	{ "[1,2,3]", "[1,2]", false },
	{ "[]", "{}", false },
	{ "{\"a\":1,\"b\":[2]}", "{\"b\":[2.0],\"a\":1e0}", true },
	{ "{\"a\":1,\"b\":2,\"c\":3}", "{\"c\":3,\"\\u0061\":1,\"b\":2}", true },
	{ "{\"a\":1,\"b\":2}", "{\"b\":1,\"a\":2}", false },
	{ "{\"a\":1,\"b\":2}", "{\"a\":1,\"c\":2}", false },
	{ "{\"a\":1}", "{\"a\":1,\"b\":null}", false },
	{ "{\"a\":1,\"b\":null}", "{\"a\":1}", false },
	{ "{\"a\":{\"x\":1,\"y\":2}}", "{\"a\":{\"y\":2,\"x\":1.0}}", true },
	{ "", "", true },
	{ "", "null", true },
	{ "null", "", true },
	{ "", "\"\"", false },
	{ "0", "", false },
	{ "[null]", "[0]", false },
};

struct side {
	struct buf text;
	struct scan scan;
	struct value value;
};

static void
open_side(struct side *side, const char *value)
{
	struct err err = { 0 };

	scan_init(&side->scan);
	side->text = (struct buf){ 0 };
	buf_printf(&side->text, *value ? "{\"v\":%s}" : "{}", value);
	if (scan_line(&side->scan, side->text.data, side->text.len, &err) < 0)
		fail_msg("%s: %s", value, err_text(&err));
	side->value = (struct value){ &side->scan, scan_member(&side->scan, 0, "v") };
}

static void
close_side(struct side *side)
{
	buf_release(&side->text);
	scan_release(&side->scan);
}

/* Values that are the same have the same hash; a few that are not have not. */
static void
check_hash(const struct side *x, const struct side *y, bool same, const struct same_terms *terms,
	struct arena *arena)
{
	const char *const *aside = terms ? terms->aside : NULL;

	if (!x->value.node || !y->value.node || (terms && (terms->erased || terms->exact)))
		return;
	if ((same_hash(&x->scan, x->value.node, aside, arena) ==
		same_hash(&y->scan, y->value.node, aside, arena)) != same)
		fail_msg("hash of %.*s and %.*s", (int)x->text.len, x->text.data,
			(int)y->text.len, y->text.data);
}

static bool
ask(const char *a, const char *b, const struct same_terms *terms)
{
	struct arena arena;
	struct side x, y;
	bool same;

	arena_init(&arena);
	open_side(&x, a);
	open_side(&y, b);
	same = same_value(x.value, y.value, terms, &arena);
	check_hash(&x, &y, same, terms, &arena);
	close_side(&x);
	close_side(&y);
	arena_release(&arena);
	return same;
}

static void
test_pairs(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		if (ask(pairs[i].a, pairs[i].b, NULL) != pairs[i].same ||
			ask(pairs[i].b, pairs[i].a, NULL) != pairs[i].same)
			fail_msg("%s and %s", pairs[i].a, pairs[i].b);
}

/* Names of the top level alone are left aside, escaped ones too. */
static void
test_aside(void **state)
{
	static const char *const names[] = { "judged", "was", NULL };
	const struct same_terms terms = { .aside = names };

	(void)state;
	assert_true(ask("{\"a\":1,\"judged\":[]}", "{\"a\":1}", &terms));
	assert_true(ask("{\"w\\u0061s\":1,\"a\":1}", "{\"a\":1.0,\"judged\":2}", &terms));
	assert_true(ask("{\"was\":1,\"b\":2,\"a\":1}", "{\"a\":1,\"was\":2,\"b\":2}", &terms));
	assert_false(ask("{\"a\":{\"was\":1}}", "{\"a\":{\"was\":2}}", &terms));
	assert_false(ask("{\"a\":{\"x\":1,\"was\":1}}", "{\"a\":{\"was\":2,\"x\":1}}", &terms));
	assert_false(ask("{\"waz\":1}", "{}", &terms));
}

/* What erasure left equals what was there, but not what was not. */
static void
test_erased(void **state)
{
	const struct same_terms terms = { .erased = true };

	(void)state;
	assert_true(ask("\"\"", "\"Kim\"", &terms));
	assert_true(ask("{}", "{\"name\":\"Kim\"}", &terms));
	assert_true(ask("[]", "[{\"name\":\"a\"}]", &terms));
	assert_true(ask("\"\"", "17", &terms));
	assert_true(ask("0", "7", &terms));
	assert_true(ask("{\"a\":{\"b\":\"\"},\"c\":1}", "{\"c\":1,\"a\":{\"b\":\"x\"}}", &terms));
	assert_false(ask("\"Kim\"", "\"\"", &terms));
	assert_false(ask("\"Kim\"", "\"Jo\"", &terms));
	assert_false(ask("{\"a\":\"\"}", "{}", &terms));
	assert_false(ask("\"\"", "", &terms));
	assert_false(ask("1", "7", &terms));
}

/* Numbers as written, also where a double cannot tell them apart. */
static void
test_exact(void **state)
{
	const struct same_terms terms = { .exact = true };

	(void)state;
	assert_true(ask("1", "1", &terms));
	assert_true(ask("{\"a\":[1,\"\\u0041\"],\"b\":2}", "{\"b\":2,\"a\":[1,\"A\"]}", &terms));
	assert_false(ask("1", "1.0", &terms));
	assert_false(ask("{\"a\":[1]}", "{\"a\":[1E0]}", &terms));
	assert_false(ask("12345678901234567890", "12345678901234567891", &terms));
}

/* Members by the thousand in another order: sorted, not searched one by one. */
static void
test_many(void **state)
{
	struct buf a = { 0 }, b = { 0 };
	const int n = 100000;

	(void)state;
	for (int i = 0; i < n; i++) {
		buf_printf(&a, "%s\"m%d\":%d", i ? "," : "{", i, i);
		buf_printf(&b, "%s\"m%d\":%d.0", i ? "," : "{", n - 1 - i, n - 1 - i);
	}
	buf_putc(&a, '}');
	buf_putc(&b, '}');
	assert_true(ask(buf_cstr(&a), buf_cstr(&b), NULL));
	b.data[b.len - 4] = '9';
	assert_false(ask(buf_cstr(&a), buf_cstr(&b), NULL));
	buf_release(&a);
	buf_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pairs),
		cmocka_unit_test(test_aside),
		cmocka_unit_test(test_erased),
		cmocka_unit_test(test_exact),
		cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
