#include "domain/calendar_show.h"

#include "base/utf8.h"
#include "domain/calendar_table.h"

#define MONTH_DAYS 31
#define WEEK       7
#define CELL       7

static const char *const month_names[] = { "January", "February", "March",
	"April", "May", "June", "July", "August", "September", "October",
	"November", "December" };

struct month {
	struct calendar *calendar;
	int64_t first;        /* its first day since 1970 */
	int n_days;
	int64_t from, to;     /* its instants */
	int64_t open_s[MONTH_DAYS];
	bool changes[MONTH_DAYS];
	bool skipped[MONTH_DAYS];
};

/* Openings are looked for a day around, since midnights may come twice. */
static void
sum_openings(struct month *month)
{
	int64_t at = month->from - DAY_S, end = month->to + DAY_S;
	struct err err = { 0 };
	struct opening o;

	if (at < CALENDAR_MIN)
		at = CALENDAR_MIN;
	for (; at < end; at = o.to) {
		if (calendar_opening(month->calendar, at, &o, &err) != 0)
			break;
		if (o.day >= month->first && o.day < month->first + month->n_days)
			month->open_s[o.day - month->first] += o.to - o.from;
	}
	err_release(&err);
}

static void
find_skipped(struct month *month)
{
	const struct zone *zone = month->calendar->zone;

	for (int i = 0; i < month->n_days; i++)
		month->skipped[i] =
			zone_instant(zone, (month->first + i) * DAY_S) ==
			zone_instant(zone, (month->first + i + 1) * DAY_S);
}

/* The next change of the clocks in the month: its place in it, or -1. */
static int
next_change(struct month *month, int64_t *at, struct civil *clock,
	int32_t *forward_s)
{
	const struct zone *zone = month->calendar->zone;
	int32_t offset = zone_offset(zone, *at, NULL, at);

	if (*at >= month->to)
		return -1;
	civil_from_seconds(*at + offset, clock);
	*forward_s = zone_offset(zone, *at, NULL, NULL) - offset;
	return clock->day - 1;
}

static void
find_changes(struct month *month)
{
	int64_t at = month->from;
	struct civil clock;
	int32_t forward_s;
	int i;

	while ((i = next_change(month, &at, &clock, &forward_s)) >= 0)
		month->changes[i] = true;
}

static void
put_blanks(struct buf *out, int n)
{
	while (n-- > 0)
		buf_putc(out, ' ');
}

/* "24*", right-aligned but for its mark. */
static void
put_number(struct month *month, int i, struct buf *out)
{
	bool holiday = calendar_find_holiday(month->calendar, month->first + i);

	buf_printf(out, "%*d%c", CELL - 1, i + 1,
		holiday ? '*' : month->changes[i] ? '~' : ' ');
}

static void
put_open(struct month *month, int i, struct buf *out)
{
	int64_t minutes = month->open_s[i] / 60;

	if (month->skipped[i])
		buf_printf(out, "%*s ", CELL - 1, "none");
	else if (month->open_s[i] == 0)
		buf_printf(out, "%*s ", CELL - 1, "-");
	else
		buf_printf(out, "%*d:%02d ", CELL - 4, (int)(minutes / 60),
			(int)(minutes % 60));
}

static void
end_line(struct buf *out)
{
	while (out->len > 0 && out->data[out->len - 1] == ' ')
		out->len--;
	buf_putc(out, '\n');
}

/* Two lines a week, Monday first. */
static void
put_week(struct month *month, int first, int n, int indent, struct buf *out)
{
	put_blanks(out, indent * CELL);
	for (int i = 0; i < n; i++)
		put_number(month, first + i, out);
	end_line(out);
	put_blanks(out, indent * CELL);
	for (int i = 0; i < n; i++)
		put_open(month, first + i, out);
	end_line(out);
}

static void
put_weeks(struct month *month, struct buf *out)
{
	int indent = (civil_weekday(month->first) + WEEK - 1) % WEEK;

	buf_puts(out, "   Mon    Tue    Wed    Thu    Fri    Sat    Sun\n");
	for (int i = 0, n; i < month->n_days; i += n) {
		n = WEEK - indent;
		if (n > month->n_days - i)
			n = month->n_days - i;
		put_week(month, i, n, indent, out);
		indent = 0;
	}
	buf_putc(out, '\n');
}

static void
put_hours(const struct hours *hours, struct buf *out)
{
	for (size_t i = 0; i < hours->n; i++)
		buf_printf(out, "%s%02d:%02d-%02d:%02d", i ? " " : ", ",
			hours->span[i].from / 3600,
			hours->span[i].from / 60 % 60,
			hours->span[i].to / 3600, hours->span[i].to / 60 % 60);
}

static void
put_holidays(struct month *month, struct buf *out)
{
	for (int i = 0; i < month->n_days; i++) {
		const struct holiday *holiday = calendar_find_holiday(
			month->calendar, month->first + i);

		if (!holiday)
			continue;
		buf_printf(out, "%6d*  ", i + 1);
		utf8_display(out, span_of(*holiday->name ? holiday->name :
			"holiday"));
		put_hours(&holiday->hours, out);
		buf_putc(out, '\n');
	}
}

static void
put_forward(int32_t forward_s, struct buf *out)
{
	int32_t s = forward_s < 0 ? -forward_s : forward_s;

	buf_printf(out, "clocks go %s by %d:%02d",
		forward_s < 0 ? "back" : "forward", s / 3600, s / 60 % 60);
	if (s % 60)
		buf_printf(out, ":%02d", s % 60);
}

static void
put_changes(struct month *month, struct buf *out)
{
	int64_t at = month->from;
	struct civil clock;
	int32_t forward_s;
	int i;

	while ((i = next_change(month, &at, &clock, &forward_s)) >= 0) {
		buf_printf(out, "%6d~  ", i + 1);
		put_forward(forward_s, out);
		buf_printf(out, " at %02d:%02d\n", clock.hour, clock.minute);
	}
}

static void
put_sum(const struct month *month, struct buf *out)
{
	int64_t sum = 0;
	int days = 0;

	for (int i = 0; i < month->n_days; i++) {
		sum += month->open_s[i];
		days += month->open_s[i] > 0;
	}
	buf_printf(out, "open %d:%02d on %d days\n", (int)(sum / 3600),
		(int)(sum / 60 % 60), days);
}

void
calendar_show_month(struct calendar *calendar, int year, int number,
	struct buf *out)
{
	struct month month = { .calendar = calendar };

	month.first = civil_days(year, number, 1);
	month.n_days = civil_month_days(year, number);
	month.from = zone_instant(calendar->zone, month.first * DAY_S);
	month.to = zone_instant(calendar->zone,
		(month.first + month.n_days) * DAY_S);
	sum_openings(&month);
	find_skipped(&month);
	find_changes(&month);
	buf_printf(out, "%s %d, %s (zone data %s)\n\n",
		month_names[number - 1], year, zone_name(calendar->zone),
		zone_data_version());
	put_weeks(&month, out);
	put_holidays(&month, out);
	put_changes(&month, out);
	put_sum(&month, out);
}

void
calendar_show_years(const struct calendar *calendar, struct buf *out)
{
	int from, to, month, mday;
	int64_t first, last;

	if (!calendar_dated_span(calendar, &first, &last))
		return;
	civil_from_days(first, &from, &month, &mday);
	civil_from_days(last, &to, &month, &mday);
	buf_printf(out, "%d", from);
	if (from < to)
		buf_printf(out, " to %d", to);
}
