#include "base/instant.h"
#include "domain/report_partial_work.h"

static int
read_clock(const struct partial_line *line, const char *key,
	enum clock_id *id, int *tier)
{
	int64_t number;
	int which;

	if (line_name(line, key, clock_names, CLOCK_IDS, &which) != 0
		|| line_int(line, "tier", 0, TIER_MAX, &number) != 0)
		return -1;
	*id = (enum clock_id)which;
	*tier = (int)number;
	return 0;
}

int
partial_clock(struct partial_reader *reader, const struct partial_line *line)
{
	const struct clocks_row *row = row_find(tally_clocks, sizeof *row,
		line->kind);
	enum clock_id id;
	int tier;

	if (row->rejudged && !reader->report->terms_name.p)
		return err_add(line->err, EX_DATAERR, row->name,
			"the head has no rejudge");
	if (read_clock(line, row->name, &id, &tier) != 0)
		return -1;
	reader->clock = clock_rows_get(row_member(reader->tally, row->at), id, tier);
	return 0;
}

/* No clock lasts longer than all time there is. */
#define CLOCK_MOST_S (INSTANT_MAX - INSTANT_MIN)

/* The digest is put together apart, and merged when all of it was there. */
int
partial_times(struct partial_reader *reader, const struct partial_line *line)
{
	const struct digest_kind *row;
	struct digest *digest = &reader->digest;
	struct span name;
	int64_t sum;

	if (!reader->clock)
		return err_add(line->err, EX_DATAERR, "times", "of no clock");
	if (line_text(line, "times", &name) != 0)
		return -1;
	row = row_find(clock_digests, sizeof *row, name);
	if (!row)
		return line_unknown(line, "times", name);
	digest_release(digest);
	if (line_n(reader, line, "n", &reader->digest_n) != 0
		|| line_int(line, "sum", 0, INT64_MAX, &sum) != 0
		|| line_int(line, "min", 0, CLOCK_MOST_S, &digest->min) != 0
		|| line_int(line, "max", 0, CLOCK_MOST_S, &digest->max) != 0
		|| line_spend(&reader->seconds, (uint64_t)sum, INT64_MAX, line,
		"sum") != 0)
		return -1;
	digest->sum = (uint64_t)sum;
	reader->into = row_member(reader->clock, row->at);
	return 0;
}

/* A number of the list of buckets; after the last one -1. */
static int64_t
next_number(const struct scan *scan, uint32_t *at)
{
	int64_t value = -1;

	if (*at == 0)
		return -1;
	if (scan_int(scan, *at, &value) != 0)
		value = -1;
	*at = scan->node[*at].next;
	return value;
}

static int
read_buckets(struct partial_reader *reader, const struct partial_line *line,
	unsigned page)
{
	const struct scan *scan = line->scan;
	uint32_t list, at;

	if (line_list(line, "buckets", &list) != 0)
		return -1;
	at = scan_first(scan, list);
	while (at) {
		int64_t bucket = next_number(scan, &at);
		int64_t n = next_number(scan, &at);
		struct digest *digest = &reader->digest;

		if (bucket < 0 || bucket >= DIGEST_PAGE || n < 1
			|| (uint64_t)n > reader->digest_n - digest->n)
			return err_add(line->err, EX_DATAERR, "buckets",
				"expected buckets and how many are in them");
		digest_put(digest, page, (unsigned)bucket, (uint64_t)n);
	}
	return 0;
}

int
partial_page(struct partial_reader *reader, const struct partial_line *line)
{
	struct digest *digest = &reader->digest;
	int64_t page;

	if (!reader->into)
		return err_add(line->err, EX_DATAERR, "page", "of no times");
	if (line_int(line, "page", 0, DIGEST_PAGES - 1, &page) != 0
		|| read_buckets(reader, line, (unsigned)page) != 0)
		return -1;
	if (digest->n < reader->digest_n)
		return 0;
	if (!digest_is_sound(digest))
		return err_add(line->err, EX_DATAERR, "times",
			"sum, min and max are not of these buckets");
	digest_merge(reader->into, digest);
	digest_release(digest);
	reader->into = NULL;
	return 0;
}

int
partial_moved(struct partial_reader *reader, const struct partial_line *line)
{
	struct moved_row row;
	int pinned, rejudged;

	if (!reader->report->terms_name.p)
		return err_add(line->err, EX_DATAERR, "moved",
			"the head has no rejudge");
	if (read_clock(line, "moved", &row.id, &row.tier) != 0
		|| line_name(line, "pinned", verdict_names, VERDICTS, &pinned) != 0
		|| line_name(line, "rejudged", verdict_names, VERDICTS, &rejudged) != 0
		|| line_n(reader, line, "n", &row.n) != 0)
		return -1;
	row.pinned = (enum verdict)pinned;
	row.rejudged = (enum verdict)rejudged;
	rejudged_count(&reader->tally->rejudged, &row);
	return 0;
}

/* In its zone an instant may be in the month before year 0 or that after 9999. */
#define MONTH_FIRST (-1)
#define MONTH_LAST  (12 * 10000)

static int
read_month_figures(struct partial_reader *reader, const struct partial_line *line,
	struct month_row *row)
{
	for (size_t i = 0; i < MONTH_FIGURES; i++)
		if (scan_member(line->scan, 0, month_figures[i].name)
			&& line_n(reader, line, month_figures[i].name,
			row_member(row, month_figures[i].at)) != 0)
			return -1;
	if (row->met + row->missed + row->breached == 0)
		return err_add(line->err, EX_DATAERR, "month", "no figure");
	return 0;
}

int
partial_month(struct partial_reader *reader, const struct partial_line *line)
{
	struct month_row row = { 0 };
	int64_t month;

	if (line_int(line, "month", MONTH_FIRST, MONTH_LAST, &month) != 0
		|| read_clock(line, "clock", &row.id, &row.tier) != 0)
		return -1;
	row.month = (int)month;
	if (read_month_figures(reader, line, &row) != 0)
		return -1;
	months_count(&reader->tally->months, &row);
	return 0;
}

static int
read_flow_end(const struct partial_line *line, const char *key, int *end)
{
	struct span text;

	if (line_text(line, key, &text) != 0)
		return -1;
	return flow_read_end(text, end) == 0 ? 0 : line_unknown(line, key, text);
}

int
partial_flow(struct partial_reader *reader, const struct partial_line *line)
{
	int from, to;
	uint64_t n;

	if (read_flow_end(line, "from", &from) != 0
		|| read_flow_end(line, "to", &to) != 0
		|| line_n(reader, line, "n", &n) != 0)
		return -1;
	flow_count(&reader->tally->flow, from, to, n);
	return 0;
}
