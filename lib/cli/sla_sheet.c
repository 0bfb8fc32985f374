#include "cli/sla_sheet.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/instant.h"
#include "base/utf8.h"

#define GAPS      2  /* blanks between two columns */
#define TIME      16 /* columns of a time */
#define SECONDS   3  /* ... with its seconds */
#define NARROWEST 20 /* columns of the text */
#define WIDEST    60 /* ... so that an amount is not far from what it is of */
#define MOST_ROWS 6  /* of a text, where a width is asked for */
#define ELLIPSIS  "\xE2\x80\xA6"

void
sla_sheet_spell(struct buf *out, int64_t s, bool seconds)
{
	uint64_t left = s < 0 ? -(uint64_t)s : (uint64_t)s;

	buf_printf(out, "%s%" PRIu64 "h%02" PRIu64 "m", s < 0 ? "-" : "", left / 3600,
		left / 60 % 60);
	if (seconds)
		buf_printf(out, "%02" PRIu64 "s", left % 60);
}

static int64_t
local_time(const struct zone *zone, int64_t at, struct civil *civil)
{
	int64_t local = at + zone_offset(zone, at, NULL, NULL);

	civil_from_seconds(local, civil);
	return local / DAY_S - (local % DAY_S < 0);
}

void
sla_sheet_spell_time(struct buf *out, const struct zone *zone, int64_t at)
{
	static const char *const days[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
		"Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	struct civil civil;
	int64_t day = local_time(zone, at, &civil);

	buf_printf(out, "%s %2d %s %02d:%02d", days[civil_weekday(day)], civil.day,
		months[civil.month - 1], civil.hour, civil.minute);
	if (civil.second)
		buf_printf(out, ":%02d", civil.second);
}

/* Only what is left may be less than nothing. */
static size_t
amount_width(const struct sla_sheet *sheet, enum sla_sheet_amount amount)
{
	size_t title = strlen(sheet->column[2 + amount].title), n;
	struct buf text = { 0 };

	sla_sheet_spell(&text, amount == SHEET_LEFT ? -sheet->most : sheet->most, sheet->seconds);
	n = text.len > title ? text.len : title;
	buf_release(&text);
	return n;
}

/* What the other columns leave of the width. */
static size_t
text_width(const struct sla_sheet *sheet)
{
	size_t width = sheet->width ? sheet->width : PROSE_WIDTH;
	size_t taken = TIME + (sheet->seconds ? SECONDS : 0) + GAPS;

	for (size_t i = 0; i < sheet->n_amounts; i++)
		taken += GAPS + amount_width(sheet, (enum sla_sheet_amount)i);
	if (width < taken + NARROWEST)
		return NARROWEST;
	return width - taken < WIDEST ? width - taken : WIDEST;
}

void
sla_sheet_init(struct sla_sheet *sheet, int64_t from)
{
	static const char *const titles[SHEET_AMOUNTS] = { "COUNTED", "TOTAL", "LEFT" };
	struct civil civil;

	local_time(sheet->zone, from, &civil);
	sheet->year = civil.year;
	snprintf(sheet->title, sizeof sheet->title, "%d", civil.year);
	sheet->column[0] = (struct table_column){ sheet->title, ALIGN_LEFT, false };
	sheet->column[1] = (struct table_column){ "WHAT", ALIGN_LEFT, false };
	for (size_t i = 0; i < SHEET_AMOUNTS; i++)
		sheet->column[2 + i] = (struct table_column){ titles[i], ALIGN_RIGHT, false };
	sheet->text_width = text_width(sheet);
	table_init(&sheet->table, sheet->column, 2 + sheet->n_amounts);
}

static void
fill(struct sla_sheet *sheet, size_t n)
{
	while (n-- > 0)
		table_cell(&sheet->table, (struct span){ NULL, 0 });
}

/* Takes the next line of at most so many columns off a text, at a blank if there is one. */
static struct span
take_line(struct span *text, size_t columns)
{
	struct span line = utf8_cut(*text, columns);
	size_t end = line.n;

	if (line.n < text->n) {
		while (end > 0 && text->p[end] != ' ')
			end--;
		line.n = end ? end : line.n;
	}
	text->p += line.n;
	text->n -= line.n;
	*text = span_trim(*text);
	return line;
}

static void
put_amounts(struct sla_sheet *sheet, const int64_t *amount)
{
	struct buf text = { 0 };

	for (size_t i = 0; i < sheet->n_amounts; i++) {
		text.len = 0;
		if (amount && amount[i] != SHEET_NONE)
			sla_sheet_spell(&text, amount[i], sheet->seconds);
		table_cell(&sheet->table, buf_text(&text));
	}
	buf_release(&text);
}

/* The lines of a text below its first one. */
static void
put_rest(struct sla_sheet *sheet, struct span text)
{
	for (size_t row = 2; text.n > 0; row++) {
		bool last = sheet->width && row == MOST_ROWS;
		struct span line = take_line(&text, sheet->text_width - last);
		struct buf cut = { 0 };

		buf_span(&cut, line);
		if (last && text.n > 0)
			buf_puts(&cut, ELLIPSIS);
		fill(sheet, 1);
		table_cell(&sheet->table, buf_text(&cut));
		fill(sheet, sheet->n_amounts);
		buf_release(&cut);
		if (last)
			return;
	}
}

static void
put_year(struct sla_sheet *sheet, int year)
{
	sheet->year = year;
	table_int(&sheet->table, year);
	fill(sheet, 1 + sheet->n_amounts);
}

void
sla_sheet_row(struct sla_sheet *sheet, int64_t at, struct span text, const int64_t *amount)
{
	struct buf time = { 0 }, shown = { 0 };
	struct civil civil;
	struct span rest;

	local_time(sheet->zone, at, &civil);
	if (civil.year != sheet->year)
		put_year(sheet, civil.year);
	sla_sheet_spell_time(&time, sheet->zone, at);
	utf8_display(&shown, text);
	rest = buf_text(&shown);
	table_cell(&sheet->table, buf_text(&time));
	table_cell(&sheet->table, take_line(&rest, sheet->text_width));
	put_amounts(sheet, amount);
	put_rest(sheet, rest);
	buf_release(&time);
	buf_release(&shown);
}

void
sla_sheet_put(const struct sla_sheet *sheet, struct buf *out)
{
	table_put(&sheet->table, 0, out);
}

void
sla_sheet_end(struct sla_sheet *sheet)
{
	table_end(&sheet->table);
}
