#include "partials.h"

static void
test_write_reads_back(void **state)
{
	struct buf want = { 0 }, got = { 0 };
	struct sum sum;

	(void)state;
	write_part(3, &want);
	sum_init(&sum);
	if (sum_text(&sum, buf_text(&want)) != 0)
		fail_msg("%s", err_text(&sum.err));
	report_partial_write(&sum.reader.part, &got);
	assert_string_equal(buf_cstr(&got), buf_cstr(&want));
	sum_release(&sum);
	buf_release(&want);
	buf_release(&got);
}

/* Two are their sum, in either order. */
static void
test_sum(void **state)
{
	struct buf want = { 0 }, got = { 0 };
	const struct tally *total;
	struct sum sum[2];

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct report_part part;

		sum_init(&sum[i]);
		fill_part(&part, i ? 4 : 3);
		sum_part(&sum[i], &part);
		fill_part(&part, i ? 3 : 4);
		sum_part(&sum[i], &part);
		report_partial_write(&sum[i].reader.part, i ? &got : &want);
	}
	assert_string_equal(buf_cstr(&got), buf_cstr(&want));
	assert_int_equal(sum[0].reader.n, 2);
	total = &sum[0].reader.part.report.total;
	for (size_t i = 0; i < CASE_FIGURES; i++)
		assert_int_equal(total->cases[i], 3 + i + 4 + i);
	sum_release(&sum[0]);
	sum_release(&sum[1]);
	buf_release(&want);
	buf_release(&got);
}

static bool
is_whole(struct span text)
{
	struct sum sum;
	bool whole;

	sum_init(&sum);
	whole = sum_text(&sum, text) == 0;
	sum_release(&sum);
	return whole;
}

/* A line of most kinds. */
static void
write_small_part(struct buf *out)
{
	struct report_part part = { .scope = { .now = NOW } };
	struct err err = { 0 };
	struct tally *total = &part.report.total;

	assert_int_equal(report_part_begin(&part, NULL, &err), 0);
	part.report.first = NOW - 5;
	total->cases[CASES_OPEN] = 12;
	counts_text(&total->by[BY_REGION], span_of("north"), 12);
	top_offer(&total->oldest, &(struct top_row){ .key = 1, .id = span_of("ESC-1") });
	digest_add(&clock_rows_get(&total->clocks, CLOCK_TIER, 1)->net, 300);
	flow_count(&total->flow, FLOW_ACCEPTED, 1, 12);
	report_partial_write(&part, out);
	report_part_release(&part);
}

/* Cut anywhere, each byte another one, each line left out or there twice. */
static void
test_damage(void **state)
{
	struct buf text = { 0 }, other = { 0 };

	(void)state;
	write_small_part(&text);
	for (size_t n = 0; n < text.len; n++)
		assert_false(is_whole((struct span){ text.data, n }));
	for (size_t i = 0; i < text.len * 8; i++) {
		text.data[i / 8] = (char)(text.data[i / 8] ^ 1 << i % 8);
		if (is_whole(buf_text(&text)))
			fail_msg("bit %zu of byte %zu", i % 8, i / 8);
		text.data[i / 8] = (char)(text.data[i / 8] ^ 1 << i % 8);
	}
	for (size_t i = 0, n; i < text.len; i += n) {
		n = (size_t)((char *)memchr(text.data + i, '\n', text.len - i)
			- text.data) + 1 - i;
		other.len = 0;
		buf_put(&other, text.data, i);
		buf_put(&other, text.data + i + n, text.len - i - n);
		assert_false(is_whole(buf_text(&other)));
		other.len = 0;
		buf_put(&other, text.data, i + n);
		buf_put(&other, text.data + i, text.len - i);
		assert_false(is_whole(buf_text(&other)));
	}
	assert_true(is_whole(buf_text(&text)));
	buf_release(&text);
	buf_release(&other);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_write_reads_back),
		cmocka_unit_test(test_sum),
		cmocka_unit_test(test_damage),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
