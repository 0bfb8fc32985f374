/*
 * slow_time: business time from its definition, minute by minute: a minute
 * is open where the C library's localtime_r reads a time inside the hours.
 * Shares nothing with lib/domain/calendar and lib/base/zone but the file.
 * For calendars whose zone is off UTC by whole minutes, and some decades.
 */
#ifndef ESC_TESTS_PROPERTY_SLOW_TIME_H
#define ESC_TESTS_PROPERTY_SLOW_TIME_H

#include <stdbool.h>
#include <stdint.h>

#define SLOW_NONE    INT64_MIN           /* beyond the years that are looked at, */
#define SLOW_LONGEST INT64_C(100000000)  /* or three years from one to the other */

struct slow_calendar;

/*
 * FOLDER/calendars/NAME.json, FOLDER from ESC_POLICY_PATH; read once, alive
 * until the program ends, which it does where there is no such file.
 */
struct slow_calendar *slow_calendar(const char *name);

/* Open seconds in [from, to), from before to. */
int64_t slow_open(struct slow_calendar *calendar, int64_t from, int64_t to);

/* The first instant by which so many open seconds have passed. */
int64_t slow_add_open(struct slow_calendar *calendar, int64_t start, int64_t open_s);

/* The n-th business day's end, or its same time. */
int64_t slow_add_days(struct slow_calendar *calendar, int64_t start, int64_t n,
	bool same_time);

#endif
