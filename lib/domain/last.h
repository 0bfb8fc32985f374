/*
 * last: until when a report can count a case: the last instant of which an
 * event tells, and without end while the case is open or a clock lives.
 * Goes by what is printed, and looks at each event, retracted or not: never
 * earlier than the last instant at which the case changes for a report.
 * Source: esc-cat(1), --since.
 */
#ifndef ESC_DOMAIN_LAST_H
#define ESC_DOMAIN_LAST_H

#include "domain/record.h"

/* INSTANT_MAX: without end. */
int64_t last_of_record(const struct record *record, struct arena *arena);

/*
 * Parts of it: what the values of `events` and `clocks` say, INSTANT_NONE
 * where that is nothing; whether a printed state is open, or is not known
 * ({NULL, 0}).
 */
int64_t last_counted(struct value events, struct value clocks, struct arena *arena);
bool last_is_open(struct span state);

#endif
