/*
 * sla_statement: a clock's ledger as a statement of account, for people: what
 * counted and what did not, in the calendar's own time, the sum so far and
 * what is left, so that it can be recomputed by hand.
 * Source: esc-sla-check(1), WHY.
 */
#ifndef ESC_CLI_SLA_STATEMENT_H
#define ESC_CLI_SLA_STATEMENT_H

#include "domain/sla.h"

/* Of all clocks of a case, the worst first; width 0: any. */
void sla_statements(const struct sla *sla, size_t width, struct buf *out);

#endif
