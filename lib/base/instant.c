#include "base/instant.h"

#include <string.h>

#define ERA_DAYS 146097  /* 400 years */
#define EPOCH_DAY 719468 /* days from 0000-03-01 to 1970-01-01 */

static int64_t
div_floor(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/*
 * Years are counted from March, so that the leap day is the last one.
 * Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms".
 */
int64_t
civil_days(int year, int month, int day)
{
	int64_t y = (int64_t)year - (month <= 2);
	int64_t era = div_floor(y, 400);
	int64_t of_era = y - era * 400;
	int64_t of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

	return era * ERA_DAYS + of_era * 365 + of_era / 4 - of_era / 100 + of_year -
	       EPOCH_DAY;
}

void
civil_from_days(int64_t days, int *year, int *month, int *day)
{
	int64_t shifted = days + EPOCH_DAY;
	int64_t era = div_floor(shifted, ERA_DAYS);
	int64_t rest = shifted - era * ERA_DAYS;
	int64_t y = (rest - rest / 1460 + rest / 36524 - rest / 146096) / 365;
	int64_t of_year = rest - (365 * y + y / 4 - y / 100);
	int64_t m = (5 * of_year + 2) / 153;

	*day = (int)(of_year - (153 * m + 2) / 5 + 1);
	*month = (int)(m < 10 ? m + 3 : m - 9);
	*year = (int)(y + era * 400 + (*month <= 2));
}

int
civil_month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return days[month - 1] + (month == 2 && leap);
}

/* 1970-01-01 was a Thursday. */
int
civil_weekday(int64_t days)
{
	return (int)(((days % 7) + 7 + 4) % 7);
}

int64_t
civil_seconds(const struct civil *civil)
{
	return civil_days(civil->year, civil->month, civil->day) * DAY_S +
	       civil->hour * 3600 + civil->minute * 60 + civil->second;
}

void
civil_from_seconds(int64_t s, struct civil *civil)
{
	int64_t days = div_floor(s, DAY_S);
	int rest = (int)(s - days * DAY_S);

	civil_from_days(days, &civil->year, &civil->month, &civil->day);
	civil->hour = rest / 3600;
	civil->minute = rest / 60 % 60;
	civil->second = rest % 60;
}

static void
put_two(char *p, int value)
{
	p[0] = (char)('0' + value / 10);
	p[1] = (char)('0' + value % 10);
}

void
instant_format(int64_t at, char text[INSTANT_SIZE])
{
	struct civil civil;

	if (at < INSTANT_MIN)
		at = INSTANT_MIN;
	if (at > INSTANT_MAX)
		at = INSTANT_MAX;
	civil_from_seconds(at, &civil);
	memcpy(text, "0000-00-00T00:00:00Z", INSTANT_SIZE);
	put_two(text, civil.year / 100);
	put_two(text + 2, civil.year % 100);
	put_two(text + 5, civil.month);
	put_two(text + 8, civil.day);
	put_two(text + 11, civil.hour);
	put_two(text + 14, civil.minute);
	put_two(text + 17, civil.second);
}
