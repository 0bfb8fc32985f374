/* Two stores, line by line, by their chains alone. */
#include <string.h>

#include "store/verify.h"

struct side {
	const struct store *store;
	struct head head;
	struct log *log;
	struct log_entry entry;
};

static int
side_open(struct side *side, const struct store *store, struct err *err)
{
	struct position from;

	side->store = store;
	store_genesis(store, &from);
	if (head_read(store, &side->head, err) < 0)
		return -1;
	side->log = log_open(store, &from, &side->head.position, err);
	if (!side->log)
		return -1;
	log_leave_data(side->log);
	return 0;
}

static int
side_next(struct side *side, struct err *err)
{
	struct err why = { 0 };
	enum log_answer answer = log_next(side->log, &side->entry, &why);

	if (answer == LOG_DAMAGED || answer == LOG_FAILED)
		err_add(err, EX_IOERR, side->store->path, "%s; run esc-store verify on it first",
			err_text(&why));
	err_release(&why);
	return answer == LOG_LINE ? 1 : answer == LOG_END ? 0 : -1;
}

/* Line by line until one ends: 0 where all agree, 1 and the seq where they part. */
static int
walk(struct side *a, struct side *b, int64_t *seq, struct err *err)
{
	for (;;) {
		int left = side_next(a, err), right = side_next(b, err);

		if (left < 0 || right < 0)
			return -1;
		if (left == 0 || right == 0)
			return 0;
		*seq = a->entry.seq;
		if (!span_eq(a->entry.line.h, b->entry.line.h))
			return 1;
	}
}

static enum compared
by_length(const struct side *a, const struct side *b)
{
	int64_t left = a->head.position.seq, right = b->head.position.seq;

	if (left == right)
		return COMPARED_EQUAL;
	return left > right ? COMPARED_NEWER : COMPARED_OLDER;
}

int
verify_against(const struct store *store, const struct store *other, enum compared *compared,
	int64_t *seq, struct err *err)
{
	struct side a = { 0 }, b = { 0 };
	int parted = -1;

	*seq = 0;
	if (strcmp(store->id, other->id) != 0) {
		*compared = COMPARED_FORKED;
		return 0;
	}
	if (side_open(&a, store, err) == 0 && side_open(&b, other, err) == 0)
		parted = walk(&a, &b, seq, err);
	*compared = parted > 0 ? COMPARED_FORKED : by_length(&a, &b);
	log_close(a.log);
	log_close(b.log);
	return parted < 0 ? -1 : 0;
}
