/*
 * sla_statement_work: what the parts of a statement share; private to
 * sla_statement*.c.  sla_statement.c has the heading, the sum and the order,
 * sla_statement_rows.c what stands between.
 */
#ifndef ESC_CLI_SLA_STATEMENT_WORK_H
#define ESC_CLI_SLA_STATEMENT_WORK_H

#include "base/instant.h"
#include "cli/sla_sheet.h"
#include "cli/sla_statement.h"
#include "domain/explain.h"

enum goal_kind {
	GOAL_TARGET,
	GOAL_LIMIT,
	GOALS
};

struct statement {
	const struct sla *sla;
	const struct clock_verdict *verdict;
	const struct clock *clock;
	struct explained explained;
	struct sla_sheet sheet;
	int64_t goal[GOALS];  /* INSTANT_NONE: none, or said already */
	int64_t allowed;      /* what may count until the limit */
	int64_t total;        /* what counted so far */
};

static inline bool
has_limit(const struct statement *statement)
{
	return statement->clock->limit_at != INSTANT_NONE;
}

/* From the clock's start to the goals that lie ahead. */
void statement_rows(struct statement *statement);

#endif
