/*
 * zone_file: a TZif file (RFC 8536) as a list of changes.  Private to
 * base/zone.
 */
#ifndef ESC_BASE_ZONE_FILE_H
#define ESC_BASE_ZONE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/instant.h"

/* No offset is farther from UTC (RFC 8536, 3.2). */
#define OFFSET_MAX  (26 * 3600)
/* After which the Gregorian calendar, and so every rule, repeats. */
#define CYCLE_YEARS 400
#define CYCLE_S     (INT64_C(146097) * DAY_S)

struct change {
	int64_t at;
	int32_t offset; /* from then on */
};

/* Each change is one: neighbours have different offsets. */
struct changes {
	struct change *change;
	size_t n, cap;
	int32_t first; /* the offset before all changes */
	bool cyclic;   /* the last 400 years of changes repeat for ever */
};

/* Fills zeroed *changes (free changes->change): 0, or -1: no such file. */
int zone_file_read(struct changes *changes, const unsigned char *p, size_t n);

#endif
