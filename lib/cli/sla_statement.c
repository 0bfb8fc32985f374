#include "cli/sla_statement.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "cli/sla_say.h"
#include "cli/sla_statement_work.h"

/* A longer ledger is put together by weeks, and so on. */
#define LINES 60

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

static int64_t
larger(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* What may count until the limit, as the holds moved it. */
static int64_t
allowance(const struct clock *clock)
{
	if (clock->limit_at == INSTANT_NONE)
		return 0;
	return clock_between(clock, clock->started_at, clock->limit_at) -
		held_between(clock, clock->started_at, clock->limit_at);
}

static void
prepare(struct statement *statement, size_t width)
{
	const struct clock *clock = statement->clock;
	struct explained *explained = &statement->explained;
	int64_t allowed = allowance(clock), elapsed;

	explain_clock(statement->sla->fold, clock, statement->sla->at, LINES, explained);
	elapsed = explained->elapsed;
	statement->allowed = allowed;
	statement->goal[GOAL_TARGET] = known_goal(clock, clock->target_at);
	statement->goal[GOAL_LIMIT] = known_goal(clock, clock->limit_at);
	statement->sheet = (struct sla_sheet){
		.zone = calendar_zone(clock->calendar),
		.width = width,
		.n_amounts = has_limit(statement) ? SHEET_AMOUNTS : SHEET_LEFT,
		.seconds = has_seconds(statement),
		.most = larger(larger(magnitude(allowed), elapsed), magnitude(allowed - elapsed)),
	};
	sla_sheet_init(&statement->sheet, clock->started_at);
}

/* `1h00m over`; what is over in closed time alone is said by the wall clock. */
static void
put_left(const struct statement *statement, struct buf *out)
{
	const struct clock *clock = statement->clock;
	bool seconds = statement->sheet.seconds;
	int64_t left = statement->allowed - statement->total;
	int64_t end = clock->state == CLOCK_HELD ? clock->held_at : statement->explained.end;
	int64_t held = held_between(clock, clock->limit_at, statement->explained.end);

	sla_sheet_spell(out, magnitude(left), seconds);
	buf_puts(out, left < 0 || clock->limit_at < end ? " over" : " left");
	if (left == 0 && clock->limit_at < end) {
		buf_puts(out, " (");
		sla_sheet_spell(out, end - clock->limit_at, seconds);
		buf_puts(out, " by the wall clock)");
	}
	if (held > 0) {
		buf_puts(out, " (and held for ");
		sla_sheet_spell(out, held, seconds);
		buf_puts(out, ")");
	}
}

/* `counted 17h00m, allowed 16h00m: 1h00m over` */
static void
put_sum(const struct statement *statement, struct buf *out)
{
	bool seconds = statement->sheet.seconds;

	buf_puts(out, "counted ");
	sla_sheet_spell(out, statement->total, seconds);
	if (has_limit(statement)) {
		buf_puts(out, ", allowed ");
		sla_sheet_spell(out, statement->allowed, seconds);
		buf_puts(out, ": ");
		put_left(statement, out);
	} else {
		buf_puts(out, ", no limit");
	}
	buf_putc(out, '\n');
}

static void
put_head(const struct statement *statement, struct buf *out)
{
	const struct clock *clock = statement->clock;

	sla_say_name(out, statement->sla, clock);
	buf_printf(out, ": %s\n%s, calendar ", verdict_names[statement->verdict->verdict],
		clock->business ? "business time" : "plain time");
	utf8_display(out, span_of(calendar_name(clock->calendar)));
	buf_printf(out, ", %s\n", zone_name(calendar_zone(clock->calendar)));
}

static void
put_statement(const struct sla *sla, const struct clock_verdict *verdict, size_t width,
	struct buf *out)
{
	struct statement statement = { .sla = sla, .verdict = verdict, .clock = verdict->clock };

	buf_putc(out, '\n');
	put_head(&statement, out);
	prepare(&statement, width);
	statement_rows(&statement);
	sla_sheet_put(&statement.sheet, out);
	put_sum(&statement, out);
	sla_sheet_end(&statement.sheet);
}

static int64_t
limit_of(const struct clock_verdict *verdict)
{
	int64_t limit = verdict->clock->limit_at;

	return limit == INSTANT_NONE ? INT64_MAX : limit;
}

static int
worst_first(const void *a, const void *b)
{
	const struct clock_verdict *const *x = a, *const *y = b;

	if ((*x)->verdict != (*y)->verdict)
		return (*x)->verdict < (*y)->verdict ? -1 : 1;
	if (limit_of(*x) != limit_of(*y))
		return limit_of(*x) < limit_of(*y) ? -1 : 1;
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
