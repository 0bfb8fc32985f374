/*
 * sorter: entries of one size in order, in bounded memory: what does not fit
 * goes into an unlinked temporary file as sorted runs, which are merged.
 * Order: sorter_new, sorter_put..., sorter_sort, sorter_next..., sorter_free.
 */
#ifndef ESC_STORE_SORTER_H
#define ESC_STORE_SORTER_H

#include <stddef.h>

#include "base/err.h"

#define SORTER_MEMORY ((size_t)8 << 20)

struct sorter;

typedef int (*sorter_order_fn)(const void *a, const void *b);

/* Entries of `size` bytes, at most `memory` of them at a time (SORTER_MEMORY). */
struct sorter *sorter_new(size_t size, size_t memory, sorter_order_fn order);

/* 0; -1 with EX_IOERR. */
int sorter_put(struct sorter *sorter, const void *entry, struct err *err);
int sorter_sort(struct sorter *sorter, struct err *err);

/* 1 and the next entry; 0 after the last; -1 with EX_IOERR. */
int sorter_next(struct sorter *sorter, void *entry, struct err *err);
void sorter_free(struct sorter *sorter);

#endif
