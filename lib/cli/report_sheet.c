#include "cli/report_sheet.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "cli/spell.h"

uint32_t
sheet_member(const struct sheet *sheet, uint32_t at, const char *key)
{
	return scan_member(&sheet->scan, at, key);
}

void
sheet_heading(struct sheet *sheet, const char *text)
{
	buf_putc(sheet->out, '\n');
	buf_puts(sheet->out, text);
	buf_putc(sheet->out, '\n');
}

void
sheet_line(struct sheet *sheet, const char *format, ...)
{
	va_list args;
	char *text = NULL;
	int n;

	va_start(args, format);
	n = vasprintf(&text, format, args);
	va_end(args);
	if (n < 0)
		return;
	utf8_display(sheet->out, (struct span){ text, (size_t)n });
	buf_putc(sheet->out, '\n');
	free(text);
}

/* "0.9231" as "92.31 %": the point moves, no digit is lost. */
static void
put_percent(struct buf *text, struct span raw)
{
	int64_t value = 0;
	int missing = -1; /* of the four digits behind the point */

	for (size_t i = 0; i < raw.n; i++) {
		if (raw.p[i] == '.') {
			missing = 4;
			continue;
		}
		value = value * 10 + (raw.p[i] - '0');
		missing -= missing > 0;
	}
	for (missing = missing < 0 ? 4 : missing; missing > 0; missing--)
		value *= 10;
	buf_printf(text, "%" PRId64, value / 100);
	if (value % 10)
		buf_printf(text, ".%02" PRId64, value % 100);
	else if (value % 100)
		buf_printf(text, ".%" PRId64, value % 100 / 10);
	buf_puts(text, " %");
}

static void
put_list(struct sheet *sheet, uint32_t at, struct buf *text)
{
	bool first = true;

	for (at = scan_first(&sheet->scan, at); at; at = sheet->scan.node[at].next) {
		buf_puts(text, first ? "" : ", ");
		buf_span(text, scan_text(&sheet->scan, at, &sheet->arena));
		first = false;
	}
}

void
sheet_value(struct sheet *sheet, uint32_t at, enum show show, struct buf *text)
{
	int64_t s = 0;

	if (!at)
		return;
	if (show == SHOW_LIST)
		put_list(sheet, at, text);
	else if (show == SHOW_PERCENT)
		put_percent(text, scan_raw(&sheet->scan, at));
	else if (show != SHOW_AS_IS && scan_int(&sheet->scan, at, &s) == 0)
		(show == SHOW_NET ? spell_hours : spell_seconds)(text, s);
	else if (scan_type(&sheet->scan, at) == SCAN_STRING)
		buf_span(text, scan_text(&sheet->scan, at, &sheet->arena));
	else
		buf_span(text, scan_raw(&sheet->scan, at));
}

void
sheet_fact(struct sheet *sheet, uint32_t at, const char *key, const char *name,
	enum show show, struct buf *text)
{
	uint32_t value = sheet_member(sheet, at, key);

	if (!value)
		return;
	buf_puts(text, text->len ? ", " : "");
	buf_puts(text, name);
	buf_putc(text, ' ');
	sheet_value(sheet, value, show, text);
}

void
sheet_table(struct sheet *sheet, struct table *table)
{
	if (table->n_cells)
		table_put(table, sheet->width, sheet->out);
	else
		buf_puts(sheet->out, "none\n");
	table_end(table);
}

void
sheet_across(struct sheet *sheet, uint32_t at, const char *const *names)
{
	struct table_column column[16] = { 0 };
	struct table table;
	size_t n = 0;

	while (n < sizeof column / sizeof *column && names[n]) {
		column[n] = (struct table_column){ names[n], ALIGN_RIGHT, false };
		n++;
	}
	table_init(&table, column, n);
	for (size_t i = 0; i < n; i++) {
		uint32_t value = sheet_member(sheet, at, names[i]);

		table_cell(&table, value ? scan_raw(&sheet->scan, value)
			: span_of(""));
	}
	sheet_table(sheet, &table);
}

/* "net.p50": the member of a member. */
static uint32_t
find_path(const struct sheet *sheet, uint32_t at, const char *key)
{
	const char *dot = strchr(key, '.');
	char *outer;

	if (!dot)
		return sheet_member(sheet, at, key);
	outer = mem_copy(key, (size_t)(dot - key));
	at = sheet_member(sheet, at, outer);
	free(outer);
	return at ? sheet_member(sheet, at, dot + 1) : 0;
}

static bool
row_is_wanted(const struct sheet *sheet, uint32_t at, const struct shown *shown,
	size_t n)
{
	bool asks = false;

	for (size_t i = 0; i < n; i++) {
		uint32_t value = shown[i].asks ? find_path(sheet, at, shown[i].key) : 0;

		asks |= shown[i].asks;
		if (value && !span_is(scan_raw(&sheet->scan, value), "0"))
			return true;
	}
	return !asks;
}

static void
add_row(struct sheet *sheet, struct table *table, uint32_t at,
	const struct shown *shown, size_t n)
{
	struct buf text = { 0 };

	for (size_t i = 0; i < n; i++) {
		text.len = 0;
		sheet_value(sheet, find_path(sheet, at, shown[i].key),
			shown[i].show, &text);
		table_cell(table, buf_text(&text));
	}
	buf_release(&text);
}

void
sheet_rows(struct sheet *sheet, uint32_t list, const struct table_column *column,
	const struct shown *shown, size_t n, size_t most)
{
	struct table table;
	size_t rows = 0, left = 0;

	table_init(&table, column, n);
	for (uint32_t at = scan_first(&sheet->scan, list); at;
		at = sheet->scan.node[at].next) {
		if (!row_is_wanted(sheet, at, shown, n))
			continue;
		if (most && rows == most) {
			left++;
			continue;
		}
		rows++;
		add_row(sheet, &table, at, shown, n);
	}
	sheet_table(sheet, &table);
	if (left)
		sheet_line(sheet, "and %zu more (--format json lists them)", left);
}
