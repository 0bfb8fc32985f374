/* What conditions look at, and whether the form asks for it. */
#include "domain/lint_work.h"

static bool
is_asked(const struct policy *policy, const struct cond *cond)
{
	return cond->subject != COND_FIELD ||
		policy_form_field(policy, cond->field, cond->member);
}

/* The place of the condition is lint->where already. */
static void
check_when(struct lint *lint, const struct when *when)
{
	for (size_t i = 0; i < when->n; i++) {
		const struct cond *cond = &when->cond[i];

		if (is_asked(lint->policy, cond))
			continue;
		lint_found(lint, "the form does not ask for %s%s%s",
			field_table[cond->field].name, cond->member ? "." : "",
			cond->member ? cond->member : "");
		return;
	}
}

static void
check_goals(struct lint *lint, const char *list, const char *name,
	const struct goal *goal, size_t n)
{
	for (size_t i = 0; i + 1 < n; i++) {
		lint_at(lint, "/%s/%s/goals/%zu/when", list, name, i);
		check_when(lint, &goal[i].when);
	}
}

static void
check_rules(struct lint *lint)
{
	for (int g = 0; g < RULE_GROUPS; g++)
		for (size_t i = 0; i < lint->policy->n_rules[g]; i++) {
			lint_at(lint, "/rules/%s/%zu/when", rule_group_names[g], i);
			check_when(lint, &lint->policy->rule[g][i].when);
		}
}

void
lint_form(struct lint *lint)
{
	const struct policy *policy = lint->policy;
	struct buf number = { 0 };

	check_rules(lint);
	for (size_t i = 0; i < policy->n_tiers; i++) {
		number.len = 0;
		buf_int(&number, (int64_t)i);
		check_goals(lint, "tiers", buf_cstr(&number), policy->tier[i].goal,
			policy->tier[i].n_goals);
	}
	for (int i = 0; i < CLOCK_IDS; i++)
		check_goals(lint, "clocks", clock_names[i], policy->clock[i].goal,
			policy->clock[i].n_goals);
	buf_release(&number);
}
