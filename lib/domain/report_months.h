/*
 * report_months: the limits that were kept and passed, by the local month in
 * which they were, so that the months of a period add up to its clocks.
 * Order: zero it, months_add for each case or months_merge, read rows,
 * months_release.
 */
#ifndef ESC_DOMAIN_REPORT_MONTHS_H
#define ESC_DOMAIN_REPORT_MONTHS_H

#include "domain/report_case.h"

struct month_row {
	int month; /* see period_month_of */
	enum clock_id id;
	int tier;  /* 0: none */
	uint64_t met, missed, breached;
};

struct months {
	struct month_row *row; /* by month, clock, tier */
	size_t n, cap;
};

void months_add(struct months *months, const struct case_sum *sum,
	const struct period *period);

/* Adds a row's numbers to those of the same month, clock and tier. */
void months_count(struct months *months, const struct month_row *row);
void months_merge(struct months *months, const struct months *other);
void months_release(struct months *months);

#endif
