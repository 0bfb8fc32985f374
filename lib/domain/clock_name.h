/*
 * clock_name: what people call a clock, for ever the same: its case, kind,
 * tier and cycle.  `ESC-... tier 2 cycle 1` is the tier clock of tier 2,
 * `ESC-... update tier 2 cycle 3` another clock that started there,
 * `ESC-... acknowledge cycle 1` one that knows no tier.
 * Source: esc-sla-check(1), Formats.
 */
#ifndef ESC_DOMAIN_CLOCK_NAME_H
#define ESC_DOMAIN_CLOCK_NAME_H

#include "base/buf.h"
#include "domain/clock.h"

/* With its case.  The id is as the record has it: whoever writes it escapes. */
void clock_name(struct buf *out, struct span id, const struct clock *clock);

/* Within its case: `tier 2 cycle 1`. */
void clock_name_short(struct buf *out, const struct clock *clock);

#endif
