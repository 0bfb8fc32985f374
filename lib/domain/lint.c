#include "domain/lint.h"

#include <stdarg.h>
#include <stdlib.h>

#include "base/instant.h"
#include "domain/lint_work.h"

void
lint_at(struct lint *lint, const char *format, ...)
{
	va_list args;

	lint->where.len = 0;
	va_start(args, format);
	buf_vprintf(&lint->where, format, args);
	va_end(args);
}

void
lint_found(struct lint *lint, const char *format, ...)
{
	struct buf what = { 0 };
	va_list args;

	va_start(args, format);
	buf_vprintf(&what, format, args);
	va_end(args);
	err_add(lint->findings, LINT_FINDING, buf_cstr(&lint->where), "%s", buf_cstr(&what));
	buf_release(&what);
}

static void
check_calendar(struct lint *lint, struct calendar *calendar)
{
	int64_t first, last;
	int year, month, date;

	if (!calendar_dated_span(calendar, &first, &last))
		return;
	lint_at(lint, "calendars/%s", calendar_name(calendar));
	if (last * DAY_S < lint->now + LINT_HOLIDAY_DAYS * DAY_S) {
		civil_from_days(last, &year, &month, &date);
		lint_found(lint, "the holidays end on %04d-%02d-%02d", year, month, date);
	} else if (!calendar_covers(calendar, lint->now, last * DAY_S)) {
		civil_from_days(first, &year, &month, &date);
		lint_found(lint, "the holidays begin on %04d-%02d-%02d", year, month, date);
	}
}

static void
check_calendars(struct lint *lint)
{
	size_t n;
	struct calendar **list = policy_calendars(lint->policy, &n);

	for (size_t i = 0; i < n; i++)
		check_calendar(lint, list[i]);
	free(list);
}

/* The earlier rule that leaves nothing to this one, or n. */
static size_t
shadow(const struct rule *rule, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (when_within(&rule[n].when, &rule[i].when))
			return i;
	return n;
}

static void
check_rules(struct lint *lint)
{
	for (int g = 0; g < RULE_GROUPS; g++)
		for (size_t i = 0; i < lint->policy->n_rules[g]; i++) {
			const struct rule *rule = lint->policy->rule[g];
			size_t by = shadow(rule, i);

			lint_at(lint, "/rules/%s/%zu", rule_group_names[g], i);
			if (by < i)
				lint_found(lint, "rule \"%s\" never matches: \"%s\" does before it",
					rule[i].name, rule[by].name);
			else if (when_impossible(&rule[i].when))
				lint_found(lint, "rule \"%s\" never matches", rule[i].name);
		}
}

static void
check_goals(struct lint *lint, const char *place, const struct goal *goal, size_t n)
{
	for (size_t i = 1; i < n; i++)
		for (size_t j = 0; j < i; j++)
			if (when_within(&goal[i].when, &goal[j].when)) {
				if (i + 1 < n)
					lint_at(lint, "%s/goals/%zu", place, i);
				else
					lint_at(lint, "%s/limit", place);
				lint_found(lint, "never matches: goal %zu does before it", j);
				return;
			}
}

static void
check_all_goals(struct lint *lint)
{
	const struct policy *policy = lint->policy;
	struct buf place = { 0 };

	for (size_t i = 0; i < policy->n_tiers; i++) {
		place.len = 0;
		buf_printf(&place, "/tiers/%zu", i);
		check_goals(lint, buf_cstr(&place), policy->tier[i].goal,
			policy->tier[i].n_goals);
	}
	for (int i = 0; i < CLOCK_IDS; i++) {
		place.len = 0;
		buf_printf(&place, "/clocks/%s", clock_names[i]);
		check_goals(lint, buf_cstr(&place), policy->clock[i].goal,
			policy->clock[i].n_goals);
	}
	buf_release(&place);
}

static void
check_owners(struct lint *lint)
{
	for (size_t i = 0; i < lint->policy->n_tiers; i++)
		if (!lint->policy->tier[i].owner) {
			lint_at(lint, "/tiers/%zu", i);
			lint_found(lint, "tier \"%s\" has no owner", lint->policy->tier[i].name);
		}
}

/* A list without one that ends: a case there can only go on. */
static void
check_outcomes(struct lint *lint)
{
	for (size_t i = 0; i < lint->policy->n_tiers; i++) {
		const struct tier *tier = &lint->policy->tier[i];
		bool ends = tier->n_outcomes == 0;

		for (size_t j = 0; j < tier->n_outcomes; j++)
			ends = ends || tier->outcome[j].ends;
		if (ends)
			continue;
		lint_at(lint, "/tiers/%zu/outcomes", i);
		lint_found(lint, "no outcome of tier \"%s\" ends a case", tier->name);
	}
}

/*
 * The lowest tier at which a case can enter: those of the rules, and the
 * first unless a rule that always matches sends every case elsewhere.
 * From there promotion reaches all that are higher.
 */
static int
lowest_entry(const struct policy *policy)
{
	const struct rule *rule = policy->rule[RULES_TIER];
	int lowest = 0;

	for (size_t i = 0; i < policy->n_rules[RULES_TIER]; i++) {
		if (shadow(rule, i) < i || when_impossible(&rule[i].when))
			continue;
		if (lowest == 0 || rule[i].tier < lowest)
			lowest = rule[i].tier;
		if (rule[i].when.n == 0)
			return lowest;
	}
	return 1;
}

static void
check_reach(struct lint *lint)
{
	int lowest = lowest_entry(lint->policy);

	for (int i = 1; i < lowest; i++) {
		lint_at(lint, "/tiers/%d", i - 1);
		lint_found(lint, "tier \"%s\" is unreachable: every case enters above it",
			lint->policy->tier[i - 1].name);
	}
}

static bool
is_plain_days(const char *text)
{
	size_t n = text ? strspn(text, "0123456789") : 0;

	return n > 0 && strcmp(text + n, "d") == 0;
}

static bool
is_duration_key(const char *key)
{
	static const char *const keys[] = {
		"target", "limit", "review", "every", "at_least", "below",
	};

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (strcmp(key, keys[i]) == 0)
			return true;
	return false;
}

static void
find_days(struct lint *lint, json_t *json)
{
	const size_t place = lint->where.len;
	const char *key;
	json_t *value;
	size_t i;

	json_object_foreach(json, key, value) {
		lint->where.len = place;
		buf_printf(&lint->where, "/%s", key);
		if (is_duration_key(key) && is_plain_days(json_string_value(value)))
			lint_found(lint, "%s is plain time, nights and holidays included; "
				"business days are bd, and hours say what plain days do",
				json_string_value(value));
		find_days(lint, value);
	}
	json_array_foreach(json, i, value) {
		lint->where.len = place;
		buf_printf(&lint->where, "/%zu", i);
		find_days(lint, value);
	}
	lint->where.len = place;
}

/* "2d" where "2bd" is likely meant: not where it is always open. */
static void
check_days(struct lint *lint)
{
	const int64_t week = 7 * DAY_S;

	if (calendar_open_between(lint->policy->calendar, lint->now, lint->now + week) == week)
		return;
	lint->where.len = 0;
	find_days(lint, lint->policy->json);
}

static void (*const checks[])(struct lint *) = {
	check_calendars, check_rules, check_all_goals, lint_form,
	check_owners, check_outcomes, check_reach, lint_templates, check_days,
};

void
lint_policy(const struct policy *policy, int64_t now, struct err *findings)
{
	struct lint lint = { policy, now, { 0 }, findings };

	for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
		checks[i](&lint);
	buf_release(&lint.where);
}
