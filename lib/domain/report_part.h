/*
 * report_part: a report in the making.  Where nobody said the zone, the
 * first case's policy decides it, and with it the period; until then reject
 * lines wait by their instants.
 * Order: zero it, set scope (and rejudge_by), report_part_begin when the zone
 * is known, report_part_refused at any time, report_part_release.
 */
#ifndef ESC_DOMAIN_REPORT_PART_H
#define ESC_DOMAIN_REPORT_PART_H

#include "domain/report.h"
#include "domain/report_scope.h"

struct report_part {
	struct scope scope;
	const struct policy *terms; /* of scope.rejudge; NULL: none, or of others */
	bool begun;
	struct report report;       /* once it has begun */
	struct counts refused;      /* instants, until then */
};

/* The zone is known; NULL: UTC.  0, or -1 with EX_USAGE: no such period. */
int report_part_begin(struct report_part *part, const struct zone *zone,
	struct err *err);

/* Counts submissions that were refused at an instant. */
void report_part_refused(struct report_part *part, int64_t at, uint64_t n);

void report_part_release(struct report_part *part);

#endif
