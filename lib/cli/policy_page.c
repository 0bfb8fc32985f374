#include "cli/policy_page.h"

#include "cli/policy_words.h"
#include "cli/table.h"

void
page_heading(struct page *page, const char *title)
{
	buf_printf(page->out, "\n%s\n", title);
}

void
page_text(struct page *page, size_t indent, const char *text)
{
	if (text && *text)
		words_wrap(page->out, indent, page->width ? page->width : PROSE_WIDTH, text);
}

void
page_note(struct page *page, size_t indent, const char *note)
{
	struct buf text = { 0 };

	if (note)
		buf_printf(&text, "(%s)", note);
	page_text(page, indent, buf_cstr(&text));
	buf_release(&text);
}

static void
put_title(struct page *page)
{
	const struct policy *policy = page->policy;
	struct buf line = { 0 };

	page_text(page, 0, policy->title ? policy->title : policy->name);
	buf_printf(page->out, "Policy %s, version %s\n", policy->name, policy->version);
	if (policy->source) {
		buf_printf(&line, "Source: %s", policy->source);
		page_text(page, 0, buf_cstr(&line));
	}
	page_text(page, 0, policy->note);
	buf_release(&line);
}

static void
put_code(struct page *page, const struct code *code)
{
	struct buf line = { 0 };

	words_code(&line, code);
	page_text(page, 6, buf_cstr(&line));
	buf_release(&line);
}

static void
put_form(struct page *page)
{
	const struct policy *policy = page->policy;

	page_heading(page, "FORM");
	for (size_t i = 0; i < policy->n_form; i++) {
		const struct form_field *field = &policy->form[i];

		buf_printf(page->out, "  %s%s%s\n", field->name,
			field->required ? ", required" : "",
			field->list ? ", one or several" : "");
		page_note(page, 4, field->note);
		for (size_t c = 0; c < field->n_codes; c++)
			put_code(page, &field->code[c]);
	}
}

static void
cell(struct table *table, struct buf *words)
{
	table_cell(table, buf_text(words));
	words->len = 0;
}

static void
tier_time(struct buf *out, const struct tier *tier)
{
	if (!tier->by_case)
		words_goal(out, &tier->goal[tier->n_goals - 1]);
	else
		buf_puts(out, "case by case");
}

static void
put_ladder_table(struct page *page)
{
	static const struct table_column columns[] = {
		{ "  TIER", ALIGN_RIGHT, false },
		{ "NAME", ALIGN_LEFT, false },
		{ "OWNER", ALIGN_LEFT, true },
		{ "TIME", ALIGN_LEFT, false },
	};
	const struct policy *policy = page->policy;
	struct table table;
	struct buf words = { 0 };

	table_init(&table, columns, 4);
	for (size_t i = 0; i < policy->n_tiers; i++) {
		const struct tier *tier = &policy->tier[i];

		table_int(&table, (int64_t)i + 1);
		table_cell(&table, span_of(tier->name));
		table_cell(&table, span_of(tier->owner));
		tier_time(&words, tier);
		cell(&table, &words);
	}
	table_put(&table, page->width, page->out);
	table_end(&table);
	buf_release(&words);
}

static void
put_goals(struct page *page, size_t indent, const struct goal *goal, size_t n)
{
	struct buf line = { 0 };

	for (size_t i = 0; i + 1 < n; i++) {
		line.len = 0;
		buf_puts(&line, "Where ");
		words_when(&line, &goal[i].when);
		buf_puts(&line, ": ");
		words_goal(&line, &goal[i]);
		page_text(page, indent, buf_cstr(&line));
	}
	buf_release(&line);
}

static void
put_outcomes(struct page *page, const struct tier *tier)
{
	struct buf line = { 0 };

	buf_puts(&line, "Outcomes:");
	for (size_t i = 0; i < tier->n_outcomes; i++) {
		buf_puts(&line, i ? ", " : " ");
		words_outcome(&line, &tier->outcome[i]);
	}
	if (tier->n_outcomes)
		page_text(page, 4, buf_cstr(&line));
	buf_release(&line);
}

static void
put_review(struct page *page, const struct tier *tier)
{
	struct buf line = { 0 };

	if (tier->has_review) {
		buf_puts(&line, "Without a deadline, to be reviewed ");
		words_every(&line, tier->review);
		buf_puts(&line, ".");
		page_text(page, 4, buf_cstr(&line));
	}
	line.len = 0;
	if (tier->has_renotify) {
		buf_puts(&line, "Reminded again ");
		words_every(&line, tier->renotify);
		buf_printf(&line, ", at most %d times.", tier->renotify_at_most);
		page_text(page, 4, buf_cstr(&line));
	}
	buf_release(&line);
}

static void
put_tier(struct page *page, size_t number, const struct tier *tier)
{
	struct buf line = { 0 };

	buf_printf(&line, "%zu. %s", number, tier->label);
	page_text(page, 2, buf_cstr(&line));
	if (tier->owner) {
		line.len = 0;
		buf_printf(&line, "Owner: %s.", tier->owner);
		page_text(page, 4, buf_cstr(&line));
	}
	page_text(page, 4, tier->action);
	put_goals(page, 4, tier->goal, tier->n_goals);
	put_outcomes(page, tier);
	put_review(page, tier);
	page_note(page, 4, tier->note);
	buf_release(&line);
}

static void
put_ladder(struct page *page)
{
	page_heading(page, "LADDER");
	put_ladder_table(page);
	for (size_t i = 0; i < page->policy->n_tiers; i++)
		put_tier(page, i + 1, &page->policy->tier[i]);
}

static void
put_clock_events(struct page *page, const struct clock_terms *terms)
{
	struct buf line = { 0 };

	buf_puts(&line, "starts: ");
	words_triggers(&line, terms->starts);
	buf_puts(&line, "; stops: ");
	words_triggers(&line, terms->stops);
	buf_puts(&line, "; ends: ");
	words_triggers(&line, terms->ends);
	buf_puts(&line, "; held by: ");
	words_holds(&line, terms->held_by);
	page_text(page, 4, buf_cstr(&line));
	buf_release(&line);
}

static void
put_clocks(struct page *page)
{
	page_heading(page, "CLOCKS");
	for (int i = 0; i < CLOCK_IDS; i++) {
		const struct clock_terms *terms = &page->policy->clock[i];
		struct buf words = { 0 };

		if (!terms->exists)
			continue;
		if (terms->n_goals)
			words_goal(&words, &terms->goal[terms->n_goals - 1]);
		else
			buf_puts(&words, "as the ladder says");
		buf_printf(page->out, "  %s: %s\n", clock_names[i], buf_cstr(&words));
		put_goals(page, 4, terms->goal, terms->n_goals);
		put_clock_events(page, terms);
		page_note(page, 4, terms->note);
		buf_release(&words);
	}
}

void
policy_page(const struct policy *policy, int64_t now, size_t width, struct buf *out)
{
	struct page page = { policy, now, width, out };

	put_title(&page);
	put_form(&page);
	put_ladder(&page);
	put_clocks(&page);
	page_rules(&page);
	page_notices(&page);
	page_calendars(&page);
}
