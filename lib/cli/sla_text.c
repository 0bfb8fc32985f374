/*
 * For people: a table, the worst first, a line that counts, and what else
 * must be known; with --explain a statement of each clock's time.  Rows are
 * kept until the end, so that they can be sorted.
 */
#include "cli/sla_text_work.h"

#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "cli/sla_say.h"
#include "cli/sla_statement.h"

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

/* Whose it is, and what others call it. */
static void
fill_short(struct text *text, struct text_row *row, enum text_column column, struct span value)
{
	struct buf cell = { 0 };

	if (!value.n)
		return;
	text->some |= COLUMN(column);
	sla_say_short(&cell, value);
	row->cell[column] = take(&cell);
}

static void
fill_people(struct text *text, struct text_row *row, const struct fold *fold)
{
	struct value number = fold->form[FIELD_CASE_NUMBER];

	fill_short(text, row, COLUMN_ASSIGNEE, fold->assignee);
	if (number.node)
		fill_short(text, row, COLUMN_NUMBER,
			scan_text(number.scan, number.node, fold->arena));
}

static void
fill_case(struct text_row *row, const struct sla_case *entry)
{
	const struct sla *sla = entry->sla;
	const struct fold *fold = sla->fold;
	struct buf id = { 0 }, tier = { 0 };

	sla_say_id(&id, sla);
	if (fold->tier)
		buf_int(&tier, fold->tier);
	row->cell[COLUMN_ID] = take(&id);
	row->cell[COLUMN_STATE] = copy_span(span_of(state_names[fold->state]));
	row->cell[COLUMN_TIER] = take(&tier);
	row->cell[COLUMN_VERDICT] = copy_span(span_of(verdict_names[row->verdict]));
	row->cell[COLUMN_BASELINE] = copy_span(span_of(spell_mark(entry)));
	if (sla->rejudged)
		row->cell[COLUMN_REJUDGED] =
			copy_span(span_of(verdict_names[sla->rejudged->verdict]));
}

static void
note_others(struct text *text, const struct sla_case *entry)
{
	const struct case_verdict *all = &entry->sla->verdict;
	const struct clock_verdict *told = shown(entry->sla);

	if (told && entry->mark[told - all->clock] == SLA_FAILS)
		return;
	for (size_t i = 0; i < all->n; i++) {
		if (entry->mark[i] != SLA_FAILS || text->n_others++ >= TEXT_OTHERS_MOST)
			continue;
		buf_puts(&text->others, "  ");
		sla_say_name(&text->others, entry->sla, all->clock[i].clock);
		buf_printf(&text->others, ": %s\n", verdict_names[all->clock[i].verdict]);
	}
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
	note_others(text, entry);
	row = new_row(text, shown(sla) ? shown(sla)->verdict : sla->verdict.verdict);
	fill_case(row, entry);
	fill_people(text, row, sla->fold);
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

static unsigned
columns_of(const struct text *text, const struct sla_run *run)
{
	unsigned columns = (COLUMN(COLUMN_BASELINE) - 1) | text->some;

	columns |= run->baseline ? COLUMN(COLUMN_BASELINE) : 0;
	columns |= run->rejudge ? COLUMN(COLUMN_REJUDGED) : 0;
	return columns | (run->subject ? COLUMN(COLUMN_SUBJECT) : 0);
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
		sla_text_table_put(text->row, text->n, columns_of(text, run), width, sink->out);
	}
	text_foot(text, run, width, sink->out);
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
	buf_release(&text->others);
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
