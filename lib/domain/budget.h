/*
 * budget: how much may go wrong: `missed_rate(tier=2) <= 5%`, read once,
 * counted while cases stream by, judged at the end in whole numbers, so that
 * no rounding decides.  Refuses to print.
 * Order: budget_parse, for each case budget_add, budget_judge, budget_say...,
 * budget_release.
 * Source: esc-sla-check(1), Budgets.
 */
#ifndef ESC_DOMAIN_BUDGET_H
#define ESC_DOMAIN_BUDGET_H

#include "domain/pick.h"
#include "domain/verdict.h"

struct measure;
struct comparison;
struct budget_terms;

struct budget {
	const char *text;   /* as it was given; borrowed */
	bool is_rate;
	uint64_t n, of;     /* n clocks of `of` that the conditions let through */
	bool holds;         /* once it is judged; also where a rate has no `of` */
	const struct measure *measure;
	const struct comparison *comparison;
	uint64_t bound;     /* a number, or millionths of a percent */
	struct budget_terms *terms;
};

/* 0, or -1 with EX_USAGE, the column and what was expected there. */
int budget_parse(struct budget *budget, const char *text, struct err *err);
void budget_release(struct budget *budget);

/* Counts a case's clocks by their verdicts; verdict[i] is that of fold->clock[i]. */
void budget_add(struct budget *budget, const struct fold *fold,
	const enum verdict *verdict);

void budget_judge(struct budget *budget);

/*
 * What it came to: `12.5 % (1 of 8)`, `4`, `nothing to measure`.  A share is
 * rounded to two decimals, or to as many as tell it from the bound.
 */
void budget_say(const struct budget *budget, struct buf *out);

#endif
