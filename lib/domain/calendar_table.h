/*
 * calendar_table: what a calendar looks like inside, and its tables of open
 * time.  Private to domain/calendar*.
 * Order: ensure the instants one asks about, then index.
 */
#ifndef ESC_DOMAIN_CALENDAR_TABLE_H
#define ESC_DOMAIN_CALENDAR_TABLE_H

#include <stddef.h>

#include "base/instant.h"
#include "base/mem.h"
#include "domain/calendar.h"

/* The first and last year that are built: one to each side of those asked. */
#define TABLE_FIRST_YEAR 1899
#define TABLE_LAST_YEAR  2200

/* Seconds of the local day, from 0 to DAY_S. */
struct hours_span {
	int32_t from, to;
};

/* Ascending, neither overlapping nor touching. */
struct hours {
	const struct hours_span *span;
	size_t n;
};

struct holiday {
	int64_t day;      /* dated: since 1970 */
	int month, mday;  /* yearly */
	const char *name; /* "" where it has none */
	bool partly;      /* has hours of its own */
	struct hours hours;
};

/*
 * Open from `from` to `to`, all on one local day.  In the order of time;
 * days may go back where clocks do at midnight.
 */
struct piece {
	int64_t from, to;
	int64_t before; /* open seconds of the table before it */
	int64_t day;
};

struct business_day {
	int64_t day;
	int64_t close; /* its last closing */
};

/* Of a day since 1970, as UTC's and as the local one. */
struct day_index {
	uint32_t piece;    /* the first that ends after the UTC day began */
	uint32_t business; /* the first business day not before the local day */
	int32_t offset;    /* on it and its neighbours; or OFFSET_VARIES */
};

#define OFFSET_VARIES INT32_MIN

/* The years [first, end) in one run.  A piece at INT64_MAX ends the list. */
struct table {
	int first, end;
	int64_t base; /* the day of day[0] */
	int64_t safe_from, safe_to; /* instants whose neighbourhood is complete */
	struct piece *piece;
	struct business_day *business;
	struct day_index *day;
	size_t n_pieces, n_business, n_days;
	size_t cap_pieces, cap_business, cap_days;
};

struct calendar {
	char *name;
	const struct zone *zone;
	struct hours week[7];    /* by civil_weekday */
	struct holiday *dated;   /* ascending */
	struct holiday *yearly;
	size_t n_dated, n_yearly;
	uint16_t yearly_at[13][32]; /* 1 + the index of month and day */
	struct arena arena;
	struct table table;
};

/* The holiday on a local day, or NULL; the hours of a local day. */
const struct holiday *calendar_find_holiday(const struct calendar *calendar,
	int64_t day);
const struct hours *calendar_hours(const struct calendar *calendar,
	int64_t day);

/* Adds one more year at the end; false: there is none. */
bool table_grow(struct calendar *calendar);

/* Makes `at`, within CALENDAR_MIN and MAX, lie in [safe_from, safe_to). */
void table_build(struct calendar *calendar, int64_t at);
void table_release(struct table *table);

static inline void
table_ensure(struct calendar *calendar, int64_t at)
{
	if (at < calendar->table.safe_from || at >= calendar->table.safe_to)
		table_build(calendar, at);
}

static inline const struct day_index *
table_day(const struct table *table, int64_t day)
{
	return &table->day[day - table->base];
}

/* The UTC day of an instant in the table. */
static inline int64_t
table_utc_day(const struct table *table, int64_t at)
{
	return (at - table->base * DAY_S) / DAY_S + table->base;
}

/* The first piece that ends after `at`, for which the table was ensured. */
static inline const struct piece *
table_piece(const struct table *table, int64_t at)
{
	const struct piece *piece = table->piece +
		table_day(table, table_utc_day(table, at))->piece;

	while (piece->to <= at)
		piece++;
	return piece;
}

/* Open seconds of the table before `at`. */
static inline int64_t
table_total(const struct table *table, int64_t at)
{
	const struct piece *piece = table_piece(table, at);

	return piece->before + (at > piece->from ? at - piece->from : 0);
}

#endif
