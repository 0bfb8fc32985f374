/*
 * spell: lengths of time for people: 1bd 3h 20m of business time, 2d 4h of
 * plain time.
 */
#ifndef ESC_CLI_SPELL_H
#define ESC_CLI_SPELL_H

#include "base/buf.h"
#include "domain/clock.h"

/* 45s, 12m, 3h 20m, 2d 4h: two units at most, a minus where negative. */
void spell_seconds(struct buf *out, int64_t s);

/* The same without days, of which open time has none: 45s, 3h 20m, 57h. */
void spell_hours(struct buf *out, int64_t s);

/*
 * From one instant to another in a clock's own kind: whole business days
 * first, then hours and minutes of open time.
 */
void spell_between(struct buf *out, const struct clock *clock, int64_t from, int64_t to);

#endif
