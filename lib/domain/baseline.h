/*
 * baseline: a set of clocks whose limit was over, by case, kind, tier and
 * cycle, so that a gate fails only on what is new.  A line of JSON each:
 * {"id":"ESC-...","clock":"tier","tier":2,"cycle":1}, ids and clocks alone.
 * Refuses to touch files.
 * Order: baseline_init, baseline_add or baseline_read..., baseline_sort,
 * baseline_has or baseline_line..., baseline_release.
 */
#ifndef ESC_DOMAIN_BASELINE_H
#define ESC_DOMAIN_BASELINE_H

#include "base/buf.h"
#include "base/err.h"
#include "base/scan.h"
#include "domain/clock.h"

struct baseline_entry {
	struct span id;
	enum clock_id clock;
	int tier, cycle; /* tier 0: the clock has none */
};

struct baseline {
	struct baseline_entry *entry;
	size_t n, cap;
	struct arena arena; /* the ids */
};

void baseline_init(struct baseline *baseline);
void baseline_release(struct baseline *baseline);

/* The id is copied. */
void baseline_add(struct baseline *baseline, struct span id, const struct clock *clock);

/* A line of a file, strictly: 0, or -1 with EX_CONFIG. */
int baseline_read(struct baseline *baseline, const struct scan *scan, struct err *err);

/* By id, clock, tier, cycle; each once. */
void baseline_sort(struct baseline *baseline);

/* Of one that is sorted. */
bool baseline_has(const struct baseline *baseline, struct span id, const struct clock *clock);

/* How many of its clocks are not in the other one; of sorted ones. */
size_t baseline_lost(const struct baseline *baseline, const struct baseline *other);

/* The entry's line, with its newline. */
void baseline_line(const struct baseline_entry *entry, struct buf *out);

#endif
