/*
 * report_view: what people see of a report's tables: in which order, under
 * which titles, which columns and rows, and how figures are spelt.  The same
 * for the page on a terminal, in Markdown and in HTML.
 * Order: for each part and each view: report_view_shows, report_view_take,
 * look, report_view_release.
 */
#ifndef ESC_CLI_REPORT_VIEW_H
#define ESC_CLI_REPORT_VIEW_H

#include "base/buf.h"
#include "cli/report_page.h"

enum view_manner {
	VIEW_TABLE,
	VIEW_ACROSS, /* figures side by side: a row of names, a row of numbers */
	VIEW_CARDS,  /* a case each: without columns that are empty in all rows, the
	                last is names of ours with blanks between */
};

struct report_view {
	const char *section; /* the title of a section that begins here; NULL: it goes on */
	const char *note;    /* a sentence below the title; NULL */
	const char *table;
	const char *columns; /* members, with blanks between; NULL: all */
	const char *asks;    /* rows in which all of these are 0 or missing are left
	                        out, members with blanks between; NULL: none is */
	const char *bar;     /* the member that is drawn; NULL */
	enum view_manner manner;
	bool several;        /* only where its first column has several values */
	size_t most;         /* rows that are shown; 0: all */
	const char *beside;  /* a table with the same keys, whose figures stand behind */
	const struct page_spec *beside_spec; /* its members that do, and their titles */
	bool alone;          /* rows of the period only, never compared */
	const char *alone_of; /* the same of those whose first cell is this; NULL */
	size_t heads;        /* VIEW_CARDS: the leading columns of the table that say
	                        which case it is */
};

extern const struct report_view report_view[];
extern const size_t report_views;

/* What a view takes of a table. */
struct view_rows {
	const struct page_table *table;
	size_t column[PAGE_COLUMNS], n_columns;
	size_t *row, n_rows;
	size_t left; /* rows that there are beyond these */
	bool compared;          /* with what was before and the change */
	struct page_table *own; /* of these rows only: what stands behind, or all */
};

bool report_view_shows(const struct report_view *view, const struct report_page *page,
	const struct page_part *part);
void report_view_take(const struct report_view *view, const struct page_part *part,
	struct view_rows *rows);
void report_view_release(struct view_rows *rows);

/*
 * Takes the rows where the view shows and has something: in a group, which
 * leaves out what is 0 throughout, what is not bare.  false: nothing to release.
 */
bool report_view_find(const struct report_view *view, const struct report_page *page,
	const struct page_part *part, struct view_rows *rows);

/* No rows, or no figure in them that is not 0, now or before. */
bool report_view_is_bare(const struct view_rows *rows);

/* report_remark.c: what is to be said below the rows, a sentence a line. */
void report_view_remark(const struct report_view *view, const struct report_page *page,
	const struct view_rows *rows, struct buf *text);

/*
 * The groups as rows of one table, and whether the page shows each of them in
 * full, too.  Released by report_view_release.
 */
void report_groups_take(const struct report_page *page, struct view_rows *rows);
bool report_groups_in_full(const struct report_page *page);

/* What is said where it does not. */
extern const char report_groups_many[];

/* The cell of the k-th column of the i-th row. */
static inline const struct page_cell *
view_cell(const struct view_rows *rows, size_t i, size_t k)
{
	size_t at = rows->column[k];

	return at < rows->table->n_columns ? page_cell(rows->table, rows->row[i], at)
		: page_cell(rows->own, i, at - rows->table->n_columns);
}

static inline const struct page_column *
view_column(const struct view_rows *rows, size_t k)
{
	size_t at = rows->column[k];

	return at < rows->table->n_columns ? &rows->table->spec->column[at]
		: &rows->own->spec->column[at - rows->table->n_columns];
}

/* A key says what a row is about and is never compared. */
static inline bool
view_is_key(const struct view_rows *rows, size_t k)
{
	return rows->column[k] < rows->table->spec->n_keys;
}

/* Which of a compared figure's three values. */
enum view_side {
	VIEW_NOW,
	VIEW_PREVIOUS,
	VIEW_CHANGE,
	VIEW_SIDES
};

/* A count that a period lacks is 0 there, where it has a change (esc-report(1)). */
struct span view_side(const struct page_cell *cell, enum view_side side);

/* The only figure of each row: what stands beside it has room in columns. */
bool report_view_is_single(const struct view_rows *rows);
bool report_view_is_wide(const struct view_rows *rows); /* ... and does stand there */

/* "exhausted missed-limit" as "exhausted, missed-limit". */
void report_view_words(struct span words, struct buf *text);

/*
 * report_head.c: "October 2026 (Europe/London)", and what else is to be said
 * before the figures, a sentence a line, as other people's text.
 */
void report_head_title(const struct page_head *head, struct buf *text);
void report_head_notes(const struct report_page *page, struct buf *lines);

/*
 * report_show.c: a figure as people read it: seconds as 3h 20m, a share as
 * 92.31 %; other people's text as it stands.  Nothing where it is missing.
 */
void report_show(enum page_kind kind, struct span value, struct buf *text);

/* The same of a change: with its sign; 0 without one; shares in points. */
void report_show_change(enum page_kind kind, struct span value, struct buf *text);

/* The figure of one side of a cell, each in its own way. */
void report_show_side(const struct page_cell *cell, enum view_side side, struct buf *text);

/* A number of the document in ten-thousandths, for what is drawn of it. */
int64_t page_number(struct span value);

#endif
