/*
 * catch_up: a simulated month in which nothing happens to a case but that
 * esc-promote --auto runs every ten minutes, or --auto --catch-up, or that
 * once at its end.
 *     catch_up CASES SEED POLICY...
 * Holds: the two ways of --catch-up end with the same record but for late_s
 * and logged; each step is one second after its limit, or at the case's
 * latest event; --auto alone promotes at the first run after the limit; both
 * one tier at a time; a held case never; over its limit at the ladder's end
 * it is exhausted; running again changes nothing.
 * What differs is printed; the last line counts.  Answers 1 where anything did.
 */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/instant.h"
#include "cli/policies.h"
#include "domain/auto.h"
#include "catch_up.h"
#include "lines.h"

#define RUNS 4464 /* 31 days of them */

static void __attribute__((format(printf, 2, 3)))
differs(struct month *month, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	printf("\n  %.*s\n", (int)month->line.len, month->line.data);
	month->sum.differences++;
}

/* One run of esc-promote at an instant; the record is what it says then. */
static enum promotion
run(struct month *month, struct line *line, int64_t now, bool catch_up)
{
	struct change change;
	struct arena arena;
	struct buf out = { 0 };
	struct err err = { 0 };
	enum promotion result = PROMOTION_REFUSED;

	arena_init(&arena);
	change_init(&change, policies_source(), now, span_of("cron"));
	if (change_begin(&change, &line->record, INSTANT_NONE, &arena, &err) == 0)
		result = auto_promote(&change, catch_up, &err);
	if (result == PROMOTION_REFUSED || (change.n_added && change_write(&change, &out, &err) < 0))
		differs(month, "refused: %s", err_text(&err));
	else if (change.n_added)
		line_take(line, buf_text(&out));
	month->sum.runs++;
	err_release(&err);
	buf_release(&out);
	change_release(&change);
	arena_release(&arena);
	return result;
}

static int64_t
instant_of(json_t *event, const char *name)
{
	const char *text = json_string_value(json_object_get(event, name));
	struct err err = { 0 };
	int64_t at = INSTANT_NONE;

	if (text)
		instant_parse(span_of(text), &at, &err);
	err_release(&err);
	return at;
}

static int64_t
number_of(json_t *event, const char *name)
{
	return json_integer_value(json_object_get(event, name));
}

/* The first run at which it can be seen that a limit is over. */
static int64_t
first_run(const struct month *month, int64_t limit)
{
	int64_t at = month->from;

	while (at <= limit)
		at += STEP;
	return at;
}

/* What each automatic step says, by the time at which it happened. */
static void
check_steps(struct month *month, json_t *events, bool catch_up, int64_t only_run)
{
	int64_t latest = INSTANT_MIN, last_run = INSTANT_MIN;
	json_t *event;
	size_t i;

	json_array_foreach(events, i, event) {
		int64_t at = instant_of(event, "at"), limit = instant_of(event, "limit_at");
		int64_t ran = instant_of(event, "logged"), due = limit + 1;

		ran = ran == INSTANT_NONE ? at : ran;
		if (!json_is_true(json_object_get(event, "auto"))) {
			latest = at;
			continue;
		}
		month->sum.promotions++;
		if (number_of(event, "to") != number_of(event, "from") + 1)
			differs(month, "skips from %" PRId64, number_of(event, "from"));
		if (number_of(event, "late_s") != ran - due)
			differs(month, "late by %" PRId64, number_of(event, "late_s"));
		if (ran != (only_run ? only_run : first_run(month, limit)))
			differs(month, "runs at %" PRId64 " for %" PRId64, ran, limit);
		if (at != (!catch_up ? ran : latest > due ? latest : due))
			differs(month, "stands at %" PRId64 " for %" PRId64, at, limit);
		if (!catch_up && ran == last_run)
			differs(month, "two tiers in one run");
		last_run = ran;
		latest = at;
	}
}

/* The record without what must differ. */
static json_t *
forget(const struct line *line)
{
	json_t *record = json_loadb(line->text.data, line->text.len, 0, NULL), *event;
	size_t i;

	json_array_foreach(json_object_get(record, "events"), i, event) {
		if (!json_is_true(json_object_get(event, "auto")))
			continue;
		json_object_del(event, "late_s");
		json_object_del(event, "logged");
	}
	return record;
}

static void
check_line(struct month *month, const struct line *line, bool catch_up, int64_t only_run)
{
	json_t *record = json_loadb(line->text.data, line->text.len, 0, NULL);

	check_steps(month, json_object_get(record, "events"), catch_up, only_run);
	json_decref(record);
}

/* The order of members too. */
static void
check_same(struct month *month, const struct line *often, const struct line *once)
{
	json_t *a = forget(often), *b = forget(once);
	char *p = json_dumps(a, 0), *q = json_dumps(b, 0);

	if (strcmp(p, q) != 0)
		differs(month, "every ten minutes: %s\n  once: %s", p, q);
	free(p);
	free(q);
	json_decref(a);
	json_decref(b);
}

/* What the last run answered, and that another changes nothing. */
static void
check_end(struct month *month, struct line *line, int64_t now, bool catch_up,
	enum promotion last)
{
	struct buf before = { 0 };
	struct fold fold;
	struct err err = { 0 };
	const struct clock *clock;
	bool over;

	if (fold_record(&fold, &line->record, policies_source(), INT64_MAX, &line->arena, &err) < 0)
		exit(2);
	clock = fold_clock(&fold, CLOCK_TIER);
	over = !month->held && clock && clock->state == CLOCK_RUNNING &&
		clock->limit_at != INSTANT_NONE && clock->limit_at < now;
	if (over != (last == PROMOTION_EXHAUSTED) || (over && fold.tier != (int)fold.policy->n_tiers))
		differs(month, "ends at tier %d, over: %d, with %d", fold.tier, over, last);
	month->sum.exhausted += last == PROMOTION_EXHAUSTED;
	buf_span(&before, buf_text(&line->text));
	run(month, line, now, catch_up);
	if (before.len != line->text.len || memcmp(before.data, line->text.data, before.len) != 0)
		differs(month, "twice is not once");
	buf_release(&before);
}

/* Every ten minutes; n 1: once. */
static void
spend(struct month *month, struct line *line, int64_t from, int64_t n, bool catch_up)
{
	enum promotion last = PROMOTION_NONE;
	int64_t now = from;

	line_take(line, buf_text(&month->line));
	for (int64_t i = 0; i < n; i++, now += STEP)
		last = run(month, line, now, catch_up);
	now -= STEP;
	if (month->held && (last != PROMOTION_NONE || line->text.len != month->line.len))
		differs(month, "promotes what is held");
	/* One tier a run: the last run may have done what it could. */
	if (catch_up || last != PROMOTION_DONE)
		check_end(month, line, now, catch_up, last);
	check_line(month, line, catch_up, n == 1 ? now : 0);
}

static void
try_month(struct month *month, uint64_t number)
{
	struct line often, once, plain;
	int64_t end;

	line_init(&often);
	line_init(&once);
	line_init(&plain);
	month_make(month, number);
	end = month->from + (RUNS - 1) * STEP;
	spend(month, &often, month->from, RUNS, true);
	spend(month, &once, end, 1, true);
	check_same(month, &often, &once);
	spend(month, &plain, month->from, RUNS, false);
	month->sum.cases++;
	month->sum.held += month->held;
	line_release(&often);
	line_release(&once);
	line_release(&plain);
}

int
main(int argc, char **argv)
{
	uint64_t cases = argc > 3 ? strtoul(argv[1], NULL, 10) : 0;
	struct month month = { 0 };
	struct err err = { 0 };

	for (uint64_t i = 0; i < cases; i++) {
		month.policy = policies_open(argv[3 + i % (uint64_t)(argc - 3)], &err);
		if (!month.policy) {
			fprintf(stderr, "catch_up: %s\n", err_text(&err));
			return 2;
		}
		month.random = random_of(strtoul(argv[2], NULL, 10) * 1000003 + i);
		try_month(&month, i);
	}
	buf_release(&month.line);
	printf("%" PRIu64 " cases, %" PRIu64 " held; %" PRIu64 " runs, %" PRIu64 " promotions, %"
		PRIu64 " times exhausted; %" PRIu64 " differences\n", month.sum.cases,
		month.sum.held, month.sum.runs, month.sum.promotions, month.sum.exhausted,
		month.sum.differences);
	return month.sum.differences > 0;
}
