/*
 * instant: seconds since 1970-01-01T00:00:00Z, without leap seconds, and the
 * proleptic Gregorian calendar.  Knows no zones (see zone.h).  Fractions of
 * a second are cut, never rounded.  Source: RFC 3339, section 5.6.
 */
#ifndef ESC_BASE_INSTANT_H
#define ESC_BASE_INSTANT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"

#define INSTANT_NONE INT64_MIN
#define INSTANT_MIN  INT64_C(-62167219200) /* 0000-01-01T00:00:00Z */
#define INSTANT_MAX  INT64_C(253402300799) /* 9999-12-31T23:59:59Z */
#define INSTANT_SIZE 21                    /* with the NUL */
#define DAY_S        86400

struct civil {
	int year, month, day;     /* month and day from 1 */
	int hour, minute, second;
};

/* Days since 1970-01-01 of a date that exists, and back. */
int64_t civil_days(int year, int month, int day);
void civil_from_days(int64_t days, int *year, int *month, int *day);
int civil_month_days(int year, int month);

/* 0: Sunday ... 6: Saturday. */
int civil_weekday(int64_t days);

/* Seconds on a clock without zone, and back. */
int64_t civil_seconds(const struct civil *civil);
void civil_from_seconds(int64_t s, struct civil *civil);

/*
 * RFC 3339 with a zone (`Z` or an offset); `t`, `z` and a blank instead of
 * `T` are taken too.  0, or -1 with the reason: no zone, no such day,
 * second 60, a year of five digits.
 */
int instant_parse(struct span text, int64_t *at, struct err *err);

/* YYYY-MM-DD that exists: days since 1970.  0, or -1 with the reason. */
int date_parse(struct span text, int64_t *days, struct err *err);

/* 2026-11-21T19:30:00Z with a NUL. */
void instant_format(int64_t at, char text[INSTANT_SIZE]);

#endif
