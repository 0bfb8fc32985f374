/*
 * GitHub Actions: workflow commands that mark the worst clocks in the log of
 * a run, and a table in Markdown for its summary (github_summary).
 */
#include "cli/github_out.h"
#include "cli/github_summary.h"

#define MARKS_MOST 10 /* GitHub shows no more of a step */

struct state {
	struct sla_rows marks; /* failing, or at risk */
	size_t n;              /* annotations that are out */
	struct github_summary summary;
};

static void
begin(struct sla_sink *sink)
{
	struct state *state = sink->state;

	sla_rows_init(&state->marks, MARKS_MOST);
	github_summary_open(&state->summary);
}

static bool
is_marked(const struct sla_case *entry, size_t i)
{
	return entry->mark[i] == SLA_FAILS ||
		entry->sla->verdict.clock[i].verdict == VERDICT_RISK;
}

static void
add(struct sla_sink *sink, const struct sla_case *entry)
{
	struct state *state = sink->state;

	state->summary.unlisted += sla_unlisted(entry);
	for (size_t i = 0; entry->listed && i < entry->sla->verdict.n; i++)
		if (is_marked(entry, i))
			sla_rows_add(&state->marks, sink->run, entry, i);
	if (state->summary.path)
		sla_rows_add_case(&state->summary.rows, sink->run, entry);
}

static void
mark(struct sla_sink *sink, const char *command, const char *title, struct buf *text)
{
	struct state *state = sink->state;

	if (state->n++ < MARKS_MOST)
		github_annotate(sink->out, command, title, buf_cstr(text));
}

static void
mark_troubles(struct sla_sink *sink)
{
	const struct state *state = sink->state;

	for (int i = 0; i < TROUBLES; i++) {
		struct buf said = { 0 };

		if (sla_say_trouble(&said, (enum sla_trouble)i, sink->run,
				state->summary.unlisted))
			mark(sink, "error", "esc-sla-check", &said);
		buf_release(&said);
	}
}

static void
mark_budgets(struct sla_sink *sink)
{
	for (size_t i = 0; i < sink->run->n_budgets; i++) {
		struct buf said = { 0 };

		sla_say_budget(&said, &sink->run->budget[i]);
		if (!sink->run->budget[i].holds)
			mark(sink, "error", "budget", &said);
		buf_release(&said);
	}
}

static void
mark_row(struct sla_sink *sink, const struct sla_row *row)
{
	struct buf name = { 0 }, said = { 0 };

	buf_printf(&name, "%s %s", row->text[ROW_CASE], row->text[ROW_CLOCK]);
	buf_puts(&said, row->text[ROW_SAID]);
	if (*row->text[ROW_SUBJECT])
		buf_printf(&said, ": %s", row->text[ROW_SUBJECT]);
	mark(sink, row->outcome == OUTCOME_FAILS ? "error" : "warning", buf_cstr(&name), &said);
	buf_release(&name);
	buf_release(&said);
}

static void
end(struct sla_sink *sink)
{
	struct state *state = sink->state;

	sla_rows_sort(&state->marks);
	mark_troubles(sink);
	mark_budgets(sink);
	for (size_t i = 0; i < state->marks.n; i++)
		mark_row(sink, &state->marks.row[i]);
	sla_rows_release(&state->marks);
	github_summary_end(&state->summary, sink->run);
}

const struct sla_format sla_github = {
	.name = "github",
	.gate = GATE_BREACHED,
	.counts_all = true,
	.takes_subject = true,
	.state_size = sizeof(struct state),
	.begin = begin,
	.add = add,
	.end = end,
};
