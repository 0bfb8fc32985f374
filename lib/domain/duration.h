/*
 * duration: a length of time as policies write it: 2bd, 8bh, 30bm of
 * business time, 2d, 8h, 30m of plain time (a plain day is 86,400 s).
 */
#ifndef ESC_DOMAIN_DURATION_H
#define ESC_DOMAIN_DURATION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"

enum duration_unit {
	UNIT_BUSINESS_DAY, /* bd: a day is a day, whatever its hours */
	UNIT_BUSINESS,     /* bh, bm: open seconds */
	UNIT_PLAIN,        /* d, h, m: seconds */
};

struct duration {
	int64_t n; /* days for bd, seconds for all else; never negative */
	enum duration_unit unit;
};

/* 0, or -1 with what was expected.  At most 100,000 of any unit. */
int duration_parse(struct span text, struct duration *duration,
	struct err *err);

static inline bool
duration_is_business(struct duration d)
{
	return d.unit != UNIT_PLAIN;
}

#endif
