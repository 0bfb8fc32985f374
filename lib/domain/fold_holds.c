#include "domain/fold_work.h"

/*
 * Of those that ran past their target, the ones that are held now; not one
 * that took their place.
 */
uint8_t
clocks_held_late(const struct folding *f)
{
	uint8_t late = 0;

	for (int id = 0; id < CLOCK_IDS; id++) {
		const struct clock *clock = living(f, (enum clock_id)id);

		if (clock && clock->state == CLOCK_HELD
			&& f->living[id] < (int)f->n_before)
			late |= (uint8_t)(1U << id);
	}
	return late & f->past_target;
}

static bool
is_held(const struct folding *f, enum clock_id id)
{
	return (f->fold->held & terms_of(f, id)->held_by) != 0;
}

/* Of the holds in force that hold such a clock, the one that began first. */
static uint32_t
held_since(const struct folding *f, enum clock_id id)
{
	unsigned holds = f->fold->held & terms_of(f, id)->held_by;
	uint32_t step = NO_STEP;

	for (unsigned bit = HOLD_ASKED; bit <= HOLD_PAUSED; bit <<= 1)
		if ((holds & bit) && f->hold_step[bit] < step)
			step = f->hold_step[bit];
	return step;
}

void
clocks_hold_one(struct folding *f, struct clock *clock, int64_t at)
{
	if (is_held(f, clock->id))
		clock_hold(clock, at, held_since(f, clock->id), f->fold->arena);
	else
		clock_release(clock, at);
}

void
clocks_hold(struct folding *f, int64_t at)
{
	for (int id = 0; id < CLOCK_IDS; id++) {
		struct clock *clock = living(f, (enum clock_id)id);

		if (clock)
			clocks_hold_one(f, clock, at);
	}
}

void
clocks_release(struct folding *f, int64_t at)
{
	f->fold->held = 0;
	clocks_hold(f, at);
}
