#include "verdicts.h"

#include <inttypes.h>
#include <stdarg.h>

#include "base/instant.h"
#include "cli/policies.h"
#include "slow_clock.h"

#define SOON 90 /* seconds that are looked at one by one */

void
trial_differs(struct trial *trial, int64_t at, const char *format, ...)
{
	char text[INSTANT_SIZE];
	va_list args;

	instant_format(at, text);
	printf("{\"id\":\"%.*s\",\"at\":\"%s\",\"what\":\"", (int)trial->line.record.id.n,
		trial->line.record.id.p, text);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	puts("\"}");
	trial->sum.differences++;
}

/* Verdicts as they are with the events until `seen`, at `at`. */
struct case_verdict
trial_judge(struct trial *trial, struct fold *fold, int64_t seen, int64_t at)
{
	struct case_verdict verdict;
	struct err err = { 0 };

	if (!fold->record &&
		fold_record(fold, &trial->line.record, policies_source(), seen,
			&trial->arena, &err) < 0) {
		fprintf(stderr, "verdicts: %s\n", err_text(&err));
		exit(2);
	}
	verdict_at(fold, at, &verdict);
	return verdict;
}

static bool
is_same_clock(const struct clock *a, const struct clock *b)
{
	return a->id == b->id && a->tier == b->tier && a->cycle == b->cycle;
}

/* What time alone may make of a verdict. */
static bool
may_become(enum verdict now, enum verdict then)
{
	static const unsigned becomes[VERDICTS] = {
		[VERDICT_OK] = 1U << VERDICT_RISK | 1U << VERDICT_BREACHED |
			1U << VERDICT_EXHAUSTED,
		[VERDICT_RISK] = 1U << VERDICT_BREACHED | 1U << VERDICT_EXHAUSTED,
		[VERDICT_OPEN_ENDED] = 1U << VERDICT_RISK,
	};

	return now == then || (becomes[now] & (1U << then));
}

void
check_forward(struct trial *trial, const struct case_verdict *now, int64_t at,
	const struct case_verdict *then, int64_t later)
{
	if (now->n != then->n) {
		trial_differs(trial, at, "%zu clocks, and %zu at %" PRId64, now->n, then->n, later);
		return;
	}
	for (size_t i = 0; i < now->n; i++)
		if (!is_same_clock(now->clock[i].clock, then->clock[i].clock) ||
			!may_become(now->clock[i].verdict, then->clock[i].verdict))
			trial_differs(trial, at, "clock %zu, %s, %s at %" PRId64, i,
				verdict_names[now->clock[i].verdict],
				verdict_names[then->clock[i].verdict], later);
}

static void
check_slow(struct trial *trial, const struct fold *fold, const struct case_verdict *now,
	int64_t at)
{
	for (size_t i = 0; i < now->n; i++) {
		int slow = slow_verdict(fold, now->clock[i].clock, at);

		trial->sum.verdicts++;
		trial->sum.judged += slow == SLOW_JUDGED;
		trial->sum.unknown += slow == SLOW_UNKNOWN;
		if (slow >= 0 && slow != (int)now->clock[i].verdict)
			trial_differs(trial, at, "clock %zu is %s, slowly %s", i,
				verdict_names[now->clock[i].verdict], verdict_names[slow]);
	}
}

/* A limit in hours is over when more than so many have counted. */
static void
check_counted(struct trial *trial, const struct case_verdict *now, int64_t at)
{
	for (size_t i = 0; i < now->n; i++) {
		const struct clock *clock = now->clock[i].clock;
		int64_t counted;
		bool over = now->clock[i].verdict < VERDICT_PAUSED_BREACHED;

		if (clock->state != CLOCK_RUNNING || !clock->goal ||
			clock->goal->limit.unit == UNIT_BUSINESS_DAY)
			continue;
		counted = slow_elapsed(clock, at);
		if (counted != SLOW_NONE && (over ? counted < clock->goal->limit.n
						  : counted > clock->goal->limit.n))
			trial_differs(trial, at, "clock %zu is %s after %" PRId64 " s", i,
				verdict_names[now->clock[i].verdict], counted);
	}
}

/* Whole, and put together. */
static void
check_ledgers(struct trial *trial, const struct fold *fold, int64_t at)
{
	static const size_t most[] = { SIZE_MAX, EXPLAIN_LINES, 0 };
	size_t max = most[draw(&trial->random, 3)];

	for (size_t i = 0; i < fold->n_clocks; i++) {
		struct explained ledger;
		const char *fault;

		explain_clock(fold, &fold->clock[i], at, max, &ledger);
		trial->sum.ledgers++;
		fault = slow_ledger_fault(&fold->clock[i], &ledger, at);
		if (fault)
			trial_differs(trial, at, "clock %zu: the ledger has %s", i, fault);
	}
}

static bool
is_same(const struct case_verdict *a, const struct case_verdict *b)
{
	for (size_t i = 0; i < a->n; i++)
		if (a->clock[i].verdict != b->clock[i].verdict)
			return false;
	return true;
}

/* Nothing changes between, seen at its ends, some instants and each second soon. */
static void
check_still(struct trial *trial, struct fold *fold, const struct case_verdict *now, int64_t at,
	int64_t last)
{
	int64_t far[8] = { last, last - 1 };
	struct case_verdict then;

	for (size_t i = 2; i < 8; i++)
		far[i] = at + (int64_t)draw(&trial->random, (uint64_t)(last - at) + 1);
	for (size_t i = 0; i < 8; i++) {
		then = trial_judge(trial, fold, at, far[i] > at ? far[i] : at);
		if (!is_same(now, &then))
			trial_differs(trial, at, "changes by %" PRId64 ", before --next", far[i]);
	}
	for (int64_t soon = at; soon <= last && soon < at + SOON; soon++) {
		then = trial_judge(trial, fold, at, soon);
		if (!is_same(now, &then))
			trial_differs(trial, at, "changes at %" PRId64 ", before --next", soon);
	}
}

static void
check_next(struct trial *trial, struct fold *fold, const struct case_verdict *now, int64_t at)
{
	int64_t next = ahead_next(fold, at);
	struct case_verdict before, then;

	if (next == INSTANT_NONE) {
		trial->sum.never++;
		check_still(trial, fold, now, at, at + INT64_C(400) * 365 * DAY_S);
		return;
	}
	trial->sum.next++;
	before = trial_judge(trial, fold, at, next - 1);
	then = trial_judge(trial, fold, at, next);
	if (next <= at || is_same(&before, &then))
		trial_differs(trial, at, "nothing changes at --next, %" PRId64, next);
	else
		check_still(trial, fold, now, at, next - 1);
	check_forward(trial, now, at, &then, next);
}

static bool
is_over(enum verdict verdict)
{
	return verdict == VERDICT_BREACHED || verdict == VERDICT_EXHAUSTED;
}

/* Those that are over right after it and not yet now, the earliest limit first. */
static void
check_horizon(struct trial *trial, struct fold *fold, const struct case_verdict *now,
	int64_t at)
{
	int64_t later = at + (int64_t)draw(&trial->random, 30 * DAY_S), last = INT64_MIN;
	const struct clock *some = now->n ? now->clock[draw(&trial->random, now->n)].clock : NULL;
	struct case_verdict then;
	struct horizon horizon;
	size_t n = 0;

	if (some && some->limit_at != INSTANT_NONE && some->limit_at >= at)
		later = some->limit_at + (int64_t)draw(&trial->random, 2);
	then = trial_judge(trial, fold, at, later + 1);
	ahead_horizon(fold, now, later, &horizon);
	for (size_t i = 0; i < now->n; i++)
		n += !is_over(now->clock[i].verdict) && is_over(then.clock[i].verdict);
	for (size_t i = 0; i < horizon.n; i++) {
		const struct clock *clock = horizon.breach[i]->clock;

		if (clock->limit_at < last || clock->limit_at < at || clock->limit_at > later)
			trial_differs(trial, at, "breach %zu by %" PRId64 ": %" PRId64, i, later,
				clock->limit_at);
		last = clock->limit_at;
	}
	trial->sum.foreseen += n;
	if (n != horizon.n)
		trial_differs(trial, at, "%zu breaches by %" PRId64 ", not %zu", horizon.n, later, n);
}

void
check_instant(struct trial *trial, struct fold *fold, const struct case_verdict *now,
	int64_t at)
{
	check_slow(trial, fold, now, at);
	check_counted(trial, now, at);
	check_ledgers(trial, fold, at);
	check_next(trial, fold, now, at);
	check_horizon(trial, fold, now, at);
}
