/* The worst clocks of a stream: kept in bounds, the same as of a whole sort. */
#include "cases.h"

#include "cli/sla_rows.h"

#define CLOCKS 5000
#define AT     INT64_C(1700000000)

struct key {
	bool fails;
	enum verdict verdict;
	int64_t limit_at;
	size_t place;
};

static uint32_t seed = 1;

static uint32_t
draw(uint32_t n)
{
	seed = seed * 1103515245U + 12345U;
	return (seed >> 8) % n;
}

/* A clock that is over, at risk or fine, and what the gate makes of it. */
static struct key
make(struct clock *clock, enum sla_mark *mark, size_t place)
{
	static const enum verdict verdicts[] = { VERDICT_EXHAUSTED, VERDICT_BREACHED,
		VERDICT_RISK, VERDICT_OK };
	struct key key = { .verdict = verdicts[draw(4)], .place = place };

	*clock = (struct clock){ .id = CLOCK_TIER, .tier = 1, .cycle = 1,
		.state = CLOCK_RUNNING, .started_at = AT, .target_at = AT, .stopped_at = INSTANT_NONE };
	clock->limit_at = draw(10) ? AT + draw(50) - 25 : INSTANT_NONE;
	key.limit_at = clock->limit_at == INSTANT_NONE ? INT64_MAX : clock->limit_at;
	*mark = key.verdict <= VERDICT_BREACHED ? (draw(2) ? SLA_FAILS : SLA_KNOWN) : SLA_FINE;
	key.fails = *mark == SLA_FAILS;
	return key;
}

static int
by_key(const void *a, const void *b)
{
	const struct key *x = a, *y = b;

	if (x->fails != y->fails)
		return y->fails - x->fails;
	if (x->verdict != y->verdict)
		return x->verdict < y->verdict ? -1 : 1;
	if (x->limit_at != y->limit_at)
		return x->limit_at < y->limit_at ? -1 : 1;
	return x->place < y->place ? -1 : 1;
}

static void
check_bound(size_t most, size_t n)
{
	static struct key keys[CLOCKS];
	struct policy policy = { .name = "p" };
	struct fold fold = { .policy = &policy };
	struct record record = { .id = { "ESC-1", 5 } };
	struct sla_run run = { .at = AT };
	struct sla_rows rows;

	sla_rows_init(&rows, most);
	for (size_t i = 0; i < n; i++) {
		enum sla_mark mark;
		struct clock clock;
		struct clock_verdict verdict = { .clock = &clock };
		struct sla sla = { .at = AT, .record = &record, .fold = &fold,
			.verdict = { .clock = &verdict, .n = 1 } };
		struct sla_case entry = { .sla = &sla, .mark = &mark, .listed = true };

		keys[i] = make(&clock, &mark, i);
		verdict.verdict = keys[i].verdict;
		sla_rows_add_case(&rows, &run, &entry);
		assert_true(rows.n <= 2 * most);
	}
	sla_rows_sort(&rows);
	qsort(keys, n, sizeof *keys, by_key);
	assert_int_equal(rows.seen, n);
	assert_int_equal(rows.n, n < most ? n : most);
	for (size_t i = 0; i < rows.n; i++)
		assert_int_equal(rows.row[i].place, keys[i].place);
	sla_rows_release(&rows);
}

static void
test_bounds(void **state)
{
	static const size_t bounds[] = { 1, 2, 10, 37, 500, CLOCKS - 1, CLOCKS, CLOCKS + 1 };

	(void)state;
	for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++) {
		check_bound(bounds[i], CLOCKS);
		check_bound(bounds[i], bounds[i] % 100);
	}
}

/* What ended is no test; of a case that is not listed there are no rows. */
static void
test_tests(void **state)
{
	struct clock_verdict clock = { .verdict = VERDICT_ENDED };
	struct sla sla = { .verdict = { .clock = &clock, .n = 1 } };
	enum sla_mark mark = SLA_FINE;
	struct sla_case entry = { .sla = &sla, .mark = &mark, .listed = true };
	struct sla_run run = { 0 };
	struct sla_rows rows;

	(void)state;
	sla_rows_init(&rows, 10);
	sla_rows_add_case(&rows, &run, &entry);
	clock.verdict = VERDICT_BREACHED;
	mark = SLA_FAILS;
	entry.listed = false;
	sla_rows_add_case(&rows, &run, &entry);
	sla_rows_sort(&rows);
	assert_int_equal(rows.n, 0);
	assert_int_equal(sla_unlisted(&entry), 1);
	entry.listed = true;
	assert_int_equal(sla_unlisted(&entry), 0);
	sla_rows_release(&rows);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bounds),
		cmocka_unit_test(test_tests),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
