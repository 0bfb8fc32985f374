/*
 * history: a record as it stood: the events that happened at or before an
 * instant, as they are known now, and the form's fields as they were
 * submitted, so that a fold of it says what was in force then.
 * Source: esc-cat(1), --until.
 */
#ifndef ESC_DOMAIN_HISTORY_H
#define ESC_DOMAIN_HISTORY_H

#include "domain/fold.h"

/*
 * Puts the record's line with the events up to `until` alone; a retraction's
 * `event` is its place in what is left, and one of an event that is not
 * there is left out.  The derived fields are as they were: fold the line
 * (change_begin, change_write).
 * 1; 0 with nothing put: the case was not there yet; -1 with EX_CONFIG.
 */
int history_until(const struct record *record, int64_t until,
	const struct policy_source *policies, struct arena *arena, struct buf *out,
	struct err *err);

#endif
