#include "base/scan_keys.h"

#include <stdlib.h>

/* A decoded name and the member it belongs to. */
struct key {
	struct span name;
	uint32_t at;
};

/* By length first: most pairs differ there.  Equal names in tape order. */
static int
key_order(const void *a, const void *b)
{
	const struct key *x = a, *y = b;
	int order;

	if (x->name.n != y->name.n)
		return x->name.n < y->name.n ? -1 : 1;
	order = x->name.n ? memcmp(x->name.p, y->name.p, x->name.n) : 0;
	if (order)
		return order;
	return (x->at > y->at) - (x->at < y->at);
}

static uint32_t
least_twin(const struct key *key, uint32_t n)
{
	uint32_t found = 0;

	for (uint32_t i = 1; i < n; i++) {
		if (span_eq(key[i - 1].name, key[i].name) &&
		        (!found || key[i].at < found))
			found = key[i].at;
	}
	return found;
}

/* Sorted, not hashed: no choice of names makes it quadratic. */
uint32_t
keys_find_twin(const struct scan *scan, uint32_t at)
{
	uint32_t n = scan->node[at].count, i = 0, found;
	struct key *key = mem_alloc(n * sizeof *key);
	struct arena arena;

	arena_init(&arena);
	for (uint32_t m = scan_first(scan, at); m; m = scan->node[m].next) {
		key[i++] = (struct key){ scan_key(scan, m, &arena), m };
	}
	qsort(key, n, sizeof *key, key_order);
	found = least_twin(key, n);
	arena_release(&arena);
	free(key);
	return found;
}
