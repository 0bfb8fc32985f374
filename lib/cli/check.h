/*
 * check: esc-sla-check's work between its options and its status: each case
 * judged once, marked by the gate, handed to every format.
 * Order: CHECK_OPT_ROWS into the program's table, opt_parse, check_open,
 * loop_init (check->loop), check_run (its result is the answer of loop_end).
 */
#ifndef ESC_CLI_CHECK_H
#define ESC_CLI_CHECK_H

#include "cli/check_gate.h"
#include "cli/loop.h"
#include "cli/sla_format.h"
#include "domain/duration.h"

/* As the options say it; the porcelain has the same and hands it on. */
struct check_opt {
	struct opt_list format, budget;
	const char *verdict, *fail_on, *show, *horizon, *time_format, *baseline, *rejudge;
	bool update_baseline, open, exit_zero, next, explain, quiet;
};

/* Rows for a table of struct opt; o is a struct check_opt. */
#define CHECK_OPT_ROWS(o) \
	{ "format", 'f', OPT_LIST, &(o).format, \
		"jsonl|text|csv|tap|junit|nagios|prometheus|github|ics", \
		"how; with :FILE behind it into a file; may be repeated" }, \
	{ "verdict", 0, OPT_TEXT, &(o).verdict, "VERDICT[,VERDICT]", \
		"only cases with these verdicts; breached means the first three" }, \
	{ "open", 0, OPT_FLAG, &(o).open, NULL, "only open cases" }, \
	{ "fail-on", 0, OPT_TEXT, &(o).fail_on, "risk|breached|missed|never", \
		"answer 1 for that (default: by format, see the manual)" }, \
	{ "baseline", 0, OPT_TEXT, &(o).baseline, "FILE", \
		"fail only on limits that were not over when it was written" }, \
	{ "update-baseline", 0, OPT_FLAG, &(o).update_baseline, NULL, \
		"write it anew; one that is not there is empty" }, \
	{ "budget", 0, OPT_LIST, &(o).budget, "EXPR", \
		"fail where this does not hold: 'missed_rate(tier=2) <= 5%'" }, \
	{ "exit-zero", 0, OPT_FLAG, &(o).exit_zero, NULL, \
		"answer 0 whatever the verdicts; trouble still shows" }, \
	{ "quiet", 0, OPT_FLAG, &(o).quiet, NULL, \
		"with text on standard output: say nothing where the answer is 0" }, \
	{ "explain", 0, OPT_FLAG, &(o).explain, NULL, \
		"each clock's time piece by piece: what counted, and why not" }, \
	{ "horizon", 0, OPT_TEXT, &(o).horizon, "DURATION", \
		"only cases that breach by then unless something happens" }, \
	{ "rejudge", 0, OPT_TEXT, &(o).rejudge, "NAME|FILE", \
		"show what that text, a name or a file, would say" }, \
	{ "next", 0, OPT_FLAG, &(o).next, NULL, \
		"print only the next second at which a verdict changes" }, \
	{ "time-format", 0, OPT_TEXT, &(o).time_format, "rfc3339|epoch|systemd", \
		"of --next" }, \
	{ "show", 0, OPT_TEXT, &(o).show, "subject", "add the subject, the customer's text" }

struct check {
	struct check_opt opt;
	struct loop loop;
	struct sla_run run;
	struct sla_sinks sinks;
	struct check_gate gate;
	const struct policy *terms; /* --rejudge */
	unsigned verdicts;      /* 1 << verdict: those wanted */
	struct duration horizon;
	int64_t next;           /* --next: the earliest so far */
};

/*
 * Takes the options apart and opens the formats' files, before that of
 * --reject is made (its name, or NULL).  Ends the program with 64, or where a
 * file cannot be opened with 73 or 77.  now: of --now.
 */
void check_open(struct check *check, int64_t now, const char *reject);

/* Reads the operands and says what is to be said: 0 or 1. */
int check_run(struct check *check, char **files);

/* check_next.c: --next's line. */
void check_next_name(const char *time_format);
void check_next_put(const char *time_format, int64_t next, struct buf *out);

#endif
