#include "cli/sla_statement.h"

#include <stdlib.h>

#include "base/instant.h"
#include "base/utf8.h"
#include "cli/sheet.h"
#include "cli/spell.h"
#include "domain/clock_name.h"
#include "domain/explain.h"

/* A longer ledger is put together by weeks, and so on. */
#define LINES 60

enum goal_kind {
	GOAL_TARGET,
	GOAL_LIMIT,
	GOALS
};

struct statement {
	const struct sla *sla;
	const struct clock_verdict *verdict;
	const struct clock *clock;
	struct explained explained;
	struct sheet sheet;
	int64_t goal[GOALS];  /* INSTANT_NONE: none, or said already */
	int64_t allowed;      /* what may count until the limit */
	int64_t total;        /* what counted so far */
};

/* Ended holds in the clock's own kind, as far as they lie in [from, to). */
static int64_t
held_between(const struct clock *clock, int64_t from, int64_t to)
{
	int64_t sum = 0;

	for (size_t i = 0; i < clock->n_holds; i++) {
		int64_t a = clock->hold[i].from, b = clock->hold[i].to;

		if (b == INSTANT_NONE)
			continue;
		a = a > from ? a : from;
		b = b < to ? b : to;
		sum += a < b ? clock_between(clock, a, b) : 0;
	}
	return sum;
}

static bool
has_limit(const struct statement *statement)
{
	return statement->clock->limit_at != INSTANT_NONE;
}

static void
row(struct statement *statement, int64_t at, struct buf *text, int64_t counted)
{
	const int64_t amount[SHEET_AMOUNTS] = {
		[SHEET_COUNTED] = counted,
		[SHEET_TOTAL] = statement->total,
		[SHEET_LEFT] = has_limit(statement) ? statement->allowed - statement->total
						    : SHEET_NONE,
	};

	sheet_row(&statement->sheet, at, buf_text(text), amount);
	buf_release(text);
}

/* A row on which nothing counts. */
static void
remark(struct statement *statement, int64_t at, struct buf *text)
{
	sheet_row(&statement->sheet, at, buf_text(text), NULL);
	buf_release(text);
}

static void
put_goal(struct statement *statement, enum goal_kind kind)
{
	static const char *const names[GOALS][2] = {
		[GOAL_TARGET] = { "target", "target passed" },
		[GOAL_LIMIT] = { "limit", "LIMIT PASSED" },
	};
	int64_t at = statement->goal[kind];
	struct buf text = { 0 };

	buf_puts(&text, names[kind][at < statement->explained.end]);
	if (kind == GOAL_TARGET && statement->clock->open_ended)
		buf_puts(&text, ": time to review it");
	statement->goal[kind] = INSTANT_NONE;
	remark(statement, at, &text);
}

/* The next goal up to an instant that was not said yet; GOALS: none. */
static enum goal_kind
next_goal(const struct statement *statement, int64_t to)
{
	int64_t target = statement->goal[GOAL_TARGET], limit = statement->goal[GOAL_LIMIT];
	bool has_target = target != INSTANT_NONE && target <= to;

	if (has_target && (limit == INSTANT_NONE || target <= limit))
		return GOAL_TARGET;
	if (limit != INSTANT_NONE && limit <= to)
		return GOAL_LIMIT;
	return has_target ? GOAL_TARGET : GOALS;
}

static void
put_goals(struct statement *statement, int64_t to)
{
	enum goal_kind kind;

	while ((kind = next_goal(statement, to)) != GOALS)
		put_goal(statement, kind);
}

static void
count(struct statement *statement, const struct ledger_line *line, int64_t from, int64_t to)
{
	int64_t counted = line->joined ? clock_between(statement->clock, from, to) : to - from;
	struct buf text = { 0 };

	buf_puts(&text, line->joined ? "counted (days put together)" : "counted");
	if (line->name.p)
		buf_printf(&text, ", %.*s", (int)line->name.n, line->name.p);
	statement->total += counted;
	row(statement, from, &text, counted);
}

/* A goal within what counted parts it, so that the sums are those of its instant. */
static void
put_counted(struct statement *statement, const struct ledger_line *line)
{
	int64_t from = line->from;
	enum goal_kind kind;

	while ((kind = next_goal(statement, line->to - 1)) != GOALS) {
		int64_t at = statement->goal[kind];

		if (from < at)
			count(statement, line, from, at);
		from = at;
		put_goal(statement, kind);
	}
	count(statement, line, from, line->to);
}

/* `asked by ana: Which address? (2h30m of business time)` */
static void
say_paused(const struct statement *statement, const struct ledger_line *line, struct buf *text)
{
	int64_t open = clock_between(statement->clock, line->from, line->to);

	buf_span(text, line->name);
	if (line->by.p) {
		buf_puts(text, " by ");
		buf_span(text, line->by);
	}
	if (line->because.p) {
		buf_puts(text, ": ");
		buf_span(text, line->because);
	}
	if (!statement->clock->business)
		return;
	buf_puts(text, " (");
	sheet_spell(text, open, statement->sheet.seconds);
	buf_puts(text, " of open time)");
}

static void
put_uncounted(struct statement *statement, const struct ledger_line *line)
{
	struct buf text = { 0 };

	switch (line->kind) {
	case LEDGER_PAUSED:
		say_paused(statement, line, &text);
		break;
	case LEDGER_DST:
		buf_printf(&text, "clocks go %s %.*s", *line->name.p == '-' ? "back" : "forward",
			(int)line->name.n - 1, line->name.p + 1);
		break;
	default:
		buf_puts(&text, ledger_names[line->kind]);
		if (line->name.p)
			buf_printf(&text, ", %.*s", (int)line->name.n, line->name.p);
	}
	remark(statement, line->from, &text);
}

/* `accepted by ana` */
static void
say_step(const struct statement *statement, uint32_t place, struct buf *text)
{
	const struct fold *fold = statement->sla->fold;
	const struct step *step = place == NO_STEP ? NULL : &fold->step[place];
	struct span by = step ? event_text(step->event, "by", fold->arena) : (struct span){ 0 };

	if (!step)
		return;
	buf_printf(text, ": %s", event_table[step->type].name);
	if (by.p) {
		buf_puts(text, " by ");
		buf_span(text, by);
	}
}

static void
put_start(struct statement *statement)
{
	struct buf text = { 0 };

	buf_puts(&text, "start");
	say_step(statement, statement->clock->start_step, &text);
	row(statement, statement->clock->started_at, &text, SHEET_NONE);
}

static void
put_end(struct statement *statement)
{
	const struct clock *clock = statement->clock;
	struct buf text = { 0 };

	if (clock_lives(clock))
		buf_puts(&text, clock->state == CLOCK_HELD ? "now, held" : "now");
	else
		buf_puts(&text, verdict_names[statement->verdict->verdict]);
	say_step(statement, clock->stop_step, &text);
	row(statement, statement->explained.end, &text, SHEET_NONE);
}

static void
put_rows(struct statement *statement)
{
	const struct explained *explained = &statement->explained;

	put_start(statement);
	for (size_t i = 0; i < explained->n; i++) {
		const struct ledger_line *line = &explained->line[i];

		put_goals(statement, line->from);
		if (line->kind == LEDGER_COUNTED)
			put_counted(statement, line);
		else
			put_uncounted(statement, line);
	}
	put_goals(statement, explained->end);
	put_end(statement);
	put_goals(statement, INT64_MAX);
}

/* While it is held, a goal that was not past then is not known. */
static int64_t
known_goal(const struct clock *clock, int64_t at)
{
	return clock->state == CLOCK_HELD && at >= clock->held_at ? INSTANT_NONE : at;
}

static bool
has_seconds(const struct statement *statement)
{
	const struct explained *explained = &statement->explained;
	bool any = (explained->end - statement->clock->started_at) % 60 != 0;

	for (size_t i = 0; i < GOALS; i++)
		any = any || (statement->goal[i] != INSTANT_NONE && statement->goal[i] % 60);
	for (size_t i = 0; i < explained->n; i++)
		any = any || explained->line[i].from % 60 || explained->line[i].counted % 60;
	return any;
}

static int64_t
magnitude(int64_t s)
{
	return s < 0 ? -s : s;
}

static void
prepare(struct statement *statement, size_t width)
{
	const struct clock *clock = statement->clock;
	int64_t left;

	explain_clock(statement->sla->fold, clock, statement->sla->at, LINES,
		&statement->explained);
	statement->goal[GOAL_TARGET] = known_goal(clock, clock->target_at);
	statement->goal[GOAL_LIMIT] = known_goal(clock, clock->limit_at);
	if (has_limit(statement))
		statement->allowed = clock_between(clock, clock->started_at, clock->limit_at) -
			held_between(clock, clock->started_at, clock->limit_at);
	left = magnitude(statement->allowed - statement->explained.elapsed);
	statement->sheet = (struct sheet){
		.zone = calendar_zone(clock->calendar),
		.width = width,
		.n_amounts = has_limit(statement) ? SHEET_AMOUNTS : SHEET_LEFT,
		.seconds = has_seconds(statement),
		.most = left,
	};
	if (statement->sheet.most < magnitude(statement->allowed))
		statement->sheet.most = magnitude(statement->allowed);
	if (statement->sheet.most < statement->explained.elapsed)
		statement->sheet.most = statement->explained.elapsed;
	sheet_init(&statement->sheet, clock->started_at);
}

/* `counted 17h00m, allowed 16h00m: 1h00m over` */
static void
put_sum(const struct statement *statement, struct buf *out)
{
	const struct clock *clock = statement->clock;
	bool seconds = statement->sheet.seconds;
	int64_t left = statement->allowed - statement->total;
	int64_t held = has_limit(statement)
		? held_between(clock, clock->limit_at, statement->explained.end) : 0;

	buf_puts(out, "counted ");
	sheet_spell(out, statement->total, seconds);
	if (!has_limit(statement)) {
		buf_puts(out, ", no limit\n");
		return;
	}
	buf_puts(out, ", allowed ");
	sheet_spell(out, statement->allowed, seconds);
	buf_puts(out, ": ");
	sheet_spell(out, magnitude(left), seconds);
	buf_puts(out, left < 0 ? " over" : " left");
	if (held > 0) {
		buf_puts(out, ", not counting ");
		sheet_spell(out, held, seconds);
		buf_puts(out, " held since the limit");
	}
	buf_putc(out, '\n');
}

static void
put_head(const struct statement *statement, struct buf *out)
{
	const struct clock *clock = statement->clock;
	struct buf name = { 0 };

	clock_name(&name, statement->sla->record->id, clock);
	utf8_display(out, buf_text(&name));
	buf_printf(out, ": %s\n%s, calendar ", verdict_names[statement->verdict->verdict],
		clock->business ? "business time" : "plain time");
	utf8_display(out, span_of(calendar_name(clock->calendar)));
	buf_printf(out, ", %s\n", zone_name(calendar_zone(clock->calendar)));
	buf_release(&name);
}

static void
put_statement(const struct sla *sla, const struct clock_verdict *verdict, size_t width,
	struct buf *out)
{
	struct statement statement = { .sla = sla, .verdict = verdict, .clock = verdict->clock };

	buf_putc(out, '\n');
	put_head(&statement, out);
	prepare(&statement, width);
	put_rows(&statement);
	sheet_put(&statement.sheet, out);
	put_sum(&statement, out);
	sheet_end(&statement.sheet);
}

static int
worst_first(const void *a, const void *b)
{
	const struct clock_verdict *const *x = a, *const *y = b;

	if ((*x)->verdict != (*y)->verdict)
		return (*x)->verdict < (*y)->verdict ? -1 : 1;
	return *x < *y ? -1 : *x > *y;
}

void
sla_statements(const struct sla *sla, size_t width, struct buf *out)
{
	const struct case_verdict *verdict = &sla->verdict;
	const struct clock_verdict **order =
		arena_zero(sla->fold->arena, (verdict->n + 1) * sizeof(*order));

	for (size_t i = 0; i < verdict->n; i++)
		order[i] = &verdict->clock[i];
	qsort(order, verdict->n, sizeof(*order), worst_first);
	for (size_t i = 0; i < verdict->n; i++)
		if (order[i]->verdict != VERDICT_ENDED)
			put_statement(sla, order[i], width, out);
}
