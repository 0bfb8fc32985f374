#include "base/scan_keys.h"

#include <stdlib.h>

/* Up to so many, each new name is compared with those before it. */
#define FEW_KEYS 32

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

/* A bit that two equal names share, and most different ones do not. */
static uint64_t
name_bit(const char *p, uint32_t n)
{
	uint32_t mix = n;

	if (n) {
		mix += (uint32_t)(unsigned char)p[0] * 7 +
		       (uint32_t)(unsigned char)p[n / 2] * 11 +
		       (uint32_t)(unsigned char)p[n - 1] * 29;
	}
	return UINT64_C(1) << (mix & 63);
}

static bool
is_twin(const struct scan *scan, uint32_t a, uint32_t b)
{
	const struct scan_node *x = &scan->node[a], *y = &scan->node[b];

	return x->key_len == y->key_len &&
	       memcmp(scan->text + x->key, scan->text + y->key, x->key_len) == 0;
}

bool
keys_add(struct keys *keys, const struct scan *scan, uint32_t at, uint32_t member)
{
	const struct scan_node *node = scan->node;
	uint64_t bit = name_bit(scan->text + node[member].key, node[member].key_len);

	if (node[member].key_escaped || node[at].count > FEW_KEYS)
		keys->sort = true;
	if (keys->sort)
		return false;
	if (keys->seen & bit) {
		for (uint32_t m = at + 1; m != member; m = node[m].next) {
			if (is_twin(scan, m, member))
				return true;
		}
	}
	keys->seen |= bit;
	return false;
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
static uint32_t
sort_for_twin(const struct scan *scan, uint32_t at)
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

uint32_t
keys_end(const struct keys *keys, const struct scan *scan, uint32_t at)
{
	return keys->sort ? sort_for_twin(scan, at) : 0;
}
