#include "cli/report_text.h"

#include "base/instant.h"
#include "base/zone.h"
#include "cli/report_sheet.h"

#define ROWS_SHOWN 20 /* of lists that hold a row a case */
#define N(array)   (sizeof(array) / sizeof *(array))

static bool
read_instant(const struct sheet *sheet, uint32_t object, const char *key,
	int64_t *at)
{
	uint32_t node = sheet_member(sheet, object, key);
	struct err err = { 0 };
	bool ok = node && instant_parse(scan_text(&sheet->scan, node,
		(struct arena *)&sheet->arena), at, &err) == 0;

	err_release(&err);
	return ok;
}

static struct civil
local(const struct zone *zone, int64_t at)
{
	struct civil civil;

	civil_from_seconds(at + (zone ? zone_offset(zone, at, NULL, NULL) : 0),
		&civil);
	return civil;
}

/* "2026-10-01", with the time of day where it is not midnight. */
static void
put_local(struct buf *text, const struct zone *zone, int64_t at)
{
	struct civil c = local(zone, at);

	buf_printf(text, "%04d-%02d-%02d", c.year, c.month, c.day);
	if (c.hour == 0 && c.minute == 0 && c.second == 0)
		return;
	buf_printf(text, " %02d:%02d", c.hour, c.minute);
	if (c.second)
		buf_printf(text, ":%02d", c.second);
}

/* Whether [from, to) is a month of the zone, from midnight to midnight. */
static bool
is_month(const struct zone *zone, int64_t from, int64_t to)
{
	struct civil a = local(zone, from), b = local(zone, to);
	struct civil next = { .year = a.year + a.month / 12,
		.month = a.month % 12 + 1, .day = 1 };

	return a.day == 1 && a.hour == 0 && a.minute == 0 && a.second == 0
		&& civil_seconds(&b) == civil_seconds(&next);
}

static void
put_month(struct buf *text, const struct zone *zone, int64_t from)
{
	static const char *const names[] = { "January", "February", "March",
		"April", "May", "June", "July", "August", "September", "October",
		"November", "December" };
	struct civil c = local(zone, from);

	buf_printf(text, "%s %d", names[c.month - 1], c.year);
}

/* "October 2026", "2026-10-01 to 2026-10-15", "up to 2026-10-15". */
static void
put_period(struct sheet *sheet, const struct zone *zone, struct buf *text)
{
	uint32_t period = sheet_member(sheet, 0, "period");
	int64_t from = 0, to = 0;
	bool has_from = read_instant(sheet, period, "from", &from);

	read_instant(sheet, period, "to", &to);
	if (has_from && is_month(zone, from, to)) {
		put_month(text, zone, from);
		return;
	}
	if (has_from)
		put_local(text, zone, from);
	buf_puts(text, has_from ? " to " : "up to ");
	put_local(text, zone, to);
}

static void
put_policies(struct sheet *sheet)
{
	uint32_t at = scan_first(&sheet->scan, sheet_member(sheet, 0, "policies"));
	struct buf text = { 0 };

	for (; at; at = sheet->scan.node[at].next) {
		buf_puts(&text, text.len ? "; " : "Policies: ");
		buf_span(&text, scan_key(&sheet->scan, at, &sheet->arena));
		buf_putc(&text, ' ');
		sheet_value(sheet, at, SHOW_LIST, &text);
	}
	if (text.len)
		sheet_line(sheet, "%s", buf_cstr(&text));
	buf_release(&text);
}

static void
put_head(struct sheet *sheet)
{
	uint32_t period = sheet_member(sheet, 0, "period");
	struct span tz = scan_text(&sheet->scan, sheet_member(sheet, period, "tz"),
		&sheet->arena);
	struct err err = { 0 };
	const struct zone *zone = zone_load(
		arena_copy(&sheet->arena, tz.p, tz.n), &err);
	struct buf text = { 0 }, seen = { 0 };
	int64_t from = 0, to = 0, now = 0;

	err_release(&err);
	read_instant(sheet, period, "to", &to);
	read_instant(sheet, 0, "now", &now);
	put_period(sheet, zone, &text);
	put_local(&seen, zone, now);
	sheet_line(sheet, "ESCALATION REPORT  %s (%s)", buf_cstr(&text),
		arena_copy(&sheet->arena, tz.p, tz.n));
	if (read_instant(sheet, period, "from", &from) && from > now)
		sheet_line(sheet, "The period begins after now, %s: nothing has "
			"happened in it yet.", buf_cstr(&seen));
	else if (to > now)
		sheet_line(sheet, "The period is not over: as of %s.", buf_cstr(&seen));
	put_policies(sheet);
	buf_release(&text);
	buf_release(&seen);
}

static void
put_lists(struct sheet *sheet)
{
	static const struct table_column resolutions[] = {
		{ "case", ALIGN_LEFT, false }, { "outcome", ALIGN_LEFT, true },
		{ "summary", ALIGN_LEFT, true },
	};
	static const struct shown resolutions_shown[] = {
		{ "id", SHOW_AS_IS, false }, { "outcome", SHOW_AS_IS, false },
		{ "summary", SHOW_AS_IS, false },
	};
	static const struct table_column improvements[] = {
		{ "case", ALIGN_LEFT, false }, { "at", ALIGN_LEFT, false },
		{ "by", ALIGN_LEFT, true }, { "text", ALIGN_LEFT, true },
	};
	static const struct shown improvements_shown[] = {
		{ "id", SHOW_AS_IS, false }, { "at", SHOW_AS_IS, false },
		{ "by", SHOW_AS_IS, false },
		{ "text", SHOW_AS_IS, false },
	};

	sheet_heading(sheet, "RESOLUTIONS");
	sheet_rows(sheet, sheet_member(sheet, 0, "resolutions"), resolutions,
		resolutions_shown, N(resolutions), ROWS_SHOWN);
	sheet_heading(sheet, "IMPROVEMENTS");
	sheet_rows(sheet, sheet_member(sheet, 0, "improvements"), improvements,
		improvements_shown, N(improvements), ROWS_SHOWN);
}

/* The reasons of a case, on as many lines as they need. */
static void
add_review(struct sheet *sheet, struct table *table, uint32_t row)
{
	uint32_t id = sheet_member(sheet, row, "id");
	uint32_t at = scan_first(&sheet->scan, sheet_member(sheet, row, "why"));
	struct span name = scan_text(&sheet->scan, id, &sheet->arena);
	size_t width = sheet->width ? sheet->width : PROSE_WIDTH;
	size_t room = width > name.n + 2 ? width - name.n - 2 : 0;
	struct buf line = { 0 };

	for (; at; at = sheet->scan.node[at].next) {
		struct span why = scan_text(&sheet->scan, at, &sheet->arena);

		if (line.len && line.len + why.n + sizeof ", ," - 1 > room) {
			buf_putc(&line, ',');
			table_cell(table, name);
			table_cell(table, buf_text(&line));
			line.len = 0;
			name.n = 0;
		}
		buf_puts(&line, line.len ? ", " : "");
		buf_span(&line, why);
	}
	table_cell(table, name);
	table_cell(table, buf_text(&line));
	buf_release(&line);
}

static void
put_review(struct sheet *sheet)
{
	static const struct table_column columns[] = {
		{ "case", ALIGN_LEFT, false }, { "why", ALIGN_LEFT, false },
	};
	uint32_t row = scan_first(&sheet->scan, sheet_member(sheet, 0, "review"));
	uint32_t of = sheet_member(sheet, 0, "review_of");
	struct buf text = { 0 };
	struct table table;

	sheet_heading(sheet, "CASES TO REVIEW, the most pressing first");
	table_init(&table, columns, N(columns));
	for (; row; row = sheet->scan.node[row].next)
		add_review(sheet, &table, row);
	sheet_table(sheet, &table);
	sheet_value(sheet, of, SHOW_AS_IS, &text);
	if (of)
		sheet_line(sheet, "the first of %s that passed a limit or were "
			"reopened", buf_cstr(&text));
	buf_release(&text);
}

static void
put_groups(struct sheet *sheet)
{
	uint32_t name = sheet_member(sheet, 0, "group_by");
	uint32_t groups = sheet_member(sheet, 0, "groups");
	uint32_t at = groups ? scan_first(&sheet->scan, groups) : 0;
	struct buf title = { 0 };

	for (; at; at = sheet->scan.node[at].next) {
		struct span value = scan_key(&sheet->scan, at, &sheet->arena);

		buf_putc(sheet->out, '\n');
		title.len = 0;
		sheet_value(sheet, name, SHOW_AS_IS, &title);
		buf_puts(&title, value.n ? ": " : ": none");
		buf_span(&title, value);
		sheet_line(sheet, "==== %s ====", buf_cstr(&title));
		sheet_tally(sheet, at);
	}
	buf_release(&title);
}

int
report_text(struct span document, size_t width, struct buf *out,
	struct err *err)
{
	struct sheet sheet = { .width = width, .out = out };
	int result = 0;

	scan_init(&sheet.scan);
	arena_init(&sheet.arena);
	if (scan_line(&sheet.scan, document.p, document.n, err) != 0) {
		result = -1;
	} else {
		put_head(&sheet);
		sheet_tally(&sheet, 0);
		put_lists(&sheet);
		put_review(&sheet);
		put_groups(&sheet);
	}
	arena_release(&sheet.arena);
	scan_release(&sheet.scan);
	return result;
}
