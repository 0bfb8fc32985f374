/*
 * report_flow: the ways that cases went in a period: into tiers, between
 * them and out of them, each step once.  A case is at a tier while it is
 * escalated.
 * Order: zero it, flow_add for each case or flow_merge, read rows,
 * flow_release.
 */
#ifndef ESC_DOMAIN_REPORT_FLOW_H
#define ESC_DOMAIN_REPORT_FLOW_H

#include "domain/report_case.h"

/* Where a way begins or ends: a tier, from 1 to TIER_MAX, or one of these. */
enum flow_end {
	FLOW_ACCEPTED = -1,
	FLOW_REOPENED = 0,
	FLOW_RESOLVED = TIER_MAX + 1,
	FLOW_CANCELLED,
	FLOW_MERGED,
};

struct flow_row {
	int from, to;
	uint64_t n;
};

struct flow {
	struct flow_row *row; /* by from, then to */
	size_t n, cap;
};

void flow_add(struct flow *flow, const struct case_sum *sum,
	const struct period *period);
void flow_count(struct flow *flow, int from, int to, uint64_t n);
void flow_merge(struct flow *flow, const struct flow *other);
void flow_release(struct flow *flow);

/* "accepted" and the like; NULL: a tier. */
const char *flow_end_name(int end);

/* A member of JSON: that name, or the tier as a text; and from it: 0 or -1. */
void flow_put_end(struct buf *out, const char *key, int end);
int flow_read_end(struct span text, int *end);

#endif
