#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "domain/digest.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

/* A value beside a greater one: what the value's bucket ends with. */
static const struct {
	int64_t value, end;
} buckets[] = {
	{ -5, 0 }, { 0, 0 }, { 1, 1 }, { 127, 127 }, { 128, 128 }, { 255, 255 },
	{ 256, 257 }, { 257, 257 }, { 258, 259 }, { 511, 511 }, { 512, 515 },
	{ 1000, 1003 }, { 3600, 3615 }, { 86400, 86527 }, { 1000000, 1003519 },
	{ INT64_C(1) << 40, (INT64_C(1) << 40) + (INT64_C(1) << 33) - 1 },
	{ INT64_MAX - 1, INT64_MAX },
};

static void
test_buckets(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(buckets); i++) {
		struct digest digest = { 0 };

		digest_add(&digest, buckets[i].value);
		digest_add(&digest, INT64_MAX);
		assert_int_equal(digest_percentile(&digest, 50), buckets[i].end);
		digest_release(&digest);
	}
}

/* Nearest rank of 1..n, which have a bucket each. */
static const struct {
	int n;
	unsigned percent;
	int64_t value;
} ranks[] = {
	{ 1, 1, 1 }, { 1, 50, 1 }, { 1, 100, 1 }, { 2, 50, 1 }, { 2, 51, 2 },
	{ 3, 50, 2 }, { 10, 90, 9 }, { 10, 91, 10 }, { 10, 95, 10 },
	{ 20, 95, 19 }, { 100, 1, 1 }, { 100, 50, 50 }, { 100, 90, 90 },
	{ 100, 95, 95 }, { 100, 100, 100 }, { 101, 50, 51 }, { 101, 95, 96 },
};

static void
test_ranks(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(ranks); i++) {
		struct digest digest = { 0 };

		for (int value = ranks[i].n; value >= 1; value--)
			digest_add(&digest, value);
		assert_int_equal(digest_percentile(&digest, ranks[i].percent),
			ranks[i].value);
		digest_release(&digest);
	}
}

static void
test_never_over_max(void **state)
{
	struct digest digest = { 0 };

	(void)state;
	digest_add(&digest, 86400);
	digest_add(&digest, 86401);
	assert_int_equal(digest_percentile(&digest, 50), 86401);
	assert_int_equal(digest.min, 86400);
	assert_int_equal(digest.max, 86401);
	digest_release(&digest);
}

static void
test_mean(void **state)
{
	static const struct {
		int64_t a, b, c, mean;
	} rows[] = {
		{ 1, 1, 1, 1 }, { 1, 1, 2, 1 }, { 1, 2, 2, 2 }, { 0, 0, 1, 0 },
		{ 0, 0, 2, 1 }, { 0, 0, 0, 0 },
	};
	struct digest half = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct digest digest = { 0 };

		digest_add(&digest, rows[i].a);
		digest_add(&digest, rows[i].b);
		digest_add(&digest, rows[i].c);
		assert_int_equal(digest_mean(&digest), rows[i].mean);
		digest_release(&digest);
	}
	digest_add(&half, 2);
	digest_add(&half, 3);
	assert_int_equal(digest_mean(&half), 3);
	digest_release(&half);
}

static int
by_value(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void
assert_same(const struct digest *a, const struct digest *b)
{
	assert_int_equal(a->n, b->n);
	assert_int_equal(a->sum, b->sum);
	assert_int_equal(a->min, b->min);
	assert_int_equal(a->max, b->max);
	for (unsigned percent = 1; percent <= 100; percent++)
		assert_int_equal(digest_percentile(a, percent),
			digest_percentile(b, percent));
}

#define VALUES 5000
#define PARTS  7

/* At most 1/128 over the exact percentile; parts merge to the whole. */
static void
test_random(void **state)
{
	static int64_t value[VALUES];
	struct digest whole = { 0 }, part[PARTS] = { 0 }, merged = { 0 };
	unsigned seed = 7;

	(void)state;
	for (size_t i = 0; i < VALUES; i++) {
		value[i] = rand_r(&seed) >> (rand_r(&seed) % 31);
		digest_add(&whole, value[i]);
		digest_add(&part[(size_t)rand_r(&seed) % (PARTS - 1)], value[i]);
	}
	qsort(value, VALUES, sizeof *value, by_value);
	for (unsigned percent = 1; percent <= 100; percent++) {
		int64_t exact = value[VALUES * percent / 100 - 1];
		int64_t got = digest_percentile(&whole, percent);

		assert_true(got >= exact);
		assert_true(got - exact <= exact / 128);
	}
	for (size_t i = PARTS; i-- > 0;)
		digest_merge(&merged, &part[i]);
	assert_same(&merged, &whole);
	for (size_t i = 0; i < PARTS; i++)
		digest_release(&part[i]);
	digest_release(&whole);
	digest_release(&merged);
}

/* A group has many, most of a value or two. */
static void
test_room(void **state)
{
	struct digest digest = { 0 };

	(void)state;
	for (int i = 0; i < 1000; i++) {
		digest_add(&digest, 3600);
		digest_add(&digest, INT64_MAX);
	}
	assert_true(digest.cap * sizeof *digest.row <= 64);
	assert_int_equal(digest.n, 2000);
	digest_release(&digest);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_buckets),
		cmocka_unit_test(test_ranks),
		cmocka_unit_test(test_never_over_max),
		cmocka_unit_test(test_mean),
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
