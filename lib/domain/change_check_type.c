#include <string.h>

#include "base/instant.h"
#include "domain/change_work.h"

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
		buf_cstr(&names), (int)queue.n, queue.p);
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
	(void)err;
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
	int64_t due = 0;

	event_instant(event, "due", &due);
	if (!tier || !tier->by_case)
		return change_refuse(EV_DUE_SET, "the tier has a limit of its own", err);
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
	if (!found)
		err_add(err, EX_DATAERR, "outcome", "expected one of %s at tier %d; got \"%.*s\"",
			buf_cstr(&names), fold->tier, (int)outcome.n, outcome.p ? outcome.p : "");
	buf_release(&names);
	return found ? CHECK_OK : CHECK_REFUSED;
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

static bool
is_code(const struct form_field *form, const struct scan *scan, uint32_t at,
	struct arena *arena)
{
	struct span text = scan_text(scan, at, arena);
	const struct code *code = text.p ? form_field_code(form, text) : NULL;

	return code && span_is(text, code->code);
}

/* A code of the policy, a list of them where the form takes one, or null. */
static enum check
check_codes(const struct form_field *form, const struct event *event, uint32_t at,
	struct arena *arena, struct err *err)
{
	const struct scan *scan = event->scan;
	bool good = scan_type(scan, at) == SCAN_NULL || is_code(form, scan, at, arena);

	if (scan_type(scan, at) == SCAN_ARRAY && form->list) {
		good = scan_first(scan, at) != 0;
		for (uint32_t i = scan_first(scan, at); i; i = scan->node[i].next)
			good = good && is_code(form, scan, i, arena);
	}
	if (good)
		return CHECK_OK;
	err_add(err, EX_DATAERR, form->name, "not a code of the policy");
	return CHECK_REFUSED;
}

/*
 * The fields that an event sets: reclassified takes the policy's codes,
 * amended what is not coded.
 */
static enum check
check_field(const struct fold *fold, const struct event *event, uint32_t at, bool coded,
	struct err *err)
{
	struct span name = scan_key(event->scan, at, fold->arena);
	char *text = arena_copy(fold->arena, name.p, name.n);
	enum field field = field_find(name);
	const char *role = strcmp(text, "requester.role") == 0 ? "role" : NULL;
	const struct form_field *form = policy_form_field(fold->policy,
		role ? FIELD_REQUESTER : field, role);

	if (field != FIELD_NONE && !field_in_form(field)) {
		err_add(err, EX_DATAERR, text, "is not part of the form");
		return CHECK_REFUSED;
	}
	if (coded != (form && form->n_codes)) {
		err_add(err, EX_DATAERR, text, coded ? "policy %s has no codes for it"
			: "policy %s has codes for it: reclassify it", fold->policy->name);
		return CHECK_REFUSED;
	}
	return coded ? check_codes(form, event, at, fold->arena, err) : CHECK_OK;
}

/* Whether a member of `set` is what the case says already. */
static bool
is_so(const struct fold *fold, const struct event *event, uint32_t at)
{
	struct value now = fold_value(fold, scan_key(event->scan, at, fold->arena));
	bool null = scan_type(event->scan, at) == SCAN_NULL;

	if (null || !now.node)
		return null && !now.node;
	return span_eq(scan_raw(now.scan, now.node), scan_raw(event->scan, at));
}

static enum check
check_set(const struct fold *fold, const struct event *event, struct err *err)
{
	uint32_t set = event_member(event, "set");
	bool coded = event->type == EV_RECLASSIFIED, same = true;
	enum check result = CHECK_OK;

	for (uint32_t at = scan_first(event->scan, set); at; at = event->scan->node[at].next) {
		if (check_field(fold, event, at, coded, err) < 0)
			result = CHECK_REFUSED;
		same = same && is_so(fold, event, at);
	}
	return result == CHECK_OK && same ? CHECK_ALREADY_SO : result;
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
	[EV_RECLASSIFIED] = check_set,
	[EV_AMENDED] = check_set,
	[EV_DUE_SET] = check_due_set,
	[EV_REPINNED] = check_repinned,
	[EV_RESOLVED] = check_resolved,
	[EV_RETRACTED] = check_retracted,
};

enum check
change_check_type(const struct fold *fold, const struct event *event, struct err *err)
{
	return checks[event->type] ? checks[event->type](fold, event, err) : CHECK_OK;
}
