/* What the grammars of GitHub, of Markdown and of JUnit's XML ask of texts. */
#include "cases.h"

#include "cli/github_out.h"
#include "cli/junit_out.h"
#include "cli/markdown_out.h"

/* Source: GitHub's toolkit, escapeData and escapeProperty. */
static void
test_annotate(void **state)
{
	struct buf out = { 0 };

	(void)state;
	github_annotate(&out, "error", "a:b,c%\r\n", "a:b,c%\r\n");
	assert_string_equal(buf_cstr(&out),
		"::error title=a%3Ab%2Cc%25%0D%0A::a:b,c%25%0D%0A\n");
	buf_release(&out);
}

static void
test_markdown(void **state)
{
	static const struct {
		const char *text, *shown;
	} rows[] = {
		{ "plain, text - 5% & 10:30:00", "plain, text - 5% &amp; 10:30:00" },
		{ "a|b", "a\\|b" },
		{ "a\\|b", "a\\\\\\|b" },
		{ "`c` *b* _i_ in_a_word", "\\`c\\` \\*b\\* \\_i\\_ in_a_word" },
		{ "<b>&lt;", "&lt;b\\>&amp;&#8203;lt;" },
		{ "[l](http://x.y) www.z", "\\[l\\](http:&#8203;//x.y) www\\.&#8203;z" },
		{ "# h #", "\\# h \\#" },
		{ "@you a@b #1 !2 :tada: !", "@&#8203;you a@&#8203;b \\#&#8203;1 !&#8203;2 :&#8203;tada: !" },
		{ "$x$ ~s~ %3 ^4", "\\$&#8203;x\\$ \\~&#8203;s\\~ %&#8203;3 ^&#8203;4" },
		{ "a\nb\033\342\200\256", "a\\\\nb\\\\u{1B}\\\\u{202E}" },
		{ "", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buf out = { 0 };

		markdown_text(&out, span_of(rows[i].text));
		assert_string_equal(buf_cstr(&out), rows[i].shown);
		buf_release(&out);
	}
}

/* Suites as they come, sums, and a name for each. */
static void
test_junit(void **state)
{
	static const struct junit_case cases[] = {
		{ .suite = "b", .class = "c", .name = "n", .kind = JUNIT_PASSED },
		{ .suite = "a", .name = "n", .kind = JUNIT_ERROR, .type = "t", .message = "<&>\"" },
		{ .suite = "b", .class = "c", .name = "n", .kind = JUNIT_SKIPPED, .message = "m",
			.output = "o" },
	};
	struct junit junit = { .name = "d", .at = 0, .remark = "r" };
	struct buf out = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		junit_add(&junit, &cases[i]);
	junit_put(&junit, &out);
	assert_string_equal(buf_cstr(&out),
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<testsuites name=\"d\" tests=\"3\" failures=\"0\" errors=\"1\" time=\"0\">\n"
		"  <testsuite name=\"b\" tests=\"2\" failures=\"0\" errors=\"0\" skipped=\"1\""
		" time=\"0\" timestamp=\"1970-01-01T00:00:00\">\n"
		"    <testcase classname=\"b.c\" name=\"n\" time=\"0\"></testcase>\n"
		"    <testcase classname=\"b.c\" name=\"n (3)\" time=\"0\">"
		"<skipped message=\"m\">m</skipped><system-out>o</system-out></testcase>\n"
		"    <system-out>r</system-out>\n"
		"  </testsuite>\n"
		"  <testsuite name=\"a\" tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\""
		" time=\"0\" timestamp=\"1970-01-01T00:00:00\">\n"
		"    <testcase classname=\"a\" name=\"n (2)\" time=\"0\">"
		"<error message=\"&lt;&amp;&gt;&quot;\" type=\"t\">&lt;&amp;&gt;&quot;</error></testcase>\n"
		"    <system-out>r</system-out>\n"
		"  </testsuite>\n"
		"</testsuites>\n");
	junit_release(&junit);
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_annotate),
		cmocka_unit_test(test_markdown),
		cmocka_unit_test(test_junit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
