/*
 * report_partial_rows: what a partial holds, as tables that both its writer
 * and its reader follow: a figure more is a row more.  Private to them.
 */
#ifndef ESC_DOMAIN_REPORT_PARTIAL_ROWS_H
#define ESC_DOMAIN_REPORT_PARTIAL_ROWS_H

#include "domain/report.h"

/* Members of a struct, from `at` on; name NULL ends each table. */
struct figures_row {
	const char *name;
	size_t at;             /* n uint64_t */
	const char *const *key;
	size_t n;
};

struct counts_row {
	const char *name;
	size_t at;             /* a struct counts */
	bool text;             /* counts texts, else numbers from least to most */
	int64_t least, most;
	bool two;              /* the text is two, with a newline between them */
};

struct top_kind {
	const char *name;
	size_t at;             /* a struct top */
};

struct shape {
	const struct figures_row *figures;
	const struct counts_row *counts;
	const struct top_kind *tops;
};

extern const struct shape tally_shape;  /* of a struct tally */
extern const struct shape report_shape; /* of a struct report */

/* Of a struct clock_row: figures alone; and its digests. */
extern const struct figures_row clock_figures[];

struct digest_kind {
	const char *name;
	size_t at;             /* a struct digest */
};
extern const struct digest_kind clock_digests[];

/* Of a struct report: lists of cases with texts, and what the texts are. */
struct entries_row {
	const char *name;
	size_t at;             /* a struct entries */
	const char *first, *second;
};
extern const struct entries_row report_entries[];

/* Of a struct tally: rows of clocks. */
struct clocks_row {
	const char *name;
	size_t at;             /* a struct clock_rows */
	bool rejudged;         /* only with --rejudge */
};
extern const struct clocks_row tally_clocks[];

/* Of a struct month_row: a uint64_t each. */
#define MONTH_FIGURES 3
extern const struct month_figure {
	const char *name;
	size_t at;
} month_figures[MONTH_FIGURES];

/* The row of that name in a table of rows that begin with it; NULL. */
const void *row_find(const void *table, size_t size, struct span name);

static inline void *
row_member(const void *holder, size_t at)
{
	return (char *)(uintptr_t)holder + at;
}

#endif
