/*
 * lint_work: the checks of lint at work: where they are, what they found.
 * Private to lint*.c.  Order: lint_at, lint_found.
 */
#ifndef ESC_DOMAIN_LINT_WORK_H
#define ESC_DOMAIN_LINT_WORK_H

#include "base/buf.h"
#include "domain/lint.h"

struct lint {
	const struct policy *policy;
	int64_t now;
	struct buf where; /* the place at which something is found */
	struct err *findings;
};

void lint_at(struct lint *lint, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void lint_found(struct lint *lint, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Conditions on what the form does not ask for. */
void lint_form(struct lint *lint);

/* Templates with fields that are unknown, or that the form does not ask for. */
void lint_templates(struct lint *lint);

#endif
