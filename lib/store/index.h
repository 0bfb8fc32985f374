/*
 * index: a SQLite file derived from the log, so that a case, or what is due,
 * is found without reading all.  The only user of <sqlite3.h>.  Only a
 * cache: the file is never changed, only replaced by another; what the log
 * has behind it is read at every start, until a new file is worth its cost;
 * and one that does not fit the log or is damaged (each page carries a
 * checksum, index_vfs.h) is made anew, at any time, without a word.
 * Takes no lock but to make a file, and waits for none.
 * Answers nothing about the data but where the lines are and which cases
 * may match; what is read there is checked again.
 * Order: index_open, index_find or index_select and index_next..., index_close.
 * Source of the schema: esc-store(5), INDEX.
 */
#ifndef ESC_STORE_INDEX_H
#define ESC_STORE_INDEX_H

#include "domain/pick.h"
#include "domain/policy.h"
#include "store/head.h"
#include "store/store.h"

#define INDEX_FILE_NAME "index.sqlite"

struct index;

enum index_kind {
	INDEX_FILE, /* index.sqlite, made fresh */
	INDEX_SCAN, /* none: a temporary table of where each case's last line is */
};

struct index_row {
	struct span id;    /* borrowed until the next call */
	int64_t seq, rev;
	struct place place;
	bool erased;       /* some revision of the case was erased */
};

/* Each damaged line met while the log is read, once. */
typedef void (*index_damage_fn)(void *ctx, const struct err *err);

struct index_terms {
	enum index_kind kind;
	const struct policy_source *policies; /* to fold open cases afresh */
	struct span world;  /* hash of all calendars and the zone data in force; {NULL, 0}: due and
	                       risk are taken as they were printed */
	bool commits;       /* what is committed follows by index_catch_up */
	bool looks;         /* no file is made */
	bool whole;         /* data that fits neither its dh nor an erasure is damage, too */
	int64_t upto;       /* INDEX_SCAN: lines whose `at` is later are left out; INT64_MAX: all */
	index_damage_fn damage;
	void *ctx;
	void (*step)(void *ctx, uint64_t done); /* progress: bytes of log; may be NULL */
};

/*
 * An index that is at `head`, or at a later one where others committed
 * meanwhile; where no file can be written, one of its own.
 * INDEX_FILE: NULL with EX_TEMPFAIL where SQLite can do nothing: take
 * INDEX_SCAN then.  NULL with EX_IOERR where the log cannot be read, or, for
 * INDEX_SCAN, temporary files cannot be written.  Borrows the store and what
 * the terms point to.
 */
struct index *index_open(const struct store *store, const struct head *head,
	const struct index_terms *terms, struct err *err);
void index_close(struct index *index);

/* Brings it to a new head, after a commit of one's own. */
int index_catch_up(struct index *index, const struct head *head, struct err *err);

/* 1 and its last line; 0: no such case; -1 with EX_IOERR: the index is damaged. */
int index_find(struct index *index, struct span id, struct index_row *row, struct err *err);

/* The revision before (row's seq): 1, 0, -1. */
int index_before(struct index *index, struct index_row *row, struct err *err);

/*
 * A line that passes for erased, by its salt, must be of a case of which an
 * `erased` line says so, or may say so since the index was opened.  0; -1
 * with EX_IOERR and the place.
 */
int index_check_erased(const struct index *index, const struct index_row *row,
	const struct store_line *line, struct err *err);

/*
 * What may match: by an end of the id, by due or risk, by what a report can
 * count from an instant on, by conditions that have a column; all of it where
 * nothing narrows it.  In the order of ids.
 * Borrowed until the last index_next.
 */
struct index_query {
	struct span end;         /* of an id; {NULL, 0}: any */
	int64_t due_by;          /* due or risk at or before; INSTANT_NONE: any */
	int64_t since;           /* last (domain/last.h) at or after; INSTANT_NONE: any */
	const struct pick *pick; /* NULL: any */
};

int index_select(struct index *index, const struct index_query *query, struct err *err);

/* 1 and the next row; 0 after the last; -1 with EX_IOERR. */
int index_next(struct index *index, struct index_row *row, struct err *err);

/* Deletes the file and what SQLite leaves beside it. */
int index_drop(const struct store *store, struct err *err);

/* The answer 1: the file is there and at `head`; 0; -1.  Changes nothing. */
int index_is_fresh(const struct store *store, const struct head *head, struct err *err);

#endif
