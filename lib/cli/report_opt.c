#include "cli/report_opt.h"

#include <string.h>

#include "base/instant.h"
#include "cli/now.h"
#include "cli/tz.h"
#include "domain/report.h"

static bool
looks_like_date(struct span text)
{
	return text.n == sizeof "2026-10-01" - 1 && text.p[4] == '-'
		&& text.p[7] == '-';
}

/* A date is its midnight in the zone. */
static int64_t
bound(const char *option, const char *text, const struct zone *zone,
	int64_t now)
{
	int64_t at = INSTANT_NONE;
	struct err err = { 0 };
	int result;

	if (!text)
		return at;
	if (looks_like_date(span_of(text)))
		result = period_date(span_of(text), zone, &at, &err);
	else
		result = time_parse(text, now, NULL, DAY_ENDS_CLOSE, &at, &err);
	if (result != 0)
		opt_usage("%s: %s", option, err_text(&err));
	return at;
}

struct period
report_opt_period(const struct report_opt *opt, const struct zone *zone,
	int64_t now)
{
	struct period period = { .now = now, .zone = zone };
	struct err err = { 0 };

	period.from = bound("--from", opt->from, zone, now);
	period.to = bound("--to", opt->to, zone, now);
	if (opt->month && period_month(span_of(opt->month), zone, &period.from,
		&period.to, &err) != 0)
		opt_usage("--month: %s", err_text(&err));
	if (period.to != INSTANT_NONE && period.from >= period.to)
		opt_usage("the period is empty: --from must be before --to");
	if (period.to == INSTANT_NONE && period.from > now)
		opt_usage("--from is after now, and there is no --to");
	period_close(&period);
	return period;
}

struct period
report_opt_previous(const struct period *period)
{
	struct period previous;
	struct err err = { 0 };

	if (period_previous(period, &previous, &err) != 0)
		opt_usage("--compare: %s", err_text(&err));
	return previous;
}

void
report_opt_check(const struct report_opt *opt, int64_t now)
{
	struct period period;
	struct err err = { 0 };

	if (opt->month && (opt->from || opt->to))
		opt_usage("--month goes without --from and --to");
	if (opt->group_by && report_can_group(span_of(opt->group_by), &err) != 0)
		opt_usage("--group-by: %s", err_text(&err));
	if (opt->compare && strcmp(opt->compare, "previous") != 0)
		opt_usage("--compare: expected previous; got \"%s\"", opt->compare);
	if (opt->compare && !opt->month && !opt->from)
		opt_usage("--compare: say where the period begins, with --month or --from");
	period = report_opt_period(opt, tz_get(opt->tz, NULL), now);
	if (opt->compare)
		report_opt_previous(&period);
}
