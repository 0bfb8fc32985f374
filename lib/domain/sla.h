/*
 * sla: a record's line with its verdicts added as "sla", and what a gate
 * asks of them.  Everything else of the line stays byte for byte.
 */
#ifndef ESC_DOMAIN_SLA_H
#define ESC_DOMAIN_SLA_H

#include "domain/verdict.h"

/* The line with "sla" at its end; an older one is replaced. */
void sla_write(const struct record *record, const struct case_verdict *verdict,
	int64_t at, struct buf *out);

/* What a gate fails on; each level includes what is worse. */
enum gate {
	GATE_NEVER,
	GATE_MISSED,   /* a limit was missed, by a clock that runs or stopped */
	GATE_BREACHED, /* ... by a clock that runs or is held */
	GATE_RISK,     /* a target too */
	GATES
};

extern const char *const gate_names[GATES];

/* Whether any clock of the case is as bad as the gate's level. */
bool gate_fails(enum gate gate, const struct case_verdict *verdict);

/*
 * A list of verdicts with commas, as bits 1 << verdict; "breached" means
 * exhausted, breached and paused-breached.  0, or -1 with EX_USAGE.
 */
int verdicts_parse(const char *text, unsigned *verdicts, struct err *err);

#endif
