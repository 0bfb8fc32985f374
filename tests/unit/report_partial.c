#include "base/instant.h"
#include "partials.h"

#define NOW INT64_C(1793000000)

static void
fill_clocks(struct clock_rows *rows, uint64_t some)
{
	for (int tier = 0; tier < 3; tier++) {
		struct clock_row *row = clock_rows_get(rows, CLOCK_TIER, tier);

		for (size_t i = 0; i < CLOCK_FIGURES; i++)
			row->n[i] = some + i;
		row->open = some;
		for (int64_t s = 0; s < 40000000; s = s * 3 + tier)
			digest_add(tier ? &row->net : &row->gross, s++);
	}
}

static void
fill_tally(struct tally *tally, uint64_t some)
{
	struct month_row month = { -1, CLOCK_UPDATE, 999, some, 0, some + 2 };
	struct moved_row moved = { CLOCK_TIER, 1, VERDICT_NONE, VERDICT_MET, some };

	for (size_t i = 0; i < CASE_FIGURES; i++)
		tally->cases[i] = some + i;
	for (size_t i = 0; i < HYGIENE_FIGURES; i++)
		tally->hygiene[i] = i;
	for (size_t i = 0; i < AGES; i++)
		tally->age[i] = some * i;
	for (int i = 0; i < BY_FIGURES; i++)
		counts_text(&tally->by[i], span_of(by_names[i]), some);
	counts_text(&tally->by[BY_REGION], span_of(""), 1);
	counts_text(&tally->by[BY_REGION], (struct span){ "a\x01\"\n\\\x1b\xe2\x80\xae", 9 }, 1);
	tally->promotions = some;
	tally->returns = 1;
	counts_number(&tally->promoted_to, 2, some);
	counts_number(&tally->top_reached, TIER_MAX, some);
	counts_number(&tally->scores, 0, some);
	counts_number(&tally->scores, SCORE_MOST, some);
	counts_number(&tally->open_at, 0, some);
	top_offer(&tally->oldest, &(struct top_row){ .key = -NOW, .id = span_of("ESC-1") });
	fill_clocks(&tally->clocks, some);
	months_count(&tally->months, &month);
	flow_count(&tally->flow, FLOW_ACCEPTED, 1, some);
	flow_count(&tally->flow, TIER_MAX, FLOW_MERGED, some);
	fill_clocks(&tally->rejudged.clocks, some + 1);
	rejudged_count(&tally->rejudged, &moved);
}

static void
fill_report(struct report *report, uint64_t some)
{
	struct entry entry = { NOW - 3, 7, span_of("ESC-2"), span_of("by"), { NULL, 0 } };

	report->first = NOW - 5;
	report->pressing = some;
	counts_text(&report->policies, span_of("desk\n000000000000"), some);
	for (int i = 0; i < REVIEW_LISTS; i++)
		top_offer(&report->review[i], &(struct top_row){ INT64_MIN + i, i,
			REVIEW(i) | REVIEW(REVIEW_REASONS - 1), span_of("ESC-3") });
	report_put_entry(report, &report->resolutions, &entry);
	entry.first = span_of("");
	entry.second = span_of("\"text\"");
	report_put_entry(report, &report->improvements, &entry);
	fill_tally(&report->total, some);
	fill_tally(report_group_get(report, span_of("")), 1);
	fill_tally(report_group_get(report, span_of("b")), 2);
}

/* A part in which no figure is 0. */
static void
fill_part(struct report_part *part, uint64_t some)
{
	struct err err = { 0 };

	*part = (struct report_part){ .scope = { .now = NOW,
		.from = { BOUND_DATE, 20700 }, .group_by = span_of("x_site"),
		.compare = true, .rejudge = span_of("other"),
		.rejudge_version = span_of("111111111111") } };
	assert_int_equal(report_part_begin(part, NULL, &err), 0);
	fill_report(&part->report, some);
	fill_report(part->report.previous, some + 5);
}

static void
write_part(uint64_t some, struct buf *out)
{
	struct report_part part;

	fill_part(&part, some);
	report_partial_write(&part, out);
	report_part_release(&part);
}

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

/* What is read twice is what is merged in memory. */
static void
test_sum(void **state)
{
	struct buf parts = { 0 }, want = { 0 }, got = { 0 };
	struct report_part one, other;
	struct sum sum;

	(void)state;
	fill_part(&one, 3);
	fill_part(&other, 4);
	report_merge(&one.report, &other.report);
	report_partial_write(&one, &want);
	write_part(4, &parts);
	write_part(3, &parts);
	sum_init(&sum);
	if (sum_text(&sum, buf_text(&parts)) != 0)
		fail_msg("%s", err_text(&sum.err));
	report_partial_write(&sum.reader.part, &got);
	assert_string_equal(buf_cstr(&got), buf_cstr(&want));
	assert_int_equal(sum.reader.n, 2);
	sum_release(&sum);
	report_part_release(&one);
	report_part_release(&other);
	buf_release(&parts);
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
