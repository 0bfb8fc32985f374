/*
 * history: a record as it stood: the events that happened at or before an
 * instant, as they are known now, with the derived fields of those alone.
 * Source: esc-cat(1), --until.
 */
#ifndef ESC_DOMAIN_HISTORY_H
#define ESC_DOMAIN_HISTORY_H

#include "domain/change.h"

/*
 * Puts the record's line with the events up to `until` alone; a retraction's
 * `event` is its place in what is left, and one of an event that is not
 * there is left out.  false: the case was not there yet.  Derived fields
 * are as they were: fold the line (change_begin, change_write).
 */
bool history_until(const struct record *record, int64_t until, struct arena *arena,
	struct buf *out);

#endif
