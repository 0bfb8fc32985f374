#include "cli/gather.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

/* A row and the next one of its case. */
struct held_row {
	struct import_row row;
	struct held_row *next;
};

struct gather_case {
	struct span key;
	uint64_t hash;
	struct held_row *first, *last;
	size_t n;
};

void
gather_init(struct gather *gather, bool sort, gather_fn fn, void *ctx)
{
	*gather = (struct gather){ .sort = sort, .fn = fn, .ctx = ctx };
	arena_init(&gather->arena);
}

void
gather_release(struct gather *gather)
{
	arena_release(&gather->arena);
	free(gather->held);
	free(gather->slot);
	free(gather->seen);
	free(gather->row);
}

/* Never 0, which marks a free place. */
static uint64_t
hash_of(struct span key)
{
	unsigned char sum[HASH_SIZE];
	struct hash hash;
	uint64_t first;

	hash_init(&hash);
	hash_add(&hash, key.p, key.n);
	hash_end(&hash, sum);
	memcpy(&first, sum, sizeof first);
	return first ? first : 1;
}

static size_t
seen_place(const uint64_t *seen, size_t cap, uint64_t hash)
{
	size_t i = hash & (cap - 1);

	while (seen[i] && seen[i] != hash)
		i = (i + 1) & (cap - 1);
	return i;
}

/* Half of the places stay free. */
static void
seen_grow(struct gather *gather)
{
	size_t cap = gather->cap_seen ? 2 * gather->cap_seen : 1024;
	uint64_t *seen = mem_zero(cap * sizeof *seen);

	for (size_t i = 0; i < gather->cap_seen; i++)
		if (gather->seen[i])
			seen[seen_place(seen, cap, gather->seen[i])] = gather->seen[i];
	free(gather->seen);
	gather->seen = seen;
	gather->cap_seen = cap;
}

/* Whether the key was there before; from now on it was. */
static bool
seen_before(struct gather *gather, uint64_t hash)
{
	size_t i;

	if (2 * gather->n_seen >= gather->cap_seen)
		seen_grow(gather);
	i = seen_place(gather->seen, gather->cap_seen, hash);
	if (gather->seen[i])
		return true;
	gather->seen[i] = hash;
	gather->n_seen++;
	return false;
}

static size_t
slot_of(const struct gather *gather, struct span key, uint64_t hash)
{
	size_t i = hash & (gather->cap_slots - 1);

	while (gather->slot[i]) {
		const struct gather_case *held = &gather->held[gather->slot[i] - 1];

		if (held->hash == hash && span_eq(held->key, key))
			break;
		i = (i + 1) & (gather->cap_slots - 1);
	}
	return i;
}

static void
slots_grow(struct gather *gather)
{
	gather->cap_slots = gather->cap_slots ? 2 * gather->cap_slots : 1024;
	free(gather->slot);
	gather->slot = mem_zero(gather->cap_slots * sizeof *gather->slot);
	for (size_t i = 0; i < gather->n_held; i++)
		gather->slot[slot_of(gather, gather->held[i].key,
			gather->held[i].hash)] = i + 1;
}

static struct gather_case *
hold(struct gather *gather, struct span key, uint64_t hash)
{
	struct gather_case *held;

	if (gather->n_held == gather->cap_held) {
		gather->cap_held = mem_grow(gather->cap_held, gather->n_held + 1);
		gather->held = mem_resize(gather->held,
			gather->cap_held * sizeof *held);
	}
	held = &gather->held[gather->n_held++];
	*held = (struct gather_case){ .hash = hash,
		.key = { arena_copy(&gather->arena, key.p, key.n), key.n } };
	return held;
}

static struct gather_case *
find_sorted(struct gather *gather, struct span key)
{
	uint64_t hash = hash_of(key);
	size_t slot;

	if (2 * gather->n_held >= gather->cap_slots)
		slots_grow(gather);
	slot = slot_of(gather, key, hash);
	if (gather->slot[slot])
		return &gather->held[gather->slot[slot] - 1];
	gather->slot[slot] = gather->n_held + 1;
	return hold(gather, key, hash);
}

/* NULL: the key came back. */
static struct gather_case *
find_next(struct gather *gather, struct span key)
{
	uint64_t hash;

	if (gather->n_held && span_eq(gather->held[0].key, key))
		return &gather->held[0];
	hash = hash_of(key);
	if (seen_before(gather, hash))
		return NULL;
	gather_flush(gather);
	return hold(gather, key, hash);
}

int
gather_add(struct gather *gather, struct span key, const char *file,
	const struct csv_row *row, struct err *err)
{
	struct gather_case *held = gather->sort ? find_sorted(gather, key)
		: find_next(gather, key);
	struct held_row *new;

	if (!held)
		return err_add(err, EX_DATAERR, NULL, "the rows of %.*s do not stand "
			"together: say --sort", (int)key.n, key.p);
	new = arena_zero(&gather->arena, sizeof *new);
	new->row = (struct import_row){ .cell = csv_row_copy(row, &gather->arena),
		.raw = { arena_copy(&gather->arena, row->raw.p, row->raw.n),
			row->raw.n },
		.file = file, .line = row->line, .place = gather->place++ };
	if (held->last)
		held->last->next = new;
	else
		held->first = new;
	held->last = new;
	held->n++;
	return 0;
}

static void
hand_out(struct gather *gather, const struct gather_case *held)
{
	size_t n = 0;

	if (held->n > gather->cap_rows) {
		gather->cap_rows = mem_grow(gather->cap_rows, held->n);
		gather->row = mem_resize(gather->row,
			gather->cap_rows * sizeof *gather->row);
	}
	for (const struct held_row *row = held->first; row; row = row->next)
		gather->row[n++] = row->row;
	gather->fn(gather->ctx, gather->row, n, held->key);
}

void
gather_flush(struct gather *gather)
{
	for (size_t i = 0; i < gather->n_held; i++)
		hand_out(gather, &gather->held[i]);
	gather->n_held = 0;
	arena_reset(&gather->arena);
	if (gather->slot)
		memset(gather->slot, 0, gather->cap_slots * sizeof *gather->slot);
}
