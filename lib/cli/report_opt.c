#include "cli/report_opt.h"

#include <string.h>

#include "base/instant.h"
#include "cli/now.h"
#include "cli/policies.h"
#include "cli/tz.h"
#include "domain/report.h"

static bool
looks_like_date(struct span text)
{
	return text.n == sizeof "2026-10-01" - 1 && text.p[4] == '-'
		&& text.p[7] == '-';
}

/* A date is its midnight in the zone, which may not be known yet. */
static struct bound
bound(const char *option, const char *text, int64_t now)
{
	struct bound bound = { BOUND_NONE, 0 };
	struct err err = { 0 };
	int result;

	if (!text)
		return bound;
	if (looks_like_date(span_of(text))) {
		bound.kind = BOUND_DATE;
		result = date_parse(span_of(text), &bound.value, &err);
	} else {
		bound.kind = BOUND_INSTANT;
		result = time_parse(text, now, NULL, DAY_ENDS_CLOSE,
			&bound.value, &err);
	}
	if (result != 0 && !strchr("+-0123456789", *text))
		opt_usage("%s: expected a date (2026-10-01), an instant "
			"(2026-10-01T09:00:00Z) or a time from now (-30d); got \"%s\"",
			option, text);
	if (result != 0)
		opt_usage("%s: %s", option, err_text(&err));
	return bound;
}

/* A month is the dates that it begins and ends with. */
static void
month_bounds(const char *text, struct scope *scope)
{
	struct err err = { 0 };
	int64_t from, to;

	if (period_month(span_of(text), NULL, &from, &to, &err) != 0)
		opt_usage("--month: %s", err_text(&err));
	scope->from = (struct bound){ BOUND_DATE, from / DAY_S };
	scope->to = (struct bound){ BOUND_DATE, to / DAY_S };
}

static void
check_partial(const struct report_opt *opt)
{
	if (opt->partial && (opt->format.n || opt->table || opt->output_dir))
		opt_usage("--partial goes without --format, --table and --output-dir: "
			"--merge makes these");
}

static void
check(const struct report_opt *opt)
{
	struct err err = { 0 };

	check_partial(opt);
	if (opt->month && (opt->from || opt->to))
		opt_usage("--month goes without --from and --to");
	if (opt->group_by && report_can_group(span_of(opt->group_by), &err) != 0)
		opt_usage("--group-by: %s", err_text(&err));
	if (opt->compare && strcmp(opt->compare, "previous") != 0)
		opt_usage("--compare: expected previous; got \"%s\"", opt->compare);
	if (opt->compare && !opt->month && !opt->from)
		opt_usage("--compare: say where the period begins, with --month or --from");
}

static void
put_scope(const struct report_opt *opt, int64_t now, struct scope *scope)
{
	*scope = (struct scope){
		.now = now,
		.from = bound("--from", opt->from, now),
		.to = bound("--to", opt->to, now),
		.group_by = span_of(opt->group_by),
		.compare = opt->compare != NULL,
	};
	if (opt->month)
		month_bounds(opt->month, scope);
}

struct period
report_opt_period(const struct report_opt *opt, const struct zone *zone,
	int64_t now)
{
	struct period period;
	struct scope scope;
	struct err err = { 0 };

	put_scope(opt, now, &scope);
	if ((zone ? scope_period(&scope, zone, &period, &err)
		: scope_somewhere(&scope, &period, &err)) != 0)
		opt_usage("%s", err_text(&err));
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

	check(opt);
	period = report_opt_period(opt, tz_get(opt->tz, NULL), now);
	if (opt->compare)
		report_opt_previous(&period);
}

void
report_opt_part(const struct report_opt *opt, int64_t now,
	struct report_part *part)
{
	const struct zone *zone = tz_get(opt->tz, NULL);
	struct err err = { 0 };

	*part = (struct report_part){ 0 };
	report_opt_check(opt, now);
	put_scope(opt, now, &part->scope);
	if (opt->rejudge) {
		part->terms = policies_rejudge(opt->rejudge);
		part->scope.rejudge = span_of(part->terms->name);
		part->scope.rejudge_version = span_of(part->terms->version);
	}
	if (zone && report_part_begin(part, zone, &err) != 0)
		opt_usage("%s", err_text(&err));
}

void
report_opt_check_merge(const struct report_opt *opt, const char *now)
{
	const struct { const char *name, *text; } of_partials[] = {
		{ "month", opt->month }, { "from", opt->from }, { "to", opt->to },
		{ "tz", opt->tz }, { "group-by", opt->group_by },
		{ "compare", opt->compare }, { "rejudge", opt->rejudge },
		{ "now", now },
	};

	check_partial(opt);
	for (size_t i = 0; i < sizeof of_partials / sizeof *of_partials; i++)
		if (of_partials[i].text)
			opt_usage("--merge goes without --%s: the partials say it",
				of_partials[i].name);
}
