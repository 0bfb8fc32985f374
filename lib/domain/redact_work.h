/*
 * redact_work: what the files of redact share.  Private to redact*.c.
 */
#ifndef ESC_DOMAIN_REDACT_WORK_H
#define ESC_DOMAIN_REDACT_WORK_H

#include "domain/redact.h"

struct redact {
	const struct record *record;
	const struct scan *scan;
	const struct policy *policy;
	const struct redact_terms *terms;
	const struct span *person;
	size_t n_persons;
	struct arena *arena;
	struct buf *out;
	uint32_t done; /* bytes of the line that were copied or taken out */
};

bool redact_is_one_of(struct span name, const char *const *list);

/* Whether `by` is the requester, or names her: "Kim Lee <kim@example.org>". */
bool redact_is_requester(const struct redact *redact, struct span by);

/* A value goes, and "", {}, [] or the like stands for it. */
void redact_take_out(struct redact *redact, uint32_t at);

/* The same, but numbers, true, false and null stay: they tell nothing where no name says so. */
void redact_take_out_words(struct redact *redact, uint32_t at);

/* What an event sets, or what was before: an object of fields. */
void redact_values(struct redact *redact, uint32_t object);

void redact_event(struct redact *redact, const struct event *event);

#endif
