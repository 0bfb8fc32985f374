/*
 * verdicts: cases on stdin, one a line, each judged at many instants, by the
 * library and by the slow definition.
 *     verdicts [INSTANTS [SEED]]    so many instants a case
 *     verdicts --at SECONDS         that one alone: a failure again
 * What differs is printed, a JSON object a line, {"id","at","what"}; the last
 * line counts.  Answers 1 where anything did.
 */
#include <inttypes.h>

#include "base/instant.h"
#include "verdicts.h"

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

	verdict = trial_judge(trial, &fold, seen, record->created);
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
		struct case_verdict now = trial_judge(trial, &fold, trial->at[i], trial->at[i]);

		check_instant(trial, &fold, &now, trial->at[i]);
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
		{ "breaches by a horizon", trial->sum.foreseen },
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
