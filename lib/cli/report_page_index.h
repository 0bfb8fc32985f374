/*
 * report_page_index: the members of an object, or the rows of a list, found
 * by name: a report may have as many values as cases, on three sides.
 * Order: page_index_init, page_index_find.  All is the arena's.
 */
#ifndef ESC_CLI_REPORT_PAGE_INDEX_H
#define ESC_CLI_REPORT_PAGE_INDEX_H

#include "cli/report_page.h"

/* What a node of the list is called; lives as long as the arena. */
typedef struct span (*page_name_fn)(const struct scan *scan, uint32_t at,
	struct arena *arena, const void *ctx);

struct page_index {
	struct page_entry *entry; /* by name */
	size_t n;
};

/* A list that is PAGE_NONE has no names. */
void page_index_init(struct page_index *index, const struct scan *scan, uint32_t list,
	page_name_fn name, struct arena *arena, const void *ctx);

/* PAGE_NONE where there is none. */
uint32_t page_index_find(const struct page_index *index, struct span name);

/*
 * Calls for each name of the change, in its order, then for what only one
 * side has: a rate that the other lacks has no change.
 */
typedef void (*page_each_fn)(void *ctx, struct span name, struct page_sides at);

void page_each(const struct scan *scan, struct page_sides lists, page_name_fn name,
	struct arena *arena, const void *name_ctx, page_each_fn fn, void *ctx);

#endif
