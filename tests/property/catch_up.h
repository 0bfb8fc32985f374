/* catch_up: a case to which nothing happens in the month that is simulated. */
#ifndef ESC_TESTS_PROPERTY_CATCH_UP_H
#define ESC_TESTS_PROPERTY_CATCH_UP_H

#include <stdbool.h>

#include "base/buf.h"
#include "domain/policy.h"
#include "random.h"

#define STEP 600 /* seconds between runs */

struct month {
	const struct policy *policy;
	struct random random;
	struct buf line;          /* the case as it begins */
	int64_t from;             /* the first run */
	bool held;
	struct {
		uint64_t cases, runs, promotions, exhausted, held, differences;
	} sum;
};

/* Another case of month->policy. */
void month_make(struct month *month, uint64_t number);

#endif
