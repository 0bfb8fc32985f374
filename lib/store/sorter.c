#include "store/sorter.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/spool.h"

#define WINDOW_MOST ((size_t)64 << 10) /* of one run, while runs are merged */

/* Entries in the file from `at` to `end`, the first of them in the window. */
struct run {
	int64_t at, end;
	char *window;
	size_t next, have; /* entries */
};

struct sorter {
	size_t size, most;
	sorter_order_fn order;
	char *entry;       /* in memory */
	size_t n, next;
	int fd;            /* -1: all is in memory */
	int64_t written;
	struct run *run;
	size_t n_runs, cap_runs;
	struct run **heap; /* the run with the first entry on top */
	size_t n_heap;
};

struct sorter *
sorter_new(size_t size, size_t memory, sorter_order_fn order)
{
	struct sorter *sorter = mem_zero(sizeof *sorter);

	sorter->size = size;
	sorter->most = memory / size ? memory / size : 1;
	sorter->order = order;
	sorter->fd = -1;
	return sorter;
}

void
sorter_free(struct sorter *sorter)
{
	if (!sorter)
		return;
	for (size_t i = 0; i < sorter->n_runs; i++)
		free(sorter->run[i].window);
	if (sorter->fd >= 0)
		close(sorter->fd);
	free(sorter->run);
	free(sorter->heap);
	free(sorter->entry);
	free(sorter);
}

static void
sort_memory(struct sorter *sorter)
{
	if (sorter->n)
		qsort(sorter->entry, sorter->n, sorter->size, sorter->order);
}

static int
write_run(struct sorter *sorter, struct err *err)
{
	size_t bytes = sorter->n * sorter->size;

	if (sorter->fd < 0)
		sorter->fd = spool_file(NULL, err);
	sort_memory(sorter);
	if (sorter->fd < 0 ||
		spool_file_write(sorter->fd, sorter->entry, bytes, sorter->written, err) < 0)
		return -1;
	if (sorter->n_runs == sorter->cap_runs) {
		sorter->cap_runs = mem_grow(sorter->cap_runs, sorter->n_runs + 1);
		sorter->run = mem_resize(sorter->run, sorter->cap_runs * sizeof *sorter->run);
	}
	sorter->run[sorter->n_runs++] = (struct run){ .at = sorter->written,
		.end = sorter->written + (int64_t)bytes };
	sorter->written += (int64_t)bytes;
	sorter->n = 0;
	return 0;
}

int
sorter_put(struct sorter *sorter, const void *entry, struct err *err)
{
	if (sorter->n == sorter->most && write_run(sorter, err) < 0)
		return -1;
	if (!sorter->entry)
		sorter->entry = mem_alloc(sorter->most * sorter->size);
	memcpy(sorter->entry + sorter->n++ * sorter->size, entry, sorter->size);
	return 0;
}

/* The next entries of a run.  1; 0: it is at its end; -1. */
static int
fill(const struct sorter *sorter, struct run *run, struct err *err)
{
	size_t bytes = WINDOW_MOST / sorter->size * sorter->size;

	if (bytes == 0)
		bytes = sorter->size;
	if ((int64_t)bytes > run->end - run->at)
		bytes = (size_t)(run->end - run->at);
	if (bytes == 0)
		return 0;
	if (!run->window)
		run->window = mem_alloc(bytes);
	if (spool_file_read(sorter->fd, run->window, bytes, run->at, err) < 0)
		return -1;
	run->at += (int64_t)bytes;
	run->next = 0;
	run->have = bytes / sorter->size;
	return 1;
}

static const char *
first_entry(const struct sorter *sorter, size_t i)
{
	const struct run *run = sorter->heap[i];

	return run->window + run->next * sorter->size;
}

static bool
is_before(const struct sorter *sorter, size_t a, size_t b)
{
	return sorter->order(first_entry(sorter, a), first_entry(sorter, b)) < 0;
}

static void
sink(struct sorter *sorter, size_t i)
{
	for (;;) {
		size_t least = i, left = 2 * i + 1;
		struct run *run;

		for (size_t k = left; k < left + 2 && k < sorter->n_heap; k++)
			if (is_before(sorter, k, least))
				least = k;
		if (least == i)
			return;
		run = sorter->heap[i];
		sorter->heap[i] = sorter->heap[least];
		sorter->heap[least] = run;
		i = least;
	}
}

int
sorter_sort(struct sorter *sorter, struct err *err)
{
	if (sorter->fd < 0) {
		sort_memory(sorter);
		return 0;
	}
	if (sorter->n && write_run(sorter, err) < 0)
		return -1;
	free(sorter->entry);
	sorter->entry = NULL;
	sorter->heap = mem_alloc(sorter->n_runs * sizeof(struct run *));
	for (size_t i = 0; i < sorter->n_runs; i++) {
		if (fill(sorter, &sorter->run[i], err) < 0)
			return -1;
		sorter->heap[sorter->n_heap++] = &sorter->run[i];
	}
	for (size_t i = sorter->n_heap / 2; i-- > 0;)
		sink(sorter, i);
	return 0;
}

static int
next_in_memory(struct sorter *sorter, void *entry)
{
	if (sorter->next == sorter->n)
		return 0;
	memcpy(entry, sorter->entry + sorter->next++ * sorter->size, sorter->size);
	return 1;
}

int
sorter_next(struct sorter *sorter, void *entry, struct err *err)
{
	struct run *run;
	int more = 1;

	if (sorter->fd < 0)
		return next_in_memory(sorter, entry);
	if (sorter->n_heap == 0)
		return 0;
	run = sorter->heap[0];
	memcpy(entry, run->window + run->next++ * sorter->size, sorter->size);
	if (run->next == run->have)
		more = fill(sorter, run, err);
	if (more == 0)
		sorter->heap[0] = sorter->heap[--sorter->n_heap];
	sink(sorter, 0);
	return more < 0 ? -1 : 1;
}
