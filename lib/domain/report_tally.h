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
#include "domain/report_flow.h"
#include "domain/report_months.h"
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

struct clock_rows {
	struct clock_row *row; /* by clock, then tier */
	size_t n, cap;
};

/* How often other terms say one thing of a clock, and those in force another. */
struct moved_row {
	enum clock_id id;
	int tier; /* 0: none */
	enum verdict pinned, rejudged; /* VERDICT_NONE: no such clock */
	uint64_t n;
};

/* What --rejudge adds. */
struct rejudged {
	struct clock_rows clocks;
	struct moved_row *moved; /* by its members, in their order */
	size_t n_moved, cap_moved;
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
	struct clock_rows clocks;
	struct months months;
	uint64_t promotions, returns;
	struct counts promoted_to, top_reached; /* by tier */
	struct flow flow;
	struct counts by[BY_FIGURES];
	struct counts scores;
	struct counts open_at;                  /* by tier, 0: none yet */
	uint64_t age[AGES];
	struct top oldest;                      /* key: minus `created` */
	uint64_t hygiene[HYGIENE_FIGURES];
	struct rejudged rejudged;               /* empty without --rejudge */
};

void tally_init(struct tally *tally);
void tally_release(struct tally *tally);
void tally_add(struct tally *tally, const struct case_sum *sum,
	const struct period *period);
void tally_merge(struct tally *tally, const struct tally *other);

/* report_clocks.c: the part of it that is about clocks. */
void clock_rows_add(struct clock_rows *rows, const struct case_verdict *verdict,
	const struct period *period);
void clock_rows_merge(struct clock_rows *rows, const struct clock_rows *other);
void clock_rows_release(struct clock_rows *rows);

/* The row of a clock at a tier; a new one where there is none. */
struct clock_row *clock_rows_get(struct clock_rows *rows, enum clock_id id,
	int tier);

/*
 * The column of the period that a clock is in; -1: none.  *at is when it came
 * to be: a limit when it passed, a stop in time when it was, all else at the end.
 */
int clock_figure(const struct clock_verdict *verdict,
	const struct period *period, int64_t *at);

/* Whether a clock is in one of the columns of the period. */
bool clock_counts(const struct clock_verdict *verdict, const struct period *period);

/* report_rejudged.c: the part that says what other terms would say. */
void rejudged_add(struct rejudged *rejudged, const struct case_sum *sum,
	const struct period *period);
void rejudged_merge(struct rejudged *rejudged, const struct rejudged *other);
void rejudged_release(struct rejudged *rejudged);

/* Adds row->n to the row with its other members. */
void rejudged_count(struct rejudged *rejudged, const struct moved_row *row);

/*
 * The texts of a value, each once, in the order of their bytes: a text
 * itself, a list's texts, other values as they are written; none where it is
 * absent or empty.  Returns how many; *text is from the arena.
 */
size_t value_texts(struct value value, struct span **text,
	struct arena *arena);

#endif
