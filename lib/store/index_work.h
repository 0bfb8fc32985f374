/*
 * index_work: what the parts of the index share.
 *
 *   index_case     a line of the log as a row
 *   index_glance   what a record says, where it is known to be one
 *   index_put      rows into tables
 *   index_log      lines from the log into tables
 *   index_base     the file there is
 *   index_publish  a new file, complete before anyone sees it
 *   index_world    due and risk by the calendars that are in force
 *   index_select   the questions
 */
#ifndef ESC_STORE_INDEX_WORK_H
#define ESC_STORE_INDEX_WORK_H

#include <sqlite3.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/scan.h"
#include "domain/record.h"
#include "store/index.h"
#include "store/log.h"

#define INDEX_NEW_NAME  "index.sqlite.new"
#define INDEX_TAIL      10

/* One row of `cases` (and of `line`), before it is stored. */
struct index_case {
	struct span id;
	int64_t seq, at, rev;
	struct place place;
	bool erased, unread;  /* unread: what it says is not known */
	struct span policy, state, priority, assignee, queue, case_number;
	int64_t created, tier, due, risk; /* INSTANT_NONE: none */
	int64_t last;         /* see domain/last.h; INSTANT_MAX: without end */
	bool known;           /* due and risk are those of the world of the index, if any */
};

struct index {
	const struct store *store;
	struct index_terms terms;
	sqlite3 *db;
	int fd;                 /* of the file; -1: there is none that can be used */
	struct stat file;       /* st_ino 0: there was none */
	struct position base;   /* where it stands */
	struct position at;     /* and with what was put behind it */
	struct position head;   /* and where it is to be */
	struct buf world;       /* by which due and risk of `known` rows hold; "" not said */
	int64_t known_from;     /* lines behind this seq are of terms.world */
	int64_t own_from;       /* lines behind this seq were just written by this process */
	int64_t told_from, told_to; /* the seqs whose damage was told; 0: none */
	int64_t behind;         /* bytes of log between base and at */
	bool damaged;           /* the log: no index is made of it */
	bool unfit;             /* some data: the file says so */
	bool healed;            /* the file was found damaged and left aside */
	struct log_files *files;
	struct buf text;
	struct scan scan;
	struct arena arena;
	sqlite3_stmt *find, *before, *select;
	struct index_query query;
	struct buf last;        /* the id that index_next gave last */
	bool started;
};

/* index_case */

/* The columns from the record in a line; where it cannot be read: unread. */
void index_case_read(struct index *index, struct index_case *row, const struct store_line *line);

/* Closed for good: no calendar changes its due or risk. */
bool index_state_is_final(struct span state);

/* The earlier of both, INSTANT_NONE where there is neither. */
int64_t index_soon(int64_t due, int64_t risk);

/* The last characters of an id, backwards. */
size_t index_tail(struct span id, char tail[INDEX_TAIL]);

/* index_glance */

/*
 * The texts of a record's members, and its tier; {NULL, 0}, INSTANT_NONE: not
 * said.  last: of `events` and `clocks`, whatever the state.
 */
struct index_said {
	struct span text[FIELD_COUNT];
	int64_t tier, last;
};

/*
 * True for a record without blanks between its members or quotes in its
 * texts, as most are.  Checks nothing else: it is for what was checked before.
 */
bool index_glance(struct span data, struct index_said *said);

/* index_put */

struct index_put {
	struct index *index;
	const char *schema;   /* where rows go */
	bool at_once;         /* first revisions are put without a look for others */
	sqlite3_stmt *line, *cases, *look, *later, *mark;
};

int index_put_init(struct index_put *put, struct index *index, const char *schema, bool at_once);
int index_put_line(struct index_put *put, const struct store_line *line,
	const struct place *place);

/* All that was left for later.  SQLITE_OK, or SQLITE_CONSTRAINT: put one by one. */
int index_put_finish(struct index_put *put);
void index_put_release(struct index_put *put);

/* index_log: 0, or -1 with EX_IOERR (the log), EX_TEMPFAIL (the tables). */
int index_log_read(struct index *index, const char *schema, const struct position *to,
	struct err *err);

/* index_base */

/* Uses the file as it is, if it fits.  0; -1 with EX_TEMPFAIL: no SQLite. */
int index_base_open(struct index *index, struct err *err);

/* Without the file: an empty index, at the genesis.  0; -1 with EX_TEMPFAIL. */
int index_base_none(struct index *index, struct err *err);

/* Another file, at index->at, takes its place, with nothing behind it.  0; -1. */
int index_base_take(struct index *index, int fd);

/* The file as it is in the folder now; st_ino 0: there is none. */
void index_base_look(const struct store *store, struct stat *st);

/* What a file says of itself. */
struct index_meta {
	struct position position;
	struct buf world;
	bool unfit;
};

/* 0; -1 where it says nothing, or is another store's.  Emptied first. */
int index_base_read(sqlite3 *db, const struct store *store, struct index_meta *meta);

/* Writes the same into `next`. */
int index_base_write(struct index *index);

/* index_publish */

/* Anew, up to head: as a file where that can be, else only for this process. */
int index_publish_anew(struct index *index, struct err *err);

/* A new file of what there is; where that cannot be, all stays as it is. */
void index_publish(struct index *index);

/* index_world: due and risk by terms.world.  SQLITE_OK or why not. */
int index_world_settle(struct index *index);

/* index.c */

void index_forget(struct index *index); /* finalizes all statements */

/* Once: the index as if there had been no file.  0; -1 where that cannot be. */
int index_heal(struct index *index);

/* Adds what SQLite has to say of the file, or of temporary ones: -1. */
int index_fails(const struct index *index, int status, struct err *err);

#endif
