/*
 * store_admin: what esc-store does, a function a subcommand.  Each opens the
 * store itself, puts its report into out, and answers a status; trouble ends
 * the program with the reason, after what was reported so far.
 */
#ifndef ESC_CLI_STORE_ADMIN_H
#define ESC_CLI_STORE_ADMIN_H

#include "base/buf.h"
#include "base/err.h"
#include "cli/opt.h"
#include "cli/store_opt.h"
#include "store/head.h"

struct store_admin {
	struct store_opt store;
	const char *shared, *checkpoint, *against, *format, *output;
	int64_t segment_size; /* -1: not given */
	bool list, dry_run, yes;
	struct opt_list field;
	const char *message;  /* of -m or -F; NULL: none */
	struct buf out;
};

int store_admin_init(struct store_admin *admin, char **operands);
int store_admin_checkpoint(struct store_admin *admin, char **operands);
int store_admin_snapshot(struct store_admin *admin, char **operands);
int store_admin_recover(struct store_admin *admin, char **operands);
int store_admin_reindex(struct store_admin *admin, char **operands);
int store_admin_stats(struct store_admin *admin, char **operands);
int store_admin_verify(struct store_admin *admin, char **operands);
int store_admin_put(struct store_admin *admin, char **operands);
int store_admin_get(struct store_admin *admin, char **operands);
int store_admin_erase(struct store_admin *admin, char **operands);

/* Opens the store that the options name; ends the program where it cannot. */
void store_admin_open(struct store_admin *admin, enum store_use use, struct store *store);

/* What was reported so far, then the reason; ends the program. */
_Noreturn void store_admin_die(struct store_admin *admin, struct err *err);

/* Writes and empties out. */
void store_admin_flush(struct store_admin *admin);

/* "1 line", "2 lines". */
void store_admin_count(struct buf *out, uint64_t n, const char *one, const char *many);

/* Reads HEAD, or ends the program. */
void store_admin_head(struct store_admin *admin, const struct store *store, struct head *head);

/* Brings the index up to date, with a progress line.  0; -1. */
int store_admin_index(struct store_admin *admin, const struct store *store, struct err *err);

/* Bytes of the log, for a progress line. */
uint64_t store_admin_log_bytes(struct store_admin *admin, const struct store *store);

/* Ends the program with 64 where there are operands. */
void store_admin_no_operands(const char *command, char **operands);

#endif
