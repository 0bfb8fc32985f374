#include "base/instant.h"
#include "domain/report_case.h"

const char *const hygiene_names[HYGIENE_FIGURES] = {
	[HELD_AFTER_TARGET] = "held_after_target",
	[RECLASSIFIED_AFTER_BREACH] = "reclassified_after_breach",
	[DUE_MOVED_AFTER_BREACH] = "due_moved_after_breach",
	[BACKDATED_PAST_LIMIT] = "backdated_past_limit",
	[REOPENED_WITHIN_2BD] = "reopened_within_2bd",
	[RESOLVED_WITHOUT_CONTACT] = "resolved_without_contact",
	[HYGIENE_RETRACTED] = "retracted",
	[HYGIENE_AMENDED] = "amended",
};

/* The last effect of each type before the step at hand; NULL: none. */
struct past {
	const struct step *last[EVENT_TYPES];
};

static bool
reopened_soon(const struct fold *fold, const struct past *past,
	const struct step *step)
{
	struct duration two_days = { 2, UNIT_BUSINESS_DAY };
	const struct step *ended = past->last[step->before == STATE_CANCELLED
		? EV_CANCELLED : EV_RESOLVED];
	struct err err = { 0 };
	int64_t deadline;
	bool soon;

	if (!ended)
		return false;
	soon = calendar_add(fold->calendar, ended->at, two_days,
		fold->policy->day_ends, &deadline, &err) == 0
		&& step->at <= deadline;
	err_release(&err);
	return soon;
}

/* Nobody contacted or updated the customer since the case was accepted. */
static bool
without_contact(const struct past *past)
{
	const struct step *accepted = past->last[EV_ACCEPTED];
	const struct step *updated = past->last[EV_UPDATED];
	const struct step *last = past->last[EV_CONTACTED];

	if (!last || (updated && updated > last))
		last = updated;
	return !last || (accepted && last < accepted);
}

/* It happened in time, they said, when the limit was over. */
static bool
stopped_in_time_late(const struct clock *clock, const struct event *event)
{
	return clock->state == CLOCK_MET && clock->limit_at != INSTANT_NONE
		&& clock->stopped_at <= clock->limit_at
		&& event->recorded > clock->limit_at;
}

/* A stop that a reopening took back is none. */
static bool
backdated(const struct fold *fold, const struct event *event)
{
	size_t n;
	const struct stop *stop = fold_stops(fold, event, &n);

	for (; n-- > 0; stop++) {
		const struct clock *clock = &fold->clock[stop->clock];

		if (clock->stop_step == stop->step
			&& stopped_in_time_late(clock, event))
			return true;
	}
	return false;
}

static bool
is_retraction(const struct event *event)
{
	int64_t place;

	return event_int(event, "event", &place) && place > 1
		&& place < event->place;
}

static void
count_step(struct case_sum *sum, const struct past *past,
	const struct step *step)
{
	const struct fold *fold = sum->fold;
	uint64_t *n = sum->hygiene;

	if (!step->implied)
		n[BACKDATED_PAST_LIMIT] += backdated(fold, step->event);
	if (!step->effect)
		return;
	if (step->type == EV_ASKED || step->type == EV_PAUSED)
		n[HELD_AFTER_TARGET] += step->held_late != 0;
	if (step->type == EV_REOPENED)
		n[REOPENED_WITHIN_2BD] += reopened_soon(fold, past, step);
	if (step->type == EV_RESOLVED)
		n[RESOLVED_WITHOUT_CONTACT] += without_contact(past);
	if (step->type == EV_RETRACTED)
		n[HYGIENE_RETRACTED] += is_retraction(step->event);
	if (step->type == EV_RECLASSIFIED || step->type == EV_REPRIORITISED)
		n[RECLASSIFIED_AFTER_BREACH] += step->past_limit != 0;
	if (step->type == EV_DUE_SET)
		n[DUE_MOVED_AFTER_BREACH] += (step->past_limit >> CLOCK_TIER) & 1;
	n[HYGIENE_AMENDED] += step->type == EV_AMENDED;
}

void
case_hygiene(struct case_sum *sum, const struct period *period)
{
	struct past past = { { NULL } };

	for (size_t i = 0; i < sum->fold->n_steps; i++) {
		const struct step *step = &sum->fold->step[i];

		if (period_has(period, step->at))
			count_step(sum, &past, step);
		if (step->effect)
			past.last[step->type] = step;
	}
	for (int i = 0; i < HYGIENE_RETRACTED; i++)
		if (sum->hygiene[i] > 0)
			sum->why |= REVIEW(REVIEW_HYGIENE + i);
}
