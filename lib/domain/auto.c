#include "domain/auto.h"

#include "base/instant.h"
#include "domain/derived.h"

static struct facts
facts_now(const struct change *change)
{
	return fold_facts(&change->fold,
		change->at == INSTANT_NONE ? change->recorded : change->at);
}

static const struct rule *
match(const struct change *change, enum rule_group group)
{
	struct facts facts = facts_now(change);

	return rule_match(change->fold.policy, group, &facts);
}

static int
add(struct change *change, struct buf *event, const struct rule *rule, struct err *err)
{
	buf_member(event, "rule", span_of(rule->name));
	return change_add(change, err) < 0 ? -1 : 0;
}

static bool
is_new(const struct change *change)
{
	const struct fold *fold = &change->fold;

	return fold->state == STATE_SUBMITTED || fold->state == STATE_ACKNOWLEDGED;
}

/* Whether an event of that type took effect. */
static bool
had(const struct fold *fold, enum event_type type)
{
	for (size_t i = 0; i < fold->n_steps; i++)
		if (fold->step[i].type == type && fold->step[i].effect)
			return true;
	return false;
}

static bool
may_judge(const struct change *change)
{
	return is_new(change) && !change->fold.held;
}

/* What a person reopened no rule cancels again. */
static bool
may_cancel(const struct change *change)
{
	return may_judge(change) && !had(&change->fold, EV_REOPENED);
}

static bool
may_acknowledge(const struct change *change)
{
	return change->fold.state == STATE_SUBMITTED;
}

static bool
may_route(const struct change *change)
{
	const struct fold *fold = &change->fold;

	return fold_is_open(fold) && (!fold->queue.p || fold->queue_by_rule);
}

static bool
may_prioritise(const struct change *change)
{
	const struct fold *fold = &change->fold;

	return fold_is_open(fold) && (!fold->priority.p || fold->priority_by_rule);
}

/* A promotion clears the assignee: whoever promotes chooses the next. */
static bool
may_assign(const struct change *change)
{
	const struct fold *fold = &change->fold;

	return fold_is_open(fold) && (!fold->assignee.p || fold->assignee_by_rule) &&
		!had(fold, EV_PROMOTED);
}

int
auto_entry_tier(const struct change *change)
{
	const struct rule *rule = match(change, RULES_TIER);

	return rule ? rule->tier : 1;
}

/* What a group's rule leads to; tier rules act through accept. */
static const struct {
	enum rule_group group;
	enum event_type type;
	const char *member;
	bool (*may)(const struct change *change);
} acts[] = {
	{ RULES_CANCEL, EV_CANCELLED, "feedback", may_cancel },
	{ RULES_QUEUE, EV_ROUTED, "queue", may_route },
	{ RULES_PRIORITY, EV_REPRIORITISED, "priority", may_prioritise },
	{ RULES_ASSIGN, EV_ASSIGNED, "assignee", may_assign },
	{ RULES_ACKNOWLEDGE, EV_ACKNOWLEDGED, "text", may_acknowledge },
	{ RULES_ACCEPT, EV_ACCEPTED, "text", may_judge },
};

int
auto_triage(struct change *change, struct err *err)
{
	for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
		const struct rule *rule;
		struct buf *event;

		if (!acts[i].may(change))
			continue;
		rule = match(change, acts[i].group);
		if (!rule)
			continue;
		event = change_event(change, acts[i].type);
		if (acts[i].type == EV_ACCEPTED) {
			buf_key(event, "tier");
			buf_int(event, auto_entry_tier(change));
		}
		buf_member(event, acts[i].member, span_of(rule->text));
		if (add(change, event, rule, err) < 0)
			return -1;
	}
	return 0;
}

static int64_t
latest_event(const struct record *record)
{
	int64_t latest = record->created;

	for (size_t i = 0; i < record->n_events; i++)
		if (record->event[i].at > latest)
			latest = record->event[i].at;
	return latest;
}

static bool
is_over(const struct clock *clock, int64_t now)
{
	return clock && clock->state == CLOCK_RUNNING && clock->limit_at != INSTANT_NONE &&
		now > clock->limit_at;
}

/* Under some policies the tier's clock runs on where a case has ended, or waits. */
static bool
may_promote(const struct fold *fold)
{
	return fold->state == STATE_ESCALATED && !fold->held;
}

static int
promote_once(struct change *change, const struct clock *clock, int64_t at, struct err *err)
{
	struct buf *event = change_event_at(change, EV_PROMOTED, at);

	buf_key(event, "from");
	buf_int(event, change->fold.tier);
	buf_key(event, "to");
	buf_int(event, change->fold.tier + 1);
	buf_key(event, "auto");
	buf_puts(event, "true");
	buf_key(event, "clock");
	buf_json(event, span_of(clock_names[clock->id]));
	derived_instant(event, "limit_at", clock->limit_at);
	buf_key(event, "late_s");
	buf_int(event, change->now - clock->limit_at - 1);
	return change_add(change, err);
}

/* One second after the limit, or the latest event where that is later. */
static int64_t
missed_at(const struct change *change, const struct clock *clock)
{
	int64_t latest = latest_event(&change->grown);

	return latest > clock->limit_at + 1 ? latest : clock->limit_at + 1;
}

enum promotion
auto_promote(struct change *change, bool catch_up, struct err *err)
{
	enum promotion result = PROMOTION_NONE;

	for (;;) {
		const struct clock *clock = fold_clock(&change->fold, CLOCK_TIER);

		if (!may_promote(&change->fold) || !is_over(clock, change->now))
			return result;
		if ((size_t)change->fold.tier >= change->fold.policy->n_tiers)
			return PROMOTION_EXHAUSTED;
		if (promote_once(change, clock,
				catch_up ? missed_at(change, clock) : change->recorded, err) < 0)
			return PROMOTION_REFUSED;
		result = PROMOTION_DONE;
		if (!catch_up)
			return result;
	}
}
