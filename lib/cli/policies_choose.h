/*
 * policies_choose: the calendar that a --calendar means: a calendar's FILE,
 * a POLICY (its default), or POLICY:NAME, the calendar of that policy's
 * queue or region, or one that it uses by that name.  A bare name that is no
 * policy may be a calendar's.
 */
#ifndef ESC_CLI_POLICIES_CHOOSE_H
#define ESC_CLI_POLICIES_CHOOSE_H

#include "domain/calendar.h"

/*
 * Alive until the program ends.  *ends is the policy's rule, else left as it
 * is.  NULL with EX_CONFIG or EX_NOINPUT; faults of a file are placed at
 * "FILE: /pointer".
 */
struct calendar *policies_choose_calendar(const char *text,
	enum day_ends *ends, struct err *err);

#endif
