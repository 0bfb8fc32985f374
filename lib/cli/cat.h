/*
 * cat: esc-cat's work between its options and its status: the cases that
 * were asked for, from the store to stdout, as records, ids or CSV.
 * Order: CAT_OPT_ROWS into the program's table, opt_parse, loop_init
 * (cat->loop), cat_open, cat_run, cat_close, loop_end.
 */
#ifndef ESC_CLI_CAT_H
#define ESC_CLI_CAT_H

#include "cli/csv_out.h"
#include "cli/loop.h"
#include "cli/pick_opt.h"
#include "cli/progress.h"
#include "cli/store_opt.h"
#include "domain/change.h"
#include "store/choose.h"

/* As the options say it. */
struct cat_opt {
	struct store_opt store;
	struct pick_opt pick;
	bool all, history, ids, raw;
	const char *due, *since, *as_of, *until, *format, *columns;
};

/* Rows for a table of struct opt: what is read, and from where. */
#define CAT_OPT_ROWS(o) \
	{ "all", 'a', OPT_FLAG, &(o).all, NULL, "every case" }, \
	{ "due", 'd', OPT_OPTIONAL, &(o).due, "TIME", "due or at risk by then (now)" }, \
	{ "since", 0, OPT_TEXT, &(o).since, "TIME", \
		"what a report of a period from then on can count" }, \
	PICK_OPT_ROWS((o).pick), \
	{ "as-of", 0, OPT_TEXT, &(o).as_of, "TIME", "the store as it was then" }, \
	{ "until", 0, OPT_TEXT, &(o).until, "TIME", \
		"what had happened by then, as it is known now" }, \
	STORE_OPT_ROWS((o).store), \
	NO_INDEX_ROW((o).store)

struct cat_until;

struct cat {
	struct cat_opt opt;
	struct loop loop;
	struct store store;
	struct choice choice;
	struct pick pick;
	int64_t due_by, since, until; /* INSTANT_NONE: not asked */
	bool reads_ids;            /* `-` was given */
	bool as_csv, warned_newer;
	struct cat_until *then;    /* records as of `until`; NULL */
	struct span *column;
	size_t n_columns;
	struct csv_out csv;
	struct span *id;
	size_t n_ids, cap_ids;
	struct arena arena;        /* of ids and columns */
	struct progress progress;
};

/* Takes the options and operands apart; ends the program with 64. */
void cat_open(struct cat *cat, char **operands);

/* Answers by cat->loop: what was printed, and the status. */
void cat_run(struct cat *cat);
void cat_close(struct cat *cat);

/*
 * cat_until.c: a record with what had happened by then, folded afresh.
 * 1; 0: it was not there yet; -1 with EX_CONFIG, EX_DATAERR.
 */
struct cat_until *cat_until_new(int64_t until, int64_t now);
void cat_until_free(struct cat_until *then);
int cat_until_take(struct cat_until *then, const struct record *record, struct arena *arena,
	struct record *out, struct err *err);

/* cat_csv.c: the columns that are wanted; a row of them. */
void cat_csv_columns(struct cat *cat);
void cat_csv_header(struct cat *cat);
void cat_csv_row(struct cat *cat, const struct record *record, struct arena *arena);

/* cat_ids.c: the operands, and the lines of stdin where one is `-`. */
void cat_ids_read(struct cat *cat, char **operands);

#endif
