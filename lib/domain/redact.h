/*
 * redact: a record without its personal data: requester, subject,
 * description, attachments, all texts of events, what the policy names
 * `personal`, and further fields on demand.  Texts become "", objects {},
 * lists []; ids, types, codes, instants, numbers and `judged` stay, so that
 * no report of the past changes.  The new text is as long as the old one:
 * blanks follow it.  A redacted record is redacted no further.
 * Source: esc-store(5), ERASURE.
 */
#ifndef ESC_DOMAIN_REDACT_H
#define ESC_DOMAIN_REDACT_H

#include "domain/attached.h"
#include "domain/policy.h"
#include "base/err.h"
#include "domain/record.h"

struct redact_terms {
	const char *const *field; /* more of them, x_ ones say; ends with NULL; may be NULL */
	const struct span *person; /* who is the requester, beside what the record says */
	size_t n_persons;
};

/* Whether a field may be named to be taken out: of the form, private or unknown. */
bool redact_takes(struct span name);

/* Whether a field is taken out of every case, whatever its policy says. */
bool redact_always(struct span name);

/* Whether one of the list (ends with NULL; NULL: none) names it: `requester` its members too. */
bool redact_listed(const char *const *list, struct span name);

/* Whether a field is taken out of every case of that policy (NULL: of any). */
bool redact_personal(const struct policy *policy, struct span name);

/* Names and e-mail addresses of the requester, also former ones; decoded. */
struct span *redact_persons(const struct record *record, struct arena *arena, size_t *n);

/* Appends exactly record->line.n bytes to out.  policy may be NULL. */
void redact_record(const struct record *record, const struct policy *policy,
	const struct redact_terms *terms, struct arena *arena, struct buf *out);

#endif
