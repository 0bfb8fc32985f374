/*
 * budget_terms: what the parts of a budget share: budget.c counts and
 * judges, budget_parse.c and budget_conditions.c read.  Private to them.
 */
#ifndef ESC_DOMAIN_BUDGET_TERMS_H
#define ESC_DOMAIN_BUDGET_TERMS_H

#include "domain/budget.h"

#define RATE_WHOLE UINT64_C(100000000) /* 100 % in millionths of a percent */

/*
 * Each a set of verdicts, 1 << verdict; a rate is count of whole, and where
 * whole has none there is nothing to measure.
 */
struct measure {
	const char *name;
	bool is_rate;
	bool with_limit; /* only clocks that have a limit */
	unsigned count, whole;
};

extern const struct measure measures[];
extern const size_t n_measures;

struct comparison {
	const char *sign;
	bool is_upper;  /* the bound is the most that may be */
	bool or_equal;
};

struct budget_terms {
	unsigned clocks;              /* 1 << id: those that count */
	bool tier[TIER_MAX + 1];      /* those that count; 0: none */
	struct pick pick;             /* of the record */
	struct arena arena;           /* the names of its fields */
};

/* Where the reading of an expression stands. */
struct budget_reading {
	struct budget *budget;
	const char *at; /* in budget->text */
	struct err *err;
};

/* `column 3 of "...": expected what; got ...` (no got: all from `at` on): -1. */
int budget_expected(const struct budget_reading *r, const char *at, struct span got,
	const char *what);

void budget_blanks(struct budget_reading *r);

/* Moves behind the sign where it comes next. */
bool budget_takes(struct budget_reading *r, const char *sign);

/* What stands before a sign or a blank. */
struct span budget_word(struct budget_reading *r);

/* What stands in parentheses, if anything: 0; -1. */
int budget_conditions(struct budget_reading *r);

#endif
