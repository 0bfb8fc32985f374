#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/buf.h"
#include "domain/report_counts.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

static const struct span texts[] = {
	{ "b", 1 }, { "a", 1 }, { "a\0b", 3 }, { "", 0 }, { "\xff", 1 }, { "aa", 2 },
	{ "a", 1 }, { "b", 1 }, { "a", 1 }, { NULL, 0 },
};

/* "text:n " for each row. */
static void
shows(const struct counts *counts, const char *want)
{
	struct buf out = { 0 };

	counts_sort(counts);
	for (size_t i = 0; i < counts->n; i++) {
		const struct count *row = counts->row[i];

		if (row->text)
			buf_json(&out, (struct span){ row->text, row->len });
		else
			buf_int(&out, row->number);
		buf_printf(&out, ":%d ", (int)row->n);
	}
	assert_string_equal(buf_cstr(&out), want);
	buf_release(&out);
}

static void
test_texts(void **state)
{
	static const char want[] = "\"\":2 \"a\":3 \"a\\u0000b\":1 \"aa\":1 \"b\":2 \"\xff\":1 ";
	struct counts counts = { 0 }, other = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++)
		counts_text(i % 2 ? &counts : &other, texts[i], 1);
	counts_text(&counts, span_of("none"), 0);
	counts_sort(&counts);
	counts_merge(&counts, &other);
	shows(&counts, want);
	assert_int_equal(counts_total(&counts), COUNT(texts));
	counts_release(&counts);
	counts_release(&other);
	assert_int_equal(counts.n, 0);
}

static void
test_numbers(void **state)
{
	static const int64_t numbers[] = { 3, -1, INT64_MAX, 3, 0, INT64_MIN, 20, 3 };
	struct counts counts = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(numbers); i++)
		counts_number(&counts, numbers[i], 1);
	shows(&counts, "-9223372036854775808:1 -1:1 0:1 3:3 20:1 9223372036854775807:1 ");
	counts_release(&counts);
}

/* As many values as cases, in no order: found again, and sorted. */
static void
test_many(void **state)
{
	struct counts counts = { 0 };
	const int64_t many = 100003, step = 7919; /* primes, so each comes once */

	(void)state;
	for (int round = 0; round < 2; round++)
		for (int64_t i = 0; i < many; i++)
			counts_number(&counts, i * step % many, 1);
	counts_sort(&counts);
	assert_int_equal(counts.n, many);
	for (int64_t i = 0; i < many; i++) {
		assert_int_equal(counts.row[i]->number, i);
		assert_int_equal(counts.row[i]->n, 2);
	}
	counts_release(&counts);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
