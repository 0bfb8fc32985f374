/*
 * A table of a report for spreadsheets and databases: figures as they stand
 * in the document.  The rows of the groups follow those of all cases.
 */
#include "cli/csv_out.h"
#include "cli/report_format.h"

static const struct span none = { NULL, 0 };

struct sheet {
	const struct report_page *page;
	const struct page_spec *spec;
	struct csv_out csv;
};

static bool
has_groups(const struct sheet *sheet)
{
	return sheet->page->head.group_by.p && !sheet->spec->whole;
}

/* A key says what a row is about. */
static bool
is_compared(const struct sheet *sheet, size_t column)
{
	return sheet->page->head.compared && !sheet->spec->whole
		&& column >= sheet->spec->n_keys;
}

/* "net.p50" as "net_p50". */
static void
put_name(struct sheet *sheet, const char *member, const char *more)
{
	struct buf name = { 0 };

	for (; *member; member++)
		buf_putc(&name, *member == '.' ? '_' : *member);
	buf_puts(&name, more);
	csv_out_text(&sheet->csv, buf_text(&name));
	buf_release(&name);
}

static void
put_header(struct sheet *sheet)
{
	if (has_groups(sheet)) {
		csv_out_text(&sheet->csv, span_of("group_by"));
		csv_out_text(&sheet->csv, span_of("group"));
	}
	for (size_t i = 0; i < PAGE_COLUMNS && sheet->spec->column[i].member; i++) {
		put_name(sheet, sheet->spec->column[i].member, "");
		if (!is_compared(sheet, i))
			continue;
		put_name(sheet, sheet->spec->column[i].member, "_previous");
		put_name(sheet, sheet->spec->column[i].member, "_change");
	}
	csv_out_end(&sheet->csv);
}

/* A figure with a minus is ours and no formula. */
static void
put_value(struct sheet *sheet, enum page_kind kind, struct span value)
{
	(kind == PAGE_TEXT ? csv_out_text : csv_out_plain)(&sheet->csv, value);
}

static void
put_row(struct sheet *sheet, const struct page_part *part, const struct page_cell *cell,
	size_t n)
{
	if (has_groups(sheet)) {
		csv_out_text(&sheet->csv, part->group ? sheet->page->head.group_by : none);
		csv_out_text(&sheet->csv, part->group ? part->value : none);
	}
	for (size_t i = 0; i < n; i++) {
		put_value(sheet, cell[i].kind, cell[i].value);
		if (!is_compared(sheet, i))
			continue;
		put_value(sheet, cell[i].kind, cell[i].previous);
		put_value(sheet, cell[i].kind, cell[i].change);
	}
	csv_out_end(&sheet->csv);
}

void
report_csv(const struct report_page *page, const struct report_look *look, struct buf *out)
{
	struct sheet sheet = { page, look->table, { .out = out } };

	put_header(&sheet);
	for (size_t i = 0; i < page->n_parts; i++) {
		const struct page_part *part = &page->part[i];
		const struct page_table *table = page_part_table(part, sheet.spec->name);

		if (part->group && sheet.spec->whole)
			continue;
		for (size_t row = 0; row < table->n_rows; row++)
			put_row(&sheet, part, page_cell(table, row, 0), table->n_columns);
		page_part_drop(part);
	}
	csv_out_release(&sheet.csv);
}
