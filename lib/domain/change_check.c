#include <string.h>

#include "base/instant.h"
#include "domain/change_work.h"

/* The step that led to the state in force. */
static const struct step *
last_turn(const struct fold *fold)
{
	for (size_t i = fold->n_steps; i-- > 0;)
		if (fold->step[i].effect && fold->step[i].before != fold->step[i].after)
			return &fold->step[i];
	return &fold->step[0];
}

/* `cannot promote: cancelled on 2026-11-20 by ana` */
static enum check
refuse_state(const struct fold *fold, enum event_type type, struct err *err)
{
	const struct step *step = last_turn(fold);
	struct span by = event_text(step->event, "by", fold->arena);
	char at[INSTANT_SIZE];

	instant_format(step->at, at);
	err_add(err, EX_DATAERR, NULL, "cannot %s: %s on %.10s%s%.*s",
		event_table[type].verb, state_names[fold->state], at,
		by.n ? " by " : "", (int)by.n, by.n ? by.p : "");
	return CHECK_REFUSED;
}

static bool
is_given(const struct event *event, const char *name, struct arena *arena)
{
	uint32_t at = event_member(event, name);

	if (!at)
		return false;
	return scan_type(event->scan, at) != SCAN_STRING ||
		span_trim(event_text(event, name, arena)).n > 0;
}

static enum check
check_members(const struct fold *fold, const struct event *event, struct err *err)
{
	const struct member_info *member = event_table[event->type].member;
	const struct policy *policy = fold->policy;
	bool automatic = event_is_automatic(event);
	enum check result = CHECK_OK;

	for (; member->name; member++) {
		if (member->need == NEED_NOT || (member->need == NEED_PEOPLE && automatic))
			continue;
		if (is_given(event, member->name, fold->arena))
			continue;
		err_add(err, EX_DATAERR, member->name, "required");
		result = CHECK_REFUSED;
	}
	/* What a person must say no rule and no limit can. */
	for (size_t i = 0; !automatic && i < policy->n_requires; i++) {
		const struct require *require = &policy->require[i];

		if (require->type != event->type || is_given(event, require->member, fold->arena))
			continue;
		err_add(err, EX_DATAERR, require->member, "required by policy %s", policy->name);
		result = CHECK_REFUSED;
	}
	return result;
}

/* The states in which an event of this type has already done its work. */
static const unsigned already[EVENT_TYPES] = {
	[EV_ACKNOWLEDGED] = STATE(STATE_ACKNOWLEDGED) | STATE(STATE_ESCALATED),
	[EV_ACCEPTED] = STATE(STATE_ESCALATED),
	[EV_CLOSED] = STATE(STATE_CLOSED),
};

/* A second acceptance at another tier is no repetition. */
static enum check
check_again(const struct fold *fold, const struct event *event, struct err *err)
{
	int64_t tier = fold->tier;

	if (event->type == EV_ACCEPTED && event_int(event, "tier", &tier) && tier != fold->tier)
		return change_refuse(EV_ACCEPTED, "already accepted; esc-promote --to moves it", err);
	return CHECK_ALREADY_SO;
}

enum check
change_check(const struct fold *fold, const struct event *event, struct err *err)
{
	const struct event_info *info = &event_table[event->type];

	if (already[event->type] & STATE(fold->state))
		return check_again(fold, event, err);
	if (!(info->from & STATE(fold->state)))
		return refuse_state(fold, event->type, err);
	if (check_members(fold, event, err) < 0)
		return CHECK_REFUSED;
	return change_check_type(fold, event, err);
}
