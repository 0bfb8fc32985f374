/*
 * report_top: the few cases that stand out: the `limit` greatest by key,
 * ties by id, whatever the order in which they are offered.  Memory is
 * bounded by the limit.
 * Order: top_init, top_offer..., read rows, top_release.
 */
#ifndef ESC_DOMAIN_REPORT_TOP_H
#define ESC_DOMAIN_REPORT_TOP_H

#include <stddef.h>
#include <stdint.h>

#include "domain/report_note.h"

struct top_row {
	int64_t key;    /* what the list goes by, the greatest first */
	int64_t weight; /* how pressing the case is, whatever the list */
	unsigned why;   /* REVIEW_ bits, see report_case.h */
	struct span id; /* a copy */
	struct note *note; /* a copy; NULL: nothing is said */
};

struct top {
	size_t limit, n, cap;
	struct top_row *row;
};

void top_init(struct top *top, size_t limit);
void top_release(struct top *top);
void top_offer(struct top *top, const struct top_row *row);
void top_merge(struct top *top, const struct top *other);

#endif
