/* esc-calendar: business time for scripts: add, between, show. */
#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
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

struct work {
	struct calendar *calendar;
	enum day_ends ends;
	struct duration duration; /* of --add */
	bool explain;
	int64_t now;
};

static int
read_time(const struct work *work, struct span text, int64_t *at,
	struct err *err)
{
	char *copy;
	int answer;

	if (text.n == 0 || (*text.p != '+' && *text.p != '-'))
		return instant_parse(text, at, err);
	copy = mem_copy(text.p, text.n);
	answer = time_parse(copy, work->now, work->calendar, work->ends, at, err);
	free(copy);
	return answer;
}

/* The texts before and behind the tab. */
static int
split(struct span line, struct span *left, struct span *right,
	const char *shape, struct err *err)
{
	const char *tab = line.n ? memchr(line.p, '\t', line.n) : NULL;

	if (!tab)
		return err_add(err, EX_DATAERR, NULL,
			"expected two columns, %s, and a tab between", shape);
	*left = (struct span){ line.p, (size_t)(tab - line.p) };
	*right = (struct span){ tab + 1, line.n - left->n - 1 };
	return 0;
}

static int
add(const struct work *work, struct span start, struct duration duration,
	struct buf *out, struct err *err)
{
	static const enum explain_time times[] = {
		[UNIT_BUSINESS_DAY] = EXPLAIN_DAYS,
		[UNIT_BUSINESS] = EXPLAIN_OPEN,
		[UNIT_PLAIN] = EXPLAIN_PLAIN,
	};
	int64_t from, deadline;

	if (read_time(work, start, &from, err) != 0 ||
		calendar_add(work->calendar, from, duration, work->ends, &deadline,
			err) != 0)
		return -1;
	if (work->explain)
		calendar_explain(work->calendar, from, deadline,
			times[duration.unit], out);
	buf_instant(out, deadline);
	return 0;
}

/* TIME */
static int
add_line(void *ctx, struct span line, struct buf *out, struct err *err)
{
	const struct work *work = ctx;

	return add(work, line, work->duration, out, err);
}

/* START<TAB>DURATION */
static int
batch_line(void *ctx, struct span line, struct buf *out, struct err *err)
{
	struct span start, text;
	struct duration duration;

	if (split(line, &start, &text, "a time and a duration", err) != 0 ||
		duration_parse(text, &duration, err) != 0)
		return -1;
	return add(ctx, start, duration, out, err);
}

static int
put_between(const struct work *work, struct span left, struct span right,
	struct buf *out, struct err *err)
{
	int64_t from, to;

	if (read_time(work, left, &from, err) != 0 ||
		read_time(work, right, &to, err) != 0)
		return -1;
	if (work->explain)
		calendar_explain(work->calendar, from, to, EXPLAIN_OPEN, out);
	buf_int(out, calendar_open_between(work->calendar, from, to));
	return 0;
}

/* A<TAB>B */
static int
between_line(void *ctx, struct span line, struct buf *out, struct err *err)
{
	struct span left, right;

	if (split(line, &left, &right, "two times", err) != 0)
		return -1;
	return put_between(ctx, left, right, out, err);
}

static void
between_two(struct loop *loop, char **operands, struct work *work)
{
	struct buf line = { 0 };

	buf_printf(&line, "%s\t%s", operands[0], operands[1]);
	loop_one_text(loop, NULL, buf_text(&line), between_line, work);
	buf_release(&line);
}

static void
show(struct loop *loop, const struct asked *asked, struct work *work)
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
	buf_release(&date);
}

static void
run(struct loop *loop, const struct program *program,
	const struct asked *asked, struct work *work, char **operands)
{
	if (asked->show) {
		show(loop, asked, work);
	} else if (asked->between && operands[0] && operands[1]) {
		between_two(loop, operands, work);
	} else if (asked->add && operands[0]) {
		for (; *operands; operands++)
			loop_one_text(loop, NULL, span_of(*operands), add_line, work);
	} else {
		if (!operands[0])
			opt_need_stdin(program);
		loop_texts(loop, operands, asked->add ? add_line :
			asked->batch ? batch_line : between_line, work);
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
prepare(struct work *work, const struct asked *asked)
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
	struct work work = { .ends = DAY_ENDS_CLOSE };
	struct loop loop;
	int first = opt_parse(&program, &common, argc, argv);

	check(&asked, argc - first);
	prepare(&work, &asked);
	work.now = now_get(&program, &common);
	loop_init(&loop, &program, &common, work.now, NULL);
	loop.no_output = true;
	run(&loop, &program, &asked, &work, argv + first);
	return loop_end(&loop, 0);
}
