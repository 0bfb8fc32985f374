/* The goals of a clock: {"target":"2bd","limit":"3bd"}, by condition. */
#include "domain/policy_read.h"

#include <stdlib.h>

static const struct key goal_keys[] = {
	{ "when", read_when, offsetof(struct goal, when), true },
	{ "limit", read_duration, offsetof(struct goal, limit), true },
	{ "target", read_duration, offsetof(struct goal, target), false },
	{ "warn", read_warn, offsetof(struct goal, warn), false },
	{ "note", NULL, 0, false },
	{ NULL, NULL, 0, false },
};

#define UNREAD    (-1) /* durations are never negative */
#define PROBES    112
#define PROBE_S   (3 * 3600)
#define PROBED_AT INT64_C(1767571200) /* 2026-01-05T00:00:00Z, a Monday */

/*
 * Days and hours of business time compare only on a calendar: the limit is
 * first for certain where it is so from every start of two weeks.
 */
static bool
limit_always_first(const struct policy *policy, const struct goal *goal)
{
	struct err err = { 0 };
	int64_t limit, target;
	bool first = policy->calendar != NULL;

	for (int i = 0; first && i < PROBES; i++) {
		int64_t start = PROBED_AT + (int64_t)i * PROBE_S;

		first = calendar_add(policy->calendar, start, goal->limit,
				policy->day_ends, &limit, &err) == 0 &&
			calendar_add(policy->calendar, start, goal->target,
				policy->day_ends, &target, &err) == 0 &&
			limit < target;
	}
	err_release(&err);
	return first;
}

static bool
limit_first(const struct policy *policy, const struct goal *goal)
{
	if (goal->limit.unit == goal->target.unit)
		return goal->limit.n < goal->target.n;
	return limit_always_first(policy, goal);
}

/* A fault where a case of today could wait for it past the last year. */
void
read_check_reach(struct reader *r, const struct place *place, const char *key,
	struct duration duration)
{
	const struct policy *policy = r->policy;
	size_t n;
	struct calendar **list = policy_calendars(policy, &n);
	struct err err = { 0 };
	int64_t at;

	for (size_t i = 0; err.n == 0 && i < n; i++)
		if (calendar_add(list[i], PROBED_AT, duration, policy->day_ends, &at,
			    &err) != 0)
			read_fault_at(r, place, key,
				"never reached: past the year 2199 on the calendar %s",
				calendar_name(list[i]));
	err_release(&err);
	free(list);
}

/* Checks what has been read; `warn` is that of the plain goal. */
static void
check_goal(struct reader *r, const struct place *place, json_t *json,
	struct goal *goal, uint32_t warn)
{
	goal->has_target = json_object_get(json, "target") != NULL;
	if (!json_object_get(json, "warn"))
		goal->warn = warn;
	else if (goal->has_target)
		read_fault_at(r, place, "warn", "beside a target; only one of them");
	if (goal->limit.n != UNREAD)
		read_check_reach(r, place, "limit", goal->limit);
	if (goal->has_target && goal->target.n != UNREAD)
		read_check_reach(r, place, "target", goal->target);
	if (!goal->has_target || goal->limit.n == UNREAD || goal->target.n == UNREAD)
		return;
	if (duration_is_business(goal->limit) != duration_is_business(goal->target))
		read_fault_at(r, place, "target",
			"business and plain time in one clock");
	else if (limit_first(r->policy, goal))
		read_fault_at(r, place, "limit", "before the target");
}

static void
check_kinds(struct reader *r, const struct place *place, const struct goal *goal,
	size_t n)
{
	for (size_t i = 0; i + 1 < n; i++) {
		struct place goals = { place, "goals", 0 };
		struct place at = { &goals, NULL, i };

		if (goal[i].limit.n != UNREAD &&
			duration_is_business(goal[i].limit) !=
				duration_is_business(goal[n - 1].limit))
			read_fault_at(r, &at, "limit",
				"business and plain time in one clock");
	}
}

/* The members of a tier or clock itself: all but `when` and `goals`. */
static void
read_plain(struct reader *r, const struct place *place, json_t *json,
	struct goal *goal)
{
	for (const struct key *key = goal_keys + 1; key->read; key++) {
		struct place at = { place, key->name, 0 };
		json_t *value = json_object_get(json, key->name);

		if (value)
			key->read(r, &at, value, (char *)goal + key->offset);
		else if (key->needed)
			read_fault(r, &at, "required");
	}
	check_goal(r, place, json, goal, WARN_MILLION / 4 * 3);
}

const struct goal *
read_goals(struct reader *r, const struct place *place, json_t *json, size_t *n)
{
	json_t *list = json_object_get(json, "goals");
	struct place goals = { place, "goals", 0 };
	size_t count = json_array_size(list);
	struct goal *goal = arena_zero(r->policy->arena, (count + 1) * sizeof *goal);

	if (list && !json_is_array(list))
		read_fault(r, &goals, "expected a list");
	for (size_t i = 0; i <= count; i++)
		goal[i].limit.n = goal[i].target.n = UNREAD;
	read_plain(r, place, json, &goal[count]);
	for (size_t i = 0; i < count; i++) {
		json_t *row = json_array_get(list, i);
		struct place at = { &goals, NULL, i };

		read_object(r, &at, row, goal_keys, &goal[i]);
		check_goal(r, &at, row, &goal[i], goal[count].warn);
	}
	*n = count + 1;
	if (goal[count].limit.n != UNREAD)
		check_kinds(r, place, goal, *n);
	return goal;
}
