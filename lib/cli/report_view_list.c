#include "cli/report_view.h"

#define ROWS_SHOWN 20 /* of lists that hold a row a case */

#define KEPT "clock tier n met in_target missed breached met_rate"
#define NET "measure tier n open net.p50 net.p90 net.p95 net.max net.mean"
#define GROSS "measure tier n open gross.p50 gross.p90 gross.p95 gross.max gross.mean"
#define AT_END "running risk paused open_ended"

/* The figures as they were judged, beside those under other terms. */
static const struct page_spec pinned = { "pinned", "clocks", SHAPE_ROWS, false, 0,
	{ { "n", "pinned n", PAGE_COUNT, false },
		{ "met_rate", "pinned rate", PAGE_SHARE, false } } };

const struct report_view report_view[] = {
	{ .section = "Cases", .table = "cases", .manner = VIEW_ACROSS },
	{ .section = "Limits kept and passed in the period", .table = "clocks",
		.columns = KEPT, .asks = "n", .bar = "met_rate",
		.note = "Missed: stopped too late. Breached: not stopped at the end." },
	{ .section = "Clocks within their limit at the end", .table = "clocks",
		.columns = "clock tier " AT_END, .asks = AT_END,
		.note = "Before the target, past it, held, and without a limit." },
	{ .section = "Limits by month", .table = "months", .several = true,
		.alone = true, .bar = "met_rate" },
	{ .section = "Times, net", .table = "times", .columns = NET,
		.note = "In the clock's own hours, less holds; open had not stopped "
			"at the end." },
	{ .section = "Times, gross", .table = "times", .columns = GROSS,
		.note = "By the clock on the wall, nights and holds included." },
	{ .section = "Escalation", .table = "frequency", .manner = VIEW_ACROSS,
		.note = "Moves to a higher tier and back; per 100 accepted cases." },
	{ .table = "promoted_to", .bar = "n" },
	{ .table = "top_reached", .bar = "n" },
	{ .table = "flow", .bar = "n" },
	{ .section = "Submitted cases", .table = "by", .bar = "n",
		.alone_of = "month" },
	{ .section = "Feedback", .table = "feedback", .manner = VIEW_ACROSS,
		.note = "Ratings from 0 to 10; the response rate is of the cases closed." },
	{ .table = "scores", .bar = "n" },
	{ .section = "Backlog at the end", .table = "backlog_tiers", .bar = "n",
		.note = "Open cases; their age is in business days (bd)." },
	{ .table = "backlog_ages", .bar = "n" },
	{ .table = "oldest" },
	{ .section = "Hygiene", .table = "hygiene", .bar = "n",
		.note = "Events that a reviewer should know of." },
	{ .section = "Limits as the other terms judge them", .table = "rejudged",
		.columns = "clock tier n missed breached met_rate", .asks = "n",
		.bar = "met_rate",
		.beside = "clocks", .beside_spec = &pinned,
		.note = "Pinned: by the terms that were in force." },
	{ .section = "Verdicts that differ", .table = "moved", .bar = "n" },
	{ .section = "Times under the other terms, net", .table = "rejudged_times",
		.columns = NET },
	{ .section = "Times under the other terms, gross", .table = "rejudged_times",
		.columns = GROSS },
	{ .section = "Resolutions", .table = "resolutions", .most = ROWS_SHOWN },
	{ .section = "Improvements", .table = "improvements", .most = ROWS_SHOWN },
	{ .section = "Cases to review", .note = "The most pressing first.",
		.table = "review", .manner = VIEW_CARDS, .heads = 3 },
};

const size_t report_views = sizeof report_view / sizeof *report_view;
