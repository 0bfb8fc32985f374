#include "domain/report_case.h"

#include "base/instant.h"

const char *const case_figure_names[CASE_FIGURES] = {
	[CASES_SUBMITTED] = "submitted",
	[CASES_REFUSED] = "refused",
	[CASES_ACKNOWLEDGED] = "acknowledged",
	[CASES_ACCEPTED] = "accepted",
	[CASES_CANCELLED] = "cancelled",
	[CASES_PRIORITISED] = "prioritised",
	[CASES_DUPLICATES] = "duplicates",
	[CASES_PROMOTED] = "promoted",
	[CASES_RESOLVED] = "resolved",
	[CASES_CLOSED] = "closed",
	[CASES_REOPENED] = "reopened",
	[CASES_OPEN] = "open",
};

const char *const age_names[AGES] = {
	[AGE_BELOW_1BD] = "<1bd",
	[AGE_BELOW_2BD] = "<2bd",
	[AGE_BELOW_5BD] = "<5bd",
	[AGE_BELOW_10BD] = "<10bd",
	[AGE_BELOW_20BD] = "<20bd",
	[AGE_OLDER] = "older",
};

const char *const review_names[REVIEW_REASONS] = {
	[REVIEW_EXHAUSTED] = "exhausted",
	[REVIEW_MISSED_LIMIT] = "missed-limit",
	[REVIEW_REOPENED] = "reopened",
	[REVIEW_MOST_PROMOTIONS] = "most-promotions",
	[REVIEW_LONGEST_IN_TIER] = "longest-in-tier",
	[REVIEW_LOWEST_RATING] = "lowest-rating",
	[REVIEW_HYGIENE + HELD_AFTER_TARGET] = "held-after-target",
	[REVIEW_HYGIENE + RECLASSIFIED_AFTER_BREACH] = "reclassified-after-breach",
	[REVIEW_HYGIENE + DUE_MOVED_AFTER_BREACH] = "due-moved-after-breach",
	[REVIEW_HYGIENE + BACKDATED_PAST_LIMIT] = "backdated-past-limit",
	[REVIEW_HYGIENE + REOPENED_WITHIN_2BD] = "reopened-within-2bd",
	[REVIEW_HYGIENE + RESOLVED_WITHOUT_CONTACT] = "resolved-without-contact",
};

/* The figure that an event's effect raises; 0: none. */
static const unsigned figure_of[EVENT_TYPES] = {
	[EV_ACKNOWLEDGED] = 1U << CASES_ACKNOWLEDGED,
	[EV_ACCEPTED] = 1U << CASES_ACCEPTED,
	[EV_CANCELLED] = 1U << CASES_CANCELLED,
	[EV_PRIORITISED] = 1U << CASES_PRIORITISED,
	[EV_DUPLICATE] = 1U << CASES_DUPLICATES,
	[EV_RESOLVED] = 1U << CASES_RESOLVED,
	[EV_CLOSED] = 1U << CASES_CLOSED,
	[EV_REOPENED] = 1U << CASES_REOPENED,
};

static void
sum_promotion(struct case_sum *sum, const struct step *step)
{
	if (step->type != EV_PROMOTED)
		return;
	if (step->tier_after < step->tier_before) {
		sum->returns++;
		return;
	}
	sum->promotions++;
	sum->figures |= 1U << CASES_PROMOTED;
}

static void
sum_steps(struct case_sum *sum, const struct period *period)
{
	for (size_t i = 0; i < sum->fold->n_steps; i++) {
		const struct step *step = &sum->fold->step[i];
		bool within = period_has(period, step->at);

		sum->counts |= within;
		if (!step->effect)
			continue;
		if (step->tier_after > sum->top_tier)
			sum->top_tier = step->tier_after;
		if (!within)
			continue;
		sum->figures |= figure_of[step->type];
		sum->reopenings += step->type == EV_REOPENED;
		sum_promotion(sum, step);
	}
}

/* An instant after 2199 is never reached: no calendar goes so far. */
static bool
is_younger(const struct fold *fold, int64_t days, int64_t at)
{
	struct duration age = { days, UNIT_BUSINESS_DAY };
	struct err err = { 0 };
	int64_t deadline;
	int result = calendar_add(fold->calendar, fold->record->created, age,
		fold->policy->day_ends, &deadline, &err);

	err_release(&err);
	return result != 0 || at < deadline;
}

static enum age
age_at(const struct fold *fold, int64_t at)
{
	static const int64_t days[AGE_OLDER] = { 1, 2, 5, 10, 20 };
	int age = 0;

	while (age < AGE_OLDER && !is_younger(fold, days[age], at))
		age++;
	return (enum age)age;
}

static void
sum_state(struct case_sum *sum, const struct period *period)
{
	const struct fold *fold = sum->fold;

	if (period_has(period, fold->record->created)) {
		sum->counts = true;
		sum->figures |= 1U << CASES_SUBMITTED;
	}
	for (size_t i = 0; i < fold->n_clocks; i++)
		sum->counts |= clock_lives(&fold->clock[i]);
	if (!fold_is_open(fold))
		return;
	sum->counts = true;
	sum->figures |= 1U << CASES_OPEN;
	sum->age = age_at(fold, period->end);
}

/* A limit is passed one second after it: an event exactly at it is in time. */
int64_t
clock_passed_at(const struct clock_verdict *verdict)
{
	const struct clock *clock = verdict->clock;
	bool known = clock->limit_at != INSTANT_NONE;

	switch (verdict->verdict) {
	case VERDICT_EXHAUSTED:
	case VERDICT_BREACHED:
	case VERDICT_PAUSED_BREACHED:
		return clock->limit_at + 1;
	case VERDICT_MISSED: /* as judged, whatever the limit says */
		return known && clock->limit_at < clock->stopped_at
			? clock->limit_at + 1 : clock->stopped_at;
	default:
		return INSTANT_NONE;
	}
}

static void
sum_stay(struct case_sum *sum, const struct clock *clock,
	const struct period *period)
{
	int64_t until = clock_lives(clock) ? period->end : clock->stopped_at;

	if (clock->id != CLOCK_TIER)
		return;
	if (!clock_lives(clock) && !period_has(period, until))
		return;
	if (until - clock->started_at > sum->longest_s)
		sum->longest_s = until - clock->started_at;
}

static void
sum_clocks(struct case_sum *sum, const struct period *period)
{
	for (size_t i = 0; i < sum->verdict.n; i++) {
		const struct clock_verdict *verdict = &sum->verdict.clock[i];
		int64_t passed = clock_passed_at(verdict);

		if (passed != INSTANT_NONE && period_has(period, passed))
			sum->limits_passed++;
		if (verdict->verdict == VERDICT_EXHAUSTED)
			sum->why |= REVIEW(REVIEW_EXHAUSTED);
		sum_stay(sum, verdict->clock, period);
	}
	if (sum->limits_passed)
		sum->why |= REVIEW(REVIEW_MISSED_LIMIT);
	if (sum->reopenings)
		sum->why |= REVIEW(REVIEW_REOPENED);
}

static void
sum_feedback(struct case_sum *sum, const struct period *period)
{
	const struct step *rated = sum->fold->rated;
	int64_t score = 0;

	if (!rated || !period_has(period, rated->at)
		|| !event_int(rated->event, "score", &score))
		return;
	sum->rated = score >= 0 && score <= SCORE_MOST;
	sum->score = sum->rated ? score : 0;
}

void
case_sum(struct case_sum *sum, const struct fold *fold,
	const struct period *period)
{
	*sum = (struct case_sum){ .fold = fold };
	sum_state(sum, period);
	sum_steps(sum, period);
	if (!sum->counts)
		return;
	verdict_at(fold, period->end, &sum->verdict);
	sum_clocks(sum, period);
	sum_feedback(sum, period);
	case_hygiene(sum, period);
}
