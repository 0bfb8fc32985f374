#include "base/instant.h"
#include "domain/fold_work.h"

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

int
act_entry_tier(const struct event *event)
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
	fold->tier = act_entry_tier(act->event);
}

bool
act_leaves_tier(const struct event *event, int64_t tier)
{
	int64_t to;

	return event_int(event, "to", &to) && to >= 1 && to <= TIER_MAX && to != tier;
}

static bool
may_promote(struct folding *f, const struct act *act)
{
	return act_leaves_tier(act->event, f->fold->tier);
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
	f->hold_step[hold_bit(act)] = act->step;
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

/* What `was` says does not depend on whether it has an effect. */
static bool
may_set(struct folding *f, const struct act *act)
{
	form_keep_was(f, act->event);
	return form_changes(f, act->event);
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

	return clock && !clock->goal && event_instant(act->event, "due", &due) &&
		due != clock->due_set;
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

	if (f->anew || !to.p || span_eq(to, fold->policy_version))
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
	[EV_RECLASSIFIED] = { may_set, do_set },
	[EV_AMENDED] = { may_set, do_set },
	[EV_PROMOTED] = { may_promote, do_promoted },
	[EV_DUE_SET] = { may_set_due, do_due_set },
	[EV_REPINNED] = { may_repin, do_repinned },
	[EV_RESOLVED] = { NULL, do_resolved },
	[EV_RATED] = { NULL, do_rated },
	[EV_REOPENED] = { NULL, do_reopened },
};

bool
act_has_effect(struct folding *f, const struct act *act)
{
	return !effect[act->type].may || effect[act->type].may(f, act);
}

void
act_on_case(struct folding *f, const struct act *act)
{
	if (effect[act->type].act)
		effect[act->type].act(f, act);
}
