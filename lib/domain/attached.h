/*
 * attached: the attachments that a record names: in its form, in `attached`
 * events, and in what events set and what was before.  Refuses to look at
 * the content, and passes by what names none ({} of an erased one).
 */
#ifndef ESC_DOMAIN_ATTACHED_H
#define ESC_DOMAIN_ATTACHED_H

#include "domain/record.h"

/* b2 as it stands, a hash or not; size -1: not said. 0 goes on, else ends it. */
typedef int (*attached_fn)(void *ctx, struct span b2, int64_t size, struct err *err);

/* Every one, in the record's order; again where named again. 0, or fn's. */
int record_attachments(const struct record *record, struct arena *arena, attached_fn fn,
	void *ctx, struct err *err);

#endif
