/*
 * verdicts: cases on stdin, one a line, each judged at many instants, by the
 * library and by the slow definition.
 *     verdicts [INSTANTS [SEED]]    so many instants a case
 *     verdicts --at SECONDS         that one alone: a failure again
 * What differs is printed, a JSON object a line, {"id","at","what"}; the last
 * line counts.  Answers 1 where anything did.
 */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "cli/policies.h"
#include "domain/ahead.h"
#include "lines.h"
#include "random.h"
#include "slow_clock.h"

#define MOST 64 /* instants a case */
#define SOON 90 /* seconds that are looked at one by one */

struct trial {
	struct line line;
	struct arena arena; /* of the folds */
	struct random random;
	int64_t at[MOST];
	size_t n, most;
	struct {
		uint64_t cases, instants, verdicts, judged, unknown, ledgers, next, never, differences;
	} sum;
};

static void __attribute__((format(printf, 3, 4)))
differs(struct trial *trial, int64_t at, const char *format, ...)
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
static struct case_verdict
judge(struct trial *trial, struct fold *fold, int64_t seen, int64_t at)
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

static void
check_forward(struct trial *trial, const struct case_verdict *now, int64_t at,
	const struct case_verdict *then, int64_t later)
{
	if (now->n != then->n) {
		differs(trial, at, "%zu clocks, and %zu at %" PRId64, now->n, then->n, later);
		return;
	}
	for (size_t i = 0; i < now->n; i++)
		if (!is_same_clock(now->clock[i].clock, then->clock[i].clock) ||
			!may_become(now->clock[i].verdict, then->clock[i].verdict))
			differs(trial, at, "clock %zu, %s, %s at %" PRId64, i,
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
			differs(trial, at, "clock %zu is %s, slowly %s", i,
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
			differs(trial, at, "clock %zu is %s after %" PRId64 " s", i,
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
			differs(trial, at, "clock %zu: the ledger has %s", i, fault);
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
		then = judge(trial, fold, at, far[i] > at ? far[i] : at);
		if (!is_same(now, &then))
			differs(trial, at, "changes by %" PRId64 ", before --next", far[i]);
	}
	for (int64_t soon = at; soon <= last && soon < at + SOON; soon++) {
		then = judge(trial, fold, at, soon);
		if (!is_same(now, &then))
			differs(trial, at, "changes at %" PRId64 ", before --next", soon);
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
	before = judge(trial, fold, at, next - 1);
	then = judge(trial, fold, at, next);
	if (next <= at || is_same(&before, &then))
		differs(trial, at, "nothing changes at --next, %" PRId64, next);
	else
		check_still(trial, fold, now, at, next - 1);
	check_forward(trial, now, at, &then, next);
}

static bool
happened_between(const struct record *record, int64_t from, int64_t to)
{
	for (size_t i = 0; i < record->n_events; i++)
		if (record->event[i].at > from && record->event[i].at <= to)
			return true;
	return false;
}

static void
add_instant(struct trial *trial, int64_t at)
{
	if (trial->n < trial->most && at >= trial->line.record.created && at <= INSTANT_MAX)
		trial->at[trial->n++] = at;
}

static int64_t
about(struct trial *trial, int64_t at)
{
	return at == INSTANT_NONE ? at : at - 2 + (int64_t)draw(&trial->random, 5);
}

/* Goals of the case in whole and of it in part, its events, and any. */
static void
choose_instants(struct trial *trial)
{
	const struct record *record = &trial->line.record;
	struct fold fold = { 0 };
	struct case_verdict verdict;
	int64_t seen = draw(&trial->random, 2) ? INT64_MAX
		: record->event[draw(&trial->random, record->n_events)].at;

	verdict = judge(trial, &fold, seen, record->created);
	while (trial->n < trial->most) {
		const struct clock *clock = verdict.n
			? verdict.clock[draw(&trial->random, verdict.n)].clock : NULL;

		add_instant(trial, about(trial, record->event[draw(&trial->random, record->n_events)].at));
		add_instant(trial, record->created + (int64_t)draw(&trial->random, 200 * DAY_S));
		if (draw(&trial->random, 8) == 0)
			add_instant(trial, record->created + (int64_t)draw(&trial->random, 200000L * DAY_S));
		if (clock)
			add_instant(trial, about(trial, clock->limit_at));
		if (clock)
			add_instant(trial, about(trial, clock->target_at));
		add_instant(trial, record->created + (int64_t)draw(&trial->random, 20 * DAY_S));
	}
}

static int
by_time(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static void
try_instants(struct trial *trial)
{
	struct case_verdict last = { 0 };

	qsort(trial->at, trial->n, sizeof *trial->at, by_time);
	for (size_t i = 0; i < trial->n; i++) {
		struct fold fold = { 0 };
		struct case_verdict now = judge(trial, &fold, trial->at[i], trial->at[i]);

		check_slow(trial, &fold, &now, trial->at[i]);
		check_counted(trial, &now, trial->at[i]);
		check_ledgers(trial, &fold, trial->at[i]);
		check_next(trial, &fold, &now, trial->at[i]);
		if (i && !happened_between(&trial->line.record, trial->at[i - 1], trial->at[i]))
			check_forward(trial, &last, trial->at[i - 1], &now, trial->at[i]);
		last = now;
	}
	trial->sum.instants += trial->n;
}

/* The same instants for a case wherever it stands. */
static void
try_case(struct trial *trial, uint64_t seed, const int64_t *only)
{
	struct span id = trial->line.record.id;

	for (size_t i = 0; i < id.n; i++)
		seed = seed * 31 + (unsigned char)id.p[i];
	trial->random = random_of(seed);
	trial->n = 0;
	if (only)
		trial->at[trial->n++] = *only;
	else
		choose_instants(trial);
	try_instants(trial);
	trial->sum.cases++;
	arena_reset(&trial->arena);
}

static void
print_sums(const struct trial *trial)
{
	const struct {
		const char *name;
		uint64_t n;
	} sums[] = {
		{ "cases", trial->sum.cases },
		{ "instants", trial->sum.instants },
		{ "verdicts", trial->sum.verdicts },
		{ "verdicts of events", trial->sum.judged },
		{ "verdicts too far for the slow way", trial->sum.unknown },
		{ "ledgers", trial->sum.ledgers },
		{ "times that --next named", trial->sum.next },
		{ "times that it named none", trial->sum.never },
	};

	putchar('{');
	for (size_t i = 0; i < sizeof sums / sizeof *sums; i++)
		printf("\"%s\":%" PRIu64 ",", sums[i].name, sums[i].n);
	printf("\"differences\":%" PRIu64 "}\n", trial->sum.differences);
}

int
main(int argc, char **argv)
{
	struct trial trial = { .most = argc > 1 ? strtoul(argv[1], NULL, 10) : 8 };
	uint64_t seed = argc > 2 ? strtoul(argv[2], NULL, 10) : 1;
	bool again = argc > 2 && strcmp(argv[1], "--at") == 0;
	int64_t only = again ? (int64_t)seed : 0;

	trial.most = trial.most < MOST ? trial.most : MOST;
	line_init(&trial.line);
	arena_init(&trial.arena);
	while (line_next(&trial.line, stdin))
		try_case(&trial, seed, again ? &only : NULL);
	line_release(&trial.line);
	arena_release(&trial.arena);
	print_sums(&trial);
	return trial.sum.differences > 0;
}
