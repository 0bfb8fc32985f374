/*
 * choose_work: what the parts of choose share: choose.c (which way, and on
 * from where), choose_ids.c (which cases ids name), choose_case.c (one case),
 * choose_line.c (one line and whether it is wanted).  Private to choose*.c.
 */
#ifndef ESC_STORE_CHOOSE_WORK_H
#define ESC_STORE_CHOOSE_WORK_H

#include "base/instant.h"
#include "base/scan.h"
#include "store/choose.h"

/* What came of a step. */
enum took {
	TOOK_ERR = -1,  /* err: ends it */
	TOOK_DONE,
	TOOK_NOTHING,   /* there is no such case, or no line to go by */
	TOOK_MISFIT,    /* a line is not where or what the index says */
	TOOK_BROKEN,    /* the index is damaged */
	TOOK_NO_INDEX,  /* none can be had: a read-only medium, say */
};

struct choosing {
	const struct store *store;
	const struct choice *choice;
	const struct choose_terms *terms;
	choose_fn fn;
	void *ctx;
	struct head head;
	enum index_kind kind;
	struct index *index;
	struct log_files *files;
	struct scan scan;
	struct arena arena;       /* of one line */
	struct arena ids_arena;   /* of all ids that were asked for */
	struct span *id;          /* the cases that they name, in order */
	size_t n_ids, cap_ids;
	size_t told;              /* ids that were settled, and told if unknown */
	bool damaged;             /* damage was met in this attempt */
	struct buf text;          /* of the line at hand */
	struct buf case_id;       /* of the case at hand */
	struct buf done;          /* the case that was given last, ... */
	int64_t done_seq;         /* ... up to this line */
	bool any_done, done_whole;
};

/* A line that was read, and its record unless nobody looks into it. */
struct reading {
	struct store_line line;
	struct chosen chosen;
	struct record record;
};

/* choose_line.c: the line of a row, checked against what the row says. */
enum took choose_read(struct choosing *c, const struct index_row *row, struct reading *reading,
	struct err *err);

/* The revision before: TOOK_NOTHING where it is the first. */
enum took choose_before(struct choosing *c, struct index_row *row, struct err *err);

/* The line as of then; TOOK_NOTHING: the case was not there yet. */
enum took choose_as_of(struct choosing *c, struct index_row *row, struct reading *reading,
	struct err *err);

bool choose_has_conditions(const struct choice *choice);
bool choose_is_wanted(struct choosing *c, const struct record *record);

/* choose_case.c: gives a case to fn, or passes over it. */
enum took choose_case(struct choosing *c, const struct index_row *row, struct err *err);

/* choose_ids.c: fills c->id, telling what names no case, or several. */
enum took choose_ids(struct choosing *c, struct err *err);

#endif
