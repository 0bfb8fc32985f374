/*
 * For people: a table, the worst first, a line that counts, and what else
 * must be known; with --explain a statement of each clock's time.  Rows are
 * kept until the end, so that they can be sorted.
 */
#include "cli/sla_format.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "base/zone.h"
#include "cli/sla_say.h"
#include "cli/sla_statement.h"
#include "cli/text_table.h"

struct text {
	struct text_row *row;
	size_t n, cap;
	size_t count[VERDICTS];
	uint64_t unlisted; /* clocks on which the gate fails, of cases not listed */
};

/* What goes into a file is read elsewhere. */
static size_t
width_of(const struct sla_sink *sink)
{
	return sink->path ? 0 : sink->run->width;
}

static char *
copy_span(struct span text)
{
	return mem_copy(text.n ? text.p : "", text.n);
}

/* The text as a cell; the buffer is emptied. */
static char *
take(struct buf *text)
{
	char *copy = copy_span(buf_text(text));

	buf_release(text);
	return copy;
}

/* The clock that the row tells of. */
static const struct clock_verdict *
shown(const struct sla *sla)
{
	return sla->horizon ? sla->horizon->breach[0] : sla->verdict.worst;
}

static void
fill_clock(struct text_row *row, const struct clock_verdict *verdict, int64_t at)
{
	const struct clock *clock = verdict->clock;
	struct buf left = { 0 }, limit = { 0 };

	sla_say_left(&left, verdict, at);
	if (clock->limit_at != INSTANT_NONE) {
		buf_instant(&limit, clock->limit_at);
		row->limit_at = clock->limit_at;
	}
	row->cell[COLUMN_CLOCK] = copy_span(span_of(clock_names[clock->id]));
	row->cell[COLUMN_LEFT] = take(&left);
	row->cell[COLUMN_LIMIT] = take(&limit);
}

/* "new" where the gate fails, "known" where it would but for the baseline. */
static const char *
spell_mark(const struct sla_case *entry)
{
	bool known = false;

	for (size_t i = 0; i < entry->sla->verdict.n; i++) {
		if (entry->mark[i] == SLA_FAILS)
			return "new";
		known = known || entry->mark[i] == SLA_KNOWN;
	}
	return known ? "known" : "";
}

static struct text_row *
new_row(struct text *text, enum verdict verdict)
{
	struct text_row *row;

	if (text->n == text->cap) {
		text->cap = mem_grow(text->cap, text->n + 1);
		text->row = mem_resize(text->row, text->cap * sizeof *text->row);
	}
	row = &text->row[text->n];
	*row = (struct text_row){ .verdict = verdict, .limit_at = INT64_MAX,
		.place = text->n++ };
	text->count[verdict]++;
	return row;
}

static void
fill_case(struct text_row *row, const struct sla_case *entry)
{
	const struct sla *sla = entry->sla;
	const struct fold *fold = sla->fold;
	struct buf tier = { 0 };

	if (fold->tier)
		buf_int(&tier, fold->tier);
	row->cell[COLUMN_ID] = copy_span(sla->record->id);
	row->cell[COLUMN_STATE] = copy_span(span_of(state_names[fold->state]));
	row->cell[COLUMN_TIER] = take(&tier);
	row->cell[COLUMN_VERDICT] = copy_span(span_of(verdict_names[row->verdict]));
	row->cell[COLUMN_BASELINE] = copy_span(span_of(spell_mark(entry)));
	if (sla->rejudged)
		row->cell[COLUMN_REJUDGED] =
			copy_span(span_of(verdict_names[sla->rejudged->verdict]));
}

static void
add(struct sla_sink *sink, const struct sla_case *entry)
{
	const struct sla *sla = entry->sla;
	struct value subject = sla->fold->form[FIELD_SUBJECT];
	struct text *text = sink->state;
	struct text_row *row;

	if (!entry->listed) {
		text->unlisted += sla_unlisted(entry);
		return;
	}
	row = new_row(text, sla->verdict.verdict);
	fill_case(row, entry);
	if (shown(sla))
		fill_clock(row, shown(sla), sla->at);
	if (sink->run->subject && subject.node)
		row->cell[COLUMN_SUBJECT] =
			copy_span(scan_text(subject.scan, subject.node, sla->fold->arena));
	if (sink->run->explain)
		sla_statements(sla, width_of(sink), &row->statement);
}

static int
by_limit(const void *a, const void *b)
{
	const struct text_row *x = a, *y = b;

	if (x->limit_at != y->limit_at)
		return x->limit_at < y->limit_at ? -1 : 1;
	return x->place < y->place ? -1 : 1;
}

static int
worst_first(const void *a, const void *b)
{
	const struct text_row *x = a, *y = b;

	if (x->verdict != y->verdict)
		return x->verdict < y->verdict ? -1 : 1;
	return by_limit(a, b);
}

/* `7 cases: 1 breached, 2 risk, 4 ok`; continued where the screen ends. */
static void
put_counts(const struct text *text, size_t width, struct buf *out)
{
	size_t start = out->len;
	struct buf item = { 0 };
	char mark = ':';

	buf_printf(out, "%zu case%s", text->n, text->n == 1 ? "" : "s");
	for (int i = 0; i < VERDICTS; i++) {
		if (!text->count[i])
			continue;
		item.len = 0;
		buf_printf(&item, "%zu %s", text->count[i], verdict_names[i]);
		buf_putc(out, mark);
		mark = ',';
		if (width && out->len - start + item.len + 2 > width) {
			buf_puts(out, "\n ");
			start = out->len - 1;
		}
		buf_putc(out, ' ');
		buf_span(out, buf_text(&item));
	}
	buf_putc(out, '\n');
	buf_release(&item);
}

static void
put_budgets(const struct sla_run *run, struct buf *out)
{
	for (size_t i = 0; i < run->n_budgets; i++) {
		sla_say_budget(out, &run->budget[i]);
		buf_puts(out, run->budget[i].holds ? ", holds\n" : ", does not hold\n");
	}
}

/* What the gate knows beyond the rows. */
static void
put_footer(const struct text *text, const struct sla_run *run, size_t width,
	struct buf *out)
{
	put_counts(text, width, out);
	if (run->n_known)
		buf_printf(out, "%zu clock%s over in the baseline already\n", run->n_known,
			run->n_known == 1 ? " was" : "s were");
	put_budgets(run, out);
	for (int i = 0; i < TROUBLES; i++)
		if (sla_say_trouble(out, (enum sla_trouble)i, run, text->unlisted))
			buf_putc(out, '\n');
}

static unsigned
columns_of(const struct sla_run *run)
{
	unsigned columns = COLUMN(COLUMN_BASELINE) - 1;

	columns |= run->n_known ? COLUMN(COLUMN_BASELINE) : 0;
	columns |= run->rejudge ? COLUMN(COLUMN_REJUDGED) : 0;
	return columns | (run->subject ? COLUMN(COLUMN_SUBJECT) : 0);
}

static void
put_statements(const struct text *text, struct buf *out)
{
	size_t before = out->len;

	for (size_t i = 0; i < text->n; i++)
		buf_span(out, buf_text(&text->row[i].statement));
	if (out->len > before)
		buf_printf(out, "\nTimes are those of the calendars, by zone data %s.\n",
			zone_data_version());
}

/* Cron mails what is said: nothing, where nobody needs to do anything. */
static bool
keeps_quiet(const struct sla_sink *sink)
{
	const struct sla_run *run = sink->run;

	return run->quiet && !sink->path && run->answer == 0 && run->whole && !run->n_refused;
}

static void
put(const struct sla_sink *sink, const struct text *text)
{
	const struct sla_run *run = sink->run;
	size_t width = width_of(sink);

	if (text->n) {
		qsort(text->row, text->n, sizeof *text->row,
			run->horizon ? by_limit : worst_first);
		text_table_put(text->row, text->n, columns_of(run), width, sink->out);
	}
	put_footer(text, run, width, sink->out);
	if (run->explain)
		put_statements(text, sink->out);
}

static void
end(struct sla_sink *sink)
{
	struct text *text = sink->state;

	if (!keeps_quiet(sink))
		put(sink, text);
	for (size_t i = 0; i < text->n; i++) {
		for (size_t k = 0; k < COLUMNS; k++)
			free(text->row[i].cell[k]);
		buf_release(&text->row[i].statement);
	}
	free(text->row);
}

const struct sla_format sla_text = {
	.name = "text",
	.gate = GATE_BREACHED,
	.counts_all = true,
	.takes_subject = true,
	.takes_horizon = true,
	.takes_explain = true,
	.takes_rejudge = true,
	.state_size = sizeof(struct text),
	.add = add,
	.end = end,
};
