/*
 * report_counts: how often each value was seen.  A sum of integers, like all
 * of a report.  Rows stand as they came until they are sorted: numbers by size,
 * texts by bytes.
 * Order: zero it, counts_number or counts_text, counts_sort, read rows,
 * counts_release.
 */
#ifndef ESC_DOMAIN_REPORT_COUNTS_H
#define ESC_DOMAIN_REPORT_COUNTS_H

#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct count {
	int64_t number; /* 0 where the value is a text */
	char *text;     /* NULL where it is a number; a copy */
	size_t len;
	uint64_t n;
};

struct counts {
	struct count **row; /* never with n 0 */
	size_t n, cap;
	void *tree;         /* the rows by their values */
};

void counts_number(struct counts *counts, int64_t number, uint64_t n);
void counts_text(struct counts *counts, struct span text, uint64_t n);
void counts_merge(struct counts *counts, const struct counts *other);

/* Puts the rows in order, and changes nothing else. */
void counts_sort(const struct counts *counts);
void counts_release(struct counts *counts);

/* The sum of all rows' n. */
uint64_t counts_total(const struct counts *counts);

#endif
