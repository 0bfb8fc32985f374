#include "domain/calendar_table.h"

#include <stdlib.h>
#include <string.h>

/* No local clock is farther from UTC. */
#define WIDEST_S (26 * 3600)
/* So near the end of what is built, a day not yet built may reach. */
#define SEAM_DAYS 2

static void *
grow(void *list, size_t *cap, size_t need, size_t size)
{
	if (need <= *cap)
		return list;
	*cap = mem_grow(*cap, need);
	return mem_resize(list, *cap * size);
}

/* Room for one more, and for the one at the end of time. */
static struct piece *
new_piece(struct table *table)
{
	table->piece = grow(table->piece, &table->cap_pieces,
		table->n_pieces + 2, sizeof *table->piece);
	return &table->piece[table->n_pieces++];
}

/* Open time of a local day; what touches on the same day is one. */
static void
add_piece(struct table *table, int64_t day, int64_t from, int64_t to)
{
	struct piece *last = NULL;

	if (from >= to)
		return;
	if (table->n_pieces > 0)
		last = &table->piece[table->n_pieces - 1];
	if (last && last->day == day && last->to == from) {
		last->to = to;
		return;
	}
	*new_piece(table) = (struct piece){ .from = from, .to = to,
		.day = day };
}

/* The hours of a day as far as its local clock reads them in a segment. */
static void
add_segment(struct table *table, int64_t day, const struct hours *hours,
	int32_t offset, int64_t from, int64_t to)
{
	for (size_t i = 0; i < hours->n; i++) {
		int64_t open = day * DAY_S + hours->span[i].from - offset;
		int64_t close = day * DAY_S + hours->span[i].to - offset;

		add_piece(table, day, open > from ? open : from,
			close < to ? close : to);
	}
}

/* Every segment of constant offset in which it may be that local day. */
static void
add_changing_day(struct calendar *calendar, int64_t day,
	const struct hours *hours)
{
	int64_t from, to = day * DAY_S - WIDEST_S;
	int32_t offset;

	do {
		offset = zone_offset(calendar->zone, to, &from, &to);
		add_segment(&calendar->table, day, hours, offset, from, to);
	} while (to < (day + 1) * DAY_S + WIDEST_S);
}

/* The offset from the day before to the day after, where it is one. */
static int32_t
steady_offset(const struct zone *zone, int64_t day)
{
	int64_t to;
	int32_t offset = zone_offset(zone, (day - 1) * DAY_S, NULL, &to);

	return to >= (day + 2) * DAY_S ? offset : OFFSET_VARIES;
}

static void
add_business_day(struct table *table, int64_t day, size_t first_piece)
{
	int64_t close = INT64_MIN;

	if (first_piece == table->n_pieces)
		return;
	for (size_t i = first_piece; i < table->n_pieces; i++)
		if (table->piece[i].to > close)
			close = table->piece[i].to;
	table->business = grow(table->business, &table->cap_business,
		table->n_business + 1, sizeof *table->business);
	table->business[table->n_business++] =
		(struct business_day){ day, close };
}

static void
add_day(struct calendar *calendar, int64_t day)
{
	struct table *table = &calendar->table;
	const struct hours *hours = calendar_hours(calendar, day);
	size_t first_piece = table->n_pieces;
	struct day_index *index;

	table->day = grow(table->day, &table->cap_days, table->n_days + 1,
		sizeof *table->day);
	index = &table->day[table->n_days++];
	index->business = (uint32_t)table->n_business;
	index->offset = steady_offset(calendar->zone, day);
	if (index->offset == OFFSET_VARIES)
		add_changing_day(calendar, day, hours);
	else
		add_segment(table, day, hours, index->offset, INT64_MIN,
			INT64_MAX);
	add_business_day(table, day, first_piece);
}

/*
 * Clocks that go back at midnight (St. John's did at 00:01) give a minute of
 * the next day before the last hour of this one.  Returns the first piece
 * that moved, at most `first`.
 */
static size_t
sort_pieces(struct table *table, size_t first)
{
	struct piece *piece = table->piece;
	size_t lowest = first;

	for (size_t i = first > 0 ? first : 1; i < table->n_pieces; i++) {
		struct piece moved = piece[i];
		size_t j = i;

		for (; j > 0 && piece[j - 1].from > moved.from; j--)
			piece[j] = piece[j - 1];
		piece[j] = moved;
		if (j < i && j < lowest)
			lowest = j;
	}
	return lowest;
}

static void
sum_pieces(struct table *table, size_t first)
{
	int64_t sum = 0;

	if (first > 0) {
		const struct piece *last = &table->piece[first - 1];

		sum = last->before + last->to - last->from;
	}
	for (size_t i = first; i < table->n_pieces; i++) {
		table->piece[i].before = sum;
		sum += table->piece[i].to - table->piece[i].from;
	}
	*new_piece(table) = (struct piece){ INT64_MAX, INT64_MAX, sum,
		INT64_MAX };
	table->n_pieces--;
}

static void
index_pieces(struct table *table, size_t first_day)
{
	size_t piece = first_day > 0 ? table->day[first_day - 1].piece : 0;

	for (size_t i = first_day; i < table->n_days; i++) {
		int64_t start = (table->base + (int64_t)i) * DAY_S;

		while (table->piece[piece].to <= start)
			piece++;
		table->day[i].piece = (uint32_t)piece;
	}
}

static void
add_year(struct calendar *calendar)
{
	struct table *table = &calendar->table;
	int64_t day = civil_days(table->end, 1, 1);
	int64_t next = civil_days(table->end + 1, 1, 1);
	size_t old_pieces = table->n_pieces, old_days = table->n_days;

	for (; day < next; day++)
		add_day(calendar, day);
	table->end++;
	sum_pieces(table, sort_pieces(table, old_pieces));
	index_pieces(table, old_days > SEAM_DAYS ? old_days - SEAM_DAYS : 0);
	table->safe_to = (next - SEAM_DAYS) * DAY_S;
}

static void
start_at(struct table *table, int year)
{
	table->first = table->end = year;
	table->base = civil_days(year, 1, 1);
	table->safe_from = (table->base + SEAM_DAYS) * DAY_S;
	table->n_pieces = table->n_business = table->n_days = 0;
}

/*
 * Going back means to build all again; at least as many years more as there
 * are, so that a walk into the past is not paid for each year.
 */
static void
build_back(struct calendar *calendar, int year)
{
	struct table *table = &calendar->table;
	int end = table->end;

	if (end == table->first)
		end = year + 1;
	else if (year > 2 * table->first - end)
		year = 2 * table->first - end;
	start_at(table, year < TABLE_FIRST_YEAR ? TABLE_FIRST_YEAR : year);
	while (table->end < end)
		add_year(calendar);
}

bool
table_grow(struct calendar *calendar)
{
	if (calendar->table.end > TABLE_LAST_YEAR)
		return false;
	add_year(calendar);
	return true;
}

void
table_build(struct calendar *calendar, int64_t at)
{
	struct table *table = &calendar->table;
	struct civil civil;

	civil_from_seconds(at - SEAM_DAYS * DAY_S, &civil);
	if (table->end == table->first || at < table->safe_from)
		build_back(calendar, civil.year);
	while (at >= table->safe_to)
		add_year(calendar);
}

void
table_release(struct table *table)
{
	free(table->piece);
	free(table->business);
	free(table->day);
	memset(table, 0, sizeof *table);
}
