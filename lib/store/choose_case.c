#include "store/choose_work.h"

#include <stdlib.h>

/* Where a revision of the case stands. */
struct revision {
	int64_t seq, rev;
	struct place place;
};

/* Whether fn got this line, in an attempt before. */
static bool
was_given(const struct choosing *c, int64_t seq)
{
	return c->any_done && span_eq(buf_text(&c->done), buf_text(&c->case_id)) &&
		seq <= c->done_seq;
}

static void
note_given(struct choosing *c, int64_t seq)
{
	c->done.len = 0;
	buf_span(&c->done, buf_text(&c->case_id));
	c->any_done = true;
	c->done_whole = false;
	c->done_seq = seq;
}

static enum took
give(struct choosing *c, const struct reading *reading, struct err *err)
{
	int result = 0;

	if (!was_given(c, reading->line.seq)) {
		result = c->fn(c->ctx, &reading->chosen, &c->arena, err);
		note_given(c, reading->line.seq);
	}
	arena_reset(&c->arena);
	return result < 0 ? TOOK_ERR : TOOK_DONE;
}

/* The places of a line and all before it, the newest first. */
static enum took
list_revisions(struct choosing *c, struct index_row row, struct revision **list, size_t *n,
	struct err *err)
{
	size_t cap = 0;
	enum took took;

	do {
		if (*n == cap) {
			cap = mem_grow(cap, *n + 1);
			*list = mem_resize(*list, cap * sizeof **list);
		}
		(*list)[(*n)++] = (struct revision){ row.seq, row.rev, row.place };
		took = choose_before(c, &row, err);
	} while (took == TOOK_DONE);
	return took == TOOK_NOTHING ? TOOK_DONE : took;
}

/* Damaged ones were told; the others are still given. */
static enum took
give_all(struct choosing *c, const struct index_row *newest, struct err *err)
{
	struct revision *list = NULL;
	struct index_row row = *newest;
	struct reading reading;
	size_t n = 0;
	enum took took = list_revisions(c, *newest, &list, &n, err);

	while (took == TOOK_DONE && n-- > 0) {
		row.seq = list[n].seq;
		row.rev = list[n].rev;
		row.place = list[n].place;
		took = choose_read(c, &row, &reading, err);
		if (took == TOOK_DONE)
			took = give(c, &reading, err);
		else if (took == TOOK_NOTHING)
			took = TOOK_DONE;
	}
	free(list);
	return took;
}

enum took
choose_case(struct choosing *c, const struct index_row *row, struct err *err)
{
	bool conditions = choose_has_conditions(c->choice);
	struct index_row newest = *row;
	struct reading reading;
	enum took took;

	c->case_id.len = 0;
	buf_span(&c->case_id, row->id);
	newest.id = buf_text(&c->case_id);
	/* By a scan nothing comes behind the row, and each line speaks for itself. */
	if (c->choice->history && c->kind == INDEX_SCAN && !conditions)
		return give_all(c, &newest, err);
	took = choose_as_of(c, &newest, &reading, err);
	if (took == TOOK_DONE && conditions && !choose_is_wanted(c, reading.chosen.record))
		took = TOOK_NOTHING;
	if (took == TOOK_DONE && c->choice->history)
		took = give_all(c, &newest, err);
	else if (took == TOOK_DONE)
		took = give(c, &reading, err);
	arena_reset(&c->arena);
	return took == TOOK_NOTHING ? TOOK_DONE : took;
}
