#include "cli/policy_page.h"
#include "cli/policy_words.h"

static void
put_codes(struct page *page)
{
	const struct policy *policy = page->policy;

	if (policy->n_priorities)
		page_heading(page, "PRIORITIES");
	for (size_t i = 0; i < policy->n_priorities; i++) {
		struct buf line = { 0 };

		words_code(&line, &policy->priority[i]);
		page_text(page, 2, buf_cstr(&line));
		buf_release(&line);
	}
}

static void
put_queues(struct page *page)
{
	const struct policy *policy = page->policy;

	if (policy->n_queues)
		page_heading(page, "QUEUES");
	for (size_t i = 0; i < policy->n_queues; i++) {
		const struct queue *queue = &policy->queue[i];
		struct buf line = { 0 };

		buf_printf(&line, "%s: %s", queue->name, queue->label);
		if (queue->address)
			buf_printf(&line, " <%s>", queue->address);
		if (queue->calendar)
			buf_printf(&line, ", calendar %s", calendar_name(queue->calendar));
		page_text(page, 2, buf_cstr(&line));
		page_note(page, 4, queue->note);
		buf_release(&line);
	}
}

static void
put_rule(struct page *page, enum rule_group group, const struct rule *rule)
{
	struct buf line = { 0 };

	buf_printf(&line, "%s: ", rule->name);
	words_when(&line, &rule->when);
	page_text(page, 4, buf_cstr(&line));
	line.len = 0;
	words_rule(&line, page->policy, group, rule);
	page_text(page, 6, buf_cstr(&line));
	page_note(page, 6, rule->note);
	buf_release(&line);
}

void
page_rules(struct page *page)
{
	const struct policy *policy = page->policy;

	put_codes(page);
	put_queues(page);
	page_heading(page, "RULES OF TRIAGE (the first that matches, in each group)");
	for (int g = 0; g < RULE_GROUPS; g++) {
		if (policy->n_rules[g])
			buf_printf(page->out, "  %s\n", rule_group_names[g]);
		for (size_t i = 0; i < policy->n_rules[g]; i++)
			put_rule(page, (enum rule_group)g, &policy->rule[g][i]);
	}
}

static void
put_notice(struct page *page, const struct notice *notice)
{
	struct buf line = { 0 };

	buf_printf(&line, "%s, to ", notice->on);
	for (size_t i = 0; i < notice->n_to; i++)
		buf_printf(&line, "%s%s", i ? ", " : "", notice->to[i]);
	if (notice->order != 1)
		buf_printf(&line, ", in turn %d", notice->order);
	buf_puts(&line, notice->always ? ", at any hour:" : ":");
	page_text(page, 2, buf_cstr(&line));
	page_text(page, 4, notice->template);
	page_note(page, 4, notice->note);
	buf_release(&line);
}

static void
put_required(struct page *page)
{
	const struct policy *policy = page->policy;
	struct buf line = { 0 };

	for (size_t i = 0; i < policy->n_requires; i++)
		buf_printf(&line, "%s%s.%s", i ? ", " : "",
			event_table[policy->require[i].type].name,
			policy->require[i].member);
	if (policy->n_requires) {
		page_heading(page, "COMMANDS MUST GIVE");
		page_text(page, 2, buf_cstr(&line));
	}
	buf_release(&line);
}

static void
put_personal(struct page *page)
{
	const struct policy *policy = page->policy;
	struct buf line = { 0 };

	for (size_t i = 0; i < policy->n_personal; i++)
		buf_printf(&line, "%s%s", i ? ", " : "", policy->personal[i]);
	if (policy->n_personal) {
		page_heading(page, "PERSONAL FIELDS");
		page_text(page, 2, buf_cstr(&line));
	}
	buf_release(&line);
}

static void
put_review(struct page *page)
{
	const struct policy *policy = page->policy;
	json_t *review = json_object_get(policy->json, "review");

	page_heading(page, "REVIEW AND REOPENING");
	buf_printf(page->out, "  Reviewed%s%s, time zone %s.\n",
		policy->review_every ? " every " : "",
		policy->review_every ? policy->review_every : " when asked",
		policy->review_zone ? policy->review_zone : "UTC");
	page_note(page, 4, json_string_value(json_object_get(review, "note")));
	page_text(page, 2, policy->reopen == REOPEN_CONTINUE
		? "A reopened case goes on with the clocks it had."
		: "A reopened case starts its clocks afresh, at the tier it was at.");
}

void
page_notices(struct page *page)
{
	const struct policy *policy = page->policy;

	if (policy->n_notices)
		page_heading(page, "NOTICES");
	for (size_t i = 0; i < policy->n_notices; i++)
		put_notice(page, &policy->notice[i]);
	put_required(page);
	put_review(page);
	put_personal(page);
}
