#include <stdlib.h>

#include "domain/merge_work.h"

/* What two events that are one have in common, but for their texts. */
struct pooled {
	int64_t at;      /* imported: when it happened; else the first recording */
	enum event_type type;
	uint64_t hash;   /* of what is compared in any case; 0 in a small pool */
	uint32_t place;
	bool taken;
};

/* Fewer are compared one by one. */
#define HASHED_FROM 64

/* What erasure left may be anything. */
static uint64_t
hash_of(const struct pool *pool, const struct event *event)
{
	static const char *const aside[] = { "judged", "was", "was_at", "logged", "at", "by",
		"event", NULL };
	uint64_t hash;

	if (pool->n < HASHED_FROM || pool->like.erased)
		return 0;
	hash = same_hash(event->scan, event->node, aside, pool->scratch);
	arena_reset(pool->scratch);
	return hash;
}

/* When it was recorded before it was replayed. */
static int64_t
first_recording(const struct event *event)
{
	int64_t was_at;

	return event_instant(event, "was_at", &was_at) ? was_at : event->recorded;
}

static int
pooled_order(const void *a, const void *b)
{
	const struct pooled *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (x->type != y->type)
		return x->type < y->type ? -1 : 1;
	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return (x->place > y->place) - (x->place < y->place);
}

void
pool_fill(struct pool *pool, const struct meeting *m, size_t from, const struct likeness *like)
{
	const struct record *record = m->stored->record;

	*pool = (struct pool){ .event = record->event, .like = *like,
		.scratch = &m->merge->scratch[0], .n = record->n_events - from };
	pool->list = arena_alloc(m->arena, (pool->n + 1) * sizeof *pool->list);
	for (size_t i = 0; i < pool->n; i++) {
		const struct event *event = &record->event[from + i];

		pool->list[i] = (struct pooled){
			like->import ? event->at : first_recording(event), event->type,
			hash_of(pool, event), event->place, false };
	}
	qsort(pool->list, pool->n, sizeof *pool->list, pooled_order);
}

/* The first one that is not before `key`. */
static size_t
lower_bound(const struct pool *pool, const struct pooled *key)
{
	size_t low = 0, high = pool->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (pooled_order(&pool->list[middle], key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool
is_one(const struct pool *pool, uint32_t place, const struct event *in)
{
	bool same = merge_event_same(&pool->event[place - 1], in, &pool->like, pool->scratch);

	arena_reset(pool->scratch);
	return same;
}

static uint32_t
take_at(struct pool *pool, const struct event *in, int64_t at)
{
	const struct pooled key = { .at = at, .type = in->type, .hash = hash_of(pool, in) };

	for (size_t i = lower_bound(pool, &key); i < pool->n; i++) {
		struct pooled *pooled = &pool->list[i];

		if (pooled->at != at || pooled->type != in->type || pooled->hash != key.hash)
			break;
		if (pooled->taken || !is_one(pool, pooled->place, in))
			continue;
		pooled->taken = true;
		return pooled->place;
	}
	return 0;
}

uint32_t
pool_take(struct pool *pool, const struct event *in)
{
	int64_t first = first_recording(in);
	uint32_t place;

	if (pool->like.import)
		return take_at(pool, in, in->at);
	place = take_at(pool, in, in->recorded);
	return place || first == in->recorded ? place : take_at(pool, in, first);
}

bool
pool_has(const struct pool *pool, const struct event *stored)
{
	const struct pooled key = { .at = pool->like.import ? stored->at : first_recording(stored),
		.type = stored->type, .hash = hash_of(pool, stored), .place = stored->place };
	size_t i = lower_bound(pool, &key);

	return i < pool->n && pool->list[i].place == stored->place && !pool->list[i].taken;
}
