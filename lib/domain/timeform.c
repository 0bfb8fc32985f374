#include "domain/timeform.h"

#include <string.h>

#include "base/instant.h"
#include "domain/shown.h"

/* A text as far as it has been read. */
struct reading {
	const char *p, *end;
	struct civil civil;
	bool afternoon, half_day; /* %p was PM; %p was there */
	bool has_zone, is_epoch;
	int64_t east_s, epoch_s;
};

static const char *const months[] = { "january", "february", "march", "april",
	"may", "june", "july", "august", "september", "october", "november",
	"december" };
static const char *const weekdays[] = { "sunday", "monday", "tuesday",
	"wednesday", "thursday", "friday", "saturday" };

static bool
take_number(struct reading *r, int least, int most, int64_t *value)
{
	int n = 0;

	for (*value = 0; n < most && r->p + n < r->end; n++) {
		if (r->p[n] < '0' || r->p[n] > '9')
			break;
		*value = *value * 10 + (r->p[n] - '0');
	}
	r->p += n;
	return n >= least;
}

static bool
take_small(struct reading *r, int *value)
{
	int64_t number;
	bool taken = take_number(r, 1, 2, &number);

	*value = (int)number;
	return taken;
}

/* The name, or its first three letters: its place from 0, or -1. */
static int
take_name(struct reading *r, const char *const *name, int n)
{
	struct span rest = { r->p, (size_t)(r->end - r->p) };

	for (int i = 0; i < n; i++) {
		size_t whole = strlen(name[i]);

		for (size_t len = whole; len >= 3; len = len > 3 ? 3 : 0) {
			struct span head = { rest.p, len };

			if (rest.n >= len &&
				span_eq_nocase(head, (struct span){ name[i], len })) {
				r->p += len;
				return i;
			}
		}
	}
	return -1;
}

static bool
take_offset(struct reading *r)
{
	int64_t hour, minute = 0;
	int sign;

	r->has_zone = true;
	if (r->p == r->end)
		return false;
	sign = *r->p == '-' ? -1 : 1;
	if (*r->p == 'Z' || *r->p == 'z') {
		r->p++;
		return true;
	}
	if (*r->p != '+' && *r->p != '-')
		return false;
	r->p++;
	if (!take_number(r, 2, 2, &hour))
		return false;
	if (r->p < r->end && *r->p == ':')
		r->p++;
	if (r->p < r->end && !take_number(r, 2, 2, &minute))
		return false;
	r->east_s = sign * (hour * 3600 + minute * 60);
	return hour < 24 && minute < 60;
}

static bool
take_year(struct reading *r, bool whole)
{
	int64_t year;
	bool taken = take_number(r, whole ? 4 : 2, whole ? 4 : 2, &year);

	if (!whole)
		year += year < 69 ? 2000 : 1900;
	r->civil.year = (int)year;
	return taken;
}

static bool
take_half_day(struct reading *r)
{
	struct span half = { r->p, 2 };

	if (r->end - r->p < 2)
		return false;
	r->p += 2;
	r->half_day = true;
	r->afternoon = span_eq_nocase(half, span_of("pm"));
	return r->afternoon || span_eq_nocase(half, span_of("am"));
}

static bool
take_month_name(struct reading *r)
{
	r->civil.month = take_name(r, months, 12) + 1;
	return r->civil.month > 0;
}

static bool
take_directive(struct reading *r, char directive)
{
	int64_t ignored;

	switch (directive) {
	case 'Y': return take_year(r, true);
	case 'y': return take_year(r, false);
	case 'm': return take_small(r, &r->civil.month);
	case 'd':
	case 'e': return take_small(r, &r->civil.day);
	case 'b':
	case 'B': return take_month_name(r);
	case 'a':
	case 'A': return take_name(r, weekdays, 7) >= 0;
	case 'H':
	case 'I': return take_small(r, &r->civil.hour);
	case 'M': return take_small(r, &r->civil.minute);
	case 'S': return take_small(r, &r->civil.second);
	case 'p': return take_half_day(r);
	case 'f': return take_number(r, 1, 18, &ignored);
	case 'z': return take_offset(r);
	case 's':
		r->is_epoch = true;
		return take_number(r, 1, 12, &r->epoch_s);
	default: return false;
	}
}

static void
skip_blanks(struct reading *r)
{
	while (r->p < r->end && (*r->p == ' ' || *r->p == '\t'))
		r->p++;
}

static bool
take_format(struct reading *r, const char *format)
{
	for (const char *f = format; *f; f++) {
		if (*f == '%' && f[1] != '%') {
			if (!take_directive(r, *++f))
				return false;
		} else if (*f == ' ') {
			skip_blanks(r);
		} else {
			f += *f == '%';
			if (r->p == r->end || *r->p++ != *f)
				return false;
		}
	}
	return r->p == r->end;
}

static bool
civil_exists(const struct civil *c)
{
	return c->month >= 1 && c->month <= 12 && c->day >= 1 &&
		c->day <= civil_month_days(c->year, c->month) &&
		c->hour <= 23 && c->minute <= 59 && c->second <= 59;
}

static bool
settle_hour(struct reading *r)
{
	if (!r->half_day)
		return true;
	if (r->civil.hour < 1 || r->civil.hour > 12)
		return false;
	r->civil.hour = r->civil.hour % 12 + (r->afternoon ? 12 : 0);
	return true;
}

enum fit { FITS, FITS_NOT, NO_SUCH_TIME, NO_ZONE };

static enum fit
settle(struct reading *r, const struct zone *zone, int64_t *at)
{
	if (r->is_epoch) {
		*at = r->epoch_s;
		return FITS;
	}
	if (!settle_hour(r) || !civil_exists(&r->civil))
		return NO_SUCH_TIME;
	if (!r->has_zone && !zone)
		return NO_ZONE;
	*at = civil_seconds(&r->civil);
	*at = r->has_zone ? *at - r->east_s : zone_instant(zone, *at);
	return FITS;
}

static enum fit
read_one(struct span text, const char *format, const struct zone *zone,
	int64_t *at)
{
	struct reading r = { .p = text.p, .end = text.p + text.n,
		.civil = { .year = 1970, .month = 1, .day = 1 } };
	struct err why = { 0 };
	enum fit fit;

	if (strcmp(format, "rfc3339") == 0) {
		fit = instant_parse(text, at, &why) == 0 ? FITS : FITS_NOT;
		err_release(&why);
		return fit;
	}
	return take_format(&r, format) ? settle(&r, zone, at) : FITS_NOT;
}

int
timeform_read(struct span text, const char *const *format, size_t n,
	const struct zone *zone, int64_t *at, struct err *err)
{
	enum fit best = FITS_NOT;

	for (size_t i = 0; i < n; i++) {
		enum fit fit = read_one(text, format[i], zone, at);

		if (fit == FITS && (*at < INSTANT_MIN || *at > INSTANT_MAX))
			fit = NO_SUCH_TIME;
		if (fit == FITS)
			return 0;
		if (fit != FITS_NOT)
			best = fit;
	}
	if (best == NO_ZONE)
		return err_add(err, EX_DATAERR, NULL, "no zone: say --tz; got \"%.*s\"",
			SHOWN(text));
	return err_add(err, EX_DATAERR, NULL, "%s%s; got \"%.*s\"",
		best == NO_SUCH_TIME ? "no such time" : "expected the form ",
		best == NO_SUCH_TIME ? "" : format[0],
		SHOWN(text));
}

const char *
timeform_problem(const char *format)
{
	if (strcmp(format, "rfc3339") == 0)
		return NULL;
	for (const char *f = format; *f; f++)
		if (*f == '%' && (!f[1] || !strchr("YymdebBaAHIMSpfzs%", *++f)))
			return "a directive that is not known";
	return strchr(format, '%') ? NULL : "no directive in it";
}
