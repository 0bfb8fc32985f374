/*
 * nagios_status: the manners of a monitoring plug-in.  Monitoring knows the
 * statuses 0 to 3 and reads one line; whatever else ends the program (a usage
 * error, a file that is missing, no memory) becomes 3 and, where the line
 * would have gone to stdout, `ESC UNKNOWN - reason`, so that trouble is never
 * taken for a verdict.
 * Order: nagios_status_watch first of all in main; then exit as ever.
 * Source: Monitoring Plugins Development Guidelines, Plugin Output, Return Codes.
 */
#ifndef ESC_CLI_NAGIOS_STATUS_H
#define ESC_CLI_NAGIOS_STATUS_H

#include <stdbool.h>

#include "base/text.h"

enum nagios_status {
	NAGIOS_OK,
	NAGIOS_WARNING,
	NAGIOS_CRITICAL,
	NAGIOS_UNKNOWN,
	NAGIOS_STATUSES
};

/* "OK" ... */
extern const char *const nagios_status_names[NAGIOS_STATUSES];

/*
 * Where argv asks for --format nagios, in any spelling that getopt_long
 * takes, every exit from here on is one of the four.  True where it does.
 */
bool nagios_status_watch(int argc, char **argv);

/* Whether stdout still waits for its line. */
bool nagios_status_waits(void);

/*
 * The line was printed by somebody else: from here on only the status is
 * seen to.
 */
void nagios_status_said(void);

/* The line's reason, if none is to come after it: a message without its program. */
void nagios_status_because(struct span message);

/*
 * What a message's place is called in a line that stands alone: "standard
 * input" for "-", which *message then begins behind; else "".
 */
const char *nagios_status_place(const char **message);

#endif
