/*
 * verdict: what every clock of a folded case says at an instant.
 * Pure: (fold, instant) -> verdicts.  Source: esc-case(5), VERDICTS.
 */
#ifndef ESC_DOMAIN_VERDICT_H
#define ESC_DOMAIN_VERDICT_H

#include "base/buf.h"
#include "domain/fold.h"

/* Worst first. */
enum verdict {
	VERDICT_EXHAUSTED,
	VERDICT_BREACHED,
	VERDICT_PAUSED_BREACHED,
	VERDICT_RISK,
	VERDICT_OPEN_ENDED,
	VERDICT_PAUSED,
	VERDICT_OK,
	VERDICT_MISSED,
	VERDICT_MET,
	VERDICT_ENDED,
	VERDICT_NONE, /* of a case without clocks */
	VERDICTS
};

extern const char *const verdict_names[VERDICTS];

/* Sets of verdicts: one, and those of a clock that lives and is over its limit. */
#define VERDICT_BIT(verdict) (1U << (verdict))
#define VERDICTS_OVER \
	(VERDICT_BIT(VERDICT_EXHAUSTED) | VERDICT_BIT(VERDICT_BREACHED) | \
		VERDICT_BIT(VERDICT_PAUSED_BREACHED))

struct clock_verdict {
	const struct clock *clock;
	enum verdict verdict;
	bool has_left;
	int64_t left;      /* seconds of the clock's own kind to the limit */
	int64_t left_wall; /* plain seconds */
};

struct case_verdict {
	enum verdict verdict; /* the worst */
	const struct clock_verdict *worst; /* NULL: VERDICT_NONE */
	struct clock_verdict *clock;       /* in the order of fold->clock */
	size_t n;
};

/* The fold must not have looked past `at`.  Lives in the fold's arena. */
void verdict_at(const struct fold *fold, int64_t at,
	struct case_verdict *verdict);

/* The clock of the same name (clock, tier, cycle) in another verdict; NULL. */
const struct clock_verdict *verdict_twin(const struct case_verdict *verdict,
	const struct clock *clock);

/* One clock's alone. */
enum verdict verdict_of(const struct fold *fold, const struct clock *clock, int64_t at);

/* {"clock","tier","cycle","verdict","target_at","limit_at","left","left_wall" ; open. */
void verdict_clock(const struct clock_verdict *verdict, struct buf *out);

#endif
