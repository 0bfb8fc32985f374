/*
 * sla_say: what formats for people and their programs say of a clock: which
 * clocks are tests, how each came out, and in words why.  Other people's
 * text is made fit to be looked at (base/utf8); what a format's own grammar
 * asks for beyond that is the format's part.
 */
#ifndef ESC_CLI_SLA_SAY_H
#define ESC_CLI_SLA_SAY_H

#include "cli/sla_format.h"
#include "domain/budget.h"

/* How a test came out, the worst first. */
enum sla_outcome {
	OUTCOME_FAILS,   /* the gate stops there */
	OUTCOME_KNOWN,   /* it would, but for the baseline */
	OUTCOME_SKIPPED, /* held, or without an end: nothing to judge yet */
	OUTCOME_PASSES,
	OUTCOMES
};

/* A clock that ended was not judged: it is no test. */
static inline bool
sla_is_test(const struct clock_verdict *clock)
{
	return clock->verdict != VERDICT_ENDED;
}

enum sla_outcome sla_outcome(enum sla_mark mark, enum verdict verdict);

/* `1bd 3h`, `-2h`; `-3h wall` where only the wall clock moved; or nothing. */
void sla_say_left(struct buf *out, const struct clock_verdict *clock, int64_t at);

/* `breached: over since 2026-11-17T17:30:00Z, by 1h` */
void sla_say_clock(struct buf *out, const struct clock_verdict *clock, int64_t at);

/* Shown, and no longer than a line of a list can bear; nothing: no subject. */
void sla_say_subject(struct buf *out, const struct sla *sla);

/* The same of a name or a number, for a column. */
void sla_say_short(struct buf *out, struct span text);

/* The same of an id, which is anybody's text; alone, or naming a clock. */
void sla_say_id(struct buf *out, const struct sla *sla);
void sla_say_name(struct buf *out, const struct sla *sla, const struct clock *clock);

/* What stands in the way of a verdict on the whole. */
enum sla_trouble {
	TROUBLE_NOT_READ,
	TROUBLE_REFUSED,
	TROUBLE_UNLISTED, /* clocks fail that --verdict keeps from the list */
	TROUBLES
};

/* false, with nothing put: there is none of it. */
bool sla_say_trouble(struct buf *out, enum sla_trouble trouble, const struct sla_run *run,
	uint64_t unlisted);

/* `missed_rate <= 5%`; with what it came to: `missed_rate <= 5%: 12.5 % (1 of 8)` */
void sla_say_budget_name(struct buf *out, const struct budget *budget);
void sla_say_budget(struct buf *out, const struct budget *budget);

/* How many clocks of a case fail that is not listed. */
uint64_t sla_unlisted(const struct sla_case *entry);

#endif
