/*
 * same: whether two JSON values are equal as values, however written:
 * members in any order, escapes decoded, numbers equal where their nearest
 * doubles are (overflow as the largest double), so that a pass through jq
 * does no harm.
 */
#ifndef ESC_DOMAIN_SAME_H
#define ESC_DOMAIN_SAME_H

#include "base/mem.h"
#include "domain/record.h"

/* Members of the top level that are left aside. */
struct same_terms {
	const char *const *aside; /* ends with NULL; NULL: none */
	bool erased;              /* an a of "", {}, [] or 0 equals any b that is there */
	bool exact;               /* numbers are equal only as they are written */
};

/* node 0 is an absent value, equal to null and to another absent one. */
bool same_value(struct value a, struct value b, const struct same_terms *terms,
	struct arena *arena);

/* The same of two nodes that may be 0, the top of their texts. */
bool same_node(const struct scan *a, uint32_t at, const struct scan *b, uint32_t bt,
	const struct same_terms *terms, struct arena *arena);

/* Whether it is what erasure leaves of a value: "", {}, [] or 0. */
bool same_is_erased(const struct scan *scan, uint32_t at);

/* Equal for values that are the same; `aside` as above, NULL: none. */
uint64_t same_hash(const struct scan *scan, uint32_t at, const char *const *aside,
	struct arena *arena);

/* The nearest double, of what is too large the largest. */
double same_number(const struct scan *scan, uint32_t at);

/* Whether a list that ends with NULL (NULL: none) has the name. */
bool same_is_aside(const char *const *aside, struct span name);

/* A member of an object, by its decoded name. */
struct same_member {
	struct span name;
	uint32_t node;
};

/* By name: for qsort. */
int same_member_order(const void *a, const void *b);

#endif
