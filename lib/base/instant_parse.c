#include "base/instant.h"

/* What is still to be read, and why it cannot be. */
struct reader {
	const char *p, *end;
	const char *shape;
	const char *why;
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
refuse(struct reader *reader, const char *why)
{
	reader->why = why;
	return false;
}

static bool
take_digits(struct reader *reader, int n, int *value)
{
	*value = 0;
	for (int i = 0; i < n; i++, reader->p++) {
		if (reader->p == reader->end || !is_digit(*reader->p))
			return refuse(reader, reader->shape);
		*value = *value * 10 + (*reader->p - '0');
	}
	return true;
}

static bool
take(struct reader *reader, char c)
{
	if (reader->p == reader->end || *reader->p != c)
		return refuse(reader, reader->shape);
	reader->p++;
	return true;
}

/* Between the day and the hour. */
static bool
take_join(struct reader *reader)
{
	return take(reader, 'T') || take(reader, 't') || take(reader, ' ');
}

/* A year of five digits is the one mistake worth a reason of its own. */
static bool
take_year(struct reader *reader, int *year)
{
	if (!take_digits(reader, 4, year))
		return false;
	if (reader->p != reader->end && is_digit(*reader->p))
		return refuse(reader, "the year has more than four digits");
	return true;
}

static bool
take_date(struct reader *reader, struct civil *civil)
{
	if (!take_year(reader, &civil->year) || !take(reader, '-') ||
	        !take_digits(reader, 2, &civil->month) || !take(reader, '-') ||
	        !take_digits(reader, 2, &civil->day))
		return false;
	if (civil->month < 1 || civil->month > 12)
		return refuse(reader, "no such month");
	if (civil->day < 1 || civil->day > civil_month_days(civil->year, civil->month))
		return refuse(reader, "no such day");
	return true;
}

static bool
skip_fraction(struct reader *reader)
{
	int digit;

	if (reader->p == reader->end || *reader->p != '.')
		return true;
	reader->p++;
	if (!take_digits(reader, 1, &digit))
		return false;
	while (reader->p != reader->end && is_digit(*reader->p))
		reader->p++;
	return true;
}

static bool
take_time(struct reader *reader, struct civil *civil)
{
	if (!take_digits(reader, 2, &civil->hour) || !take(reader, ':') ||
	        !take_digits(reader, 2, &civil->minute) || !take(reader, ':') ||
	        !take_digits(reader, 2, &civil->second))
		return false;
	if (civil->hour > 23)
		return refuse(reader, "no such hour");
	if (civil->minute > 59)
		return refuse(reader, "no such minute");
	if (civil->second == 60)
		return refuse(reader, "leap seconds are not taken");
	if (civil->second > 60)
		return refuse(reader, "no such second");
	return skip_fraction(reader);
}

static bool
take_zone(struct reader *reader, int64_t *east_s)
{
	int hour, minute;
	char sign;

	if (reader->p == reader->end)
		return refuse(reader, "no zone: end it with Z or an offset");
	sign = *reader->p;
	*east_s = 0;
	if (sign == 'Z' || sign == 'z')
		return take(reader, sign);
	if (sign != '+' && sign != '-')
		return refuse(reader, "no zone: end it with Z or an offset");
	reader->p++;
	if (!take_digits(reader, 2, &hour) || !take(reader, ':') ||
	        !take_digits(reader, 2, &minute))
		return refuse(reader, "expected an offset of the form +hh:mm");
	if (hour > 23 || minute > 59)
		return refuse(reader, "no such offset");
	*east_s = (hour * 3600 + minute * 60) * (sign == '-' ? -1 : 1);
	return true;
}

static bool
at_end(struct reader *reader)
{
	return reader->p == reader->end || refuse(reader, "something follows the time");
}

static struct reader
reader_of(struct span text, const char *shape)
{
	const char *p = text.n ? text.p : "";

	return (struct reader){ p, p + text.n, shape, NULL };
}

/* At most 40 bytes of it, cut before a character of UTF-8. */
static int
report(const struct reader *reader, struct span text, struct err *err)
{
	size_t n = text.n;

	if (n > 40) {
		n = 40;
		while (n && ((unsigned char)text.p[n] & 0xc0) == 0x80)
			n--;
	}
	return err_add(err, EX_DATAERR, NULL, "%s; got \"%.*s\"", reader->why, (int)n,
	        n ? text.p : "");
}

int
instant_parse(struct span text, int64_t *at, struct err *err)
{
	struct reader reader = reader_of(text, "expected YYYY-MM-DDThh:mm:ssZ");
	struct civil civil;
	int64_t east_s, utc_s;

	if (!take_date(&reader, &civil) || !take_join(&reader) ||
	        !take_time(&reader, &civil) || !take_zone(&reader, &east_s) ||
	        !at_end(&reader))
		return report(&reader, text, err);
	utc_s = civil_seconds(&civil) - east_s;
	if (utc_s < INSTANT_MIN || utc_s > INSTANT_MAX) {
		refuse(&reader, "not within the years 0000 to 9999 of UTC");
		return report(&reader, text, err);
	}
	*at = utc_s;
	return 0;
}

int
date_parse(struct span text, int64_t *days, struct err *err)
{
	struct reader reader = reader_of(text, "expected YYYY-MM-DD");
	struct civil civil;

	if (!take_date(&reader, &civil) || !at_end(&reader))
		return report(&reader, text, err);
	*days = civil_days(civil.year, civil.month, civil.day);
	return 0;
}
