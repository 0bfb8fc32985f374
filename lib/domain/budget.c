#include "domain/budget.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/instant.h"
#include "domain/budget_terms.h"

#define LIVING \
	(VERDICTS_OVER | VERDICT_BIT(VERDICT_RISK) | VERDICT_BIT(VERDICT_OPEN_ENDED) | \
		VERDICT_BIT(VERDICT_PAUSED) | VERDICT_BIT(VERDICT_OK))
#define MISSED  (VERDICTS_OVER | VERDICT_BIT(VERDICT_MISSED))
#define MET     VERDICT_BIT(VERDICT_MET)
#define AT_RISK (VERDICTS_OVER | VERDICT_BIT(VERDICT_RISK))
#define ANY     (~0U)

/* As esc-sla-check(1) lists them. */
const struct measure measures[] = {
	{ "missed_rate", true, false, MISSED, MISSED | MET },
	{ "met_rate", true, false, MET, MISSED | MET },
	{ "breached_rate", true, true, VERDICTS_OVER, LIVING },
	{ "risk_rate", true, true, AT_RISK, LIVING },
	{ "missed", false, false, MISSED, ANY },
	{ "breached", false, true, VERDICTS_OVER, ANY },
	{ "risk", false, true, AT_RISK, ANY },
};

const size_t n_measures = sizeof measures / sizeof *measures;

static bool
is_meant(const struct budget *budget, const struct clock *clock)
{
	const struct budget_terms *terms = budget->terms;

	if (budget->measure->with_limit && clock->limit_at == INSTANT_NONE)
		return false;
	return (terms->clocks & (1U << clock->id)) && clock->tier >= 0 &&
		clock->tier <= TIER_MAX && terms->tier[clock->tier];
}

void
budget_add(struct budget *budget, const struct fold *fold, const enum verdict *verdict)
{
	const struct measure *measure = budget->measure;

	if (!pick_matches(&budget->terms->pick, fold->record, fold->arena))
		return;
	for (size_t i = 0; i < fold->n_clocks; i++) {
		if (!is_meant(budget, &fold->clock[i]))
			continue;
		budget->n += (measure->count & VERDICT_BIT(verdict[i])) != 0;
		budget->of += (measure->whole & VERDICT_BIT(verdict[i])) != 0;
	}
}

static int
order_of(unsigned __int128 a, unsigned __int128 b)
{
	return (a > b) - (a < b);
}

static bool
allows(const struct comparison *comparison, int order)
{
	return order == 0 ? comparison->or_equal : (order < 0) == comparison->is_upper;
}

void
budget_judge(struct budget *budget)
{
	unsigned __int128 n = budget->n, bound = budget->bound;

	if (budget->is_rate) {
		n *= RATE_WHOLE;
		bound *= budget->of;
	}
	budget->holds = (budget->is_rate && !budget->of) ||
		allows(budget->comparison, order_of(n, bound));
}

/* The share in units of so many millionths of a percent, rounded as for money. */
static uint64_t
nearest(const struct budget *budget, uint64_t unit)
{
	unsigned __int128 n = (unsigned __int128)budget->n * (RATE_WHOLE / unit);

	return (uint64_t)((2 * n + budget->of) / (2 * (unsigned __int128)budget->of)) * unit;
}

/*
 * In millionths of a percent, to two decimals, and more where those would lie
 * on the wrong side of the bound.
 */
static uint64_t
rounded(const struct budget *budget)
{
	const bool up = budget->comparison->is_upper != budget->holds;
	unsigned __int128 n = (unsigned __int128)budget->n * RATE_WHOLE;

	for (uint64_t unit = RATE_WHOLE / 10000; unit; unit /= 10) {
		uint64_t share = nearest(budget, unit);

		if (allows(budget->comparison, order_of(share, budget->bound)) == budget->holds)
			return share;
	}
	return (uint64_t)((n + (up ? budget->of - 1 : 0)) / budget->of);
}

static void
put_share(uint64_t share, struct buf *out)
{
	const uint64_t percent = RATE_WHOLE / 100;

	buf_printf(out, "%" PRIu64, share / percent);
	if (share % percent == 0)
		return;
	buf_printf(out, ".%06" PRIu64, share % percent);
	while (out->data[out->len - 1] == '0')
		out->len--;
}

void
budget_say(const struct budget *budget, struct buf *out)
{
	if (budget->holds && !budget->of) {
		buf_puts(out, "nothing to measure");
		return;
	}
	if (!budget->is_rate) {
		buf_printf(out, "%" PRIu64, budget->n);
		return;
	}
	put_share(rounded(budget), out);
	buf_printf(out, " %% (%" PRIu64 " of %" PRIu64 ")", budget->n, budget->of);
}

void
budget_release(struct budget *budget)
{
	if (!budget->terms)
		return;
	pick_release(&budget->terms->pick);
	arena_release(&budget->terms->arena);
	free(budget->terms);
	budget->terms = NULL;
}
