#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cli/report_format.h"
#include "cli/report_view.h"

#define HEAD "{\"now\":\"2026-11-02T09:00:00Z\",\"period\":{\"from\":\"2026-09-01T00:00:00Z\"," \
	"\"to\":\"2026-11-01T00:00:00Z\",\"tz\":\"UTC\"}"
#define MONTH(m) "{\"month\":\"" m "\",\"clock\":\"tier\",\"tier\":1,\"n\":1,\"met\":1}"

struct view_test {
	struct report_page page;
	const struct report_view *view;
	struct view_rows rows;
};

/* The view of that section; rows are taken where it shows. */
static bool
look(struct view_test *test, const char *section, const char *document)
{
	struct err err = { 0 };

	memset(test, 0, sizeof *test);
	assert_int_equal(report_page_read(&test->page, span_of(document), &err), 0);
	test->view = report_view;
	while (!test->view->section || strcmp(test->view->section, section) != 0)
		assert_true(++test->view < report_view + report_views);
	if (!report_view_shows(test->view, &test->page, &test->page.part[0]))
		return false;
	report_view_take(test->view, &test->page.part[0], &test->rows);
	return true;
}

static void
end(struct view_test *test)
{
	report_view_release(&test->rows);
	report_page_release(&test->page);
}

/* Every member that a view names is a column of its table. */
static void
test_views(void **state)
{
	(void)state;
	assert_non_null(report_view[0].section);
	for (size_t i = 0; i < report_views; i++) {
		const struct report_view *view = &report_view[i];
		const char *const lists[] = { view->columns, view->asks, view->bar };
		const struct page_table table = {
			.spec = page_spec_find(span_of(view->table)), .n_columns = PAGE_COLUMNS };

		assert_non_null(table.spec);
		for (size_t k = 0; k < 3; k++)
			for (const char *p = lists[k]; p && *p;) {
				struct span member = { p, strcspn(p, " ") };
				size_t at = 0;

				while (table.spec->column[at].member
					&& !span_is(member, table.spec->column[at].member))
					at++;
				assert_non_null(table.spec->column[at].member);
				p += member.n + strspn(p + member.n, " ");
			}
	}
}

static void
test_several_months(void **state)
{
	struct view_test test;

	(void)state;
	assert_false(look(&test, "Limits by month",
		HEAD ",\"months\":[" MONTH("2026-10") "," MONTH("2026-10") "]}"));
	end(&test);
	assert_true(look(&test, "Limits by month",
		HEAD ",\"months\":[" MONTH("2026-09") "," MONTH("2026-10") "]}"));
	assert_int_equal(test.rows.n_rows, 2);
	end(&test);
}

/* A month before and this one are no several months of the period. */
static void
test_months_compared(void **state)
{
	struct view_test test;

	(void)state;
	assert_false(look(&test, "Limits by month", HEAD ",\"months\":[" MONTH("2026-10") "],"
		"\"previous\":{\"months\":[" MONTH("2026-09") "]},"
		"\"change\":{\"months\":[" MONTH("2026-09") "," MONTH("2026-10") "]}}"));
	end(&test);
	assert_true(look(&test, "Limits by month",
		HEAD ",\"months\":[" MONTH("2026-10") "," MONTH("2026-11") "],"
		"\"previous\":{\"months\":[" MONTH("2026-09") "]},\"change\":{\"months\":["
		MONTH("2026-09") "," MONTH("2026-10") "," MONTH("2026-11") "]}}"));
	assert_int_equal(test.rows.n_rows, 2);
	assert_false(test.rows.compared);
	end(&test);
}

static const char rejudged[] = HEAD ",\"rejudge\":{\"policy\":\"p\",\"policy_version\":\"2\"},"
	"\"clocks\":[{\"clock\":\"tier\",\"tier\":2,\"n\":9,\"met_rate\":0.5},"
	"{\"clock\":\"tier\",\"tier\":1,\"n\":4,\"met_rate\":0.25}],"
	"\"rejudged\":{\"clocks\":[{\"clock\":\"tier\",\"tier\":1,\"n\":4,\"met_rate\":0.75},"
	"{\"clock\":\"tier\",\"tier\":3,\"n\":1,\"met_rate\":1},"
	"{\"clock\":\"tier\",\"tier\":4,\"n\":0,\"running\":1}]}}";

/* The pinned figures of the same clock and tier stand behind. */
static void
test_pinned_beside(void **state)
{
	struct view_test test;
	size_t last;

	(void)state;
	assert_true(look(&test, "Limits as the other terms judge them", rejudged));
	assert_int_equal(test.rows.n_rows, 2);
	last = test.rows.n_columns - 1;
	assert_string_equal(view_column(&test.rows, last)->title, "pinned rate");
	assert_false(view_is_key(&test.rows, last));
	assert_true(span_is(view_cell(&test.rows, 0, last)->value, "0.25"));
	assert_true(span_is(view_cell(&test.rows, 0, last - 2)->value, "0.75"));
	assert_null(view_cell(&test.rows, 1, last)->value.p);
	assert_int_equal(view_cell(&test.rows, 1, last)->kind, PAGE_SHARE);
	end(&test);
	assert_false(look(&test, "Limits as the other terms judge them", HEAD "}"));
	end(&test);
}

static void
test_remarks(void **state)
{
	struct buf document = { 0 }, text = { 0 };
	struct view_test test;

	(void)state;
	buf_puts(&document, HEAD ",\"resolutions\":[");
	for (int i = 0; i < 23; i++)
		buf_printf(&document, "%s{\"id\":\"X%d\",\"outcome\":\"o\",\"summary\":\"s\"}",
			i ? "," : "", i);
	buf_puts(&document, "],\"review\":[],\"review_of\":150}");
	assert_true(look(&test, "Resolutions", buf_cstr(&document)));
	assert_int_equal(test.rows.n_rows, 20);
	report_view_remark(test.view, &test.page, &test.rows, &text);
	assert_string_equal(buf_cstr(&text), "and 3 more (--format json lists them)\n");
	end(&test);
	assert_true(look(&test, "Cases to review", buf_cstr(&document)));
	text.len = 0;
	report_view_remark(test.view, &test.page, &test.rows, &text);
	assert_string_equal(buf_cstr(&text),
		"the first of 150 that passed a limit or were reopened\n");
	assert_true(report_view_is_bare(&test.rows));
	end(&test);
	buf_release(&text);
	buf_release(&document);
}

/* Columns that no case has anything in are not shown. */
static void
test_cards(void **state)
{
	static const char *const titles[] = { "case", "subject", "tier", "why" };
	struct view_test test;

	(void)state;
	assert_true(look(&test, "Cases to review", HEAD
		",\"review\":[{\"id\":\"a\",\"tier\":1,\"why\":[\"reopened\"]},"
		"{\"id\":\"b\",\"subject\":\"s\",\"why\":[\"reopened\"]}]}"));
	assert_int_equal(test.rows.n_rows, 2);
	assert_int_equal(test.rows.n_columns, 4);
	for (size_t k = 0; k < 4; k++)
		assert_string_equal(view_column(&test.rows, k)->title, titles[k]);
	end(&test);
}

static void
test_bare(void **state)
{
	struct view_test test;

	(void)state;
	assert_true(look(&test, "Hygiene", HEAD ",\"hygiene\":{\"retracted\":0,\"amended\":0}}"));
	assert_true(report_view_is_bare(&test.rows));
	end(&test);
	assert_true(look(&test, "Hygiene", HEAD ",\"hygiene\":{\"retracted\":0},"
		"\"previous\":{\"hygiene\":{\"retracted\":1}},"
		"\"change\":{\"hygiene\":{\"retracted\":-1}}}"));
	assert_false(report_view_is_bare(&test.rows));
	end(&test);
}

/* All groups are rows of one table; fifty of them are shown in full. */
static void
test_groups(void **state)
{
	(void)state;
	for (int n = 50; n <= 51; n++) {
		struct buf document = { 0 }, out = { 0 };
		struct view_rows rows;
		struct report_page page;
		struct err err = { 0 };

		buf_puts(&document, HEAD ",\"group_by\":\"x\",\"groups\":{\"\":{}");
		for (int i = 1; i < n; i++)
			buf_printf(&document, ",\"v%d\":{\"cases\":{\"open\":%d}}", i, i);
		buf_puts(&document, "}}");
		assert_int_equal(report_page_read(&page, buf_text(&document), &err), 0);
		report_groups_take(&page, &rows);
		assert_int_equal(rows.n_rows, n);
		assert_true(span_is(view_cell(&rows, 0, 0)->value, "(none)"));
		assert_true(span_is(view_cell(&rows, 3, rows.n_columns - 1)->value, "3"));
		report_view_release(&rows);
		assert_int_equal(report_groups_in_full(&page), n == 50);
		report_text(&page, &(struct report_look){ .width = 80 }, &out);
		assert_int_equal(strstr(buf_cstr(&out), "==== x: v3 ====\n") != NULL, n == 50);
		assert_int_equal(strstr(buf_cstr(&out), "too many") != NULL, n == 51);
		report_page_release(&page);
		buf_release(&document);
		buf_release(&out);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_views),
		cmocka_unit_test(test_several_months),
		cmocka_unit_test(test_months_compared),
		cmocka_unit_test(test_pinned_beside),
		cmocka_unit_test(test_remarks),
		cmocka_unit_test(test_cards),
		cmocka_unit_test(test_bare),
		cmocka_unit_test(test_groups),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
