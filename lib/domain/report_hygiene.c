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

/* The last effect of a type before a step; NULL. */
static const struct step *
last_before(const struct fold *fold, const struct step *step,
	enum event_type type)
{
	while (step > fold->step) {
		step--;
		if (step->effect && step->type == type)
			return step;
	}
	return NULL;
}

static bool
reopened_soon(const struct fold *fold, const struct step *step)
{
	struct duration two_days = { 2, UNIT_BUSINESS_DAY };
	enum event_type type = step->before == STATE_CANCELLED
		? EV_CANCELLED : EV_RESOLVED;
	const struct step *ended = last_before(fold, step, type);
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
without_contact(const struct fold *fold, const struct step *step)
{
	const struct step *accepted = last_before(fold, step, EV_ACCEPTED);
	const struct step *contacted = last_before(fold, step, EV_CONTACTED);
	const struct step *updated = last_before(fold, step, EV_UPDATED);
	const struct step *last = contacted;

	if (!last || (updated && updated > last))
		last = updated;
	return !last || (accepted && last < accepted);
}

static bool
stopped_in_time_late(const struct clock *clock, const struct event *event)
{
	return clock->state == CLOCK_MET && clock->limit_at != INSTANT_NONE
		&& clock->stopped_at <= clock->limit_at
		&& event->recorded > clock->limit_at;
}

/* It happened in time, they said, when the limit was over. */
static bool
backdated(const struct fold *fold, const struct event *event)
{
	for (size_t i = 0; i < fold->n_clocks; i++) {
		const struct clock *clock = &fold->clock[i];

		if (clock->stop_step != NO_STEP
			&& fold->step[clock->stop_step].event == event
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
count_step(struct case_sum *sum, const struct step *step)
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
		n[REOPENED_WITHIN_2BD] += reopened_soon(fold, step);
	if (step->type == EV_RESOLVED)
		n[RESOLVED_WITHOUT_CONTACT] += without_contact(fold, step);
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
	for (size_t i = 0; i < sum->fold->n_steps; i++)
		if (period_has(period, sum->fold->step[i].at))
			count_step(sum, &sum->fold->step[i]);
	for (int i = 0; i < HYGIENE_RETRACTED; i++)
		if (sum->hygiene[i] > 0)
			sum->why |= REVIEW(REVIEW_HYGIENE + i);
}
