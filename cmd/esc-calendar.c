/* esc-calendar: business time for scripts: add, between, show. */
#include <string.h>

#include "base/instant.h"
#include "cli/business.h"
#include "cli/loop_text.h"
#include "cli/msg.h"
#include "cli/now.h"
#include "cli/policies_choose.h"
#include "domain/calendar_show.h"

static const char examples[] =
	"esc-calendar --calendar perfect-gym:ts-tl-au --add 2bd 2026-12-23T05:00:00Z\n"
	"esc-calendar --calendar london.json --between <from-to.tsv\n"
	"esc-calendar --calendar s-club --show 2026-12\n"
	"esc-calendar --calendar s-club --add 2bd --explain +0h";

/* What was asked for. */
struct asked {
	const char *calendar, *add, *day_ends, *show;
	bool batch, between, explain;
};

static void
between_two(struct loop *loop, char **operands, struct business *work)
{
	struct buf line = { 0 };

	buf_printf(&line, "%s\t%s", operands[0], operands[1]);
	loop_one_text(loop, NULL, buf_text(&line), business_between, work);
	buf_release(&line);
}

/* Once a run: every day out there counts as one without a holiday. */
static void
warn_outside(const struct calendar *calendar)
{
	struct buf years = { 0 };

	calendar_show_years(calendar, &years);
	msg_warn("calendar %s knows the holidays of %s; outside of that it has "
		"none by date", calendar_name(calendar), buf_cstr(&years));
	buf_release(&years);
}

static void
show(struct loop *loop, const struct asked *asked, struct business *work)
{
	struct err err = { 0 };
	struct buf date = { 0 };
	int year, month, day;
	int64_t first;

	buf_printf(&date, "%s-01", asked->show);
	if (date_parse(buf_text(&date), &first, &err) != 0)
		opt_usage("--show: expected a month as YYYY-MM; got \"%s\"",
			asked->show);
	civil_from_days(first, &year, &month, &day);
	if (year < 1900 || year > 2199)
		opt_usage("--show: expected a year from 1900 to 2199");
	calendar_show_month(work->calendar, year, month, loop_out(loop));
	first *= DAY_S;
	work->outside = !calendar_covers(work->calendar, first + DAY_S, first + DAY_S);
	buf_release(&date);
}

static void
run(struct loop *loop, const struct program *program,
	const struct asked *asked, struct business *work, char **operands)
{
	if (asked->show) {
		show(loop, asked, work);
	} else if (asked->between && operands[0] && operands[1]) {
		between_two(loop, operands, work);
	} else if (asked->add && operands[0]) {
		for (; *operands; operands++)
			loop_one_text(loop, NULL, span_of(*operands), business_add, work);
	} else {
		if (!operands[0])
			opt_need_stdin(program);
		loop_texts(loop, operands, asked->add ? business_add :
			asked->batch ? business_batch : business_between, work);
	}
}

static void
check(const struct asked *asked, int n_operands)
{
	int modes = !!asked->add + asked->batch + asked->between +
		!!asked->show;

	if (modes != 1)
		opt_usage("give one of --add, --batch, --between and --show");
	if (!asked->calendar)
		opt_usage("--calendar is required");
	if (asked->explain && !asked->add && !asked->between)
		opt_usage("--explain goes with --add and --between");
	if (asked->between && n_operands > 2)
		opt_usage("--between takes two times, or a file of them");
	if (asked->show && n_operands != 0)
		opt_usage("--show takes no operands");
}

static void
prepare(struct business *work, const struct asked *asked)
{
	struct err err = { 0 };
	const char *ends = asked->day_ends;

	if (asked->add &&
		duration_parse(span_of(asked->add), &work->duration, &err) != 0)
		opt_usage("--add: %s", err_text(&err));
	work->explain = asked->explain;
	work->calendar = policies_choose_calendar(asked->calendar, &work->ends,
		&err);
	if (!work->calendar)
		msg_die_err(NULL, &err);
	if (ends && strcmp(ends, "close") != 0 && strcmp(ends, "same-time") != 0)
		opt_usage("--day-ends: expected close or same-time; got \"%s\"",
			ends);
	if (ends)
		work->ends = *ends == 'c' ? DAY_ENDS_CLOSE : DAY_ENDS_SAME_TIME;
}

int
main(int argc, char **argv)
{
	struct asked asked = { 0 };
	const struct opt options[] = {
		{ "calendar", 'c', OPT_TEXT, &asked.calendar, "CALENDAR",
			"a FILE, a POLICY, or POLICY:NAME (queue, region, calendar)" },
		{ "add", 'a', OPT_TEXT, &asked.add, "DURATION",
			"print the deadline after each TIME (none: lines of stdin)" },
		{ "batch", 'b', OPT_FLAG, &asked.batch, NULL,
			"read TIME<TAB>DURATION lines, print deadlines" },
		{ "between", 0, OPT_FLAG, &asked.between, NULL,
			"print open seconds between two TIMEs, or of TIME<TAB>TIME lines" },
		{ "show", 0, OPT_TEXT, &asked.show, "YYYY-MM", "draw a month" },
		{ "day-ends", 0, OPT_TEXT, &asked.day_ends, "close|same-time",
			"where a deadline in business days falls" },
		{ "explain", 0, OPT_FLAG, &asked.explain, NULL,
			"list what was counted, and what was not" },
		{ 0 },
	};
	const struct program program = {
		.name = "esc-calendar",
		.synopsis = "--calendar CALENDAR [OPTION...] [TIME...|FILE...]",
		.about = "Business time: adds to it, measures it, shows it.",
		.examples = examples,
		.groups = OPT_NOW,
		.opt = options,
	};
	struct common common = { 0 };
	struct business work = { .ends = DAY_ENDS_CLOSE };
	struct loop loop;
	int first = opt_parse(&program, &common, argc, argv);

	check(&asked, argc - first);
	prepare(&work, &asked);
	work.now = now_get(&program, &common);
	loop_init(&loop, &program, &common, work.now, NULL);
	loop.no_output = true;
	run(&loop, &program, &asked, &work, argv + first);
	if (work.outside)
		warn_outside(work.calendar);
	return loop_end(&loop, 0);
}
