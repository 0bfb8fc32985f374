#include "domain/calendar_table.h"

#define WHERE_YEARS "not within the years 1900 to 2199"

static int
out_of_range(struct err *err)
{
	return err_add(err, EX_DATAERR, NULL, "the deadline is " WHERE_YEARS);
}

/* Both ends of what can be asked. */
static int
check_start(int64_t start, struct err *err)
{
	if (start >= CALENDAR_MIN && start <= CALENDAR_MAX)
		return 0;
	return err_add(err, EX_DATAERR, NULL, "the start is " WHERE_YEARS);
}

static int
answer(int64_t at, int64_t *deadline, struct err *err)
{
	if (at > CALENDAR_MAX)
		return out_of_range(err);
	*deadline = at;
	return 0;
}

/* The piece that holds `at`, else the next; NULL: none before 2200. */
static const struct piece *
next_piece(struct calendar *calendar, int64_t at)
{
	const struct piece *piece;

	table_ensure(calendar, at);
	piece = table_piece(&calendar->table, at);
	while (piece->to > calendar->table.safe_to) {
		if (!table_grow(calendar))
			return NULL;
		piece = table_piece(&calendar->table, at);
	}
	return piece;
}

int
calendar_opening(struct calendar *calendar, int64_t at,
	struct opening *opening, struct err *err)
{
	const struct piece *piece;

	if (check_start(at, err) != 0)
		return -1;
	piece = next_piece(calendar, at);
	if (!piece)
		return err_add(err, EX_DATAERR, NULL,
			"no opening before the end of 2199");
	*opening = (struct opening){ piece->from, piece->to, piece->day };
	return 0;
}

/*
 * The first piece, from `low` on, by whose end `target` open seconds of the
 * table have passed: by steps that double, then by halves.
 */
static size_t
find_total(const struct table *table, size_t low, int64_t target)
{
	const struct piece *next = table->piece + 1;
	size_t high = low, step = 1;

	while (high < table->n_pieces && next[high].before < target) {
		low = high + 1;
		high += step;
		step *= 2;
	}
	if (high > table->n_pieces)
		high = table->n_pieces;
	while (low < high) {
		size_t mid = (low + high) / 2;

		if (next[mid].before < target)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

int
calendar_add_open(struct calendar *calendar, int64_t start, int64_t open_s,
	int64_t *deadline, struct err *err)
{
	struct table *table = &calendar->table;
	const struct piece *piece;
	int64_t target;
	size_t i;

	if (check_start(start, err) != 0)
		return -1;
	piece = next_piece(calendar, start);
	if (!piece)
		return out_of_range(err);
	if (open_s == 0)
		return answer(start > piece->from ? start : piece->from, deadline,
			err);
	i = (size_t)(piece - table->piece);
	target = table_total(table, start) + open_s;
	do {
		i = find_total(table, i, target);
		piece = &table->piece[i];
		if (piece->to <= table->safe_to)
			return answer(piece->from + target - piece->before,
				deadline, err);
		/* The last days may still change places. */
		i = (size_t)(table_piece(table, start) - table->piece);
	} while (table_grow(calendar));
	return out_of_range(err);
}

/* The local day at an instant. */
static int64_t
local_day(const struct calendar *calendar, int64_t at)
{
	const struct table *table = &calendar->table;
	int32_t offset = table_day(table, table_utc_day(table, at))->offset;

	if (offset == OFFSET_VARIES)
		offset = zone_offset(calendar->zone, at, NULL, NULL);
	return table_utc_day(table, at + offset);
}

/* Business day n after the one with index i; NULL: not before 2200. */
static const struct business_day *
business_day(struct calendar *calendar, size_t i)
{
	while (i >= calendar->table.n_business)
		if (!table_grow(calendar))
			return NULL;
	return &calendar->table.business[i];
}

/* Day 0: the start's, if it lies before that day's last closing. */
static size_t
day_zero(struct calendar *calendar, int64_t start)
{
	int64_t day = local_day(calendar, start);
	size_t i = table_day(&calendar->table, day)->business;
	const struct business_day *business = business_day(calendar, i);

	return business && business->day == day && start >= business->close ?
		i + 1 : i;
}

/* The first opening of a business day after `at`, at itself if it is open. */
static int64_t
opening_of_day(struct calendar *calendar, const struct business_day *business,
	int64_t at)
{
	const struct piece *piece;
	int64_t day = business->day, close = business->close;

	table_ensure(calendar, at);
	for (piece = table_piece(&calendar->table, at); piece->from < close;
		piece++)
		if (piece->day == day)
			return piece->from > at ? piece->from : at;
	return close;
}

/* The first instant of a local day whose clock reads at or after a time. */
static int64_t
instant_of_day(const struct calendar *calendar, int64_t day, int64_t time_s)
{
	int32_t offset = table_day(&calendar->table, day)->offset;
	int64_t local = day * DAY_S + time_s;

	return offset == OFFSET_VARIES ? zone_instant(calendar->zone, local) :
		local - offset;
}

/* The local time of day of the start, or of day 0's next opening. */
static int64_t
time_of_day(struct calendar *calendar, const struct business_day *zero,
	int64_t start)
{
	int64_t day = zero->day;
	int64_t at = opening_of_day(calendar, zero, start);
	int32_t offset = table_day(&calendar->table, day)->offset;

	if (offset == OFFSET_VARIES)
		offset = zone_offset(calendar->zone, at, NULL, NULL);
	return at + offset - day * DAY_S;
}

static int
add_days(struct calendar *calendar, int64_t start, int64_t n,
	enum day_ends ends, int64_t *deadline, struct err *err)
{
	const struct business_day *business;
	int64_t time_s = 0;
	size_t zero;

	table_ensure(calendar, start);
	zero = day_zero(calendar, start);
	business = business_day(calendar, zero);
	if (business && ends == DAY_ENDS_SAME_TIME)
		time_s = time_of_day(calendar, business, start);
	business = business_day(calendar, zero + (size_t)n);
	if (!business || business->close > CALENDAR_MAX)
		return out_of_range(err);
	if (ends == DAY_ENDS_CLOSE)
		return answer(business->close, deadline, err);
	return answer(opening_of_day(calendar, business,
		instant_of_day(calendar, business->day, time_s)), deadline, err);
}

int
calendar_add(struct calendar *calendar, int64_t start,
	struct duration duration, enum day_ends ends, int64_t *deadline,
	struct err *err)
{
	if (check_start(start, err) != 0)
		return -1;
	switch (duration.unit) {
	case UNIT_BUSINESS_DAY:
		return add_days(calendar, start, duration.n, ends, deadline, err);
	case UNIT_BUSINESS:
		return calendar_add_open(calendar, start, duration.n, deadline,
			err);
	case UNIT_PLAIN:
		break;
	}
	return answer(start + duration.n, deadline, err);
}
