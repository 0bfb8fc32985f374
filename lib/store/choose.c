#include "store/choose.h"

#include <stdlib.h>

#include "store/choose_work.h"

/* While an index is made: a scan tells what is damaged, an index gives way to one. */
static void
note_damage(void *ctx, const struct err *err)
{
	struct choosing *c = ctx;

	c->damaged = true;
	if (c->kind == INDEX_SCAN)
		c->terms->damage(c->terms->ctx, err);
}

static void
note_step(void *ctx, uint64_t done)
{
	struct choosing *c = ctx;

	if (c->terms->step)
		c->terms->step(c->terms->ctx, done);
}

static enum took
open_index(struct choosing *c, struct err *err)
{
	const struct choice *choice = c->choice;
	bool upto = c->kind == INDEX_SCAN && choice->as_of != INSTANT_NONE;
	struct index_terms terms = { .kind = c->kind, .policies = c->terms->policies,
		.world = c->terms->world, .upto = upto ? choice->as_of : INT64_MAX,
		.damage = note_damage, .ctx = c, .step = note_step };

	c->damaged = false;
	c->index = index_open(c->store, &c->head, &terms, err);
	if (!c->index)
		return c->kind == INDEX_FILE && err->status == EX_TEMPFAIL ? TOOK_NO_INDEX
			: TOOK_ERR;
	return c->kind == INDEX_FILE && c->damaged ? TOOK_MISFIT : TOOK_DONE;
}

/* Whether an attempt before got beyond this case. */
static bool
is_behind(const struct choosing *c, struct span id)
{
	int order = c->any_done ? span_order(id, buf_text(&c->done)) : 1;

	return order < 0 || (order == 0 && c->done_whole);
}

static enum took
take_case(struct choosing *c, const struct index_row *row, struct err *err)
{
	enum took took;

	if (is_behind(c, row->id))
		return TOOK_DONE;
	took = choose_case(c, row, err);
	if (took == TOOK_DONE && c->any_done)
		c->done_whole = span_eq(buf_text(&c->done), buf_text(&c->case_id));
	return took;
}

static enum took
of_index(const struct choosing *c, int result)
{
	if (result >= 0)
		return result ? TOOK_DONE : TOOK_NOTHING;
	return c->kind == INDEX_FILE ? TOOK_BROKEN : TOOK_ERR;
}

static enum took
take_ids(struct choosing *c, struct err *err)
{
	struct index_row row;
	enum took took = choose_ids(c, err);

	for (size_t i = 0; i < c->n_ids && took == TOOK_DONE; i++) {
		took = of_index(c, index_find(c->index, c->id[i], &row, err));
		if (took == TOOK_DONE)
			took = take_case(c, &row, err);
	}
	return took;
}

/* The index narrows by what it knows of each case's newest line. */
static enum took
take_selection(struct choosing *c, struct err *err)
{
	const struct choice *choice = c->choice;
	struct index_query query = { .due_by = INSTANT_NONE, .since = INSTANT_NONE };
	struct index_row row;
	enum took took;

	if (c->kind == INDEX_FILE && choice->as_of == INSTANT_NONE) {
		query.due_by = choice->due_by;
		query.since = choice->since;
		query.pick = choice->pick;
	}
	if (index_select(c->index, &query, err) < 0)
		return of_index(c, -1);
	while ((took = of_index(c, index_next(c->index, &row, err))) == TOOK_DONE) {
		took = take_case(c, &row, err);
		if (took != TOOK_DONE)
			return took;
	}
	return took == TOOK_NOTHING ? TOOK_DONE : took;
}

static enum took
attempt(struct choosing *c, struct err *err)
{
	enum took took = open_index(c, err);

	if (took == TOOK_DONE)
		took = c->choice->n_ids ? take_ids(c, err) : take_selection(c, err);
	index_close(c->index);
	c->index = NULL;
	if (took > TOOK_DONE)
		err_reset(err);
	return took;
}

static void
drop_index(const struct store *store)
{
	struct err ignored = { 0 };

	index_drop(store, &ignored);
	err_release(&ignored);
}

/*
 * By the index; where it is damaged, by one made anew; where a line is not
 * what it says, or none can be had, by a scan.  If that finds every line as
 * it should be, it was the index that was wrong.
 */
static enum took
attempts(struct choosing *c, struct err *err)
{
	enum took by_index, by_scan;

	c->kind = INDEX_FILE;
	by_index = c->choice->no_index ? TOOK_NO_INDEX : attempt(c, err);
	if (by_index == TOOK_BROKEN) {
		drop_index(c->store);
		by_index = attempt(c, err);
	}
	if (by_index <= TOOK_DONE)
		return by_index;
	c->kind = INDEX_SCAN;
	by_scan = attempt(c, err);
	if (by_scan == TOOK_DONE && by_index != TOOK_NO_INDEX && !c->damaged)
		drop_index(c->store);
	return by_scan;
}

static void
release(struct choosing *c)
{
	log_files_close(c->files);
	scan_release(&c->scan);
	arena_release(&c->arena);
	arena_release(&c->ids_arena);
	buf_release(&c->text);
	buf_release(&c->case_id);
	buf_release(&c->done);
	free(c->id);
}

int
choose_each(const struct store *store, const struct choice *choice,
	const struct choose_terms *terms, choose_fn fn, void *ctx, struct err *err)
{
	struct choosing c = { .store = store, .choice = choice, .terms = terms, .fn = fn,
		.ctx = ctx };
	enum took took;

	if (head_read(store, &c.head, err) < 0)
		return -1;
	c.files = log_files_open(store);
	scan_init(&c.scan);
	arena_init(&c.arena);
	arena_init(&c.ids_arena);
	took = attempts(&c, err);
	release(&c);
	return took == TOOK_ERR ? -1 : 0;
}
