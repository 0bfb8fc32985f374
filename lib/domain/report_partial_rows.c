#include "domain/report_partial_rows.h"

#define AT(type, member) offsetof(struct type, member)

static const char *const n_key[] = { "n" };

static const struct figures_row tally_figures[] = {
	{ "cases", AT(tally, cases), case_figure_names, CASE_FIGURES },
	{ "promotions", AT(tally, promotions), n_key, 1 },
	{ "returns", AT(tally, returns), n_key, 1 },
	{ "age", AT(tally, age), age_names, AGES },
	{ "hygiene", AT(tally, hygiene), hygiene_names, HYGIENE_FIGURES },
	{ 0 },
};

static const struct counts_row tally_counts[] = {
	{ "promoted_to", AT(tally, promoted_to), false, 0, TIER_MAX, false },
	{ "top_reached", AT(tally, top_reached), false, 0, TIER_MAX, false },
	{ "impact", AT(tally, by[BY_IMPACT]), true, 0, 0, false },
	{ "reason", AT(tally, by[BY_REASON]), true, 0, 0, false },
	{ "trigger", AT(tally, by[BY_TRIGGER]), true, 0, 0, false },
	{ "region", AT(tally, by[BY_REGION]), true, 0, 0, false },
	{ "month", AT(tally, by[BY_MONTH]), true, 0, 0, false },
	{ "scores", AT(tally, scores), false, 0, SCORE_MOST, false },
	{ "open_at", AT(tally, open_at), false, 0, TIER_MAX, false },
	{ 0 },
};

static const struct top_kind tally_tops[] = {
	{ "oldest", AT(tally, oldest) },
	{ 0 },
};

const struct shape tally_shape = { tally_figures, tally_counts, tally_tops };

static const struct figures_row report_figures[] = {
	{ "pressing", AT(report, pressing), n_key, 1 },
	{ 0 },
};

static const struct counts_row report_counts[] = {
	{ "policies", AT(report, policies), true, 0, 0, true },
	{ 0 },
};

static const struct top_kind report_tops[] = {
	{ "pressing", AT(report, review[LIST_PRESSING]) },
	{ "most-promotions", AT(report, review[LIST_PROMOTIONS]) },
	{ "longest-in-tier", AT(report, review[LIST_LONGEST]) },
	{ "lowest-rating", AT(report, review[LIST_RATING]) },
	{ "hygiene", AT(report, review[LIST_HYGIENE]) },
	{ 0 },
};

_Static_assert(sizeof report_tops / sizeof *report_tops == REVIEW_LISTS + 1,
	"each list of the review is in report_tops");
_Static_assert(BY_FIGURES == 5, "each of enum by is in tally_counts");

const struct shape report_shape = { report_figures, report_counts, report_tops };

const struct figures_row clock_figures[] = {
	{ "verdicts", AT(clock_row, n), clock_figure_names, CLOCK_FIGURES },
	{ "open", AT(clock_row, open), n_key, 1 },
	{ 0 },
};

const struct digest_kind clock_digests[] = {
	{ "net", AT(clock_row, net) },
	{ "gross", AT(clock_row, gross) },
	{ 0 },
};

const struct entries_row report_entries[] = {
	{ "resolution", AT(report, resolutions), "outcome", "summary" },
	{ "improvement", AT(report, improvements), "by", "text" },
	{ 0 },
};

const struct clocks_row tally_clocks[] = {
	{ "clocks", AT(tally, clocks), false },
	{ "rejudged", AT(tally, rejudged.clocks), true },
	{ 0 },
};

const struct month_figure month_figures[MONTH_FIGURES] = {
	{ "met", AT(month_row, met) },
	{ "missed", AT(month_row, missed) },
	{ "breached", AT(month_row, breached) },
};

const void *
row_find(const void *table, size_t size, struct span name)
{
	for (const char *row = table; *(const char *const *)row; row += size)
		if (span_is(name, *(const char *const *)row))
			return row;
	return NULL;
}
