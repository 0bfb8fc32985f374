#include "base/instant.h"
#include "base/zone.h"
#include "cli/report_view.h"

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

	buf_printf(text, "%s %04d", names[c.month - 1], c.year);
}

/* "October 2026", "2026-10-01 to 2026-10-15", "up to 2026-10-15". */
static void
put_period(const struct period *period, struct buf *text)
{
	bool has_from = period->from != INSTANT_NONE;

	if (has_from && is_month(period->zone, period->from, period->to)) {
		put_month(text, period->zone, period->from);
		return;
	}
	if (has_from)
		put_local(text, period->zone, period->from);
	buf_puts(text, has_from ? " to " : "up to ");
	put_local(text, period->zone, period->to);
}

void
report_head_title(const struct page_head *head, struct buf *text)
{
	put_period(&head->period, text);
	buf_puts(text, " (");
	buf_span(text, head->tz);
	buf_putc(text, ')');
}

static bool
is_not_over(const struct period *period)
{
	return period->to > period->now && !(period->from > period->now);
}

static void
note_now(const struct page_head *head, struct buf *lines)
{
	const struct period *period = &head->period;

	if (period->from != INSTANT_NONE && period->from > period->now) {
		buf_puts(lines, "The period begins after now, ");
		put_local(lines, period->zone, period->now);
		buf_puts(lines, ": nothing has happened in it yet.\n");
	} else if (is_not_over(period)) {
		buf_puts(lines, "The period is not over: as of ");
		put_local(lines, period->zone, period->now);
		buf_puts(lines, ".\n");
	}
}

static void
note_policies(const struct report_page *page, struct buf *lines)
{
	const struct page_table *table = page_part_table(&page->part[0], "policies");
	struct span last = { NULL, 0 };

	for (size_t i = 0; i < table->n_rows; i++) {
		struct span name = page_cell(table, i, 0)->value;

		if (span_eq(name, last)) {
			buf_puts(lines, ", ");
		} else {
			buf_puts(lines, i ? "; " : "Policies: ");
			buf_span(lines, name);
			buf_putc(lines, ' ');
		}
		buf_span(lines, page_cell(table, i, 1)->value);
		last = name;
	}
	buf_puts(lines, table->n_rows ? "\n"
		: "No case was open at the end of the period or had an event in it.\n");
}

void
report_head_notes(const struct report_page *page, struct buf *lines)
{
	const struct page_head *head = &page->head;

	note_now(head, lines);
	if (head->compared) {
		buf_puts(lines, is_not_over(&head->period)
			? "Compared with the whole of " : "Compared with ");
		put_period(&head->previous, lines);
		buf_puts(lines, ".\n");
	}
	note_policies(page, lines);
	if (head->rejudge.p) {
		buf_puts(lines, "Judged also by the terms of ");
		buf_span(lines, head->rejudge);
		buf_putc(lines, ' ');
		buf_span(lines, head->rejudge_version);
		buf_puts(lines, ".\n");
	}
}
