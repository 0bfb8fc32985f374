/*
 * sla: a case as it is judged at an instant, a record's line with that added
 * as "sla", and what a gate asks of it.  Everything else of the line stays
 * byte for byte.
 */
#ifndef ESC_DOMAIN_SLA_H
#define ESC_DOMAIN_SLA_H

#include "domain/ahead.h"
#include "domain/verdict.h"

struct explained;

/* Members that are NULL were not asked for.  All of it lives in the arena. */
struct sla {
	int64_t at;
	const struct record *record;
	const struct fold *fold;
	struct case_verdict verdict;
	const struct explained *ledger;    /* one a clock, in the verdict's order */
	const struct horizon *horizon;
	const struct fold *rejudged_fold;  /* under other terms ... */
	const struct case_verdict *rejudged;
};

/* The case's verdicts as another text would give them, beside its own. */
void sla_rejudge(struct sla *sla, const struct policy *policy);

/* The same clock's verdict under that text; NULL: it has no such clock. */
const struct clock_verdict *sla_rejudged_clock(const struct sla *sla,
	const struct clock *clock);

/* The line with "sla" at its end; an older one is replaced. */
void sla_write(const struct sla *sla, struct buf *out);

/* The value of "sla": {"at","verdict","worst","clocks"} and what was asked for. */
void sla_value(const struct sla *sla, struct buf *out);

/* What a gate fails on; each level includes what is worse. */
enum gate {
	GATE_NEVER,
	GATE_MISSED,   /* a limit was missed, by a clock that runs or stopped */
	GATE_BREACHED, /* ... by a clock that runs or is held */
	GATE_RISK,     /* a target too */
	GATES
};

extern const char *const gate_names[GATES];

/* By name: 0, or -1. */
int gate_parse(const char *name, enum gate *gate);

/* Whether a clock with that verdict is as bad as the gate's level. */
bool gate_stops(enum gate gate, enum verdict verdict);

/*
 * A list of verdicts with commas, as bits 1 << verdict; "breached" means
 * exhausted, breached and paused-breached.  0, or -1 with EX_USAGE.
 */
int verdicts_parse(const char *text, unsigned *verdicts, struct err *err);

#endif
