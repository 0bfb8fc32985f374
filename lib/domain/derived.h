/*
 * derived: the derived fields of a case as JSON, from its fold.  One row a
 * field, in derived.c; no field depends on the instant of reading.
 */
#ifndef ESC_DOMAIN_DERIVED_H
#define ESC_DOMAIN_DERIVED_H

#include "base/buf.h"
#include "domain/fold.h"

/*
 * Puts the value of a field as the fold has it: derived ones, the form's
 * fields in force, policy_version.  false, with nothing put: it has none.
 */
bool derived_write(const struct fold *fold, enum field field, struct buf *out);

/* Whether the fold decides what the field says. */
bool derived_has(enum field field);

/* {"clock":..,"tier":..,"cycle":..  : what names a clock; the brace is open. */
void derived_clock(struct buf *out, const struct clock *clock);

/* ,"key":"2026-..Z"; nothing where at is INSTANT_NONE. */
void derived_instant(struct buf *out, const char *key, int64_t at);

#endif
