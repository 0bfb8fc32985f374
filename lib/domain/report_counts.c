#include "domain/report_counts.h"

#include <stdlib.h>

#include "base/mem.h"

static int
row_order(const struct count *row, int64_t number, struct span text)
{
	if (row->number != number)
		return row->number < number ? -1 : 1;
	return span_order((struct span){ row->text, row->len }, text);
}

/* The place of a value among the rows, or where it would stand. */
static size_t
row_place(const struct counts *counts, int64_t number, struct span text)
{
	size_t low = 0, high = counts->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (row_order(counts->row[mid], number, text) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static struct count *
row_new(int64_t number, struct span text)
{
	struct count *row = mem_alloc(sizeof *row);

	*row = (struct count){ .number = number, .len = text.n,
		.text = text.p ? mem_copy(text.p, text.n) : NULL };
	return row;
}

static void
row_insert(struct counts *counts, size_t at, int64_t number, struct span text)
{
	if (counts->n == counts->cap) {
		counts->cap = mem_grow(counts->cap, counts->n + 1);
		counts->row = mem_resize(counts->row,
			counts->cap * sizeof(struct count *));
	}
	memmove(&counts->row[at + 1], &counts->row[at],
		(counts->n - at) * sizeof(struct count *));
	counts->row[at] = row_new(number, text);
	counts->n++;
}

static void
count(struct counts *counts, int64_t number, struct span text, uint64_t n)
{
	size_t at = row_place(counts, number, text);

	if (n == 0)
		return;
	if (at == counts->n || row_order(counts->row[at], number, text) != 0)
		row_insert(counts, at, number, text);
	counts->row[at]->n += n;
}

void
counts_number(struct counts *counts, int64_t number, uint64_t n)
{
	count(counts, number, (struct span){ NULL, 0 }, n);
}

void
counts_text(struct counts *counts, struct span text, uint64_t n)
{
	count(counts, 0, text.p ? text : span_of(""), n);
}

void
counts_merge(struct counts *counts, const struct counts *other)
{
	for (size_t i = 0; i < other->n; i++)
		count(counts, other->row[i]->number,
			(struct span){ other->row[i]->text, other->row[i]->len },
			other->row[i]->n);
}

void
counts_release(struct counts *counts)
{
	for (size_t i = 0; i < counts->n; i++) {
		free(counts->row[i]->text);
		free(counts->row[i]);
	}
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
