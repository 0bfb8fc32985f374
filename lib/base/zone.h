/*
 * zone: the system's time zone data (tzdata), read once and asked without
 * the C library's zone code, whose TZ is one a process and takes an unknown
 * zone for UTC.  Source: RFC 8536 (TZif, versions 1 to 4, and the footer's
 * rule for the far years).  Names with "..", absolute ones and right/ are
 * refused; an unknown name is an error.
 */
#ifndef ESC_BASE_ZONE_H
#define ESC_BASE_ZONE_H

#include <stdint.h>

#include "base/err.h"

struct zone;

/*
 * The zone by its IANA name; the same one at every call, alive until the
 * program ends.  NULL with EX_CONFIG and the reason.
 */
const struct zone *zone_load(const char *name, struct err *err);
const char *zone_name(const struct zone *zone);

/*
 * Seconds east of UTC at an instant, and the widest [from, to) around it in
 * which that holds (from, to may be NULL; INT64_MIN and INT64_MAX: for ever).
 */
int32_t zone_offset(const struct zone *zone, int64_t at, int64_t *from,
	int64_t *to);

/*
 * The instant of a local wall clock reading (seconds as civil_seconds).  A
 * reading that occurs twice gives the first; one that is skipped gives the
 * instant of the change.
 */
int64_t zone_instant(const struct zone *zone, int64_t local_s);

/* The version of the zone data, "2025b"; "unknown" where it is not said. */
const char *zone_data_version(void);

#endif
