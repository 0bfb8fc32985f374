#include "domain/duration.h"

#define DURATION_MAX 100000

struct unit {
	const char *name;
	enum duration_unit unit;
	int32_t size; /* days for bd, seconds for all else */
};

static const struct unit units[] = {
	{ "bd", UNIT_BUSINESS_DAY, 1 },
	{ "bh", UNIT_BUSINESS, 3600 },
	{ "bm", UNIT_BUSINESS, 60 },
	{ "d", UNIT_PLAIN, 86400 },
	{ "h", UNIT_PLAIN, 3600 },
	{ "m", UNIT_PLAIN, 60 },
};

static const struct unit *
find_unit(struct span name)
{
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (span_is(name, units[i].name))
			return &units[i];
	return NULL;
}

static size_t
count_digits(struct span text)
{
	size_t n = 0;

	while (n < text.n && text.p[n] >= '0' && text.p[n] <= '9')
		n++;
	return n;
}

int
duration_parse(struct span text, struct duration *duration, struct err *err)
{
	size_t digits = count_digits(text);
	const struct unit *unit = NULL;
	int64_t n = 0;

	if (digits > 0 && digits < text.n)
		unit = find_unit((struct span){ text.p + digits,
			text.n - digits });
	if (!unit)
		return err_add(err, EX_DATAERR, NULL, "expected a duration such "
			"as 2bd, 8bh, 30bm, 2d, 8h or 30m; got \"%.*s\"",
			(int)(text.n < 40 ? text.n : 40), text.n ? text.p : "");
	if (text_digits((struct span){ text.p, digits }, &n) != 0 ||
		n > DURATION_MAX)
		return err_add(err, EX_DATAERR, NULL,
			"at most %d of any unit; got \"%.*s\"", DURATION_MAX,
			(int)(text.n < 40 ? text.n : 40), text.p);
	duration->n = n * unit->size;
	duration->unit = unit->unit;
	return 0;
}
