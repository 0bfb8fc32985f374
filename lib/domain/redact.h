/*
 * redact: a record without its personal data: requester, subject,
 * description, attachments, all texts of events, what the policy names
 * `personal`, and further fields on demand.  Texts become "", objects {},
 * lists []; ids, types, codes, instants, numbers and `judged` stay, so that
 * no report of the past changes.  The new text is as long as the old one:
 * blanks follow it.
 * Source: esc-store(5), ERASURE.
 */
#ifndef ESC_DOMAIN_REDACT_H
#define ESC_DOMAIN_REDACT_H

#include "domain/policy.h"
#include "base/err.h"
#include "domain/record.h"

struct redact_terms {
	const char *const *field; /* more of them, x_ ones say; ends with NULL; may be NULL */
};

/* Appends exactly record->line.n bytes to out.  policy may be NULL. */
void redact_record(const struct record *record, const struct policy *policy,
	const struct redact_terms *terms, struct arena *arena, struct buf *out);

/* Every attachment that a record names, in the form and in events. */
typedef int (*attached_fn)(void *ctx, struct span b2, int64_t size, struct err *err);
int record_attachments(const struct record *record, struct arena *arena, attached_fn fn,
	void *ctx, struct err *err);

#endif
