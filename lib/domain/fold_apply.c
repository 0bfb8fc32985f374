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

/* Whether an event's text differs from the one in force. */
static bool
differs(const struct folding *f, const struct act *act, const char *name, struct span now)
{
	struct span value = event_text(act->event, name, f->fold->arena);

	return value.p && !(now.p && span_eq(value, now));
}

static void
set_text(struct folding *f, const struct act *act, const char *name, struct span *text,
	bool *by_rule)
{
	if (!differs(f, act, name, *text))
		return;
	*text = event_text(act->event, name, f->fold->arena);
	*by_rule = event_is_automatic(act->event);
}

/* The tier at which an event finds a case that was not yet accepted. */
static int
entry_tier(const struct event *event)
{
	int64_t tier = 1;

	event_int(event, event->type == EV_PROMOTED ? "from" : "tier", &tier);
	return tier >= 1 && tier <= TIER_MAX ? (int)tier : 1;
}

static void
do_accepted(struct folding *f, const struct act *act)
{
	struct fold *fold = f->fold;

	if (!act->implied) {
		set_text(f, act, "priority", &fold->priority, &fold->priority_by_rule);
		set_text(f, act, "assignee", &fold->assignee, &fold->assignee_by_rule);
		set_text(f, act, "queue", &fold->queue, &fold->queue_by_rule);
	}
	fold->tier = entry_tier(act->event);
}

/* A promotion to the tier where the case is has nothing to act on. */
static bool
leaves_tier(const struct event *event, int64_t tier)
{
	int64_t to;

	return event_int(event, "to", &to) && to >= 1 && to <= TIER_MAX && to != tier;
}

static bool
may_promote(struct folding *f, const struct act *act)
{
	return leaves_tier(act->event, f->fold->tier);
}

static void
do_promoted(struct folding *f, const struct act *act)
{
	struct fold *fold = f->fold;
	int64_t to = 0;

	event_int(act->event, "to", &to);
	fold->tier = (int)to;
	fold->assignee = (struct span){ NULL, 0 };
	set_text(f, act, "assignee", &fold->assignee, &fold->assignee_by_rule);
}

static unsigned
hold_bit(const struct act *act)
{
	return act->type == EV_ASKED || act->type == EV_ANSWERED ? HOLD_ASKED : HOLD_PAUSED;
}

static bool
may_hold(struct folding *f, const struct act *act)
{
	return !(f->fold->held & hold_bit(act));
}

static void
do_hold(struct folding *f, const struct act *act)
{
	f->fold->held |= hold_bit(act);
}

static bool
may_release(struct folding *f, const struct act *act)
{
	return (f->fold->held & hold_bit(act)) != 0;
}

static void
do_release(struct folding *f, const struct act *act)
{
	f->fold->held &= ~hold_bit(act);
}

static bool
may_assign(struct folding *f, const struct act *act)
{
	return differs(f, act, "assignee", f->fold->assignee);
}

static void
do_assigned(struct folding *f, const struct act *act)
{
	set_text(f, act, "assignee", &f->fold->assignee, &f->fold->assignee_by_rule);
}

static bool
may_route(struct folding *f, const struct act *act)
{
	return differs(f, act, "queue", f->fold->queue);
}

static void
do_routed(struct folding *f, const struct act *act)
{
	set_text(f, act, "queue", &f->fold->queue, &f->fold->queue_by_rule);
}

static bool
may_reprioritise(struct folding *f, const struct act *act)
{
	return differs(f, act, "priority", f->fold->priority);
}

static void
do_reprioritised(struct folding *f, const struct act *act)
{
	set_text(f, act, "priority", &f->fold->priority, &f->fold->priority_by_rule);
}

static void
do_set(struct folding *f, const struct act *act)
{
	form_apply(f, act->event);
}

static struct clock *
tier_clock(const struct folding *f)
{
	int at = f->living[CLOCK_TIER];

	return at < 0 ? NULL : &f->fold->clock[at];
}

static bool
may_set_due(struct folding *f, const struct act *act)
{
	const struct clock *clock = tier_clock(f);
	int64_t due;

	return clock && !clock->goal && event_instant(act->event, "due", &due);
}

static void
do_due_set(struct folding *f, const struct act *act)
{
	struct clock *clock = tier_clock(f);
	int64_t due = 0;

	event_instant(act->event, "due", &due);
	if (clock)
		clock_set_due(clock, due);
}

static bool
may_repin(struct folding *f, const struct act *act)
{
	struct fold *fold = f->fold;
	struct span to = event_text(act->event, "to", fold->arena);

	if (!to.p || span_eq(to, fold->policy_version))
		return false;
	f->failed = !f->policies->find(f->policies->ctx, fold->record->policy, to, f->err);
	return !f->failed;
}

static void
do_repinned(struct folding *f, const struct act *act)
{
	struct fold *fold = f->fold;

	fold->policy_version = event_text(act->event, "to", fold->arena);
	fold->policy = f->policies->find(f->policies->ctx, fold->record->policy,
		fold->policy_version, f->err);
}

static void
do_resolved(struct folding *f, const struct act *act)
{
	f->fold->resolved = &f->fold->step[act->step];
}

static void
do_rated(struct folding *f, const struct act *act)
{
	f->fold->rated = &f->fold->step[act->step];
}

static void
do_reopened(struct folding *f, const struct act *act)
{
	if (act->trigger == TRIGGER_REOPENED_CANCELLED)
		f->fold->tier = 0;
}

/*
 * What an event does to the case beside its state, and whether it has
 * anything to act on; NULL: nothing more, and always.
 */
static const struct {
	bool (*may)(struct folding *, const struct act *);
	void (*act)(struct folding *, const struct act *);
} effect[EVENT_TYPES] = {
	[EV_ACCEPTED] = { NULL, do_accepted },
	[EV_ASKED] = { may_hold, do_hold },
	[EV_ANSWERED] = { may_release, do_release },
	[EV_PAUSED] = { may_hold, do_hold },
	[EV_RESUMED] = { may_release, do_release },
	[EV_ASSIGNED] = { may_assign, do_assigned },
	[EV_ROUTED] = { may_route, do_routed },
	[EV_REPRIORITISED] = { may_reprioritise, do_reprioritised },
	[EV_RECLASSIFIED] = { NULL, do_set },
	[EV_AMENDED] = { NULL, do_set },
	[EV_PROMOTED] = { may_promote, do_promoted },
	[EV_DUE_SET] = { may_set_due, do_due_set },
	[EV_REPINNED] = { may_repin, do_repinned },
	[EV_RESOLVED] = { NULL, do_resolved },
	[EV_RATED] = { NULL, do_rated },
	[EV_REOPENED] = { NULL, do_reopened },
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
	if (effect[act->type].may && !effect[act->type].may(f, act))
		return false;
	if (!(STATE(after) & STATES_OPEN))
		clocks_release(f, act->at);
	clocks_stop(f, act);
	fold->state = after;
	if (effect[act->type].act)
		effect[act->type].act(f, act);
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
	int64_t at = event->at > created ? event->at : created;

	if (f->position == 0) {
		submit(f);
		return;
	}
	clocks_past(f, event->at > created ? event->at : created);
	judged_stop(f, event, at, own);
	if (accept)
		apply(f, event, EV_ACCEPTED, mute);
	if (resolve)
		apply(f, event, EV_RESOLVED, TRIGGER(EV_CLOSED));
	if (accept || resolve)
		judged_stop(f, event, at, own);
	apply(f, event, event->type, 0);
}
