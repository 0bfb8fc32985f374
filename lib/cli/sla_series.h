/*
 * sla_series: counts of cases and clocks by policy, clock and tier, sorted by
 * these: as many as the policies have, whatever the number of cases.
 * Order: zeroed, sla_series_add..., sla_series_release.
 */
#ifndef ESC_CLI_SLA_SERIES_H
#define ESC_CLI_SLA_SERIES_H

#include "domain/sla.h"

struct series_terms {
	char *policy;
	size_t n[VERDICTS]; /* cases */
	int64_t next;       /* limit that is not over, of a clock that runs, or INSTANT_NONE */
};

struct series_clocks {
	char *policy;
	enum clock_id id;
	int tier;
	size_t n[VERDICTS];
	int64_t overdue;    /* of one that runs, seconds; 0: no limit is over */
};

struct sla_series {
	struct series_terms *terms;
	struct series_clocks *clocks;
	size_t n_terms, n_clocks, cap_terms, cap_clocks;
};

void sla_series_add(struct sla_series *series, const struct sla *sla);
void sla_series_release(struct sla_series *series);

#endif
