/*
 * store_opt: the options that name a store, shared by esc-cat, esc-commit
 * and esc-store, and the store that they name.
 * Order: STORE_OPT_ROWS into the program's table, opt_parse, store_opt_open.
 */
#ifndef ESC_CLI_STORE_OPT_H
#define ESC_CLI_STORE_OPT_H

#include "cli/opt.h"
#include "store/store.h"

struct store_opt {
	const char *store;
	bool allow_network_fs, no_index;
	int64_t wait_s;       /* STORE_WAIT_S before opt_parse */
};

#define STORE_OPT_ROWS(o) \
	{ "store", 'S', OPT_TEXT, &(o).store, "DIR", "the case store (ESC_STORE)" }, \
	{ "wait", 0, OPT_COUNT, &(o).wait_s, "SECONDS", \
		"how long to wait for another writer (30)" }, \
	{ "allow-network-fs", 0, OPT_FLAG, &(o).allow_network_fs, NULL, \
		"trust the locks and syncs of a network file system" }

#define NO_INDEX_ROW(o) \
	{ "no-index", 0, OPT_FLAG, &(o).no_index, NULL, \
		"read the log instead of the index; the answers are the same" }

/* --store, else ESC_STORE, else the settings; ends with 64 where none says. */
const char *store_opt_path(const struct store_opt *opt);

/*
 * Opens it, or ends the program with the reason.  From then on policies and
 * calendars are looked for in its policies/ too (it becomes ESC_STORE).
 * False where a reader will miss what was committed last, which is told.
 */
bool store_opt_open(const struct store_opt *opt, enum store_use use, struct store *store);

/*
 * The hash (64 digits) of all calendars that cases may be under and of the
 * zone data's version: where it changed, open cases are folded afresh.
 * Borrowed until the program ends.
 */
struct span store_opt_world(void);

#endif
