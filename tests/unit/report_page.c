#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cli/report_view.h"

#define HEAD "\"now\":\"2026-11-02T09:00:00Z\",\"period\":{\"from\":\"2026-10-01T00:00:00Z\"," \
	"\"to\":\"2026-11-01T00:00:00Z\",\"tz\":\"UTC\"}"

static const char document[] = "{" HEAD ",\"policies\":{\"p\":[\"1\",\"2\"]},"
	"\"cases\":{\"submitted\":3,\"open\":1},"
	"\"clocks\":[{\"clock\":\"tier\",\"tier\":1,\"n\":2,\"met\":1,\"met_rate\":0.5},"
	"{\"clock\":\"acknowledge\",\"n\":4,\"met\":4,\"met_rate\":1}],"
	"\"by\":{\"reason\":{\"a\\u001bb\":2},\"region\":{}},"
	"\"feedback\":{\"n\":1,\"mean\":4,\"scores\":{\"4\":1},\"response_rate\":0.5},"
	"\"review\":[{\"id\":\"X\",\"why\":[\"exhausted\",\"reopened\"]}],\"review_of\":150,"
	"\"previous\":{\"period\":{\"from\":\"2026-09-01T00:00:00Z\","
	"\"to\":\"2026-10-01T00:00:00Z\",\"tz\":\"UTC\"},"
	"\"cases\":{\"submitted\":5,\"open\":1},"
	"\"clocks\":[{\"clock\":\"resolve\",\"tier\":1,\"n\":7,\"met\":7,\"met_rate\":1},"
	"{\"clock\":\"tier\",\"tier\":1,\"n\":1,\"met\":1,\"met_rate\":1}],"
	"\"feedback\":{\"n\":0,\"scores\":{}},"
	"\"groups\":{\"gone\":{\"cases\":{\"submitted\":9}}}},"
	"\"change\":{\"cases\":{\"submitted\":-2,\"open\":0},"
	"\"clocks\":[{\"clock\":\"tier\",\"tier\":1,\"n\":1,\"met\":0,\"met_rate\":-0.5},"
	"{\"clock\":\"acknowledge\",\"n\":4,\"met\":4},"
	"{\"clock\":\"resolve\",\"tier\":1,\"n\":-7,\"met\":-7}],"
	"\"feedback\":{\"n\":1,\"scores\":{\"4\":1}},"
	"\"groups\":{\"\":{\"cases\":{\"submitted\":3}},\"gone\":{\"cases\":{\"submitted\":-9}}}},"
	"\"group_by\":\"region\",\"groups\":{\"\":{\"cases\":{\"submitted\":3}}}}";

static int
open_page(void **state)
{
	static struct report_page page;
	struct err err = { 0 };

	*state = &page;
	return report_page_read(&page, span_of(document), &err);
}

static int
close_page(void **state)
{
	report_page_release(*state);
	return 0;
}

static void
check(const struct page_cell *cell, const char *value, const char *previous,
	const char *change)
{
	const struct span got[] = { cell->value, cell->previous, cell->change };
	const char *const expected[] = { value, previous, change };

	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(got[i].p != NULL, expected[i] != NULL);
		assert_true(!expected[i] || span_is(got[i], expected[i]));
	}
}

static const struct page_cell *
cell_of(const struct page_table *table, size_t row, const char *member)
{
	size_t column = page_column_find(table, span_of(member));

	assert_true(row < table->n_rows && column < table->n_columns);
	return page_cell(table, row, column);
}

static void
test_figures(void **state)
{
	const struct report_page *page = *state;
	const struct page_table *table = page_part_table(&page->part[0], "cases");

	assert_int_equal(table->n_rows, 2);
	check(cell_of(table, 0, "figure"), "submitted", NULL, NULL);
	check(cell_of(table, 0, "n"), "3", "5", "-2");
	check(cell_of(table, 1, "n"), "1", "1", "0");
}

/* Each row that either period has, in the order of the change. */
static void
test_rows(void **state)
{
	const struct report_page *page = *state;
	const struct page_table *table = page_part_table(&page->part[0], "clocks");

	assert_int_equal(table->n_rows, 3);
	check(cell_of(table, 0, "clock"), "tier", NULL, NULL);
	check(cell_of(table, 0, "met_rate"), "0.5", "1", "-0.5");
	check(cell_of(table, 0, "risk"), NULL, NULL, NULL);
	check(cell_of(table, 1, "clock"), "acknowledge", NULL, NULL);
	check(cell_of(table, 1, "tier"), NULL, NULL, NULL);
	check(cell_of(table, 1, "met_rate"), "1", NULL, NULL);
	check(cell_of(table, 2, "clock"), "resolve", NULL, NULL);
	check(cell_of(table, 2, "n"), NULL, "7", "-7");
}

/* A mean that the other period lacks has no change, and is shown. */
static void
test_only_now(void **state)
{
	const struct report_page *page = *state;
	const struct page_table *table = page_part_table(&page->part[0], "feedback");

	assert_int_equal(table->n_rows, 3);
	check(cell_of(table, 1, "figure"), "mean", NULL, NULL);
	check(cell_of(table, 1, "n"), "4", NULL, NULL);
	check(cell_of(table, 2, "figure"), "response_rate", NULL, NULL);
	assert_int_equal(cell_of(table, 2, "n")->kind, PAGE_SHARE);
}

static void
test_shapes(void **state)
{
	const struct report_page *page = *state;
	const struct page_part *all = &page->part[0];

	check(cell_of(page_part_table(all, "policies"), 1, "version"), "2", NULL, NULL);
	check(cell_of(page_part_table(all, "by"), 0, "by"), "reason", NULL, NULL);
	check(cell_of(page_part_table(all, "by"), 0, "value"), "a\x1B" "b", NULL, NULL);
	check(cell_of(page_part_table(all, "review"), 0, "why"), "exhausted reopened", NULL, NULL);
	assert_int_equal(page_part_table(all, "flow")->n_rows, 0);
	assert_null(page_part_table(all, "no-such"));
}

static void
test_groups(void **state)
{
	const struct report_page *page = *state;

	assert_int_equal(page->n_parts, 3);
	assert_true(page->part[1].group && page->part[1].value.n == 0);
	check(cell_of(page_part_table(&page->part[1], "cases"), 0, "n"), "3", NULL, "3");
	assert_true(span_is(page->part[2].value, "gone"));
	check(cell_of(page_part_table(&page->part[2], "cases"), 0, "n"), NULL, "9", "-9");
	assert_int_equal(page_part_table(&page->part[1], "policies")->n_rows, 0);
}

static size_t
count_made(const struct page_part *part)
{
	size_t n = 0;

	for (size_t i = 0; i < page_specs; i++)
		n += part->table[i] != NULL;
	return n;
}

/* A hundred thousand groups have no table that nobody looks at. */
static void
test_made_when_asked(void **state)
{
	const struct report_page *page = *state;
	struct view_rows rows;

	for (size_t i = 0; i < page->n_parts; i++)
		assert_int_equal(count_made(&page->part[i]), 0);
	check(cell_of(page_part_table(&page->part[2], "cases"), 0, "n"), NULL, "9", "-9");
	assert_int_equal(count_made(&page->part[2]), 1);
	report_groups_take(page, &rows);
	assert_int_equal(count_made(&page->part[1]) + count_made(&page->part[2]), 0);
	check(view_cell(&rows, 1, 1), NULL, "9", "-9");
	report_view_release(&rows);
	check(cell_of(page_part_table(&page->part[2], "cases"), 0, "n"), NULL, "9", "-9");
}

static void
test_head(void **state)
{
	const struct report_page *page = *state;
	struct buf text = { 0 };

	report_head_title(&page->head, &text);
	buf_putc(&text, '\n');
	report_head_notes(page, &text);
	assert_string_equal(buf_cstr(&text), "October 2026 (UTC)\n"
		"Compared with September 2026.\nPolicies: p 1, 2\n");
	buf_release(&text);
}

static void
test_specs(void **state)
{
	(void)state;
	for (size_t i = 0; i < page_specs; i++) {
		size_t n = 0;

		while (n < PAGE_COLUMNS && page_spec[i].column[n].member)
			n++;
		assert_true(n >= page_spec[i].n_keys && n > 0 && n < PAGE_COLUMNS);
		assert_ptr_equal(page_spec_find(span_of(page_spec[i].name)), &page_spec[i]);
	}
	assert_null(page_spec_find(span_of("clock")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_figures, open_page, close_page),
		cmocka_unit_test_setup_teardown(test_rows, open_page, close_page),
		cmocka_unit_test_setup_teardown(test_only_now, open_page, close_page),
		cmocka_unit_test_setup_teardown(test_shapes, open_page, close_page),
		cmocka_unit_test_setup_teardown(test_groups, open_page, close_page),
		cmocka_unit_test_setup_teardown(test_made_when_asked, open_page, close_page),
		cmocka_unit_test_setup_teardown(test_head, open_page, close_page),
		cmocka_unit_test(test_specs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
