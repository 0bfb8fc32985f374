/*
 * report_tally: the figures of a report, as sums of integers: added up case
 * by case, merged in any order.  A report has one for all cases and one for
 * each group.
 * Order: tally_init, tally_add..., read, tally_release.
 */
#ifndef ESC_DOMAIN_REPORT_TALLY_H
#define ESC_DOMAIN_REPORT_TALLY_H

#include "domain/digest.h"
#include "domain/report_case.h"
#include "domain/report_counts.h"
#include "domain/report_top.h"

enum clock_figure {
	CLOCKS_MET,
	CLOCKS_IN_TARGET,
	CLOCKS_MISSED,
	CLOCKS_RUNNING,
	CLOCKS_RISK,
	CLOCKS_BREACHED,
	CLOCKS_PAUSED,
	CLOCKS_OPEN_ENDED,
	CLOCK_FIGURES
};

extern const char *const clock_figure_names[CLOCK_FIGURES];

/* What became of a clock at a tier, and how long it took. */
struct clock_row {
	enum clock_id id;
	int tier; /* 0: none */
	uint64_t n[CLOCK_FIGURES];
	uint64_t open;           /* runs or is held at the end */
	struct digest net, gross; /* of those that stopped in the period */
};

/* What submitted cases are counted by. */
enum by {
	BY_IMPACT,
	BY_REASON,
	BY_TRIGGER,
	BY_REGION,
	BY_MONTH,
	BY_FIGURES
};

extern const char *const by_names[BY_FIGURES];

#define OLDEST_CASES 10

struct tally {
	uint64_t cases[CASE_FIGURES];
	struct clock_row *row; /* by clock, then tier */
	size_t n_rows, cap_rows;
	uint64_t promotions, returns;
	struct counts promoted_to, top_reached; /* by tier */
	struct counts by[BY_FIGURES];
	struct counts scores;
	struct counts open_at;                  /* by tier, 0: none yet */
	uint64_t age[AGES];
	struct top oldest;                      /* key: minus `created` */
	uint64_t hygiene[HYGIENE_FIGURES];
};

void tally_init(struct tally *tally);
void tally_release(struct tally *tally);
void tally_add(struct tally *tally, const struct case_sum *sum,
	const struct period *period);
void tally_merge(struct tally *tally, const struct tally *other);

/* report_clocks.c: the part of it that is about clocks. */
void tally_add_clocks(struct tally *tally, const struct case_sum *sum,
	const struct period *period);
void tally_merge_clocks(struct tally *tally, const struct tally *other);

/*
 * The texts of a value, each once, in the order of their bytes: a text
 * itself, a list's texts, other values as they are written; none where it is
 * absent or empty.  Returns how many; *text is from the arena.
 */
size_t value_texts(struct value value, struct span **text,
	struct arena *arena);

#endif
