#include <stdlib.h>

#include "base/mem.h"
#include "domain/report.h"

#define REVIEW_CASES  100
#define REVIEW_TOP    5
#define HYGIENE_CASES 20 /* that are shown */

/*
 * Cases for LIST_HYGIENE may turn out to stand in one of the lists of
 * REVIEW_TOP: there are enough of them when those are left out.
 */
const size_t review_limits[REVIEW_LISTS] = {
	[LIST_PRESSING] = REVIEW_CASES,
	[LIST_PROMOTIONS] = REVIEW_TOP,
	[LIST_LONGEST] = REVIEW_TOP,
	[LIST_RATING] = REVIEW_TOP,
	[LIST_HYGIENE] = HYGIENE_CASES + 3 * REVIEW_TOP,
};

#define PART_BITS 20 /* of a weight: what is more counts no further */

static int64_t
part(uint64_t n)
{
	uint64_t most = (UINT64_C(1) << PART_BITS) - 1;

	return (int64_t)(n < most ? n : most);
}

/* Exhausted first, then by limits passed, then by reopenings. */
static int64_t
weigh(const struct case_sum *sum)
{
	bool exhausted = (sum->why & REVIEW(REVIEW_EXHAUSTED)) != 0;

	return ((int64_t)exhausted << (2 * PART_BITS))
		| (part(sum->limits_passed) << PART_BITS) | part(sum->reopenings);
}

static int64_t
hygiene_events(const struct case_sum *sum)
{
	uint64_t n = 0;

	for (int i = 0; i < HYGIENE_RETRACTED; i++)
		n += sum->hygiene[i];
	return part(n);
}

static void
offer_itself(struct report *report, const struct case_sum *sum,
	struct top_row *row)
{
	row->key = row->weight;
	if (sum->why & REVIEW_PRESSING) {
		report->pressing++;
		top_offer(&report->review[LIST_PRESSING], row);
		return;
	}
	row->key = hygiene_events(sum);
	if (row->key)
		top_offer(&report->review[LIST_HYGIENE], row);
}

void
report_add_review(struct report *report, const struct case_sum *sum)
{
	struct note note = note_of_case(sum);
	struct top_row row = { .weight = weigh(sum), .why = sum->why,
		.id = sum->fold->record->id, .note = &note };

	offer_itself(report, sum, &row);
	row.key = part(sum->promotions);
	row.why = sum->why | REVIEW(REVIEW_MOST_PROMOTIONS);
	if (sum->promotions)
		top_offer(&report->review[LIST_PROMOTIONS], &row);
	row.key = sum->longest_s;
	row.why = sum->why | REVIEW(REVIEW_LONGEST_IN_TIER);
	if (sum->longest_s)
		top_offer(&report->review[LIST_LONGEST], &row);
	row.key = -sum->score;
	row.why = sum->why | REVIEW(REVIEW_LOWEST_RATING);
	if (sum->rated)
		top_offer(&report->review[LIST_RATING], &row);
}

/* Of two versions of a case the same is the first, wherever it came from. */
static int
by_weight(const void *a, const void *b)
{
	const struct top_row *x = a, *y = b;
	int order;

	if (x->weight != y->weight)
		return x->weight > y->weight ? -1 : 1;
	order = span_order(x->id, y->id);
	return order ? order : note_order(x->note, y->note);
}

static bool
is_among(const struct top_row *row, size_t n, struct span id)
{
	for (size_t i = 0; i < n; i++)
		if (span_eq(row[i].id, id))
			return true;
	return false;
}

/* Behind the n rows of other lists: what is in none of them.  Returns n. */
static size_t
add_hygiene(const struct top *hygiene, struct top_row *row, size_t n)
{
	size_t others = n;

	for (size_t i = 0; i < hygiene->n && n < others + HYGIENE_CASES; i++)
		if (!is_among(row, others, hygiene->row[i].id))
			row[n++] = hygiene->row[i];
	return n;
}

/* All lists in one, sorted; a case that stands in several is there once. */
static size_t
union_of_lists(const struct report *report, struct top_row *row)
{
	size_t n = 0, kept = 0;

	for (int i = 0; i < LIST_HYGIENE; i++)
		for (size_t j = 0; j < report->review[i].n; j++)
			row[n++] = report->review[i].row[j];
	if (n > 1)
		qsort(row, n, sizeof *row, by_weight);
	for (size_t i = 0; i < n; i++) {
		if (kept > 0 && span_eq(row[kept - 1].id, row[i].id))
			row[kept - 1].why |= row[i].why;
		else
			row[kept++] = row[i];
	}
	return add_hygiene(&report->review[LIST_HYGIENE], row, kept);
}

static void
write_row(struct buf *out, const struct top_row *row)
{
	bool first = true;

	buf_puts(out, "{\"id\":");
	buf_json(out, row->id);
	note_write(row->note, out);
	buf_puts(out, ",\"why\":[");
	for (int i = 0; i < REVIEW_REASONS; i++) {
		if (!(row->why & REVIEW(i)))
			continue;
		buf_puts(out, first ? "\"" : ",\"");
		buf_puts(out, review_names[i]);
		buf_putc(out, '"');
		first = false;
	}
	buf_puts(out, "]}");
}

void
report_write_review(const struct report *report, struct buf *out)
{
	const struct top *pressing = &report->review[LIST_PRESSING];
	struct top_row *row;
	size_t n = 0;

	for (int i = 0; i < REVIEW_LISTS; i++)
		n += report->review[i].n;
	row = mem_alloc((n + 1) * sizeof *row);
	n = union_of_lists(report, row);

	buf_key(out, "review");
	buf_putc(out, '[');
	for (size_t i = 0; i < n; i++) {
		buf_puts(out, i > 0 ? "," : "");
		write_row(out, &row[i]);
	}
	buf_putc(out, ']');
	if (report->pressing > pressing->n) {
		buf_key(out, "review_of");
		buf_int(out, (int64_t)report->pressing);
	}
	free(row);
}
