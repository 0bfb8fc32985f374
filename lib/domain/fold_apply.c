#include "base/instant.h"
#include "domain/fold_work.h"

#define SAME (-1)

/* The state an event leads to; SAME where it stays. */
static const int leads_to[EVENT_TYPES] = {
	[EV_OTHER] = SAME,
	[EV_SUBMITTED] = SAME,
	[EV_ACKNOWLEDGED] = STATE_ACKNOWLEDGED,
	[EV_ACCEPTED] = STATE_ESCALATED,
	[EV_CANCELLED] = STATE_CANCELLED,
	[EV_PRIORITISED] = STATE_PRIORITISED,
	[EV_ASKED ... EV_REPINNED] = SAME,
	[EV_DUPLICATE] = STATE_MERGED,
	[EV_RESOLVED] = STATE_RESOLVED,
	[EV_CLOSED] = STATE_CLOSED,
	[EV_RATED] = SAME,
	[EV_REOPENED] = STATE_ESCALATED, /* but from cancelled: submitted */
	[EV_RETRACTED ... EV_NOTIFIED] = SAME,
};

/* After these the goals of the clocks that live are computed anew. */
#define CHANGES_TERMS \
	(TRIGGER(EV_ACCEPTED) | TRIGGER(EV_ROUTED) | TRIGGER(EV_REPRIORITISED) | \
		TRIGGER(EV_RECLASSIFIED) | TRIGGER(EV_AMENDED) | TRIGGER(EV_REPINNED))

#define CHANGES_HOLDS \
	(TRIGGER(EV_ASKED) | TRIGGER(EV_ANSWERED) | TRIGGER(EV_PAUSED) | TRIGGER(EV_RESUMED))

#define SIGNS_OF_LIFE \
	(TRIGGER(EV_NOTED) | TRIGGER(EV_PLANNED) | TRIGGER(EV_UPDATED) | \
		TRIGGER(EV_ACCEPTED) | TRIGGER(EV_PROMOTED))

static enum case_state
state_after(const struct fold *fold, enum event_type type)
{
	if (type == EV_REOPENED && fold->state == STATE_CANCELLED)
		return STATE_SUBMITTED;
	return leads_to[type] == SAME ? fold->state : (enum case_state)leads_to[type];
}

static uint64_t
trigger_of(const struct fold *fold, enum event_type type)
{
	if (type == EV_REOPENED && fold->state == STATE_CANCELLED)
		return TRIGGER_REOPENED_CANCELLED;
	return TRIGGER(type);
}

/* Takes effect on clocks and case, in the order of esc-case(5), CLOCKS. */
static bool
take_effect(struct folding *f, struct act *act)
{
	struct fold *fold = f->fold;
	enum case_state after = state_after(fold, act->type);

	act->trigger = trigger_of(fold, act->type);
	if (!act_has_effect(f, act))
		return false;
	if (!(STATE(after) & STATES_OPEN))
		clocks_release(f, act->at);
	clocks_stop(f, act);
	fold->state = after;
	act_on_case(f, act);
	if (act->trigger & CHANGES_TERMS) {
		fold_find_calendar(fold);
		clocks_new_terms(f, act);
	}
	if (act->trigger & CHANGES_HOLDS)
		clocks_hold(f, act->at);
	clocks_start(f, act);
	if (act->trigger & SIGNS_OF_LIFE)
		clocks_review(f, act);
	if (act->type == EV_REOPENED)
		fold->resolved = NULL;
	return true;
}

/* One step: an event, or what it implies. */
static void
apply(struct folding *f, const struct event *event, enum event_type type, uint64_t mute)
{
	struct fold *fold = f->fold;
	struct act act = {
		.event = event,
		.type = type,
		.at = event->at > fold->record->created ? event->at : fold->record->created,
		.mute = mute,
		.implied = mute != 0,
		.step = (uint32_t)fold->n_steps++,
	};
	struct step *step = &fold->step[act.step];

	*step = (struct step){ .event = event, .type = type, .implied = act.implied,
		.before = fold->state, .tier_before = fold->tier, .at = act.at,
		.past_limit = f->past_limit };
	if (event_table[type].from & STATE(fold->state))
		step->effect = take_effect(f, &act);
	if (act.trigger & CHANGES_HOLDS)
		step->held_late = clocks_held_late(f);
	step->after = fold->state;
	step->tier_after = fold->tier;
}

static void
submit(struct folding *f)
{
	struct fold *fold = f->fold;
	struct act act = { .event = f->order[0], .type = EV_SUBMITTED,
		.at = fold->record->created, .trigger = TRIGGER(EV_SUBMITTED) };

	fold->step[fold->n_steps++] = (struct step){ .event = act.event,
		.type = EV_SUBMITTED, .effect = true, .at = act.at };
	fold->state = STATE_SUBMITTED;
	clocks_start(f, &act);
}

/* promoted, resolved and closed need an accepted case ... */
static bool
needs_accepted(const struct fold *fold, const struct event *event)
{
	if (fold->state != STATE_SUBMITTED && fold->state != STATE_ACKNOWLEDGED)
		return false;
	if (event->type == EV_PROMOTED)
		return act_leaves_tier(event, act_entry_tier(event));
	return event->type == EV_RESOLVED || event->type == EV_CLOSED;
}

/* ... and closed a resolved one. */
static bool
needs_resolved(const struct fold *fold, const struct event *event)
{
	return event->type == EV_CLOSED && fold_is_open(fold);
}

void
apply_event(struct folding *f, const struct event *event)
{
	struct fold *fold = f->fold;
	bool accept = needs_accepted(fold, event);
	bool resolve = needs_resolved(fold, event);
	uint64_t mute = TRIGGER(event->type) | (resolve ? TRIGGER(EV_RESOLVED) : 0);
	uint32_t own = (uint32_t)fold->n_steps + accept + resolve;
	int64_t created = fold->record->created;
	int64_t at = event->at > created ? event->at : created;

	if (f->position == 0) {
		submit(f);
		return;
	}
	clocks_past(f, at);
	judged_stop(f, event, at, own);
	if (accept)
		apply(f, event, EV_ACCEPTED, mute);
	if (resolve)
		apply(f, event, EV_RESOLVED, TRIGGER(EV_CLOSED));
	if (accept || resolve)
		judged_stop(f, event, at, own);
	apply(f, event, event->type, 0);
}
