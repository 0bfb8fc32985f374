#include "cli/report_page.h"

#define COUNT(member, title) { member, title, PAGE_COUNT, false }
#define TEXT(member, title)  { member, title, PAGE_TEXT, false }
#define WORDS(member, title) { member, title, PAGE_TEXT, true }
#define RATE(member, title)  { member, title, PAGE_SHARE, false }

#define KEPT_COLUMNS \
	COUNT("n", "n"), COUNT("met", "met")
#define SPREAD(of, kind) \
	{ of ".p50", "p50", kind, false }, { of ".p90", "p90", kind, false }, \
	{ of ".p95", "p95", kind, false }, { of ".max", "max", kind, false }, \
	{ of ".mean", "mean", kind, false }
#define CLOCK_COLUMNS \
	TEXT("clock", "clock"), COUNT("tier", "tier"), KEPT_COLUMNS, \
	COUNT("in_target", "in target"), COUNT("missed", "missed"), \
	COUNT("breached", "breached"), RATE("met_rate", "met rate"), \
	COUNT("running", "running"), COUNT("risk", "risk"), \
	COUNT("paused", "paused"), COUNT("open_ended", "open-ended")
#define TIME_COLUMNS \
	TEXT("measure", "measure"), COUNT("tier", "tier"), COUNT("n", "n"), \
	COUNT("open", "open"), SPREAD("net", PAGE_NET), SPREAD("gross", PAGE_GROSS)

const struct page_spec page_spec[] = {
	{ "policies", "policies", SHAPE_LISTS, true, 2,
		{ TEXT("policy", "policy"), TEXT("version", "version") } },
	{ "cases", "cases", SHAPE_FIGURES, false, 1,
		{ TEXT("figure", "cases"), COUNT("n", "n") } },
	{ "clocks", "clocks", SHAPE_ROWS, false, 2, { CLOCK_COLUMNS } },
	{ "months", "months", SHAPE_ROWS, false, 3,
		{ TEXT("month", "month"), TEXT("clock", "clock"), COUNT("tier", "tier"),
			KEPT_COLUMNS, COUNT("missed", "missed"),
			COUNT("breached", "breached"), RATE("met_rate", "met rate") } },
	{ "times", "times", SHAPE_ROWS, false, 2, { TIME_COLUMNS } },
	{ "frequency", "frequency", SHAPE_FIGURES, false, 1,
		{ TEXT("figure", "figure"), COUNT("n", "n") } },
	{ "promoted_to", "frequency.by_tier", SHAPE_FIGURES, false, 1,
		{ TEXT("tier", "promoted to tier"), COUNT("n", "n") } },
	{ "top_reached", "frequency.top_reached", SHAPE_FIGURES, false, 1,
		{ TEXT("tier", "highest tier reached"), COUNT("n", "cases") } },
	{ "flow", "frequency.flow", SHAPE_ROWS, false, 2,
		{ TEXT("from", "from"), TEXT("to", "to"), COUNT("n", "n") } },
	{ "by", "by", SHAPE_NESTED, false, 2,
		{ TEXT("by", "by"), WORDS("value", "value"), COUNT("n", "n") } },
	{ "feedback", "feedback", SHAPE_FIGURES, false, 1,
		{ TEXT("figure", "figure"), COUNT("n", "n") } },
	{ "scores", "feedback.scores", SHAPE_FIGURES, false, 1,
		{ TEXT("score", "score"), COUNT("n", "cases") } },
	{ "backlog_tiers", "backlog.by_tier", SHAPE_FIGURES, false, 1,
		{ TEXT("tier", "tier (0: none yet)"), COUNT("n", "cases") } },
	{ "backlog_ages", "backlog.by_age", SHAPE_FIGURES, false, 1,
		{ TEXT("age", "age"), COUNT("n", "cases") } },
	{ "oldest", "backlog.oldest", SHAPE_TEXTS, false, 1,
		{ TEXT("id", "the oldest first") } },
	{ "hygiene", "hygiene", SHAPE_FIGURES, false, 1,
		{ TEXT("event", "event"), COUNT("n", "n") } },
	{ "rejudged", "rejudged.clocks", SHAPE_ROWS, false, 2, { CLOCK_COLUMNS } },
	{ "rejudged_times", "rejudged.times", SHAPE_ROWS, false, 2, { TIME_COLUMNS } },
	{ "moved", "rejudged.moved", SHAPE_ROWS, false, 4,
		{ TEXT("clock", "clock"), COUNT("tier", "tier"), TEXT("pinned", "pinned"),
			TEXT("rejudged", "rejudged"), COUNT("n", "clocks") } },
	{ "resolutions", "resolutions", SHAPE_ROWS, true, 3,
		{ TEXT("id", "case"), WORDS("outcome", "outcome"),
			WORDS("summary", "summary") } },
	{ "improvements", "improvements", SHAPE_ROWS, true, 4,
		{ TEXT("id", "case"), TEXT("at", "at"), WORDS("by", "by"),
			WORDS("text", "text") } },
	{ "review", "review", SHAPE_ROWS, true, 8,
		{ TEXT("id", "case"), WORDS("case_number", "number"),
			WORDS("subject", "subject"), COUNT("tier", "tier"),
			WORDS("assignee", "assignee"), WORDS("queue", "queue"),
			COUNT("limits_passed", "limits passed"), TEXT("why", "why") } },
};

const size_t page_specs = sizeof page_spec / sizeof *page_spec;

const struct page_spec *
page_spec_find(struct span name)
{
	for (size_t i = 0; i < page_specs; i++)
		if (span_is(name, page_spec[i].name))
			return &page_spec[i];
	return NULL;
}

const char *
page_spec_name(size_t i)
{
	return i < page_specs ? page_spec[i].name : NULL;
}

void
page_spec_names(struct buf *names)
{
	for (size_t i = 0; i < page_specs; i++)
		buf_printf(names, "%s%s", i ? ", " : "", page_spec[i].name);
}

size_t
page_column_find(const struct page_table *table, struct span member)
{
	size_t i = 0;

	while (i < table->n_columns && !span_is(member, table->spec->column[i].member))
		i++;
	return i;
}
