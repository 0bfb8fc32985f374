#include "store/choose_work.h"

#include <stdlib.h>

/* What an id, or an end of one, names. */
struct named {
	struct span id[CHOOSE_CANDIDATES];
	size_t n;
};

static struct span
kept(struct choosing *c, struct span text)
{
	return (struct span){ arena_copy(&c->ids_arena, text.p, text.n), text.n };
}

static struct span
upper(struct choosing *c, struct span text)
{
	char *copy = arena_copy(&c->ids_arena, text.p, text.n);

	for (size_t i = 0; i < text.n; i++)
		if (copy[i] >= 'a' && copy[i] <= 'z')
			copy[i] = (char)(copy[i] - 'a' + 'A');
	return (struct span){ copy, text.n };
}

static enum took
of_index(const struct choosing *c, int result)
{
	if (result >= 0)
		return result ? TOOK_DONE : TOOK_NOTHING;
	return c->kind == INDEX_FILE ? TOOK_BROKEN : TOOK_ERR;
}

/* By the index a case may be one of later. */
static enum took
was_there(struct choosing *c, const struct index_row *row, struct err *err)
{
	struct index_row line = *row;
	struct reading reading;
	enum took took;

	if (c->kind == INDEX_SCAN || c->choice->as_of == INSTANT_NONE)
		return TOOK_DONE;
	c->case_id.len = 0;
	buf_span(&c->case_id, row->id);
	line.id = buf_text(&c->case_id);
	took = choose_as_of(c, &line, &reading, err);
	arena_reset(&c->arena);
	return took;
}

static enum took
add_named(struct choosing *c, const struct index_row *row, struct named *named, struct err *err)
{
	struct span id = kept(c, row->id);
	enum took took = was_there(c, row, err);

	if (took == TOOK_DONE)
		named->id[named->n++] = id;
	return took == TOOK_NOTHING ? TOOK_DONE : took;
}

static enum took
find_whole(struct choosing *c, struct span id, struct named *named, struct err *err)
{
	struct index_row row;
	enum took took = of_index(c, index_find(c->index, id, &row, err));

	if (took == TOOK_DONE)
		return add_named(c, &row, named, err);
	return took == TOOK_NOTHING ? TOOK_DONE : took;
}

static bool
ends_with(struct span id, struct span end)
{
	return id.n >= end.n && span_eq_nocase((struct span){ id.p + id.n - end.n, end.n }, end);
}

static enum took
find_end(struct choosing *c, struct span end, struct named *named, struct err *err)
{
	struct index_query query = { .end = end, .due_by = INSTANT_NONE, .since = INSTANT_NONE };
	struct index_row row;
	enum took took;

	if (index_select(c->index, &query, err) < 0)
		return of_index(c, -1);
	while (named->n < CHOOSE_CANDIDATES) {
		took = of_index(c, index_next(c->index, &row, err));
		if (took != TOOK_DONE)
			return took == TOOK_NOTHING ? TOOK_DONE : took;
		if (!ends_with(row.id, end))
			continue;
		took = add_named(c, &row, named, err);
		if (took != TOOK_DONE)
			return took;
	}
	return TOOK_DONE;
}

/* Whole as it stands, whole in capitals, else an end. */
static enum took
find(struct choosing *c, struct span text, struct named *named, struct err *err)
{
	struct span capitals = upper(c, text);
	enum took took = find_whole(c, text, named, err);

	if (took == TOOK_DONE && named->n == 0 && !span_eq(text, capitals))
		took = find_whole(c, capitals, named, err);
	if (took == TOOK_DONE && named->n == 0 && text.n >= CHOOSE_END_MIN)
		took = find_end(c, capitals, named, err);
	return took;
}

static int
by_bytes(const void *a, const void *b)
{
	return span_order(*(const struct span *)a, *(const struct span *)b);
}

/* In order, each once. */
static void
sort(struct choosing *c)
{
	size_t n = 0;

	if (c->n_ids)
		qsort(c->id, c->n_ids, sizeof *c->id, by_bytes);
	for (size_t i = 0; i < c->n_ids; i++)
		if (n == 0 || !span_eq(c->id[n - 1], c->id[i]))
			c->id[n++] = c->id[i];
	c->n_ids = n;
}

enum took
choose_ids(struct choosing *c, struct err *err)
{
	const struct choice *choice = c->choice;

	arena_reset(&c->ids_arena);
	c->n_ids = 0;
	for (size_t i = 0; i < choice->n_ids; i++) {
		struct named named = { .n = 0 };
		enum took took = find(c, choice->id[i], &named, err);

		if (took != TOOK_DONE)
			return took;
		if (named.n == 1) {
			if (c->n_ids == c->cap_ids) {
				c->cap_ids = mem_grow(c->cap_ids, c->n_ids + 1);
				c->id = mem_resize(c->id, c->cap_ids * sizeof *c->id);
			}
			c->id[c->n_ids++] = named.id[0];
		} else if (i >= c->told) {
			c->terms->unknown(c->terms->ctx, choice->id[i], named.id, named.n);
		}
		if (i >= c->told)
			c->told = i + 1;
	}
	sort(c);
	return TOOK_DONE;
}
