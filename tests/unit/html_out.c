/* Pieces of a page: what others wrote is text and does nothing. */
#include "cases.h"

#include "cli/html_out.h"

static void
assert_text(const char *text, const char *want)
{
	struct buf out = { 0 };

	html_text(&out, span_of(text));
	assert_string_equal(buf_cstr(&out), want);
	buf_release(&out);
}

static void
test_text(void **state)
{
	(void)state;
	assert_text("", "");
	assert_text("<b a=\"1\" c='2'>&amp;", "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;");
	assert_text("\x1b[2J\xe2\x80\xae\xff", "\\u{1B}[2J\\u{202E}\\x{FF}");
	assert_text("\xef\xbf\xbe\xef\xb7\x90\xf0\x9f\xbf\xbf", "\\u{FFFE}\\u{FDD0}\\u{1FFFF}");
	assert_text("\xd7\xa9\xc3\xa9", "\xd7\xa9\xc3\xa9");
}

static void
assert_cut(const char *text, size_t columns, const char *want)
{
	struct buf out = { 0 };

	html_cut(&out, span_of(text), columns);
	assert_string_equal(buf_cstr(&out), want);
	buf_release(&out);
}

/* What is escaped is cut as it is seen, never within an entity. */
static void
test_cut(void **state)
{
	(void)state;
	assert_cut("<<<", 3, "&lt;&lt;&lt;");
	assert_cut("<<<<", 3, "&lt;&lt;\xe2\x80\xa6");
	assert_cut("\xe4\xba\xac\xe4\xba\xac\xe4\xba\xac", 4, "\xe4\xba\xac\xe2\x80\xa6");
	assert_cut("\xe4\xba\xac\xe4\xba\xac", 4, "\xe4\xba\xac\xe4\xba\xac");
}

static void
test_words(void **state)
{
	struct buf out = { 0 };

	(void)state;
	html_words(&out, span_of("a<b"));
	html_words(&out, span_of("  "));
	html_words(&out, span_of(""));
	assert_string_equal(buf_cstr(&out),
		"<bdi>a&lt;b</bdi><bdi>&quot;  &quot;</bdi><bdi></bdi>");
	out.len = 0;
	html_attribute(&out, "value", span_of("\" x=\"1"));
	html_slug(&out, "Times, net");
	assert_string_equal(buf_cstr(&out), " value=\"&quot; x=&quot;1\"times-net");
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
