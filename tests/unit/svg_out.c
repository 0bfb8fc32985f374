/* Pieces of a drawing: the same bytes for the same figures, on any machine. */
#include "cases.h"

#include "cli/svg_out.h"

static void
test_length(void **state)
{
	static const struct {
		int64_t tenths;
		const char *want;
	} rows[] = {
		{ 0, "0" }, { 1, "0.1" }, { -1, "-0.1" }, { 10, "1" }, { -125, "-12.5" },
		{ 36000, "3600" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buf out = { 0 };

		svg_length(&out, rows[i].tenths);
		assert_string_equal(buf_cstr(&out), rows[i].want);
		buf_release(&out);
	}
}

static void
test_shapes(void **state)
{
	const int64_t xy[] = { 0, -5, 10, 15 };
	struct buf out = { 0 };

	(void)state;
	svg_rect(&out, "met", (struct svg_box){ 1, 20, 300, 4000 });
	svg_circle(&out, "net", 10, 20, 32);
	svg_step(&out, 'L', xy, 2);
	assert_string_equal(buf_cstr(&out),
		"<rect class=\"met\" x=\"0.1\" y=\"2\" width=\"30\" height=\"400\"/>"
		"<circle class=\"net\" cx=\"1\" cy=\"2\" r=\"3.2\"/>L0 -0.5 1 1.5");
	buf_release(&out);
}

/* A figure keeps the document's bytes beside those for people; none is nothing. */
static void
test_texts(void **state)
{
	struct buf out = { 0 };

	(void)state;
	svg_figure(&out, "e", 0, 10, PAGE_SHARE, span_of("0.5"));
	svg_figure(&out, "e", 0, 10, PAGE_SHARE, (struct span){ NULL, 0 });
	assert_string_equal(buf_cstr(&out),
		"<text class=\"e\" x=\"0\" y=\"1\" data-value=\"0.5\">50 %</text>");
	out.len = 0;
	svg_text(&out, "name", 0, 0, span_of("</text><script>"), 8);
	assert_string_equal(buf_cstr(&out),
		"<text class=\"name\" x=\"0\" y=\"0\">&lt;/text&gt;\xe2\x80\xa6</text>");
	out.len = 0;
	svg_text(&out, "name", 0, 0, span_of("WWWWWWWWWWWWWWWW"), 9);
	assert_string_equal(buf_cstr(&out),
		"<text class=\"name\" x=\"0\" y=\"0\">WWWW\xe2\x80\xa6</text>");
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_length),
		cmocka_unit_test(test_shapes),
		cmocka_unit_test(test_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
