#include "domain/same.h"

/* FNV-1a, 64 bits: http://www.isthe.com/chongo/tech/comp/fnv/ */
#define BASIS UINT64_C(0xcbf29ce484222325)
#define PRIME UINT64_C(0x100000001b3)

static uint64_t hash_node(const struct scan *scan, uint32_t at, const char *const *aside,
	struct arena *arena);

static uint64_t
hash_bytes(uint64_t hash, const void *bytes, size_t n)
{
	const unsigned char *p = bytes;

	for (size_t i = 0; i < n; i++)
		hash = (hash ^ p[i]) * PRIME;
	return hash;
}

static uint64_t
hash_text(struct span text)
{
	return hash_bytes(BASIS, text.p, text.n);
}

static uint64_t
hash_number(const struct scan *scan, uint32_t at)
{
	double value = same_number(scan, at) + 0.0; /* of -0 and 0 one */

	return hash_bytes(BASIS, &value, sizeof value);
}

/* A sum: members stand in any order. */
static uint64_t
hash_object(const struct scan *scan, uint32_t object, const char *const *aside,
	struct arena *arena)
{
	uint64_t sum = 0;

	for (uint32_t at = scan_first(scan, object); at; at = scan->node[at].next) {
		struct span name = scan_key(scan, at, arena);
		uint64_t member = hash_node(scan, at, NULL, arena);

		if (!same_is_aside(aside, name))
			sum += hash_bytes(hash_text(name), &member, sizeof member);
	}
	return sum;
}

static uint64_t
hash_list(const struct scan *scan, uint32_t list, struct arena *arena)
{
	uint64_t hash = BASIS;

	for (uint32_t at = scan_first(scan, list); at; at = scan->node[at].next) {
		uint64_t element = hash_node(scan, at, NULL, arena);

		hash = hash_bytes(hash, &element, sizeof element);
	}
	return hash;
}

static uint64_t
hash_node(const struct scan *scan, uint32_t at, const char *const *aside, struct arena *arena)
{
	enum scan_type type = scan_type(scan, at);

	switch (type) {
	case SCAN_NUMBER:
		return hash_number(scan, at);
	case SCAN_STRING:
		return hash_text(scan_text(scan, at, arena));
	case SCAN_ARRAY:
		return hash_list(scan, at, arena) + type;
	case SCAN_OBJECT:
		return hash_object(scan, at, aside, arena) + type;
	default:
		return type;
	}
}

uint64_t
same_hash(const struct scan *scan, uint32_t at, const char *const *aside, struct arena *arena)
{
	return hash_node(scan, at, aside, arena);
}
