#include "cli/github_summary.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/instant.h"
#include "cli/markdown_out.h"
#include "cli/msg.h"
#include "cli/output.h"

#define ROWS_MOST  500
#define BYTES_MOST (1000 * 1024) /* GitHub drops a summary of more than 1024 KiB */

static const char *const gate_cells[OUTCOMES] = {
	[OUTCOME_FAILS] = "fails",
	[OUTCOME_KNOWN] = "in the baseline",
	[OUTCOME_SKIPPED] = "",
	[OUTCOME_PASSES] = "",
};

void
github_summary_open(struct github_summary *summary)
{
	const char *path = getenv("GITHUB_STEP_SUMMARY");

	if (!path || !*path)
		return;
	summary->path = path;
	summary->fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
	if (summary->fd < 0)
		msg_die(errno == EACCES || errno == EPERM ? EX_NOPERM : EX_CANTCREAT,
			"%s: cannot open: %s", path, strerror(errno));
	sla_rows_init(&summary->rows, ROWS_MOST);
}

/* `7 cases: 1 breached, 2 risk, 4 ok` */
static void
put_counts(const struct sla_run *run, struct buf *out)
{
	const char *mark = ": ";

	buf_instant(out, run->at);
	buf_printf(out, ", %zu case%s", run->n_cases, run->n_cases == 1 ? "" : "s");
	for (int i = 0; i < VERDICTS; i++) {
		if (!run->count[i])
			continue;
		buf_printf(out, "%s%zu %s", mark, run->count[i], verdict_names[i]);
		mark = ", ";
	}
	buf_puts(out, "\n\n");
}

/* What keeps the run from a verdict stands above it. */
static void
put_head(const struct github_summary *summary, const struct sla_run *run, struct buf *out)
{
	bool sure = run->whole && !run->n_refused;

	buf_printf(out, "\n### esc-sla-check: the gate %s\n\n",
		run->failed ? "fails" : sure ? "passes" : "could not judge all");
	put_counts(run, out);
	for (int i = 0; i < TROUBLES; i++) {
		struct buf said = { 0 };

		if (sla_say_trouble(&said, (enum sla_trouble)i, run, summary->unlisted))
			buf_printf(out, "**%s**\n\n", buf_cstr(&said));
		buf_release(&said);
	}
}

static void
put_budgets(const struct sla_run *run, struct buf *out)
{
	if (!run->n_budgets)
		return;
	buf_puts(out, "| Gate | Budget | Came to |\n| --- | --- | --- |\n");
	for (size_t i = 0; i < run->n_budgets; i++) {
		const struct budget *budget = &run->budget[i];
		struct buf name = { 0 }, came = { 0 };

		sla_say_budget_name(&name, budget);
		budget_say(budget, &came);
		buf_printf(out, "| %s ", budget->holds ? "holds" : "fails");
		markdown_cell(out, span_of(buf_cstr(&name)));
		markdown_cell(out, span_of(buf_cstr(&came)));
		buf_puts(out, "|\n");
		buf_release(&name);
		buf_release(&came);
	}
	buf_putc(out, '\n');
}

static void
put_row(const struct sla_row *row, bool subject, struct buf *out)
{
	buf_printf(out, "| %s ", gate_cells[row->outcome]);
	markdown_cell(out, span_of(row->text[ROW_CASE]));
	buf_printf(out, "| %s | %s | %s | ", row->text[ROW_CLOCK], verdict_names[row->verdict],
		row->text[ROW_LEFT]);
	if (row->limit_at != INSTANT_NONE)
		buf_instant(out, row->limit_at);
	buf_putc(out, ' ');
	markdown_cell(out, span_of(row->text[ROW_POLICY]));
	if (subject)
		markdown_cell(out, span_of(row->text[ROW_SUBJECT]));
	buf_puts(out, "|\n");
}

static void
put_table(const struct sla_rows *rows, bool subject, struct buf *out)
{
	size_t n = 0;

	if (!rows->n)
		return;
	buf_printf(out, "| Gate | Case | Clock | Verdict | Left | Limit | Policy |%s\n",
		subject ? " Subject |" : "");
	buf_printf(out, "| --- | --- | --- | --- | ---: | --- | --- |%s\n",
		subject ? " --- |" : "");
	for (; n < rows->n && out->len < BYTES_MOST; n++)
		put_row(&rows->row[n], subject, out);
	if (rows->seen > n)
		buf_printf(out, "\n%" PRIu64 " more clocks are not in this table.\n",
			rows->seen - n);
}

void
github_summary_end(struct github_summary *summary, const struct sla_run *run)
{
	struct buf text = { 0 };

	if (!summary->path)
		return;
	sla_rows_sort(&summary->rows);
	put_head(summary, run, &text);
	put_budgets(run, &text);
	put_table(&summary->rows, run->subject, &text);
	if (output_flush(summary->fd, &text) < 0 || close(summary->fd) < 0)
		msg_die(EX_IOERR, "%s: cannot write: %s", summary->path, strerror(errno));
	buf_release(&text);
	sla_rows_release(&summary->rows);
}
