/*
 * auto: what rules and limits do to a case without a person: triage by the
 * policy's rules, promotion where a tier's limit is over.  Appends only what
 * changes something, so that twice is once.
 */
#ifndef ESC_DOMAIN_AUTO_H
#define ESC_DOMAIN_AUTO_H

#include "domain/change.h"

/*
 * Runs the rule groups in their order: cancel, queue, priority, assign,
 * acknowledge, accept (at the tier of the tier rules, else 1).  Cancel,
 * acknowledge and accept touch only a case that is not yet accepted, and not
 * one that waits; queue, priority and assignee only what no person set.
 * 0, or -1 with EX_DATAERR.
 */
int auto_triage(struct change *change, struct err *err);

/* The tier at which the policy's rules accept the case: 1 where none says. */
int auto_entry_tier(const struct change *change);

enum promotion {
	PROMOTION_REFUSED = -1,
	PROMOTION_NONE,
	PROMOTION_DONE,
	PROMOTION_EXHAUSTED, /* the limit is over at the ladder's last tier */
};

/*
 * Promotes by one tier where the running tier clock is over at now; never a
 * held case, never past the last tier.  catch_up: every missed step, each
 * one second after its limit or at the case's latest event.
 */
enum promotion auto_promote(struct change *change, bool catch_up, struct err *err);

#endif
