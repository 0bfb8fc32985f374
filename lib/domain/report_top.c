#include "domain/report_top.h"

#include <stdlib.h>

#include "base/mem.h"

void
top_init(struct top *top, size_t limit)
{
	*top = (struct top){ .limit = limit };
}

static void
row_release(struct top_row *row)
{
	free((char *)row->id.p);
	note_free(row->note);
}

void
top_release(struct top *top)
{
	for (size_t i = 0; i < top->n; i++)
		row_release(&top->row[i]);
	free(top->row);
	*top = (struct top){ 0 };
}

/* Rows that differ in nothing are the same row, in whatever order they come. */
static bool
stands_before(const struct top_row *a, const struct top_row *b)
{
	int order;

	if (a->key != b->key)
		return a->key > b->key;
	order = span_order(a->id, b->id);
	if (order != 0)
		return order < 0;
	if (a->weight != b->weight)
		return a->weight > b->weight;
	if (a->why != b->why)
		return a->why > b->why;
	return note_order(a->note, b->note) < 0;
}

void
top_offer(struct top *top, const struct top_row *row)
{
	size_t at = top->n;

	while (at > 0 && stands_before(row, &top->row[at - 1]))
		at--;
	if (at == top->limit)
		return;
	if (top->n == top->cap) {
		top->cap = mem_grow_small(top->cap, top->n + 1);
		top->row = mem_resize(top->row, top->cap * sizeof *top->row);
	}
	memmove(&top->row[at + 1], &top->row[at],
		(top->n - at) * sizeof *top->row);
	top->row[at] = *row;
	top->row[at].id.p = mem_copy(row->id.p, row->id.n);
	top->row[at].note = note_copy(row->note);
	top->n++;
	if (top->n > top->limit)
		row_release(&top->row[--top->n]);
}

void
top_merge(struct top *top, const struct top *other)
{
	for (size_t i = 0; i < other->n; i++)
		top_offer(top, &other->row[i]);
}
