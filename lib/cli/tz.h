/*
 * tz: the zone of times that lack one, as it was asked for.  The option goes
 * before what the input says of itself (a mapping), that before the setting:
 * a habit of the user must not move another system's times.
 */
#ifndef ESC_CLI_TZ_H
#define ESC_CLI_TZ_H

#include "base/zone.h"

/*
 * The zone of --tz, else of `own` (NULL: none), else of the setting tz; NULL:
 * none was named.  An unknown one ends the program, with 64 or 78.
 */
const struct zone *tz_get(const char *option, const char *own);

#endif
