/*
 * report_opt: what esc-report was asked for: the period, the zone, the
 * groups, the format.  The zone may be known only once a case was read, and
 * the period with it.
 * Order: opt_parse fills it, report_opt_part or report_opt_check_merge.
 */
#ifndef ESC_CLI_REPORT_OPT_H
#define ESC_CLI_REPORT_OPT_H

#include "cli/opt.h"
#include "domain/report_part.h"

struct report_opt {
	const char *month, *from, *to, *tz, *group_by, *compare, *rejudge;
	const char *table, *output_dir;
	bool ascii, partial, merge;
	struct opt_list format;
};

/* Rows for a table of struct opt; o is a struct report_opt. */
#define REPORT_OPT_ROWS(o) \
	{ "month", 0, OPT_TEXT, &(o).month, "YYYY-MM", "report this month" }, \
	{ "from", 0, OPT_TEXT, &(o).from, "TIME", "report from then on" }, \
	{ "to", 0, OPT_TEXT, &(o).to, "TIME", "report what is before then" }, \
	{ "tz", 0, OPT_TEXT, &(o).tz, "ZONE", \
		"zone of months and dates (default: the setting, else the policy's)" }, \
	{ "group-by", 0, OPT_TEXT, &(o).group_by, "FIELD", \
		"all figures once more for each value of a field" }, \
	{ "compare", 0, OPT_TEXT, &(o).compare, "previous", \
		"each figure beside that of the period before" }, \
	{ "rejudge", 0, OPT_TEXT, &(o).rejudge, "NAME|FILE", \
		"limits and times once more, as that text would judge them" }, \
	{ "format", 'f', OPT_LIST, &(o).format, "text|json|csv|markdown|html", \
		"what is printed, text without it; F:FILE puts it into FILE" }, \
	{ "table", 0, OPT_TEXT, &(o).table, "TABLE", "csv: this table" }, \
	{ "output-dir", 0, OPT_TEXT, &(o).output_dir, "DIR", \
		"csv: a file DIR/TABLE.csv for each table" }, \
	{ "ascii", 0, OPT_FLAG, &(o).ascii, NULL, "text: no byte beyond ASCII" }, \
	{ "partial", 0, OPT_FLAG, &(o).partial, NULL, \
		"print what was counted, for --merge" }

/* Of a program that reads partials. */
#define REPORT_OPT_MERGE(o) \
	{ "merge", 0, OPT_FLAG, &(o).merge, NULL, \
		"read partials instead of cases, and report their sum" }

/* Ends the program with 64 where something is wrong, whatever the zone. */
void report_opt_check(const struct report_opt *opt, int64_t now);

/*
 * The period, closed; zone NULL: not known yet, so that of UTC, and refused
 * only where it is none in any.  Ends the program with 64.
 */
struct period report_opt_period(const struct report_opt *opt,
	const struct zone *zone, int64_t now);

/* The one before it, of --compare.  Ends the program with 64. */
struct period report_opt_previous(const struct period *period);

/*
 * The report in the making that was asked for; begun where the zone is known.
 * Ends the program as report_opt_check.
 */
void report_opt_part(const struct report_opt *opt, int64_t now,
	struct report_part *part);

/* Ends the program with 64 where partials are told what they are of; now NULL: not said. */
void report_opt_check_merge(const struct report_opt *opt, const char *now);

#endif
