#include "cli/report_sheet.h"

#define N(array)   (sizeof(array) / sizeof *(array))
#define NUMBER(title) { title, ALIGN_RIGHT, false }

static void
put_cases(struct sheet *sheet, uint32_t tally)
{
	static const char *const flow[] = { "submitted", "refused",
		"acknowledged", "accepted", "cancelled", "prioritised", NULL };
	static const char *const fate[] = { "duplicates", "promoted",
		"resolved", "closed", "reopened", "open", NULL };
	uint32_t cases = sheet_member(sheet, tally, "cases");

	sheet_heading(sheet, "CASES");
	sheet_across(sheet, cases, flow);
	sheet_across(sheet, cases, fate);
}

static void
put_clocks(struct sheet *sheet, uint32_t tally)
{
	static const struct table_column kept[] = {
		{ "clock", ALIGN_LEFT, false }, NUMBER("tier"), NUMBER("n"),
		NUMBER("met"), NUMBER("in target"), NUMBER("missed"),
		NUMBER("breached"), NUMBER("met rate"),
	};
	static const struct shown kept_shown[] = {
		{ "clock", SHOW_AS_IS, false }, { "tier", SHOW_AS_IS, false },
		{ "n", SHOW_AS_IS, true },
		{ "met", SHOW_AS_IS, false }, { "in_target", SHOW_AS_IS, false },
		{ "missed", SHOW_AS_IS, false }, { "breached", SHOW_AS_IS, false },
		{ "met_rate", SHOW_PERCENT, false },
	};
	static const struct table_column left[] = {
		{ "clock", ALIGN_LEFT, false }, NUMBER("tier"), NUMBER("running"),
		NUMBER("risk"), NUMBER("paused"), NUMBER("open-ended"),
	};
	static const struct shown left_shown[] = {
		{ "clock", SHOW_AS_IS, false }, { "tier", SHOW_AS_IS, false },
		{ "running", SHOW_AS_IS, true }, { "risk", SHOW_AS_IS, true },
		{ "paused", SHOW_AS_IS, true }, { "open_ended", SHOW_AS_IS, true },
	};
	uint32_t clocks = sheet_member(sheet, tally, "clocks");

	sheet_heading(sheet, "LIMITS kept and passed in the period");
	sheet_rows(sheet, clocks, kept, kept_shown, N(kept), 0);
	sheet_heading(sheet, "CLOCKS within their limit at the end");
	sheet_rows(sheet, clocks, left, left_shown, N(left), 0);
}

static void
put_times(struct sheet *sheet, uint32_t tally)
{
	static const struct table_column columns[] = {
		{ "measure", ALIGN_LEFT, false }, NUMBER("tier"), NUMBER("n"),
		NUMBER("open"), NUMBER("p50"), NUMBER("p90"), NUMBER("p95"),
		NUMBER("max"), NUMBER("mean"),
	};
	static const struct shown net[] = {
		{ "measure", SHOW_AS_IS, false }, { "tier", SHOW_AS_IS, false },
		{ "n", SHOW_AS_IS, false }, { "open", SHOW_AS_IS, false },
		{ "net.p50", SHOW_NET, false }, { "net.p90", SHOW_NET, false },
		{ "net.p95", SHOW_NET, false }, { "net.max", SHOW_NET, false },
		{ "net.mean", SHOW_NET, false },
	};
	static const struct shown gross[] = {
		{ "measure", SHOW_AS_IS, false }, { "tier", SHOW_AS_IS, false },
		{ "n", SHOW_AS_IS, false }, { "open", SHOW_AS_IS, false },
		{ "gross.p50", SHOW_GROSS, false }, { "gross.p90", SHOW_GROSS, false },
		{ "gross.p95", SHOW_GROSS, false }, { "gross.max", SHOW_GROSS, false },
		{ "gross.mean", SHOW_GROSS, false },
	};
	uint32_t times = sheet_member(sheet, tally, "times");

	sheet_heading(sheet, "TIMES, net: business time less holds");
	sheet_rows(sheet, times, columns, net, N(columns), 0);
	sheet_heading(sheet, "TIMES, gross: by the clock on the wall");
	sheet_rows(sheet, times, columns, gross, N(columns), 0);
}

/* An object of counts as rows, named once: "impact  major  3". */
static void
add_counts(struct sheet *sheet, struct table *table, uint32_t object,
	const char *name)
{
	uint32_t at = object ? scan_first(&sheet->scan, object) : 0;

	for (; at; at = sheet->scan.node[at].next) {
		if (name)
			table_cell(table, span_of(name));
		table_cell(table, scan_key(&sheet->scan, at, &sheet->arena));
		table_cell(table, scan_raw(&sheet->scan, at));
		name = name ? "" : NULL;
	}
}

static const struct table_column counted[] = {
	{ "by", ALIGN_LEFT, false }, { "value", ALIGN_LEFT, true }, NUMBER("n"),
};

static void
put_frequency(struct sheet *sheet, uint32_t tally)
{
	uint32_t frequency = sheet_member(sheet, tally, "frequency");
	struct buf text = { 0 };
	struct table table;

	sheet_heading(sheet, "ESCALATION");
	sheet_fact(sheet, frequency, "promotions", "promotions", SHOW_AS_IS, &text);
	sheet_fact(sheet, frequency, "returns", "returns", SHOW_AS_IS, &text);
	sheet_fact(sheet, frequency, "per_100_cases",
		"promotions per 100 accepted cases", SHOW_AS_IS, &text);
	sheet_line(sheet, "%s", buf_cstr(&text));
	buf_release(&text);
	table_init(&table, counted, N(counted));
	add_counts(sheet, &table, sheet_member(sheet, frequency, "by_tier"),
		"promoted to tier");
	add_counts(sheet, &table, sheet_member(sheet, frequency, "top_reached"),
		"highest tier");
	sheet_table(sheet, &table);
}

static void
put_by(struct sheet *sheet, uint32_t tally)
{
	uint32_t by = sheet_member(sheet, tally, "by");
	struct table table;

	sheet_heading(sheet, "SUBMITTED CASES");
	table_init(&table, counted, N(counted));
	for (uint32_t at = scan_first(&sheet->scan, by); at;
		at = sheet->scan.node[at].next) {
		struct span name = scan_key(&sheet->scan, at, &sheet->arena);

		add_counts(sheet, &table, at,
			arena_copy(&sheet->arena, name.p, name.n));
	}
	sheet_table(sheet, &table);
}

static void
put_feedback(struct sheet *sheet, uint32_t tally)
{
	static const struct table_column columns[] = {
		NUMBER("score"), NUMBER("cases"),
	};
	uint32_t feedback = sheet_member(sheet, tally, "feedback");
	struct buf text = { 0 };
	struct table table;

	sheet_heading(sheet, "FEEDBACK");
	sheet_fact(sheet, feedback, "n", "n", SHOW_AS_IS, &text);
	sheet_fact(sheet, feedback, "mean", "mean", SHOW_AS_IS, &text);
	sheet_fact(sheet, feedback, "response_rate", "rated of closed",
		SHOW_PERCENT, &text);
	sheet_line(sheet, "%s", buf_cstr(&text));
	buf_release(&text);
	table_init(&table, columns, N(columns));
	add_counts(sheet, &table, sheet_member(sheet, feedback, "scores"), NULL);
	sheet_table(sheet, &table);
}

static void
put_oldest(struct sheet *sheet, uint32_t list)
{
	static const struct table_column columns[] = {
		{ "the oldest first", ALIGN_LEFT, false },
	};
	struct table table;

	if (!scan_first(&sheet->scan, list))
		return;
	table_init(&table, columns, N(columns));
	for (uint32_t at = scan_first(&sheet->scan, list); at;
		at = sheet->scan.node[at].next)
		table_cell(&table, scan_text(&sheet->scan, at, &sheet->arena));
	sheet_table(sheet, &table);
}

static void
put_backlog(struct sheet *sheet, uint32_t tally)
{
	uint32_t backlog = sheet_member(sheet, tally, "backlog");
	struct buf text = { 0 };
	struct table table;

	sheet_heading(sheet, "BACKLOG at the end");
	sheet_fact(sheet, backlog, "open", "open", SHOW_AS_IS, &text);
	sheet_line(sheet, "%s", buf_cstr(&text));
	table_init(&table, counted, N(counted));
	add_counts(sheet, &table, sheet_member(sheet, backlog, "by_tier"),
		"tier (0: none yet)");
	add_counts(sheet, &table, sheet_member(sheet, backlog, "by_age"), "age");
	sheet_table(sheet, &table);
	buf_release(&text);
	put_oldest(sheet, sheet_member(sheet, backlog, "oldest"));
}

static void
put_hygiene(struct sheet *sheet, uint32_t tally)
{
	static const struct table_column columns[] = {
		{ "event", ALIGN_LEFT, false }, NUMBER("n"),
	};
	struct table table;

	sheet_heading(sheet, "HYGIENE");
	table_init(&table, columns, N(columns));
	add_counts(sheet, &table, sheet_member(sheet, tally, "hygiene"), NULL);
	sheet_table(sheet, &table);
}

void
sheet_tally(struct sheet *sheet, uint32_t tally)
{
	put_cases(sheet, tally);
	put_clocks(sheet, tally);
	put_times(sheet, tally);
	put_frequency(sheet, tally);
	put_by(sheet, tally);
	put_feedback(sheet, tally);
	put_backlog(sheet, tally);
	put_hygiene(sheet, tally);
}
