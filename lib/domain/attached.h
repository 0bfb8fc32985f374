/*
 * attached: the attachments that a record names: in its form, in `attached`
 * events, and in what events set and what was before.  Refuses to look at
 * the content, and passes by what names none ({} of an erased one).
 */
#ifndef ESC_DOMAIN_ATTACHED_H
#define ESC_DOMAIN_ATTACHED_H

#include "domain/record.h"

struct attached {
	struct span name; /* decoded; {NULL, 0}: none */
	struct span b2;   /* decoded, a hash or not */
	int64_t size;     /* -1: not said */
};

/* 0 goes on, else ends it. */
typedef int (*attached_each_fn)(void *ctx, const struct attached *attached, struct err *err);
typedef int (*attached_fn)(void *ctx, struct span b2, int64_t size, struct err *err);

/* Every one, in the record's order; again where named again. 0, or fn's. */
int record_attached(const struct record *record, struct arena *arena, attached_each_fn fn,
	void *ctx, struct err *err);

/* The same for who asks for no names. */
int record_attachments(const struct record *record, struct arena *arena, attached_fn fn,
	void *ctx, struct err *err);

#endif
