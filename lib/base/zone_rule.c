#include "base/zone_rule.h"

#include <stddef.h>

#include "base/instant.h"

#define HOUR_S      3600
#define MAX_RULE_H  167
#define DEFAULT_S   (2 * HOUR_S)

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* A number of at most `max`; NULL where there is none. */
static const char *
read_number(const char *s, int min, int max, int *value)
{
	if (!s || !is_digit(*s))
		return NULL;
	for (*value = 0; is_digit(*s) && *value <= max; s++)
		*value = *value * 10 + (*s - '0');
	return *value < min || *value > max ? NULL : s;
}

static const char *
read_name(const char *s)
{
	const char *start = s;

	if (!s)
		return NULL;
	if (*s == '<') {
		while (*s && *s != '>')
			s++;
		return *s ? s + 1 : NULL;
	}
	while (is_letter(*s))
		s++;
	return s - start < 3 ? NULL : s;
}

/* [+-]hh[:mm[:ss]] */
static const char *
read_time(const char *s, int max_hours, int32_t *time_s)
{
	int part[3] = { 0, 0, 0 };
	int sign = 1;

	if (!s)
		return NULL;
	if (*s == '-' || *s == '+')
		sign = *s++ == '-' ? -1 : 1;
	s = read_number(s, 0, max_hours, &part[0]);
	for (int i = 1; i < 3 && s && *s == ':'; i++)
		s = read_number(s + 1, 0, 59, &part[i]);
	*time_s = sign * (part[0] * HOUR_S + part[1] * 60 + part[2]);
	return s;
}

static const char *
expect(const char *s, char c)
{
	return s && *s == c ? s + 1 : NULL;
}

static const char *
read_day(const char *s, struct rule_date *date)
{
	if (!s)
		return NULL;
	if (*s == 'J') {
		date->kind = RULE_JULIAN;
		return read_number(s + 1, 1, 365, &date->day);
	}
	if (*s != 'M') {
		date->kind = RULE_DAY;
		return read_number(s, 0, 365, &date->day);
	}
	date->kind = RULE_MONTH;
	s = expect(read_number(s + 1, 1, 12, &date->month), '.');
	s = expect(read_number(s, 1, 5, &date->week), '.');
	return read_number(s, 0, 6, &date->day);
}

/* ,date[/time] */
static const char *
read_date(const char *s, struct rule_date *date)
{
	s = read_day(expect(s, ','), date);
	date->time_s = DEFAULT_S;
	if (s && *s == '/')
		s = read_time(s + 1, MAX_RULE_H, &date->time_s);
	return s;
}

/* POSIX counts west of UTC. */
static const char *
read_offset(const char *s, int32_t *offset)
{
	s = read_time(s, 24, offset);
	*offset = -*offset;
	return s;
}

int
zone_rule_parse(const char *text, struct zone_rule *rule)
{
	const char *s = read_offset(read_name(text), &rule->standard);

	rule->has_summer = s && *s;
	rule->summer = rule->standard + HOUR_S;
	if (!rule->has_summer)
		return s ? 0 : -1;
	s = read_name(s);
	if (s && *s != ',')
		s = read_offset(s, &rule->summer);
	s = read_date(s, &rule->start);
	s = read_date(s, &rule->end);
	return s && !*s ? 0 : -1;
}

static int64_t
month_day(const struct rule_date *date, int year)
{
	int64_t first = civil_days(year, date->month, 1);
	int day = (date->day - civil_weekday(first) + 7) % 7 +
		(date->week - 1) * 7;

	if (day >= civil_month_days(year, date->month))
		day -= 7;
	return first + day;
}

/* Seconds on the local clock. */
static int64_t
date_local(const struct rule_date *date, int year)
{
	int64_t day;

	if (date->kind == RULE_MONTH) {
		day = month_day(date, year);
	} else {
		day = civil_days(year, 1, 1) + date->day;
		if (date->kind == RULE_JULIAN && (date->day < 60 ||
			civil_month_days(year, 2) == 28))
			day--;
	}
	return day * DAY_S + date->time_s;
}

int64_t
zone_rule_start(const struct zone_rule *rule, int year)
{
	return date_local(&rule->start, year) - rule->standard;
}

int64_t
zone_rule_end(const struct zone_rule *rule, int year)
{
	return date_local(&rule->end, year) - rule->summer;
}
