/*
 * report_case: what one case says in a report: a folded case and a period
 * -> the figures that it raises.  Pure; everything is counted later, in as
 * many tallies as the case belongs to (report_tally).
 * Source of the definitions: esc-report(1), FIGURES.
 */
#ifndef ESC_DOMAIN_REPORT_CASE_H
#define ESC_DOMAIN_REPORT_CASE_H

#include "domain/fold.h"
#include "domain/report_period.h"
#include "domain/verdict.h"

/* A case counts once in each. */
enum case_figure {
	CASES_SUBMITTED,
	CASES_REFUSED,
	CASES_ACKNOWLEDGED,
	CASES_ACCEPTED,
	CASES_CANCELLED,
	CASES_PRIORITISED,
	CASES_DUPLICATES,
	CASES_PROMOTED,
	CASES_RESOLVED,
	CASES_CLOSED,
	CASES_REOPENED,
	CASES_OPEN,
	CASE_FIGURES
};

extern const char *const case_figure_names[CASE_FIGURES];

/* Signs of a clock being played, or of a case being badly served: events. */
enum hygiene {
	HELD_AFTER_TARGET,
	RECLASSIFIED_AFTER_BREACH,
	DUE_MOVED_AFTER_BREACH,
	BACKDATED_PAST_LIMIT,
	REOPENED_WITHIN_2BD,
	RESOLVED_WITHOUT_CONTACT,
	HYGIENE_RETRACTED,
	HYGIENE_AMENDED,
	HYGIENE_FIGURES
};

extern const char *const hygiene_names[HYGIENE_FIGURES];

/* How long an open case has been so. */
enum age {
	AGE_BELOW_1BD,
	AGE_BELOW_2BD,
	AGE_BELOW_5BD,
	AGE_BELOW_10BD,
	AGE_BELOW_20BD,
	AGE_OLDER,
	AGES
};

extern const char *const age_names[AGES];

/* Why a reviewer should open a case, in the order in which it is said. */
enum review_reason {
	REVIEW_EXHAUSTED,
	REVIEW_MISSED_LIMIT,
	REVIEW_REOPENED,
	REVIEW_MOST_PROMOTIONS,
	REVIEW_LONGEST_IN_TIER,
	REVIEW_LOWEST_RATING,
	REVIEW_HYGIENE, /* ... and those that follow: of the first enum hygiene */
	REVIEW_REASONS = REVIEW_HYGIENE + HYGIENE_RETRACTED
};

#define REVIEW(reason) (1U << (reason))
#define REVIEW_PRESSING (REVIEW(REVIEW_EXHAUSTED) \
	| REVIEW(REVIEW_MISSED_LIMIT) | REVIEW(REVIEW_REOPENED))

extern const char *const review_names[REVIEW_REASONS];

#define SCORE_MOST 10 /* of a rating; below 0 or above this is none */

struct case_sum {
	const struct fold *fold;
	struct case_verdict verdict;    /* at the end of the period */
	bool counts;                    /* open at the end, or something happened */
	unsigned figures;               /* 1U << enum case_figure */
	uint64_t promotions, returns, reopenings;
	uint64_t limits_passed;         /* in the period */
	int top_tier;                   /* the highest since it was submitted */
	enum age age;                   /* of an open case */
	bool rated;                     /* the feedback in force is of the period */
	int64_t score;
	int64_t longest_s;              /* at one tier, wall clock; 0: none */
	unsigned why;                   /* REVIEW bits that need no comparison */
	uint64_t hygiene[HYGIENE_FIGURES];
	const struct case_verdict *rejudged; /* under other terms; NULL */
};

/*
 * The case as of period->end, which must not be before it was created, and
 * up to which it was folded.  The sum borrows from the fold and its arena.
 */
void case_sum(struct case_sum *sum, const struct fold *fold,
	const struct period *period);

/*
 * report_rejudged.c: adds what other terms say of it, in whose fold the case is
 * as it would have been.  true: one of their clocks lives, so that the case counts.
 */
bool case_rejudge(struct case_sum *sum, const struct fold *fold,
	const struct period *period);

/* The instant at which a clock's limit was passed; INSTANT_NONE: it was not. */
int64_t clock_passed_at(const struct clock_verdict *verdict);

/* report_hygiene.c: the part of case_sum that looks for bad manners. */
void case_hygiene(struct case_sum *sum, const struct period *period);

#endif
