#include <stdlib.h>

#include "cli/report_page_index.h"

struct page_entry {
	struct span name;
	uint32_t node;
};

static int
entry_order(const void *a, const void *b)
{
	return span_order(((const struct page_entry *)a)->name,
		((const struct page_entry *)b)->name);
}

void
page_index_init(struct page_index *index, const struct scan *scan, uint32_t list,
	page_name_fn name, struct arena *arena, const void *ctx)
{
	size_t n = 0;

	*index = (struct page_index){ 0 };
	if (list == PAGE_NONE)
		return;
	index->entry = arena_alloc(arena, (scan->node[list].count + 1) * sizeof *index->entry);
	for (uint32_t at = scan_first(scan, list); at; at = scan->node[at].next)
		index->entry[n++] = (struct page_entry){ name(scan, at, arena, ctx), at };
	index->n = n;
	qsort(index->entry, n, sizeof *index->entry, entry_order);
}

uint32_t
page_index_find(const struct page_index *index, struct span name)
{
	struct page_entry key = { name, 0 };
	const struct page_entry *found = !index->n ? NULL
		: bsearch(&key, index->entry, index->n, sizeof key, entry_order);

	return found ? found->node : PAGE_NONE;
}

/* Without another side there is nothing to look up. */
void
page_each(const struct scan *scan, struct page_sides lists, page_name_fn name,
	struct arena *arena, const void *name_ctx, page_each_fn fn, void *ctx)
{
	const uint32_t list[] = { lists.change, lists.now, lists.previous };
	struct page_index index[3] = { 0 };
	bool compared = lists.change != PAGE_NONE || lists.previous != PAGE_NONE;

	for (size_t i = 0; compared && i < 3; i++)
		page_index_init(&index[i], scan, list[i], name, arena, name_ctx);
	for (size_t i = 0; i < 3; i++)
		for (uint32_t at = list[i] == PAGE_NONE ? 0 : scan_first(scan, list[i]); at;
			at = scan->node[at].next) {
			struct span called = name(scan, at, arena, name_ctx);
			struct page_sides sides = { at, PAGE_NONE, PAGE_NONE };
			bool seen = false;

			for (size_t j = 0; j < i; j++)
				seen = seen || page_index_find(&index[j], called) != PAGE_NONE;
			if (compared)
				sides = (struct page_sides){ page_index_find(&index[1], called),
					page_index_find(&index[2], called),
					page_index_find(&index[0], called) };
			if (!seen)
				fn(ctx, called, sides);
		}
}
