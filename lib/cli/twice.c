#include "cli/twice.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"

#define AGAIN 1U /* of a slot */
#define TAKEN 2U
#define LEAST 1024

static uint64_t
mark_of(struct span name)
{
	static const unsigned char key[HASH_SHORT_KEY] = { 0 };
	uint64_t mark;

	_Static_assert(sizeof mark == HASH_SHORT_SIZE, "a hash is a number");
	hash_short(key, name.p, name.n, (unsigned char *)&mark);
	return (mark | TAKEN) & ~(uint64_t)AGAIN;
}

/* Where a mark stands, or would; some are always free. */
static uint64_t *
slot_of(const struct twice *twice, uint64_t mark)
{
	size_t at = (mark >> 2) & (twice->cap - 1);

	while (twice->slot[at] && (twice->slot[at] & ~(uint64_t)AGAIN) != mark)
		at = (at + 1) & (twice->cap - 1);
	return &twice->slot[at];
}

static void
grow(struct twice *twice)
{
	struct twice old = *twice;

	twice->cap = old.cap ? 2 * old.cap : LEAST;
	twice->slot = mem_zero(twice->cap * sizeof *twice->slot);
	for (size_t i = 0; i < old.cap; i++)
		if (old.slot[i])
			*slot_of(twice, old.slot[i] & ~(uint64_t)AGAIN) = old.slot[i];
	free(old.slot);
}

void
twice_add(struct twice *twice, struct span name)
{
	uint64_t mark = mark_of(name), *slot;

	if (4 * twice->n_names >= 3 * twice->cap)
		grow(twice);
	slot = slot_of(twice, mark);
	if (*slot == 0) {
		*slot = mark;
		twice->n_names++;
	} else if (!(*slot & AGAIN)) {
		*slot |= AGAIN;
		twice->n++;
	}
}

void
twice_release(struct twice *twice)
{
	free(twice->slot);
	*twice = (struct twice){ 0 };
}
