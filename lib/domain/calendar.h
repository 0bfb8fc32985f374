/*
 * calendar: business time.  Open time is the set of instants whose local
 * wall clock reads inside the hours; all else follows from that, DST days,
 * gaps and skipped dates included.  Tables of open intervals in UTC with
 * running totals are built a year at a time when first needed, so that
 * asking is a few memory reads and no zone code runs.  A calendar is
 * therefore changed by being asked: one thread a calendar.
 * Instants from 1900 to 2199; what lies outside is refused.
 * Source of the rules: esc-policy(5), BUSINESS TIME.
 */
#ifndef ESC_DOMAIN_CALENDAR_H
#define ESC_DOMAIN_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/json.h"
#include "base/zone.h"
#include "domain/duration.h"

#define CALENDAR_MIN INT64_C(-2208988800) /* 1900-01-01T00:00:00Z */
#define CALENDAR_MAX INT64_C(7258118399)  /* 2199-12-31T23:59:59Z */

enum day_ends {
	DAY_ENDS_CLOSE,     /* a deadline in days is the last closing */
	DAY_ENDS_SAME_TIME, /* ... the same time of day, moved into the hours */
};

struct calendar;

/* An open interval [from, to) and the local day (since 1970) it began on. */
struct opening {
	int64_t from, to;
	int64_t day;
};

/*
 * Reads the JSON form (keys timezone, hours, holidays; name, note and
 * source are taken as remarks).  Every fault is added with its JSON pointer;
 * no open time in any ten years is one.  The caller owns it (calendar_free).
 * NULL with EX_CONFIG.
 */
struct calendar *calendar_parse(const char *name, struct span text,
	struct err *err);
struct calendar *calendar_from_json(const char *name, json_t *json,
	struct err *err);
void calendar_free(struct calendar *calendar);
const char *calendar_name(const struct calendar *calendar);
const struct zone *calendar_zone(const struct calendar *calendar);

/*
 * The deadline: `start` and a duration of any unit.  0, or -1 with
 * EX_DATAERR where no open time is within ten years or 2199 is passed.
 */
int calendar_add(struct calendar *calendar, int64_t start,
	struct duration duration, enum day_ends ends, int64_t *deadline,
	struct err *err);

/*
 * The first instant by which `open_s` (0 or more) open seconds have passed
 * since start: the closing instant itself when they end there; with zero
 * the start if open, else the next opening.
 */
int calendar_add_open(struct calendar *calendar, int64_t start,
	int64_t open_s, int64_t *deadline, struct err *err);

/*
 * Open seconds in [from, to); negative when reversed.  Instants outside
 * CALENDAR_MIN..MAX count as those bounds.
 */
int64_t calendar_open_between(struct calendar *calendar, int64_t from,
	int64_t to);

bool calendar_is_open(struct calendar *calendar, int64_t at);

/*
 * The open interval that holds `at`, else the next one after it: 0, or -1
 * with EX_DATAERR where there is none within ten years.
 */
int calendar_opening(struct calendar *calendar, int64_t at,
	struct opening *opening, struct err *err);

/*
 * The holiday on a local day: its name ("" where it has none), NULL where it
 * is none.  *partly: it has hours of its own.
 */
const char *calendar_holiday(const struct calendar *calendar, int64_t day,
	bool *partly);

/*
 * The first and last day since 1970 that dated holidays name, where the
 * calendar lives by them.  Beside yearly ones, fewer than four in a single
 * year are exceptions, and all years are covered: false.
 */
bool calendar_dated_span(const struct calendar *calendar, int64_t *first,
	int64_t *last);

/*
 * Its holidays are known between two instants, in either order: the time
 * lies in the local years from the first to the last of that span, or the
 * calendar has none.
 */
bool calendar_covers(const struct calendar *calendar, int64_t from, int64_t to);

#endif
