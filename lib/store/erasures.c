#include "store/erasures.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/sorter.h"

#define DIGITS (HASH_HEX - 1)

/* In the order of seq; what the line is stands before what it should be. */
struct note {
	int64_t seq;
	int64_t by;            /* the seq of the `erased` line; 0: the line itself */
	char dh[DIGITS];
	struct place place;
};

struct erasures {
	struct sorter *notes;
};

static int
in_order(const void *a, const void *b)
{
	const struct note *x = a, *y = b;

	if (x->seq != y->seq)
		return x->seq < y->seq ? -1 : 1;
	return (x->by > y->by) - (x->by < y->by);
}

struct erasures *
erasures_new(void)
{
	struct erasures *erasures = mem_zero(sizeof *erasures);

	erasures->notes = sorter_new(sizeof(struct note), SORTER_MEMORY, in_order);
	return erasures;
}

void
erasures_free(struct erasures *erasures)
{
	if (erasures)
		sorter_free(erasures->notes);
	free(erasures);
}

int
erasures_line(struct erasures *erasures, const struct log_entry *entry, struct err *err)
{
	struct note note = { .seq = entry->seq, .place = entry->place };
	char dh[HASH_HEX];

	line_data_hash(entry->line.salt, entry->line.data, dh);
	memcpy(note.dh, dh, DIGITS);
	return sorter_put(erasures->notes, &note, err);
}

int
erasures_said(struct erasures *erasures, const struct log_entry *entry, int64_t seq,
	struct span dh, struct err *err)
{
	struct note note = { .seq = seq, .by = entry->seq, .place = entry->place };

	if (dh.n != DIGITS || seq < 1 || seq >= entry->seq)
		return 0;
	memcpy(note.dh, dh.p, DIGITS);
	return sorter_put(erasures->notes, &note, err) < 0 ? -1 : 1;
}

/* What is known about one line. */
struct fate {
	struct erasure erasure;
	bool fits_some, fits_last;
	char dh[DIGITS];
};

static void
add(struct fate *fate, const struct note *note)
{
	struct erasure *erasure = &fate->erasure;

	if (note->by == 0) {
		erasure->differs = true;
		erasure->place = note->place;
		memcpy(fate->dh, note->dh, DIGITS);
		return;
	}
	erasure->said_seq = note->by;
	erasure->said = note->place;
	fate->fits_last = erasure->differs && memcmp(fate->dh, note->dh, DIGITS) == 0;
	fate->fits_some |= fate->fits_last;
}

/* The last `erased` line decides; what fits an older one was overtaken. */
static int
judge(struct fate *fate, erasure_fn fn, void *ctx, struct err *err)
{
	struct erasure *erasure = &fate->erasure;

	if (erasure->seq == 0)
		return 0;
	if (fate->fits_last)
		erasure->state = ERASURE_DONE;
	else if (erasure->differs && !fate->fits_some)
		erasure->state = ERASURE_UNEXPLAINED;
	else
		erasure->state = ERASURE_UNFINISHED;
	if (!erasure->differs)
		erasure->place = erasure->said;
	return fn(ctx, erasure, err);
}

int
erasures_end(struct erasures *erasures, erasure_fn fn, void *ctx, struct err *err)
{
	struct fate fate = { 0 };
	struct note note;
	int answer, result = 0;

	if (sorter_sort(erasures->notes, err) < 0)
		return -1;
	while (result == 0 && (answer = sorter_next(erasures->notes, &note, err)) > 0) {
		if (note.seq != fate.erasure.seq) {
			result = judge(&fate, fn, ctx, err);
			fate = (struct fate){ .erasure.seq = note.seq };
		}
		add(&fate, &note);
	}
	if (result == 0)
		result = answer < 0 ? -1 : judge(&fate, fn, ctx, err);
	return result;
}
