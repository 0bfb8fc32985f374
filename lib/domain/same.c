#include "domain/same.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

/* One text beside the other. */
struct same {
	const struct scan *a, *b;
	const char *const *aside; /* of the objects at hand */
	bool erased, exact;
	struct arena *arena;
};

static bool nodes_same(const struct same *same, uint32_t at, uint32_t bt);

/* A single digit has room for 0 alone. */
bool
same_is_erased(const struct scan *scan, uint32_t at)
{
	struct span raw = scan_raw(scan, at);

	switch (scan_type(scan, at)) {
	case SCAN_STRING:
		return raw.n == 2;
	case SCAN_ARRAY:
	case SCAN_OBJECT:
		return scan->node[at].count == 0;
	case SCAN_NUMBER:
		return span_is(raw, "0");
	default:
		return false;
	}
}

/* A byte that no number has follows it: the text's top level is an object. */
double
same_number(const struct scan *scan, uint32_t at)
{
	double value = strtod(scan_raw(scan, at).p, NULL);

	return isinf(value) ? copysign(DBL_MAX, value) : value;
}

static bool
numbers_same(const struct same *same, uint32_t at, uint32_t bt)
{
	double a = same_number(same->a, at), b = same_number(same->b, bt);

	return !(a < b) && !(a > b);
}

static bool
texts_same(const struct same *same, uint32_t at, uint32_t bt)
{
	if (!same->a->node[at].escaped && !same->b->node[bt].escaped)
		return false; /* their bytes differ */
	return span_eq(scan_text(same->a, at, same->arena), scan_text(same->b, bt, same->arena));
}

static bool
lists_same(const struct same *same, uint32_t at, uint32_t bt)
{
	if (same->a->node[at].count != same->b->node[bt].count)
		return false;
	at = scan_first(same->a, at);
	bt = scan_first(same->b, bt);
	for (; at && bt; at = same->a->node[at].next, bt = same->b->node[bt].next)
		if (!nodes_same(same, at, bt))
			return false;
	return true;
}

bool
same_is_aside(const char *const *aside, struct span name)
{
	while (aside && *aside && !span_is(name, *aside))
		aside++;
	return aside && *aside;
}

/* The first member from `at` on that is compared, and its name; 0. */
static uint32_t
next_member(const struct same *same, const struct scan *scan, uint32_t at, struct span *name)
{
	for (; at; at = scan->node[at].next) {
		*name = scan_key(scan, at, same->arena);
		if (!same_is_aside(same->aside, *name))
			break;
	}
	return at;
}

int
same_member_order(const void *a, const void *b)
{
	const struct same_member *x = a, *y = b;

	return span_order(x->name, y->name);
}

/* The members of an object that are compared, sorted. */
static struct same_member *
sorted(const struct same *same, const struct scan *scan, uint32_t object, size_t *n)
{
	struct same_member *list =
		arena_alloc(same->arena, (scan->node[object].count + 1) * sizeof *list);
	uint32_t at = scan_first(scan, object);

	*n = 0;
	while ((at = next_member(same, scan, at, &list[*n].name)) != 0) {
		list[(*n)++].node = at;
		at = scan->node[at].next;
	}
	qsort(list, *n, sizeof *list, same_member_order);
	return list;
}

/* Members below are compared whole. */
static bool
members_same(const struct same *same, uint32_t at, uint32_t bt)
{
	struct same below = *same;

	below.aside = NULL;
	return nodes_same(&below, at, bt);
}

static bool
sorted_same(const struct same *same, uint32_t at, uint32_t bt)
{
	size_t n, m;
	const struct same_member *a = sorted(same, same->a, at, &n);
	const struct same_member *b = sorted(same, same->b, bt, &m);

	if (n != m)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!span_eq(a[i].name, b[i].name) || !members_same(same, a[i].node, b[i].node))
			return false;
	return true;
}

/* Most objects have their members in the same order. */
static bool
objects_same(const struct same *same, uint32_t at, uint32_t bt)
{
	uint32_t x = scan_first(same->a, at), y = scan_first(same->b, bt);
	struct span a, b;

	for (;;) {
		x = next_member(same, same->a, x, &a);
		y = next_member(same, same->b, y, &b);
		if (!x || !y)
			return x == y;
		if (!span_eq(a, b))
			return sorted_same(same, at, bt);
		if (!members_same(same, x, y))
			return false;
		x = same->a->node[x].next;
		y = same->b->node[y].next;
	}
}

static bool
nodes_same(const struct same *same, uint32_t at, uint32_t bt)
{
	enum scan_type type = scan_type(same->a, at);

	if (span_eq(scan_raw(same->a, at), scan_raw(same->b, bt)))
		return true;
	if (same->erased && same_is_erased(same->a, at))
		return true;
	if (type != scan_type(same->b, bt))
		return false;
	switch (type) {
	case SCAN_NUMBER:
		return !same->exact && numbers_same(same, at, bt);
	case SCAN_STRING:
		return texts_same(same, at, bt);
	case SCAN_ARRAY:
		return lists_same(same, at, bt);
	case SCAN_OBJECT:
		return objects_same(same, at, bt);
	default:
		return true;
	}
}

bool
same_node(const struct scan *a, uint32_t at, const struct scan *b, uint32_t bt,
	const struct same_terms *terms, struct arena *arena)
{
	struct same same = { .a = a, .b = b, .arena = arena };

	if (terms) {
		same.aside = terms->aside;
		same.erased = terms->erased;
		same.exact = terms->exact;
	}
	return nodes_same(&same, at, bt);
}

static bool
is_there(struct value value)
{
	return value.node && scan_type(value.scan, value.node) != SCAN_NULL;
}

bool
same_value(struct value a, struct value b, const struct same_terms *terms, struct arena *arena)
{
	if (!is_there(a) || !is_there(b))
		return is_there(a) == is_there(b);
	return same_node(a.scan, a.node, b.scan, b.node, terms, arena);
}
