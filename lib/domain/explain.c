#include "domain/explain.h"

#include "base/instant.h"
#include "domain/derived.h"

/* What a long ledger is put together by. */
enum period {
	PERIOD_PIECE,
	PERIOD_WEEK,
	PERIOD_MONTH,
	PERIOD_YEAR,
};

/* A ledger that is read for data never has more lines at a time than this. */
#define ROOM (8 * EXPLAIN_LINES)

struct work {
	struct explained *explained;
	const struct fold *fold;
	const struct clock *clock;
	const struct zone *zone;
	size_t cap;
	size_t room;        /* lines that are too many */
	enum period period; /* by which it was put together */
};

/* The local week, month or year of an instant, as a number. */
static int64_t
period_of(const struct work *work, int64_t at, enum period period)
{
	int64_t local = at + zone_offset(work->zone, at, NULL, NULL);
	int64_t day = local / DAY_S - (local % DAY_S < 0);
	int year, month, mday;

	if (period == PERIOD_WEEK)
		return day - (civil_weekday(day) + 6) % 7;
	civil_from_days(day, &year, &month, &mday);
	return period == PERIOD_MONTH ? year * 12 + month : year;
}

static bool
is_plain_day(const struct ledger_line *line)
{
	return (line->kind == LEDGER_COUNTED || line->kind == LEDGER_CLOSED) && !line->name.p;
}

/* Lines of one period that follow one another become one. */
static void
join(struct work *work, enum period period)
{
	struct explained *explained = work->explained;
	struct ledger_line *into = explained->line;
	size_t n = explained->n ? 1 : 0;
	bool joins;

	for (size_t i = 1; i < explained->n; i++) {
		const struct ledger_line *line = &explained->line[i];

		joins = is_plain_day(into) && is_plain_day(line) &&
			period_of(work, into->from, period) == period_of(work, line->from, period);
		if (!joins) {
			*++into = *line;
			n++;
			continue;
		}
		into->to = line->to;
		into->counted += line->counted;
		into->joined = true;
		if (line->kind == LEDGER_COUNTED)
			into->kind = LEDGER_COUNTED;
	}
	explained->n = n;
}

static void
shorten(struct work *work, size_t max)
{
	if (work->period != PERIOD_PIECE)
		join(work, work->period);
	while (work->explained->n > max && work->period < PERIOD_YEAR)
		join(work, ++work->period);
}

/* Hours of ten minutes for two hundred years are put together on the way. */
static struct ledger_line *
add_line(struct work *work, enum ledger_kind kind, int64_t from, int64_t to)
{
	struct explained *explained = work->explained;
	struct ledger_line *line;

	if (explained->n == work->room) {
		shorten(work, work->room / 2);
		work->room = explained->n > work->room / 2 ? work->room * 2 : work->room;
	}
	explained->line = arena_grow(work->fold->arena, explained->line, explained->n,
		&work->cap, sizeof *explained->line);
	line = &explained->line[explained->n++];
	*line = (struct ledger_line){ .kind = kind, .from = from, .to = to,
		.counted = kind == LEDGER_COUNTED ? to - from : 0 };
	return line;
}

/* "+1h", "-30m", "+20s" */
static struct span
spell_change(int32_t forward_s, struct arena *arena)
{
	static const struct {
		int32_t s;
		char unit;
	} units[] = { { 3600, 'h' }, { 60, 'm' }, { 1, 's' } };
	int32_t left = forward_s < 0 ? -forward_s : forward_s;
	struct buf text = { 0 };
	struct span copy;

	buf_putc(&text, forward_s < 0 ? '-' : '+');
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		if (left / units[i].s == 0)
			continue;
		buf_int(&text, left / units[i].s);
		buf_putc(&text, units[i].unit);
		left %= units[i].s;
	}
	copy = (struct span){ arena_copy(arena, text.data, text.len), text.len };
	buf_release(&text);
	return copy;
}

static void
add_entry(void *ctx, const struct ledger_entry *entry)
{
	struct work *work = ctx;
	struct ledger_line *line = add_line(work, entry->kind, entry->from, entry->to);

	if (entry->kind == LEDGER_DST)
		line->name = spell_change(entry->forward_s, work->fold->arena);
	else if (entry->name && *entry->name)
		line->name = span_of(entry->name);
}

/* All of it counts; the clocks of those who live by it change all the same. */
static void
add_plain(struct work *work, int64_t from, int64_t to)
{
	while (from < to) {
		int64_t end;
		int32_t offset = zone_offset(work->zone, from, NULL, &end);

		add_line(work, LEDGER_COUNTED, from, end < to ? end : to);
		if (end < to)
			add_entry(work, &(struct ledger_entry){ .kind = LEDGER_DST,
				.from = end, .to = end,
				.forward_s = zone_offset(work->zone, end, NULL, NULL) - offset });
		from = end;
	}
}

/* A stretch without holds. */
static void
add_stretch(struct work *work, int64_t from, int64_t to)
{
	if (!work->clock->business) {
		add_plain(work, from, to);
		return;
	}
	calendar_ledger(work->clock->calendar, from, to, add_entry, work);
	from = from > CALENDAR_MAX ? from : CALENDAR_MAX;
	if (from < to)
		add_line(work, LEDGER_CLOSED, from, to);
}

/* What holds are called, and which member of their event says why. */
static const struct {
	const char *name, *because;
} holds[EVENT_TYPES] = {
	[EV_ASKED] = { "asked", "text" },
	[EV_PAUSED] = { "paused", "reason" },
};

/* An empty one says nothing. */
static struct span
text_of(const struct work *work, const struct step *step, const char *name)
{
	struct span text = event_text(step->event, name, work->fold->arena);

	return text.n ? text : (struct span){ NULL, 0 };
}

static void
add_hold(struct work *work, const struct hold *hold, int64_t to)
{
	const struct step *step = &work->fold->step[hold->step];
	const char *name = holds[step->type].name, *because = holds[step->type].because;
	struct ledger_line *line;

	if (hold->from >= to)
		return;
	line = add_line(work, LEDGER_PAUSED, hold->from, to);
	line->name = span_of(name ? name : "resolved");
	line->by = text_of(work, step, "by");
	line->because = text_of(work, step, because ? because : "summary");
}

static int64_t
elapsed(const struct clock *clock, int64_t end)
{
	int64_t s = clock_between(clock, clock->started_at, end) - clock->paused;

	if (clock->state == CLOCK_HELD)
		s -= clock_between(clock, clock->held_at, end);
	return s;
}

static int64_t
end_of(const struct clock *clock, int64_t at)
{
	if (clock->stopped_at != INSTANT_NONE)
		return clock->stopped_at;
	return at > clock->started_at ? at : clock->started_at;
}

void
explain_clock(const struct fold *fold, const struct clock *clock, int64_t at,
	size_t max, struct explained *explained)
{
	struct work work = { .explained = explained, .fold = fold, .clock = clock,
		.zone = calendar_zone(clock->calendar), .room = ROOM };
	int64_t end = end_of(clock, at), from = clock->started_at;

	*explained = (struct explained){ .elapsed = elapsed(clock, end), .end = end };
	for (size_t i = 0; i < clock->n_holds; i++) {
		const struct hold *hold = &clock->hold[i];
		int64_t to = hold->to == INSTANT_NONE ? end : hold->to;

		add_stretch(&work, from, hold->from);
		add_hold(&work, hold, to);
		from = to;
	}
	add_stretch(&work, from, end);
	shorten(&work, max);
}

const struct explained *
explain_case(const struct fold *fold, int64_t at)
{
	struct explained *explained =
		arena_zero(fold->arena, (fold->n_clocks + 1) * sizeof *explained);

	for (size_t i = 0; i < fold->n_clocks; i++)
		explain_clock(fold, &fold->clock[i], at, EXPLAIN_LINES, &explained[i]);
	return explained;
}

static void
write_line(const struct ledger_line *line, struct buf *out)
{
	buf_putc(out, '{');
	derived_instant(out, "from", line->from);
	derived_instant(out, "to", line->to);
	buf_member(out, "kind", span_of(ledger_names[line->kind]));
	buf_member(out, "name", line->name);
	buf_member(out, "by", line->by);
	buf_member(out, "because", line->because);
	buf_key(out, "counted");
	buf_int(out, line->counted);
	buf_putc(out, '}');
}

void
explain_write(const struct explained *explained, struct buf *out)
{
	buf_key(out, "elapsed");
	buf_int(out, explained->elapsed);
	buf_key(out, "ledger");
	buf_putc(out, '[');
	for (size_t i = 0; i < explained->n; i++) {
		if (i)
			buf_putc(out, ',');
		write_line(&explained->line[i], out);
	}
	buf_putc(out, ']');
}
