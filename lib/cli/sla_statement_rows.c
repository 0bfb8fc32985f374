#include "cli/sla_statement_work.h"

static void
row(struct statement *statement, int64_t at, struct buf *text, int64_t counted)
{
	const int64_t amount[SHEET_AMOUNTS] = {
		[SHEET_COUNTED] = counted,
		[SHEET_TOTAL] = statement->total,
		[SHEET_LEFT] = has_limit(statement) ? statement->allowed - statement->total
						    : SHEET_NONE,
	};

	sla_sheet_row(&statement->sheet, at, buf_text(text), amount);
	buf_release(text);
}

/* A row on which nothing counts. */
static void
remark(struct statement *statement, int64_t at, struct buf *text)
{
	sla_sheet_row(&statement->sheet, at, buf_text(text), NULL);
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

	buf_puts(&text, "counted");
	if (line->joined && to - from > DAY_S)
		buf_puts(&text, ", several days");
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

/* `asked by ana, 2h30m of open time: Which address?` */
static void
say_paused(const struct statement *statement, const struct ledger_line *line, struct buf *text)
{
	buf_span(text, line->name);
	if (line->by.p) {
		buf_puts(text, " by ");
		buf_span(text, line->by);
	}
	if (statement->clock->business) {
		buf_puts(text, ", ");
		sla_sheet_spell(text, clock_between(statement->clock, line->from, line->to),
			statement->sheet.seconds);
		buf_puts(text, " of open time");
	}
	if (line->because.p) {
		buf_puts(text, ": ");
		buf_span(text, line->because);
	}
}

/* `clocks go back 1h from 02:00`; the row's time is the one they go to. */
static void
say_change(const struct statement *statement, const struct ledger_line *line, struct buf *text)
{
	int32_t before = zone_offset(statement->sheet.zone, line->from - 1, NULL, NULL);
	struct civil civil;

	civil_from_seconds(line->from + before, &civil);
	buf_printf(text, "clocks go %s %.*s from %02d:%02d",
		*line->name.p == '-' ? "back" : "forward", (int)line->name.n - 1,
		line->name.p + 1, civil.hour, civil.minute);
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
		say_change(statement, line, &text);
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

void
statement_rows(struct statement *statement)
{
	const struct explained *explained = &statement->explained;

	put_start(statement);
	for (size_t i = 0; i < explained->n; i++) {
		const struct ledger_line *line = &explained->line[i];

		put_goals(statement, line->kind == LEDGER_DST ? line->from - 1 : line->from);
		if (line->kind == LEDGER_COUNTED)
			put_counted(statement, line);
		else
			put_uncounted(statement, line);
	}
	put_goals(statement, explained->end);
	put_end(statement);
	put_goals(statement, INT64_MAX);
}
