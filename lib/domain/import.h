/*
 * import: the rows of one case, by a mapping, as one record: its form from
 * the columns, its events from what changed from row to row, its id from
 * the mapping's key.  The same rows always give the same bytes.
 * Refuses to read files and to know which rows belong together, beyond
 * saying a row's key (cli/gather does that).
 * Order: import_key for each row, then import_case for the rows of one key.
 */
#ifndef ESC_DOMAIN_IMPORT_H
#define ESC_DOMAIN_IMPORT_H

#include "domain/mapping.h"
#include "domain/newcase.h"

struct import_row {
	const struct span *cell;
	struct span raw;  /* as it stands in the file */
	const char *file;
	uint64_t line;    /* in its file, from 1 */
	uint64_t place;   /* among the rows, in the order of the files */
	int64_t at;       /* set by import_case; INSTANT_NONE: no order */
};

struct import {
	const struct mapping *mapping; /* bound */
	const struct zone *zone;       /* of instants without one; may be NULL */
	struct form_terms terms;
	struct change *change;         /* change_init, judge_all */
	struct span by;                /* where the mapping says nobody */
	struct scan *form, *line;      /* to scan with */
	/* Said by import_case: */
	const struct import_row *fault; /* the row that a refusal is about */
	bool created_now;              /* nothing said when: created is now */
};

/*
 * The key of a row, several columns as a JSON list, appended.
 * 0, or -1 with EX_DATAERR where a column of it is empty.
 */
int import_key(const struct mapping *mapping, const struct span *cell,
	struct buf *key, struct err *err);

/*
 * The fields of one row as a form, a JSON object, appended: for a mapping
 * that esc-submit was given.  0, or -1 with EX_DATAERR.
 */
int import_form(const struct mapping *mapping, const struct zone *zone,
	const struct span *cell, struct arena *arena, struct buf *out,
	struct err *err);

/*
 * The record of n rows (put in order here), appended to out.  0, or -1 with
 * EX_DATAERR and import->fault, or EX_CONFIG.
 */
int import_case(struct import *import, struct import_row *row, size_t n,
	struct span key, struct arena *arena, struct buf *out, struct err *err);

#endif
