/*
 * lint_template: the {fields} of a notice's template: of the record
 * ({subject}, {requester.name}), of the event that caused it ({event.text}),
 * of the clock whose verdict it is ({clock.limit_at}).
 */
#ifndef ESC_DOMAIN_LINT_TEMPLATE_H
#define ESC_DOMAIN_LINT_TEMPLATE_H

#include "domain/policy.h"

/* The first that is unknown, without its braces; {NULL, 0}: none. */
struct span template_unknown(const struct notice *notice);

#endif
