#include "cli/report_words.h"

static const struct {
	const char *code, *words;
} words[] = {
	/* review */
	{ "exhausted", "the last tier is over its limit" },
	{ "missed-limit", "a limit passed" },
	{ "reopened", "reopened" },
	{ "most-promotions", "among the most promotions" },
	{ "longest-in-tier", "among the longest stays at one tier" },
	{ "lowest-rating", "among the lowest ratings" },
	{ "held-after-target", "held after its target" },
	{ "reclassified-after-breach", "code or priority changed after a breach" },
	{ "due-moved-after-breach", "deadline moved after a breach" },
	{ "backdated-past-limit", "stopped in time, but recorded after the limit" },
	{ "reopened-within-2bd", "reopened soon after its end" },
	{ "resolved-without-contact", "resolved without contact" },
	/* hygiene */
	{ "held_after_target", "Held by a question or a pause after the target" },
	{ "reclassified_after_breach", "Code or priority changed after a breach" },
	{ "due_moved_after_breach", "Deadline set by hand after a breach" },
	{ "backdated_past_limit", "Stopped in time, but recorded after the limit" },
	{ "reopened_within_2bd", "Reopened soon after the resolution or cancellation" },
	{ "resolved_without_contact", "Resolved without contact or update" },
	{ "retracted", "Events retracted" },
	{ "amended", "Events amended" },
	/* frequency, feedback */
	{ "promotions", "Promotions to a higher tier" },
	{ "returns", "Returns to a lower tier" },
	{ "per_100_cases", "Promotions per hundred accepted cases" },
	{ "n", "Ratings" },
	{ "mean", "Mean rating" },
	{ "response_rate", "Ratings by cases closed" },
};

static const struct {
	const char *table, *caption;
} captions[] = {
	{ "clocks", "Limits by clock and tier" },
	{ "months", "Limits by month, clock and tier" },
	{ "times", "Times by clock and tier" },
	{ "frequency", "How often cases escalate" },
	{ "promoted_to", "Promotions by tier" },
	{ "top_reached", "Cases by highest tier" },
	{ "flow", "Ways that cases went" },
	{ "by", "Submitted cases by their codes" },
	{ "feedback", "Ratings" },
	{ "scores", "Cases by score" },
	{ "backlog_tiers", "Open cases by tier" },
	{ "backlog_ages", "Open cases by age, in business days" },
	{ "oldest", "Oldest open cases" },
	{ "hygiene", "Events that a reviewer should know of" },
	{ "rejudged", "Limits under the other terms" },
	{ "rejudged_times", "Times under the other terms" },
	{ "moved", "Verdicts that differ" },
	{ "resolutions", "Resolutions" },
	{ "improvements", "Improvements" },
	{ "review", "Cases to review" },
	{ "policies", "Policies and their versions in force" },
};

const char *
report_words(struct span code)
{
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (span_is(code, words[i].code))
			return words[i].words;
	return NULL;
}

const char *
report_caption(const char *table)
{
	for (size_t i = 0; i < sizeof captions / sizeof *captions; i++)
		if (strcmp(captions[i].table, table) == 0)
			return captions[i].caption;
	return table;
}
