/*
 * gather: the rows of one key, put together.  Rows of a key stand one after
 * the other, and only they are held; a key that comes back later is refused.
 * With `sort` all rows are held until the end and may stand anywhere; cases
 * then come in the order of their first rows.
 * Order: gather_init, gather_add..., gather_flush at the end of each file,
 * gather_release.
 */
#ifndef ESC_CLI_GATHER_H
#define ESC_CLI_GATHER_H

#include "cli/csv_in.h"
#include "domain/import.h"

/* The rows of one case; they may be put in order in place. */
typedef void (*gather_fn)(void *ctx, struct import_row *row, size_t n,
	struct span key);

struct gather_case;

struct gather {
	bool sort;
	gather_fn fn;
	void *ctx;
	struct arena arena;      /* of the rows that are held */
	struct gather_case *held;
	size_t n_held, cap_held;
	size_t *slot;            /* of held, by key; 0: free, else place + 1 */
	uint64_t *seen;          /* keys that are done, by hash */
	size_t n_seen, cap_seen, cap_slots;
	uint64_t place;
	struct import_row *row;  /* to hand out */
	size_t cap_rows;
};

void gather_init(struct gather *gather, bool sort, gather_fn fn, void *ctx);
void gather_release(struct gather *gather);

/* Copies a row.  0, or -1 with EX_DATAERR where its key came back. */
int gather_add(struct gather *gather, struct span key, const char *file,
	const struct csv_row *row, struct err *err);

/* Hands out all that is held. */
void gather_flush(struct gather *gather);

#endif
