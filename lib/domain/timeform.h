/*
 * timeform: instants as other systems write them, by formats in the manner
 * of strptime(3) but with no locale, no guessing and no roll-over:
 *   %Y year (4 digits)  %y (two; 69 to 99 are 19..)  %m %d %e month, day
 *   %b %B month by its English name, short or whole  %a %A weekday, passed by
 *   %H %I %M %S time of day (%p AM or PM)  %f digits of a fraction, cut
 *   %z Z or an offset (+0100, +01:00)  %s seconds since 1970  %% a %
 * A blank takes any run of blanks; numbers may lack a leading zero.
 * "rfc3339" names the format of records.
 */
#ifndef ESC_DOMAIN_TIMEFORM_H
#define ESC_DOMAIN_TIMEFORM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"
#include "base/zone.h"

/* NULL where the format can be read; else why not. */
const char *timeform_problem(const char *format);

/*
 * The instant that text says under the first format that fits.  zone (may
 * be NULL: refused) is that of texts without one.
 * 0, or -1 with EX_DATAERR and what was expected.
 */
int timeform_read(struct span text, const char *const *format, size_t n,
	const struct zone *zone, int64_t *at, struct err *err);

#endif
