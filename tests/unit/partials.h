/*
 * partials: what unit tests of partials share: a reader that is fed with text,
 * the text of a report in which no figure is 0, and the last line of one.
 * Order: sum_init, sum_text or sum_part, then the test, then sum_release.
 */
#ifndef ESC_TESTS_UNIT_PARTIALS_H
#define ESC_TESTS_UNIT_PARTIALS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/instant.h"
#include "domain/report_partial.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])
#define NOW      INT64_C(1793000000)

struct sum {
	struct partial_reader reader;
	struct scan scan;
	struct arena arena;
	struct err err;
};

static inline void
sum_init(struct sum *sum)
{
	*sum = (struct sum){ 0 };
	partial_init(&sum->reader);
	scan_init(&sum->scan);
	arena_init(&sum->arena);
}

static inline void
sum_release(struct sum *sum)
{
	partial_release(&sum->reader);
	scan_release(&sum->scan);
	arena_release(&sum->arena);
	err_release(&sum->err);
}

static inline int
sum_line(struct sum *sum, struct span line)
{
	int result = scan_line(&sum->scan, line.p, line.n, &sum->err);

	if (result == 0)
		result = partial_read(&sum->reader, line, &sum->scan, &sum->arena,
			&sum->err);
	arena_reset(&sum->arena);
	return result;
}

/* 0: all lines are whole partials; else what is wrong is in sum->err. */
static inline int
sum_text(struct sum *sum, struct span text)
{
	while (text.n > 0) {
		const char *end = memchr(text.p, '\n', text.n);
		size_t n = end ? (size_t)(end - text.p) : text.n;

		if (!end || sum_line(sum, (struct span){ text.p, n }) != 0)
			return -1;
		text = (struct span){ end + 1, text.n - n - 1 };
	}
	return sum->reader.open || sum->reader.n == 0 ? -1 : 0;
}

static inline void
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

static inline void
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

static inline void
fill_report(struct report *report, uint64_t some)
{
	struct entry entry = { NOW - 3, 7, span_of("ESC-2"), span_of("by"), { NULL, 0 } };
	struct note note = { span_of("C-3"), span_of("a\x01\"\n\xe2\x80\xae"), span_of("ana"),
		span_of("north"), TIER_MAX, (int64_t)some };

	report->first = NOW - 5;
	report->pressing = some;
	counts_text(&report->policies, span_of("desk\n000000000000"), some);
	for (int i = 0; i < REVIEW_LISTS; i++)
		top_offer(&report->review[i], &(struct top_row){ INT64_MIN + i, i,
			REVIEW(i) | REVIEW(REVIEW_REASONS - 1), span_of("ESC-3"), &note });
	report_put_entry(report, &report->resolutions, &entry);
	entry.first = span_of("");
	entry.second = span_of("\"text\"");
	report_put_entry(report, &report->improvements, &entry);
	fill_tally(&report->total, some);
	fill_tally(report_group_get(report, span_of("")), 1);
	fill_tally(report_group_get(report, span_of("b")), 2);
}

/* A part in which no figure is 0. */
static inline void
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

static inline void
write_part(uint64_t some, struct buf *out)
{
	struct report_part part;

	fill_part(&part, some);
	report_partial_write(&part, out);
	report_part_release(&part);
}

/* A part in the making, of a period that is no more than its instants. */
static inline void
begin_part(struct report_part *part, const struct period *period, struct span group_by)
{
	struct err err = { 0 };

	*part = (struct report_part){ .scope = { .now = period->now, .group_by = group_by } };
	if (period->from != INSTANT_NONE)
		part->scope.from = (struct bound){ BOUND_INSTANT, period->from };
	if (period->to != INSTANT_NONE)
		part->scope.to = (struct bound){ BOUND_INSTANT, period->to };
	assert_int_equal(report_part_begin(part, NULL, &err), 0);
}

/* Its partial is read into the sum, and the part released. */
static inline void
sum_part(struct sum *sum, struct report_part *part)
{
	struct buf text = { 0 };

	report_partial_write(part, &text);
	if (sum_text(sum, buf_text(&text)) != 0)
		fail_msg("%s", err_text(&sum->err));
	buf_release(&text);
	report_part_release(part);
}

/* The last line, as if all before it were as it should be. */
static inline void
put_end(struct buf *text)
{
	char hash[HASH_HEX];
	int64_t lines = 0;

	for (size_t i = 0; i < text->len; i++)
		lines += text->data[i] == '\n';
	hash_hex(text->data, text->len, hash);
	buf_printf(text, "{\"end_partial\":true,\"lines\":%jd,\"hash\":\"%s\"}\n",
		(intmax_t)lines, hash);
}

#endif
