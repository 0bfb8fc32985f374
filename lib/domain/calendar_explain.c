#include "base/instant.h"
#include "base/utf8.h"
#include "domain/calendar_ledger.h"
#include "domain/calendar_show.h"

static const char *const day_names[] = { "Sun", "Mon", "Tue", "Wed", "Thu",
	"Fri", "Sat" };

struct explain {
	const struct zone *zone;
	struct buf *out;
	enum explain_time time;
	int64_t counted_s;
	int64_t day; /* the last one that counted */
	int n_days;  /* how many did */
};

/* "Wed 09:00" on the local clock, without the day if it is `day`. */
static int64_t
put_local(struct explain *explain, int64_t at, int64_t day)
{
	int64_t local = at + zone_offset(explain->zone, at, NULL, NULL);
	int64_t here = local / DAY_S - (local % DAY_S < 0);
	struct civil civil;

	civil_from_seconds(local, &civil);
	if (here != day)
		buf_printf(explain->out, "%s ", day_names[civil_weekday(here)]);
	buf_printf(explain->out, "%02d:%02d", civil.hour, civil.minute);
	if (civil.second)
		buf_printf(explain->out, ":%02d", civil.second);
	return here;
}

static void
put_row(struct explain *explain, int64_t from, int64_t to, int64_t counted_s,
	const char *kind)
{
	buf_instant(explain->out, from);
	buf_putc(explain->out, ' ');
	buf_instant(explain->out, to);
	buf_printf(explain->out, " %7lld %-7s ", (long long)counted_s, kind);
}

static void
put_name(struct explain *explain, const char *name)
{
	if (!name || !*name)
		return;
	buf_puts(explain->out, ", ");
	utf8_display(explain->out, span_of(name));
}

static void
put_change(struct explain *explain, const struct ledger_entry *entry)
{
	int32_t s = entry->forward_s;

	put_row(explain, entry->from, entry->to, 0,
		ledger_names[LEDGER_DST]);
	buf_printf(explain->out, "clocks go %s by %d s\n",
		s < 0 ? "back" : "forward", s < 0 ? -s : s);
}

static void
number_day(struct explain *explain, int64_t day)
{
	if (explain->n_days == 0 || day != explain->day)
		explain->n_days++;
	explain->day = day;
	if (explain->time == EXPLAIN_DAYS)
		buf_printf(explain->out, ", day %d", explain->n_days - 1);
}

static void
put_entry(void *ctx, const struct ledger_entry *entry)
{
	struct explain *explain = ctx;
	bool counted = entry->kind == LEDGER_COUNTED;
	int64_t length_s = counted ? entry->to - entry->from : 0;
	int64_t day;

	if (entry->kind == LEDGER_DST) {
		put_change(explain, entry);
		return;
	}
	put_row(explain, entry->from, entry->to, length_s,
		ledger_names[entry->kind]);
	day = put_local(explain, entry->from, INT64_MIN);
	buf_putc(explain->out, '-');
	put_local(explain, entry->to, day);
	put_name(explain, entry->name);
	if (counted)
		number_day(explain, entry->day);
	buf_putc(explain->out, '\n');
	explain->counted_s += length_s;
}

static void
put_plain(struct explain *explain, int64_t from, int64_t to)
{
	put_row(explain, from, to, to - from, ledger_names[LEDGER_COUNTED]);
	buf_puts(explain->out, "plain time\n");
	explain->counted_s = to - from;
}

void
calendar_explain(struct calendar *calendar, int64_t from, int64_t to,
	enum explain_time time, struct buf *out)
{
	const struct zone *zone = calendar_zone(calendar);
	struct explain explain = { .zone = zone, .out = out, .time = time };
	bool reversed = to < from;
	int64_t early = reversed ? to : from, late = reversed ? from : to;

	if (time == EXPLAIN_PLAIN)
		put_plain(&explain, early, late);
	else
		calendar_ledger(calendar, early, late, put_entry, &explain);
	buf_printf(out, "counted %lld s of %lld s, %s (zone data %s)\n",
		(long long)(reversed ? -explain.counted_s : explain.counted_s),
		(long long)(to - from), zone_name(zone), zone_data_version());
}
