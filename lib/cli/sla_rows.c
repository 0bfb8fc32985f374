#include "cli/sla_rows.h"

#include <stdlib.h>

#include "base/instant.h"
#include "base/utf8.h"
#include "domain/clock_name.h"

void
sla_rows_init(struct sla_rows *rows, size_t most)
{
	*rows = (struct sla_rows){ .most = most };
}

/* No limit is the latest. */
static int64_t
limit_rank(const struct sla_row *row)
{
	return row->limit_at == INSTANT_NONE ? INT64_MAX : row->limit_at;
}

static int
worst_first(const void *a, const void *b)
{
	const struct sla_row *x = a, *y = b;
	bool x_fails = x->outcome == OUTCOME_FAILS, y_fails = y->outcome == OUTCOME_FAILS;

	if (x_fails != y_fails)
		return x_fails ? -1 : 1;
	if (x->verdict != y->verdict)
		return x->verdict < y->verdict ? -1 : 1;
	if (limit_rank(x) != limit_rank(y))
		return limit_rank(x) < limit_rank(y) ? -1 : 1;
	return x->place < y->place ? -1 : 1;
}

static void
release_row(struct sla_row *row)
{
	for (size_t i = 0; i < ROW_TEXTS; i++)
		free(row->text[i]);
}

void
sla_rows_sort(struct sla_rows *rows)
{
	if (rows->n)
		qsort(rows->row, rows->n, sizeof *rows->row, worst_first);
	while (rows->n > rows->most)
		release_row(&rows->row[--rows->n]);
	rows->full = rows->n == rows->most;
}

static char *
take(struct buf *text)
{
	return text->len ? mem_copy(text->data, text->len) : mem_copy("", 0);
}

static void
fill(struct sla_row *row, const struct sla_run *run, const struct sla *sla,
	const struct clock_verdict *clock)
{
	struct buf text[ROW_TEXTS] = { 0 };

	sla_say_id(&text[ROW_CASE], sla);
	clock_name_short(&text[ROW_CLOCK], clock->clock);
	utf8_display(&text[ROW_POLICY], span_of(sla->fold->policy->name));
	sla_say_clock(&text[ROW_SAID], clock, sla->at);
	sla_say_left(&text[ROW_LEFT], clock, sla->at);
	if (run->subject)
		sla_say_subject(&text[ROW_SUBJECT], sla);
	for (size_t i = 0; i < ROW_TEXTS; i++) {
		row->text[i] = take(&text[i]);
		buf_release(&text[i]);
	}
}

/* Twice as many as are asked for, so that sorting stays rare. */
static void
make_room(struct sla_rows *rows)
{
	if (rows->n < 2 * rows->most) {
		rows->room = mem_grow(rows->room, rows->n + 1);
		rows->row = mem_resize(rows->row, rows->room * sizeof *rows->row);
		return;
	}
	sla_rows_sort(rows);
}

void
sla_rows_add(struct sla_rows *rows, const struct sla_run *run, const struct sla_case *entry,
	size_t i)
{
	const struct clock_verdict *clock = &entry->sla->verdict.clock[i];
	struct sla_row row = {
		.outcome = sla_outcome(entry->mark[i], clock->verdict),
		.verdict = clock->verdict,
		.clock = clock->clock->id,
		.limit_at = clock->clock->limit_at,
		.place = rows->seen++,
	};

	if (rows->full && worst_first(&rows->row[rows->most - 1], &row) < 0)
		return;
	fill(&row, run, entry->sla, clock);
	if (rows->n == rows->room || rows->n == 2 * rows->most)
		make_room(rows);
	rows->row[rows->n++] = row;
}

void
sla_rows_add_case(struct sla_rows *rows, const struct sla_run *run,
	const struct sla_case *entry)
{
	for (size_t i = 0; entry->listed && i < entry->sla->verdict.n; i++)
		if (sla_is_test(&entry->sla->verdict.clock[i]))
			sla_rows_add(rows, run, entry, i);
}

void
sla_rows_release(struct sla_rows *rows)
{
	for (size_t i = 0; i < rows->n; i++)
		release_row(&rows->row[i]);
	free(rows->row);
	*rows = (struct sla_rows){ 0 };
}
