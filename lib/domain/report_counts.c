#include "domain/report_counts.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/tree.h"

static int
order(const void *a, const void *b)
{
	const struct count *x = a, *y = b;

	if (x->number != y->number)
		return x->number < y->number ? -1 : 1;
	return span_order((struct span){ x->text, x->len },
		(struct span){ y->text, y->len });
}

static int
row_order(const void *a, const void *b)
{
	return order(*(const struct count *const *)a, *(const struct count *const *)b);
}

static struct count *
row_new(struct counts *counts, const struct count *value)
{
	struct count *row = mem_alloc(sizeof *row);

	*row = (struct count){ .number = value->number, .len = value->len,
		.text = value->text ? mem_copy(value->text, value->len) : NULL };
	if (counts->n == counts->cap) {
		counts->cap = mem_grow_small(counts->cap, counts->n + 1);
		counts->row = mem_resize(counts->row,
			counts->cap * sizeof(struct count *));
	}
	counts->row[counts->n++] = row;
	return row;
}

/* The tree holds the value while it looks, and then the row made of it. */
static void
count(struct counts *counts, struct count value, uint64_t n)
{
	struct count *row;
	void **slot;

	if (n == 0)
		return;
	slot = tree_slot(&counts->tree, &value, order);
	row = *slot;
	if (row == &value)
		*slot = row = row_new(counts, &value);
	row->n += n;
}

void
counts_number(struct counts *counts, int64_t number, uint64_t n)
{
	count(counts, (struct count){ .number = number }, n);
}

void
counts_text(struct counts *counts, struct span text, uint64_t n)
{
	if (!text.p)
		text = span_of("");
	count(counts, (struct count){ .text = (char *)(uintptr_t)text.p, .len = text.n }, n);
}

void
counts_merge(struct counts *counts, const struct counts *other)
{
	for (size_t i = 0; i < other->n; i++)
		count(counts, *other->row[i], other->row[i]->n);
}

void
counts_sort(const struct counts *counts)
{
	if (counts->n > 1)
		qsort(counts->row, counts->n, sizeof *counts->row, row_order);
}

static void
row_free(void *row)
{
	free(((struct count *)row)->text);
	free(row);
}

void
counts_release(struct counts *counts)
{
	tree_release(&counts->tree, row_free);
	free(counts->row);
	*counts = (struct counts){ 0 };
}

uint64_t
counts_total(const struct counts *counts)
{
	uint64_t total = 0;

	for (size_t i = 0; i < counts->n; i++)
		total += counts->row[i]->n;
	return total;
}
