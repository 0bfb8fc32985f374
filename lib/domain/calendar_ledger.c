#include "domain/calendar_ledger.h"

#include "domain/calendar_table.h"

const char *const ledger_names[] = {
	[LEDGER_COUNTED] = "counted",
	[LEDGER_CLOSED] = "closed",
	[LEDGER_HOLIDAY] = "holiday",
	[LEDGER_DST] = "dst",
	[LEDGER_PAUSED] = "paused",
};

struct walk {
	struct calendar *calendar;
	ledger_fn fn;
	void *ctx;
	int32_t offset; /* of the segment that is walked */
	struct ledger_entry held; /* may still grow; from == to: none */
};

static void
let_go(struct walk *walk)
{
	if (walk->held.from < walk->held.to)
		walk->fn(walk->ctx, &walk->held);
	walk->held.to = walk->held.from;
}

/* Nights and weekends are one entry, holidays one a day. */
static void
add(struct walk *walk, const struct ledger_entry *entry)
{
	struct ledger_entry *held = &walk->held;

	if (held->from < held->to && held->kind == entry->kind &&
		(entry->kind == LEDGER_CLOSED ||
		(entry->kind == LEDGER_HOLIDAY && held->day == entry->day))) {
		held->to = entry->to;
		return;
	}
	let_go(walk);
	*held = *entry;
}

static int64_t
day_of(const struct walk *walk, int64_t at)
{
	int64_t local = at + walk->offset;

	return local / DAY_S - (local % DAY_S < 0);
}

static void
add_counted(struct walk *walk, int64_t from, int64_t to)
{
	int64_t day = day_of(walk, from);

	add(walk, &(struct ledger_entry){ .kind = LEDGER_COUNTED,
		.from = from, .to = to, .day = day,
		.name = calendar_holiday(walk->calendar, day, NULL) });
}

/* A local day at a time. */
static void
add_closed(struct walk *walk, int64_t from, int64_t to)
{
	while (from < to) {
		int64_t day = day_of(walk, from);
		int64_t end = (day + 1) * DAY_S - walk->offset;
		const char *name = calendar_holiday(walk->calendar, day, NULL);

		end = end < to ? end : to;
		add(walk, &(struct ledger_entry){
			.kind = name ? LEDGER_HOLIDAY : LEDGER_CLOSED,
			.from = from, .to = end, .day = day, .name = name });
		from = end;
	}
}

static void
walk_segment(struct walk *walk, int64_t at, int64_t to)
{
	struct err err = { 0 };
	struct opening opening;

	while (at < to) {
		if (calendar_opening(walk->calendar, at, &opening, &err) != 0)
			opening.from = opening.to = to;
		if (opening.from > to)
			opening.from = to;
		if (opening.to > to)
			opening.to = to;
		add_closed(walk, at, opening.from);
		if (opening.from > at)
			at = opening.from;
		if (at < opening.to)
			add_counted(walk, at, opening.to);
		at = opening.to;
	}
	err_release(&err);
}

static void
add_change(struct walk *walk, int64_t at)
{
	int32_t offset = zone_offset(walk->calendar->zone, at, NULL, NULL);

	let_go(walk);
	walk->fn(walk->ctx, &(struct ledger_entry){ .kind = LEDGER_DST,
		.from = at, .to = at, .day = day_of(walk, at),
		.forward_s = offset - walk->offset });
}

void
calendar_ledger(struct calendar *calendar, int64_t from, int64_t to,
	ledger_fn fn, void *ctx)
{
	struct walk walk = { .calendar = calendar, .fn = fn, .ctx = ctx };
	int64_t end;

	from = from < CALENDAR_MIN ? CALENDAR_MIN : from;
	to = to > CALENDAR_MAX ? CALENDAR_MAX : to;
	while (from < to) {
		walk.offset = zone_offset(calendar->zone, from, NULL, &end);
		walk_segment(&walk, from, end < to ? end : to);
		if (end < to)
			add_change(&walk, end);
		from = end;
	}
	let_go(&walk);
}
