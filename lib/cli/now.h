/*
 * now: the one place where time enters, and the TIMEs of options.
 */
#ifndef ESC_CLI_NOW_H
#define ESC_CLI_NOW_H

#include <stdint.h>

#include "base/err.h"
#include "cli/opt.h"
#include "domain/calendar.h"

/*
 * --now, else ESC_NOW, else the system's clock.  A text without zone is
 * refused (64).  Programs that write events (OPT_EVENT) say on stderr when
 * ESC_NOW is in force.
 */
int64_t now_get(const struct program *program, const struct common *common);

/*
 * Whether now was given, by option or environment, and lies more than a
 * minute before the system's clock: what a store knows may be of later.  Who
 * asks twice at one instant, the last time a moment ago, means the present.
 */
bool now_is_past(const struct common *common, int64_t now);

/*
 * RFC 3339, or relative to now in a calendar: +2bd, +8bh, +3h, -3h (minus
 * only with d, h, m).  calendar may be NULL: business units are refused.
 * 0, or -1 with the reason.
 */
int time_parse(const char *text, int64_t now, struct calendar *calendar,
	enum day_ends ends, int64_t *at, struct err *err);

/* --by, else ESC_USER, else the login name, else the number of the user. */
const char *by_get(const struct common *common);

#endif
