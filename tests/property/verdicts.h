/*
 * verdicts: what is tried of each case, and the checks of it at an instant.
 * Order: trial_judge, then checks; what differs is printed and counted.
 */
#ifndef ESC_TESTS_PROPERTY_VERDICTS_H
#define ESC_TESTS_PROPERTY_VERDICTS_H

#include "domain/ahead.h"
#include "lines.h"
#include "random.h"

#define MOST 64 /* instants a case */

struct trial {
	struct line line;
	struct arena arena; /* of the folds */
	struct random random;
	int64_t at[MOST];
	size_t n, most;
	struct {
		uint64_t cases, instants, verdicts, judged, unknown, ledgers, next, never, foreseen,
			differences;
	} sum;
};

void trial_differs(struct trial *trial, int64_t at, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Verdicts with the events until `seen`, at `at`; folds where that is not done. */
struct case_verdict trial_judge(struct trial *trial, struct fold *fold, int64_t seen,
	int64_t at);

/* Nothing happened from `at` to `later`: each verdict is as bad or worse. */
void check_forward(struct trial *trial, const struct case_verdict *now, int64_t at,
	const struct case_verdict *then, int64_t later);

/* All that holds of a case at an instant. */
void check_instant(struct trial *trial, struct fold *fold, const struct case_verdict *now,
	int64_t at);

#endif
