#include "base/instant.h"
#include "domain/change_work.h"
#include "domain/shown.h"
#include "domain/ulid.h"

enum check
change_refuse(enum event_type type, const char *reason, struct err *err)
{
	err_add(err, EX_DATAERR, NULL, "cannot %s: %s", event_table[type].verb, reason);
	return CHECK_REFUSED;
}

static enum check
check_tier(const struct fold *fold, int64_t tier, struct err *err)
{
	if (policy_tier(fold->policy, tier))
		return CHECK_OK;
	err_add(err, EX_DATAERR, "tier", "policy %s has tiers 1 to %zu; got %lld",
		fold->policy->name, fold->policy->n_tiers, (long long)tier);
	return CHECK_REFUSED;
}

static enum check
check_queue(const struct fold *fold, struct span queue, struct err *err)
{
	struct buf names = { 0 };

	if (!queue.p || fold->policy->n_queues == 0 || policy_queue(fold->policy, queue))
		return CHECK_OK;
	for (size_t i = 0; i < fold->policy->n_queues; i++) {
		buf_puts(&names, i ? ", " : "");
		buf_puts(&names, fold->policy->queue[i].name);
	}
	err_add(err, EX_DATAERR, "queue", "expected one of %s; got \"%.*s\"",
		buf_cstr(&names), SHOWN(queue));
	buf_release(&names);
	return CHECK_REFUSED;
}

/* `expected one of low, normal; got "urgnt"` */
static enum check
check_priority(const struct fold *fold, struct span priority, struct err *err)
{
	const struct policy *policy = fold->policy;
	const struct code *code = policy_priority(policy, priority);
	struct buf names = { 0 };

	if (!priority.p || policy->n_priorities == 0 || (code && span_is(priority, code->code)))
		return CHECK_OK;
	for (size_t i = 0; i < policy->n_priorities; i++) {
		buf_puts(&names, i ? ", " : "");
		buf_puts(&names, policy->priority[i].code);
	}
	err_add(err, EX_DATAERR, "priority", "expected one of %s; got \"%.*s\"",
		buf_cstr(&names), SHOWN(priority));
	buf_release(&names);
	return CHECK_REFUSED;
}

static enum check
check_accepted(const struct fold *fold, const struct event *event, struct err *err)
{
	int64_t tier = 1;
	enum check result;

	event_int(event, "tier", &tier);
	result = check_tier(fold, tier, err);
	if (check_queue(fold, event_text(event, "queue", fold->arena), err) < 0)
		result = CHECK_REFUSED;
	if (check_priority(fold, event_text(event, "priority", fold->arena), err) < 0)
		result = CHECK_REFUSED;
	return result;
}

static enum check
refuse_top(const struct fold *fold, struct err *err)
{
	err_add(err, EX_DATAERR, NULL, "cannot promote: tier %d (%s) is the last",
		fold->tier, policy_tier(fold->policy, fold->tier)->name);
	return CHECK_REFUSED;
}

static enum check
check_promoted(const struct fold *fold, const struct event *event, struct err *err)
{
	int64_t to = 0, from = 0;

	event_int(event, "to", &to);
	event_int(event, "from", &from);
	if (to == fold->tier)
		return CHECK_ALREADY_SO;
	if (from != fold->tier)
		return change_refuse(EV_PROMOTED, "it is no longer at the tier it was", err);
	if (to == fold->tier + 1 && policy_tier(fold->policy, fold->tier) &&
		!policy_tier(fold->policy, to))
		return refuse_top(fold, err);
	return check_tier(fold, to, err);
}

static enum check
check_text(struct span now, const struct fold *fold, const struct event *event,
	const char *name)
{
	struct span text = event_text(event, name, fold->arena);

	return now.p && span_eq(now, text) ? CHECK_ALREADY_SO : CHECK_OK;
}

static enum check
check_assigned(const struct fold *fold, const struct event *event, struct err *err)
{
	(void)err;
	return check_text(fold->assignee, fold, event, "assignee");
}

static enum check
check_reprioritised(const struct fold *fold, const struct event *event, struct err *err)
{
	if (check_priority(fold, event_text(event, "priority", fold->arena), err) < 0)
		return CHECK_REFUSED;
	return check_text(fold->priority, fold, event, "priority");
}

static enum check
check_routed(const struct fold *fold, const struct event *event, struct err *err)
{
	if (check_queue(fold, event_text(event, "queue", fold->arena), err) < 0)
		return CHECK_REFUSED;
	return check_text(fold->queue, fold, event, "queue");
}

static enum check
check_paused(const struct fold *fold, const struct event *event, struct err *err)
{
	(void)event;
	(void)err;
	return fold->held & HOLD_PAUSED ? CHECK_ALREADY_SO : CHECK_OK;
}

static enum check
check_resumed(const struct fold *fold, const struct event *event, struct err *err)
{
	(void)event;
	(void)err;
	return fold->held & HOLD_PAUSED ? CHECK_OK : CHECK_ALREADY_SO;
}

static enum check
check_answered(const struct fold *fold, const struct event *event, struct err *err)
{
	(void)event;
	return fold->held & HOLD_ASKED ? CHECK_OK
		: change_refuse(EV_ANSWERED, "no question is open", err);
}

static enum check
check_due_set(const struct fold *fold, const struct event *event, struct err *err)
{
	const struct tier *tier = policy_tier(fold->policy, fold->tier);
	const struct clock *clock = fold_clock(fold, CLOCK_TIER);
	int64_t due = 0;

	event_instant(event, "due", &due);
	if (!tier || !tier->by_case)
		return change_refuse(EV_DUE_SET, "the tier has a limit of its own", err);
	if (clock && clock->due_set == due)
		return CHECK_ALREADY_SO;
	if (due <= event->recorded)
		return change_refuse(EV_DUE_SET, "it is in the past", err);
	return CHECK_OK;
}

static enum check
check_repinned(const struct fold *fold, const struct event *event, struct err *err)
{
	(void)err;
	return check_text(fold->policy_version, fold, event, "to");
}

/* The tier's outcomes that end; any outcome where it lists none. */
static enum check
check_resolved(const struct fold *fold, const struct event *event, struct err *err)
{
	const struct tier *tier = policy_tier(fold->policy, fold->tier);
	struct span outcome = event_text(event, "outcome", fold->arena);
	struct buf names = { 0 };
	bool found = !tier || tier->n_outcomes == 0;

	for (size_t i = 0; tier && i < tier->n_outcomes; i++) {
		if (!tier->outcome[i].ends)
			continue;
		found = found || span_is(outcome, tier->outcome[i].code);
		buf_puts(&names, names.len ? ", " : "");
		buf_puts(&names, tier->outcome[i].code);
	}
	if (!found && !names.len)
		err_add(err, EX_DATAERR, "outcome", "none ends a case at tier %d (%s)",
			fold->tier, tier->name);
	else if (!found)
		err_add(err, EX_DATAERR, "outcome", "expected one of %s at tier %d; got \"%.*s\"",
			buf_cstr(&names), fold->tier, SHOWN(outcome));
	buf_release(&names);
	return found ? CHECK_OK : CHECK_REFUSED;
}

static enum check
check_duplicate(const struct fold *fold, const struct event *event, struct err *err)
{
	struct span of = event_text(event, "of", fold->arena);

	if (!case_id_is(of)) {
		err_add(err, EX_DATAERR, "of", "expected the id of a case; got \"%.*s\"", SHOWN(of));
		return CHECK_REFUSED;
	}
	if (span_eq(of, fold->record->id))
		return change_refuse(EV_DUPLICATE, "it is this case itself", err);
	return CHECK_OK;
}

static enum check
check_retracted(const struct fold *fold, const struct event *event, struct err *err)
{
	int64_t place = 0;

	event_int(event, "event", &place);
	if (place == 1)
		return change_refuse(EV_RETRACTED, "the first event is the submission", err);
	if (place < 1 || place > (int64_t)fold->record->n_events)
		return change_refuse(EV_RETRACTED, "there is no such event", err);
	return fold->alive[place - 1] ? CHECK_OK : CHECK_ALREADY_SO;
}

/* What the table cannot say; NULL: nothing more. */
static enum check (*const checks[EVENT_TYPES])(const struct fold *, const struct event *,
	struct err *) = {
	[EV_ACCEPTED] = check_accepted,
	[EV_PROMOTED] = check_promoted,
	[EV_ANSWERED] = check_answered,
	[EV_PAUSED] = check_paused,
	[EV_RESUMED] = check_resumed,
	[EV_ASSIGNED] = check_assigned,
	[EV_ROUTED] = check_routed,
	[EV_REPRIORITISED] = check_reprioritised,
	[EV_RECLASSIFIED] = change_check_set,
	[EV_AMENDED] = change_check_set,
	[EV_DUE_SET] = check_due_set,
	[EV_REPINNED] = check_repinned,
	[EV_DUPLICATE] = check_duplicate,
	[EV_RESOLVED] = check_resolved,
	[EV_RETRACTED] = check_retracted,
};

enum check
change_check_type(const struct fold *fold, const struct event *event, struct err *err)
{
	return checks[event->type] ? checks[event->type](fold, event, err) : CHECK_OK;
}
