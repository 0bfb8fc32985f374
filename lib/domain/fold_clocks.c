#include "base/instant.h"
#include "domain/fold_work.h"

/* Notes a stop; the clock no longer lives. */
void
clocks_stopped(struct folding *f, struct clock *clock, uint32_t step, bool written)
{
	struct fold *fold = f->fold;
	uint32_t *first = &fold->first_stop[f->order[f->position]->place - 1];

	fold->stop = arena_grow(fold->arena, fold->stop, fold->n_stops, &f->cap_stops,
		sizeof *fold->stop);
	if (!*first)
		*first = (uint32_t)fold->n_stops + 1;
	clock->stop_step = step;
	f->living[clock->id] = -1;
	fold->stop[fold->n_stops++] = (struct stop){ .step = step,
		.clock = (uint32_t)(clock - fold->clock), .judged = *clock, .written = written };
}

/* Stops a living clock, unless a later event's judgement keeps it. */
static void
stop(struct folding *f, struct clock *clock, int64_t at, uint32_t step, bool ends)
{
	if (judged_later(f, clock))
		return;
	clock_stop(clock, at, ends);
	clocks_stopped(f, clock, step, false);
}

void
clocks_stop(struct folding *f, const struct act *act)
{
	for (int id = 0; id < CLOCK_IDS; id++) {
		struct clock *clock = living(f, (enum clock_id)id);
		const struct clock_terms *terms = terms_of(f, (enum clock_id)id);

		if (!clock)
			continue;
		if (terms->stops & act->trigger)
			stop(f, clock, act->at, act->step, false);
		else if (terms->ends & act->trigger)
			stop(f, clock, act->at, act->step, true);
	}
}

/* Notes which clocks are late: a report asks how the case then stood. */
void
clocks_past(struct folding *f, int64_t at)
{
	f->past_target = f->past_limit = 0;
	f->n_before = f->fold->n_clocks;
	for (int id = 0; id < CLOCK_IDS; id++) {
		const struct clock *clock = living(f, (enum clock_id)id);
		int64_t ran = clock && clock->state == CLOCK_HELD ? clock->held_at : at;

		if (!clock)
			continue;
		if (clock->state == CLOCK_RUNNING &&
			clock->target_at != INSTANT_NONE && clock->target_at < at)
			f->past_target |= (uint8_t)(1U << id);
		if (clock->limit_at != INSTANT_NONE && clock->limit_at < ran)
			f->past_limit |= (uint8_t)(1U << id);
	}
}

/*
 * Gives a clock the terms in force: goal, calendar.  false: the policy has
 * none for it as the case stands.
 */
static bool
find_terms(struct folding *f, struct clock *clock, int64_t at)
{
	const struct fold *fold = f->fold;
	struct facts facts = fold_facts(fold, at);

	clock->calendar = fold->calendar;
	clock->day_ends = fold->policy->day_ends;
	clock->ladder = NULL;
	if (clock->id != CLOCK_TIER) {
		const struct clock_terms *terms = terms_of(f, clock->id);

		clock->goal = terms->exists
			? goal_match(terms->goal, terms->n_goals, &facts) : NULL;
		return clock->goal != NULL;
	}
	clock->ladder = policy_tier(fold->policy, clock->tier);
	if (!clock->ladder)
		return false;
	clock->goal = clock->ladder->by_case ? NULL
		: goal_match(clock->ladder->goal, clock->ladder->n_goals, &facts);
	if (clock->goal)
		clock->due_set = INSTANT_NONE;
	return clock->ladder->by_case || clock->goal != NULL;
}

static int
cycle_of(const struct fold *fold, enum clock_id id, int tier)
{
	for (size_t i = fold->n_clocks; i-- > 0;)
		if (fold->clock[i].id == id && fold->clock[i].tier == tier)
			return fold->clock[i].cycle + 1;
	return 1;
}

static struct clock *
add_clock(struct folding *f)
{
	struct fold *fold = f->fold;

	fold->clock = arena_grow(fold->arena, fold->clock, fold->n_clocks, &f->cap_clocks,
		sizeof *fold->clock);
	return &fold->clock[fold->n_clocks];
}

static void
start(struct folding *f, enum clock_id id, const struct act *act)
{
	struct clock *clock = add_clock(f);
	int tier = id == CLOCK_ACKNOWLEDGE ? 0 : f->fold->tier;

	*clock = (struct clock){
		.id = id,
		.tier = tier,
		.cycle = cycle_of(f->fold, id, tier),
		.state = CLOCK_RUNNING,
		.started_at = act->at,
		.stopped_at = INSTANT_NONE,
		.held_at = INSTANT_NONE,
		.due_set = INSTANT_NONE,
		.review_from = act->at,
		.start_step = act->step,
		.stop_step = NO_STEP,
	};
	if (!find_terms(f, clock, act->at))
		return;
	f->living[id] = (int)f->fold->n_clocks++;
	clock_set_goals(clock);
	clocks_hold_one(f, clock, act->at);
}

/* The clock that the resolution stopped at this tier, to run on; NULL. */
static struct clock *
stopped_by_resolution(const struct folding *f, enum clock_id id)
{
	const struct fold *fold = f->fold;

	for (size_t i = fold->n_clocks; i-- > 0;) {
		struct clock *clock = &fold->clock[i];
		const struct step *step;

		if (clock->id != id)
			continue;
		if (id == CLOCK_TIER && clock->tier != fold->tier)
			continue;
		if (clock->stop_step == NO_STEP || clock->state == CLOCK_ENDED || !fold->resolved)
			return NULL;
		step = &fold->step[clock->stop_step];
		return step->event == fold->resolved->event ? clock : NULL;
	}
	return NULL;
}

/* Reopening under `continue`: the time between counts as a hold. */
static bool
run_on(struct folding *f, enum clock_id id, const struct act *act)
{
	struct clock *clock;

	if (act->trigger != TRIGGER(EV_REOPENED) ||
		f->fold->policy->reopen != REOPEN_CONTINUE ||
		(id != CLOCK_TIER && id != CLOCK_RESOLVE))
		return false;
	clock = stopped_by_resolution(f, id);
	if (!clock || !find_terms(f, clock, act->at))
		return false;
	clock->state = CLOCK_RUNNING;
	clock->judged = false;
	clock->over = 0;
	clock_hold(clock, clock->stopped_at, clock->stop_step, f->fold->arena);
	clock->stopped_at = INSTANT_NONE;
	clock->stop_step = NO_STEP;
	clock_release(clock, act->at);
	clock_set_goals(clock);
	f->living[id] = (int)(clock - f->fold->clock);
	return true;
}

void
clocks_start(struct folding *f, const struct act *act)
{
	for (int i = 0; i < CLOCK_IDS; i++) {
		enum clock_id id = (enum clock_id)i;
		const struct clock_terms *terms = terms_of(f, id);

		if (!terms->exists || !(terms->starts & act->trigger) || living(f, id))
			continue;
		if ((terms->stops | terms->ends) & act->mute)
			continue;
		if (!run_on(f, id, act))
			start(f, id, act);
	}
}

static bool
same_terms(const struct clock *a, const struct clock *b)
{
	return a->goal == b->goal && a->calendar == b->calendar &&
		a->day_ends == b->day_ends && a->ladder == b->ladder &&
		a->due_set == b->due_set;
}

void
clocks_new_terms(struct folding *f, const struct act *act)
{
	for (int i = 0; i < CLOCK_IDS; i++) {
		struct clock *clock = living(f, (enum clock_id)i);
		struct clock before;

		if (!clock)
			continue;
		before = *clock;
		if (find_terms(f, clock, act->at)) {
			if (!same_terms(clock, &before))
				clock_set_goals(clock);
			continue;
		}
		*clock = before;
		stop(f, clock, act->at, act->step, true);
	}
	clocks_hold(f, act->at);
}

/* An open-ended tier is reviewed a while after its last sign of life. */
void
clocks_review(struct folding *f, const struct act *act)
{
	struct clock *clock = living(f, CLOCK_TIER);

	if (clock)
		clock_set_review(clock, act->at);
}
