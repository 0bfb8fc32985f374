/* The hours of a calendar, as an ordinary week shows them. */
#include <stdlib.h>

#include "base/instant.h"
#include "cli/policy_page.h"
#include "cli/policy_words.h"
#include "domain/calendar_show.h"

#define YEAR_DAYS 366

static const char *const weekdays[] = {
	"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
};

static int64_t
local_day(const struct zone *zone, int64_t at)
{
	int64_t local = at + zone_offset(zone, at, NULL, NULL);

	return (local - ((local % DAY_S) + DAY_S) % DAY_S) / DAY_S;
}

static void
put_time(struct buf *out, const struct zone *zone, int64_t day, int64_t at)
{
	int64_t s = at + zone_offset(zone, at, NULL, NULL) - day * DAY_S;

	buf_printf(out, "%02d:%02d", (int)(s / 3600), (int)(s / 60 % 60));
}

/* "09:00-12:30, 13:30-17:30"; nothing where the day is closed. */
static void
day_hours(struct calendar *calendar, int64_t day, struct buf *out)
{
	const struct zone *zone = calendar_zone(calendar);
	int64_t at = zone_instant(zone, day * DAY_S);
	int64_t end = zone_instant(zone, (day + 1) * DAY_S);
	struct opening opening;
	struct err err = { 0 };

	while (at < end && calendar_opening(calendar, at, &opening, &err) == 0 &&
		opening.from < end) {
		int64_t to = opening.to < end ? opening.to : end;

		buf_puts(out, out->len ? ", " : "");
		put_time(out, zone, day, opening.from > at ? opening.from : at);
		buf_putc(out, '-');
		put_time(out, zone, day, to);
		at = to;
	}
	err_release(&err);
}

/* The next such weekday that is no holiday; in a year there is one. */
static int64_t
ordinary_day(const struct calendar *calendar, int64_t today, int weekday)
{
	int64_t day = today;
	bool partly;

	while (civil_weekday(day) != weekday ||
		(calendar_holiday(calendar, day, &partly) && day < today + YEAR_DAYS))
		day++;
	return day;
}

/* Monday to Sunday, equal days together: "  Monday to Friday  09:00-17:30". */
static void
put_week(struct page *page, struct calendar *calendar, int64_t today)
{
	struct buf hours[8] = { 0 };
	int first = 1;

	for (int i = 1; i <= 7; i++)
		day_hours(calendar, ordinary_day(calendar, today, i % 7), &hours[i]);
	for (int i = 1; i <= 7; i++) {
		if (i < 7 && span_eq(buf_text(&hours[i]), buf_text(&hours[i + 1])))
			continue;
		if (hours[i].len) {
			buf_printf(page->out, "    %s%s%s: %s\n", weekdays[first],
				first < i ? " to " : "", first < i ? weekdays[i % 7] : "",
				buf_cstr(&hours[i]));
		}
		first = i + 1;
	}
	for (int i = 1; i <= 7; i++)
		buf_release(&hours[i]);
}

static void
put_holiday(struct page *page, struct calendar *calendar, int64_t day)
{
	struct buf line = { 0 };
	bool partly = false;
	const char *name = calendar_holiday(calendar, day, &partly);
	int year, month, date;

	if (!name)
		return;
	civil_from_days(day, &year, &month, &date);
	buf_printf(&line, "%.3s %04d-%02d-%02d %s", weekdays[civil_weekday(day)], year,
		month, date, name);
	if (partly) {
		struct buf hours = { 0 };

		day_hours(calendar, day, &hours);
		buf_printf(&line, " (open %s)", buf_cstr(&hours));
		buf_release(&hours);
	}
	page_text(page, 4, buf_cstr(&line));
	buf_release(&line);
}

/* Outside of these years, a day without a holiday may well be one. */
static void
put_span(struct page *page, const struct calendar *calendar)
{
	struct buf years = { 0 };

	calendar_show_years(calendar, &years);
	if (years.len)
		buf_printf(page->out, "    Holidays by date are known for %s only.\n",
			buf_cstr(&years));
	buf_release(&years);
}

static void
put_calendar(struct page *page, struct calendar *calendar)
{
	const struct zone *zone = calendar_zone(calendar);
	int64_t today = local_day(zone, page->now);

	buf_printf(page->out, "  %s, time zone %s%s\n", calendar_name(calendar),
		zone_name(zone), calendar == page->policy->calendar ? ", the default" : "");
	put_week(page, calendar, today);
	put_span(page, calendar);
	for (int64_t day = today; day < today + YEAR_DAYS; day++)
		put_holiday(page, calendar, day);
}

void
page_calendars(struct page *page)
{
	size_t n;
	struct calendar **list = policy_calendars(page->policy, &n);

	page_heading(page, "CALENDARS (with the holidays of the next year)");
	for (size_t i = 0; i < n; i++)
		put_calendar(page, list[i]);
	buf_printf(page->out, "  A deadline in business days falls %s.\n",
		page->policy->day_ends == DAY_ENDS_CLOSE
			? "at closing time"
			: "at the time of day at which the clock started");
	free(list);
}
