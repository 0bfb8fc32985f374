#include "base/mem.h"
#include "cli/report_view.h"

#define GROUPS_IN_FULL 50 /* more are read as a table only */

const char report_groups_many[] = "These are too many for a page: --format json and csv "
	"have all figures of each.";

/* The members are names of figures of the table "cases". */
static const struct page_spec groups = { "groups", "groups", SHAPE_ROWS, false, 1,
	{ { "group", "group", PAGE_TEXT, true },
		{ "submitted", "submitted", PAGE_COUNT, false },
		{ "accepted", "accepted", PAGE_COUNT, false },
		{ "promoted", "promoted", PAGE_COUNT, false },
		{ "resolved", "resolved", PAGE_COUNT, false },
		{ "closed", "closed", PAGE_COUNT, false },
		{ "reopened", "reopened", PAGE_COUNT, false },
		{ "open", "open", PAGE_COUNT, false } } };

static void
take_figures(const struct page_part *part, struct page_table *own, size_t row)
{
	const struct page_table *cases = page_part_table(part, "cases");
	struct page_cell *cell = &own->cell[row * own->n_columns];

	cell[0].value = part->value.n ? part->value : span_of("(none)");
	for (size_t k = 1; k < own->n_columns; k++)
		for (size_t i = 0; i < cases->n_rows; i++)
			if (span_is(page_cell(cases, i, 0)->value, groups.column[k].member))
				cell[k] = *page_cell(cases, i, 1);
}

void
report_groups_take(const struct report_page *page, struct view_rows *rows)
{
	size_t n = page->n_parts - 1;
	struct page_table *own = page_table_new(&groups, n);

	*rows = (struct view_rows){ .table = own, .own = own, .n_rows = n,
		.n_columns = own->n_columns, .compared = page->head.compared,
		.row = mem_alloc((n + 1) * sizeof *rows->row) };
	for (size_t k = 0; k < own->n_columns; k++)
		rows->column[k] = k;
	for (size_t i = 0; i < n; i++) {
		rows->row[i] = i;
		take_figures(&page->part[i + 1], own, i);
		page_part_drop(&page->part[i + 1]);
	}
}

bool
report_groups_in_full(const struct report_page *page)
{
	return page->n_parts - 1 <= GROUPS_IN_FULL;
}
