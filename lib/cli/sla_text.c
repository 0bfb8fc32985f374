/*
 * The table for a terminal, the worst first, with a line that counts.  Rows
 * are kept until the end, so that they can be sorted.
 */
#include "cli/sla_format.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "cli/spell.h"
#include "cli/table.h"

enum column {
	COLUMN_ID,
	COLUMN_STATE,
	COLUMN_TIER,
	COLUMN_VERDICT,
	COLUMN_CLOCK,
	COLUMN_LEFT,
	COLUMN_LIMIT,
	COLUMN_SUBJECT,
	COLUMNS
};

static const struct table_column columns[COLUMNS] = {
	[COLUMN_ID] = { "CASE", ALIGN_LEFT, false },
	[COLUMN_STATE] = { "STATE", ALIGN_LEFT, false },
	[COLUMN_TIER] = { "TIER", ALIGN_RIGHT, false },
	[COLUMN_VERDICT] = { "VERDICT", ALIGN_LEFT, false },
	[COLUMN_CLOCK] = { "CLOCK", ALIGN_LEFT, false },
	[COLUMN_LEFT] = { "LEFT", ALIGN_RIGHT, false },
	[COLUMN_LIMIT] = { "LIMIT", ALIGN_LEFT, false },
	[COLUMN_SUBJECT] = { "SUBJECT", ALIGN_LEFT, true },
};

struct row {
	enum verdict verdict;
	int64_t limit_at;  /* INT64_MAX: none, last */
	size_t place;      /* ties stay in input order */
	char *cell[COLUMNS];
};

struct text {
	struct row *row;
	size_t n, cap;
	size_t count[VERDICTS];
};

static char *
copy_span(struct span text)
{
	return mem_copy(text.p, text.n);
}

static char *
spell_left(const struct clock_verdict *worst, int64_t at)
{
	const struct clock *clock = worst->clock;
	struct buf text = { 0 };
	char *copy;

	if (worst->has_left && worst->left == 0 && worst->left_wall != 0) {
		spell_seconds(&text, worst->left_wall);
		buf_puts(&text, " wall");
	} else if (worst->has_left) {
		spell_between(&text, clock, clock->state == CLOCK_HELD ? clock->held_at : at,
			clock->limit_at);
	}
	copy = copy_span(buf_text(&text));
	buf_release(&text);
	return copy;
}

static char *
spell_instant(int64_t at)
{
	char text[INSTANT_SIZE] = "";

	if (at != INSTANT_NONE)
		instant_format(at, text);
	return mem_copy(text, strlen(text));
}

static char *
spell_tier(int tier)
{
	struct buf text = { 0 };
	char *copy;

	if (tier)
		buf_int(&text, tier);
	copy = copy_span(buf_text(&text));
	buf_release(&text);
	return copy;
}

static void
fill_worst(struct row *row, const struct clock_verdict *worst, int64_t at)
{
	const struct clock *clock = worst->clock;

	row->cell[COLUMN_CLOCK] = copy_span(span_of(clock_names[clock->id]));
	row->cell[COLUMN_LEFT] = spell_left(worst, at);
	row->cell[COLUMN_LIMIT] = spell_instant(clock->limit_at);
	if (clock->limit_at != INSTANT_NONE)
		row->limit_at = clock->limit_at;
}

static struct row *
new_row(struct text *text, const struct sla *sla)
{
	struct row *row;

	if (text->n == text->cap) {
		text->cap = mem_grow(text->cap, text->n + 1);
		text->row = mem_resize(text->row, text->cap * sizeof *text->row);
	}
	row = &text->row[text->n];
	*row = (struct row){ .verdict = sla->verdict.verdict, .limit_at = INT64_MAX,
		.place = text->n++ };
	text->count[sla->verdict.verdict]++;
	return row;
}

/* The clock that the row tells of. */
static const struct clock_verdict *
shown(const struct sla *sla)
{
	return sla->horizon ? sla->horizon->breach[0] : sla->verdict.worst;
}

static void
add(struct sla_sink *sink, const struct sla_case *entry)
{
	const struct sla *sla = entry->sla;
	const struct fold *fold = sla->fold;
	struct value subject = fold->form[FIELD_SUBJECT];
	struct row *row = new_row(sink->state, sla);

	row->cell[COLUMN_ID] = copy_span(sla->record->id);
	row->cell[COLUMN_STATE] = copy_span(span_of(state_names[fold->state]));
	row->cell[COLUMN_TIER] = spell_tier(fold->tier);
	row->cell[COLUMN_VERDICT] = copy_span(span_of(verdict_names[sla->verdict.verdict]));
	if (shown(sla))
		fill_worst(row, shown(sla), sla->at);
	if (sink->run->subject && subject.node)
		row->cell[COLUMN_SUBJECT] =
			copy_span(scan_text(subject.scan, subject.node, fold->arena));
}

static int
worst_first(const void *a, const void *b)
{
	const struct row *x = a, *y = b;

	if (x->verdict != y->verdict)
		return x->verdict < y->verdict ? -1 : 1;
	if (x->limit_at != y->limit_at)
		return x->limit_at < y->limit_at ? -1 : 1;
	return x->place < y->place ? -1 : 1;
}

/* `7 cases: 1 breached, 2 risk, 4 ok` */
static void
put_counts(const struct text *text, struct buf *out)
{
	const char *mark = ": ";

	buf_printf(out, "%zu case%s", text->n, text->n == 1 ? "" : "s");
	for (int i = 0; i < VERDICTS; i++) {
		if (!text->count[i])
			continue;
		buf_printf(out, "%s%zu %s", mark, text->count[i], verdict_names[i]);
		mark = ", ";
	}
	buf_putc(out, '\n');
}

static void
put_table(const struct sla_sink *sink, const struct text *text)
{
	size_t n = sink->run->subject ? COLUMNS : COLUMN_SUBJECT;
	struct table table;

	qsort(text->row, text->n, sizeof *text->row, worst_first);
	table_init(&table, columns, n);
	for (size_t i = 0; i < text->n; i++)
		for (size_t k = 0; k < n; k++)
			table_cell(&table, span_of(text->row[i].cell[k]));
	table_put(&table, sink->run->width, sink->out);
	table_end(&table);
}

static void
end(struct sla_sink *sink)
{
	struct text *text = sink->state;

	if (text->n)
		put_table(sink, text);
	put_counts(text, sink->out);
	for (size_t i = 0; i < text->n; i++)
		for (size_t k = 0; k < COLUMNS; k++)
			free(text->row[i].cell[k]);
	free(text->row);
}

const struct sla_format sla_text = {
	.name = "text",
	.gate = GATE_BREACHED,
	.takes_subject = true,
	.takes_horizon = true,
	.takes_explain = true,
	.state_size = sizeof(struct text),
	.add = add,
	.end = end,
};
