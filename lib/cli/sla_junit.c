/*
 * JUnit's XML, for the pages of CI servers: a suite a policy, a test case a
 * clock, the worst first and no more than a server wants to read.  The times
 * are 0: how long a clock ran is not how long a test took.
 */
#include <inttypes.h>

#include "cli/junit_out.h"
#include "cli/sla_rows.h"

#define CASES_MOST 10000
#define OWN        "esc-sla-check" /* the suite of what is about no clock */

struct state {
	struct sla_rows rows;
	uint64_t unlisted;
};

static const enum junit_kind kinds[OUTCOMES] = {
	[OUTCOME_FAILS] = JUNIT_FAILURE,
	[OUTCOME_KNOWN] = JUNIT_SKIPPED,
	[OUTCOME_SKIPPED] = JUNIT_SKIPPED,
	[OUTCOME_PASSES] = JUNIT_PASSED,
};

static void
begin(struct sla_sink *sink)
{
	struct state *state = sink->state;

	sla_rows_init(&state->rows, CASES_MOST);
}

static void
add(struct sla_sink *sink, const struct sla_case *entry)
{
	struct state *state = sink->state;

	state->unlisted += sla_unlisted(entry);
	sla_rows_add_case(&state->rows, sink->run, entry);
}

static void
add_trouble(const struct sla_sink *sink, enum sla_trouble trouble, struct junit *junit)
{
	static const struct junit_case cases[TROUBLES] = {
		[TROUBLE_NOT_READ] = { .kind = JUNIT_ERROR, .name = "input", .type = "incomplete" },
		[TROUBLE_REFUSED] = { .kind = JUNIT_ERROR, .name = "records", .type = "refused" },
		[TROUBLE_UNLISTED] = { .kind = JUNIT_FAILURE, .name = "other clocks",
			.type = "unlisted" },
	};
	const struct state *state = sink->state;
	struct junit_case one = cases[trouble];
	struct buf said = { 0 };

	one.suite = OWN;
	if (sla_say_trouble(&said, trouble, sink->run, state->unlisted)) {
		one.message = buf_cstr(&said);
		junit_add(junit, &one);
	}
	buf_release(&said);
}

static void
add_budget(const struct budget *budget, struct junit *junit)
{
	struct buf name = { 0 }, said = { 0 };
	struct junit_case one = {
		.kind = budget->holds ? JUNIT_PASSED : JUNIT_FAILURE,
		.suite = OWN,
		.class = "budget",
		.type = "budget",
	};

	sla_say_budget_name(&name, budget);
	sla_say_budget(&said, budget);
	one.name = buf_cstr(&name);
	one.message = buf_cstr(&said);
	one.output = budget->holds ? one.message : NULL;
	junit_add(junit, &one);
	buf_release(&name);
	buf_release(&said);
}

static void
add_row(const struct sla_row *row, struct junit *junit)
{
	struct buf name = { 0 }, said = { 0 };
	struct junit_case one = {
		.kind = kinds[row->outcome],
		.suite = row->text[ROW_POLICY],
		.class = clock_names[row->clock],
		.type = row->outcome == OUTCOME_FAILS ? verdict_names[row->verdict] : NULL,
		.output = row->text[ROW_SUBJECT],
	};

	buf_printf(&name, "%s %s", row->text[ROW_CASE], row->text[ROW_CLOCK]);
	buf_printf(&said, "%s%s", row->outcome == OUTCOME_KNOWN ? "in the baseline: " : "",
		row->text[ROW_SAID]);
	one.name = buf_cstr(&name);
	one.message = buf_cstr(&said);
	junit_add(junit, &one);
	buf_release(&name);
	buf_release(&said);
}

/* The worst that fit, and what is to be said of the others. */
static void
add_rows(struct sla_rows *rows, struct junit *junit, struct buf *remark)
{
	size_t n;

	sla_rows_sort(rows);
	n = rows->n + junit->n > CASES_MOST ? CASES_MOST - junit->n : rows->n;
	for (size_t i = 0; i < n; i++)
		add_row(&rows->row[i], junit);
	if (rows->seen == n)
		return;
	buf_printf(remark, "of %" PRIu64 " clocks the worst %zu are in this document, %" PRIu64
		" are left out", rows->seen, n, rows->seen - n);
	junit->remark = buf_cstr(remark);
}

static void
end(struct sla_sink *sink)
{
	struct state *state = sink->state;
	struct junit junit = { .name = OWN, .at = sink->run->at };
	struct buf remark = { 0 };

	for (int i = 0; i < TROUBLES; i++)
		add_trouble(sink, (enum sla_trouble)i, &junit);
	for (size_t i = 0; i < sink->run->n_budgets; i++)
		add_budget(&sink->run->budget[i], &junit);
	add_rows(&state->rows, &junit, &remark);
	junit_put(&junit, sink->out);
	junit_release(&junit);
	buf_release(&remark);
	sla_rows_release(&state->rows);
}

const struct sla_format sla_junit = {
	.name = "junit",
	.gate = GATE_BREACHED,
	.counts_all = true,
	.takes_subject = true,
	.state_size = sizeof(struct state),
	.begin = begin,
	.add = add,
	.end = end,
};
