/*
 * opt_table: the rows that a program ends up with, its own and the shared
 * ones of its groups; private to opt.c, opt_help.c, opt_list.c and opt_forward.c.
 */
#ifndef ESC_CLI_OPT_TABLE_H
#define ESC_CLI_OPT_TABLE_H

#include "base/buf.h"
#include "cli/opt.h"

struct opt_rows {
	struct opt *row;
	size_t n;
};

/* What is asked of the program itself, not of its work. */
struct opt_asked {
	bool help, version, list;
};

/* The caller frees rows->row; the rows point into *common and *asked. */
void opt_rows_collect(struct opt_rows *rows, const struct program *program,
	struct common *common, struct opt_asked *asked);

/* --help's page: what it is, examples, usage, options. */
void opt_help_page(struct buf *out, const struct program *program,
	const struct opt_rows *rows);

/*
 * Lines of option<TAB>argument, for scripts/completion.bash, and a further
 * <TAB> with the names that may stand there where they are known; "command"
 * and "operand" where the first operand is a command, "verb" where it is one.
 */
void opt_list_page(struct buf *out, const struct program *program,
	const struct opt_rows *rows);

/* `esc-x 0.1.0`, and the zone data's version where time plays a part. */
void opt_version_page(struct buf *out, const struct program *program);

#endif
