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

/* Sets a text in force from an event's member; false: it was so already. */
static bool
set_text(struct folding *f, const struct event *event, const char *name,
	struct span *text, bool *by_rule)
{
	struct span value = event_text(event, name, f->fold->arena);

	if (!value.p || (text->p && span_eq(value, *text)))
		return false;
	*text = value;
	*by_rule = event_is_automatic(event);
	return true;
}

/* The tier at which an event finds a case that was not yet accepted. */
static int
entry_tier(const struct event *event)
{
	int64_t tier = 1;

	event_int(event, event->type == EV_PROMOTED ? "from" : "tier", &tier);
	return tier >= 1 && tier <= TIER_MAX ? (int)tier : 1;
}

static bool
do_accepted(struct folding *f, const struct act *act)
{
	struct fold *fold = f->fold;

	if (!act->implied) {
		set_text(f, act->event, "priority", &fold->priority, &fold->priority_by_rule);
		set_text(f, act->event, "assignee", &fold->assignee, &fold->assignee_by_rule);
		set_text(f, act->event, "queue", &fold->queue, &fold->queue_by_rule);
	}
	fold->tier = entry_tier(act->event);
	return true;
}

static bool
do_promoted(struct folding *f, const struct act *act)
{
	struct fold *fold = f->fold;
	int64_t to = 0;

	event_int(act->event, "to", &to);
	fold->tier = (int)to;
	fold->assignee = (struct span){ NULL, 0 };
	set_text(f, act->event, "assignee", &fold->assignee, &fold->assignee_by_rule);
	return true;
}

static bool
set_held(struct folding *f, unsigned bit, bool on)
{
	unsigned before = f->fold->held;

	f->fold->held = on ? before | bit : before & ~bit;
	return f->fold->held != before;
}

static bool
do_asked(struct folding *f, const struct act *act)
{
	(void)act;
	return set_held(f, HOLD_ASKED, true);
}

static bool
do_answered(struct folding *f, const struct act *act)
{
	(void)act;
	return set_held(f, HOLD_ASKED, false);
}

static bool
do_paused(struct folding *f, const struct act *act)
{
	(void)act;
	return set_held(f, HOLD_PAUSED, true);
}

static bool
do_resumed(struct folding *f, const struct act *act)
{
	(void)act;
	return set_held(f, HOLD_PAUSED, false);
}

static bool
do_assigned(struct folding *f, const struct act *act)
{
	return set_text(f, act->event, "assignee", &f->fold->assignee,
		&f->fold->assignee_by_rule);
}

static bool
do_routed(struct folding *f, const struct act *act)
{
	return set_text(f, act->event, "queue", &f->fold->queue, &f->fold->queue_by_rule);
}

static bool
do_reprioritised(struct folding *f, const struct act *act)
{
	return set_text(f, act->event, "priority", &f->fold->priority,
		&f->fold->priority_by_rule);
}

static bool
do_set(struct folding *f, const struct act *act)
{
	form_apply(f, act->event);
	return true;
}

static bool
do_due_set(struct folding *f, const struct act *act)
{
	int at = f->living[CLOCK_TIER];
	struct clock *clock = at < 0 ? NULL : &f->fold->clock[at];
	int64_t due;

	if (!clock || clock->goal || !event_instant(act->event, "due", &due))
		return false;
	clock->due_set = due;
	clock_set_goals(clock);
	return true;
}

static bool
do_repinned(struct folding *f, const struct act *act)
{
	struct fold *fold = f->fold;
	struct span to = event_text(act->event, "to", fold->arena);
	const struct policy *policy;

	if (!to.p || span_eq(to, fold->policy_version))
		return false;
	policy = f->policies->find(f->policies->ctx, fold->record->policy, to, f->err);
	if (!policy) {
		f->failed = true;
		return false;
	}
	fold->policy = policy;
	fold->policy_version = to;
	return true;
}

static bool
do_resolved(struct folding *f, const struct act *act)
{
	f->fold->resolved = &f->fold->step[act->step];
	return true;
}

static bool
do_rated(struct folding *f, const struct act *act)
{
	f->fold->rated = &f->fold->step[act->step];
	return true;
}

/* What an event does to the case beside its state; NULL: nothing more. */
static bool (*const effect[EVENT_TYPES])(struct folding *, const struct act *) = {
	[EV_ACCEPTED] = do_accepted,
	[EV_ASKED] = do_asked,
	[EV_ANSWERED] = do_answered,
	[EV_PAUSED] = do_paused,
	[EV_RESUMED] = do_resumed,
	[EV_ASSIGNED] = do_assigned,
	[EV_ROUTED] = do_routed,
	[EV_REPRIORITISED] = do_reprioritised,
	[EV_RECLASSIFIED] = do_set,
	[EV_AMENDED] = do_set,
	[EV_PROMOTED] = do_promoted,
	[EV_DUE_SET] = do_due_set,
	[EV_REPINNED] = do_repinned,
	[EV_RESOLVED] = do_resolved,
	[EV_RATED] = do_rated,
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

/* Moves the case to its new state, and its tier and resolution along. */
static void
enter(struct fold *fold, enum event_type type, enum case_state state)
{
	if (type == EV_REOPENED && state == STATE_SUBMITTED)
		fold->tier = 0;
	fold->state = state;
}

/* A promotion to the tier where the case is has nothing to act on. */
static bool
leaves_tier(const struct event *event, int64_t tier)
{
	int64_t to;

	return event_int(event, "to", &to) && to >= 1 && to <= TIER_MAX && to != tier;
}

/* Takes effect on clocks and case, in the order of esc-case(5), CLOCKS. */
static bool
take_effect(struct folding *f, struct act *act)
{
	struct fold *fold = f->fold;
	enum case_state after = state_after(fold, act->type);
	bool changed;

	if (act->type == EV_PROMOTED && !leaves_tier(act->event, fold->tier))
		return false;
	act->trigger = trigger_of(fold, act->type);
	if (!(STATE(after) & STATES_OPEN))
		clocks_release(f, act->at);
	clocks_stop(f, act);
	changed = !effect[act->type] || effect[act->type](f, act);
	enter(fold, act->type, after);
	if (!changed)
		return false;
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
		.past_target = f->past_target, .past_limit = f->past_limit };
	if (event_table[type].from & STATE(fold->state))
		step->effect = take_effect(f, &act);
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
		return leaves_tier(event, entry_tier(event));
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

	if (f->position == 0) {
		submit(f);
		return;
	}
	clocks_past(f, event->at > created ? event->at : created);
	judged_stop(f, event, event->at > created ? event->at : created, own);
	if (accept)
		apply(f, event, EV_ACCEPTED, mute);
	if (resolve)
		apply(f, event, EV_RESOLVED, TRIGGER(EV_CLOSED));
	apply(f, event, event->type, 0);
}
