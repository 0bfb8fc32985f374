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
};

extern const struct report_view report_view[];
extern const size_t report_views;

/* What a view takes of a table. */
struct view_rows {
	const struct page_table *table;
	size_t column[PAGE_COLUMNS], n_columns;
	size_t *row, n_rows;
	size_t left; /* rows that there are beyond these */
};

bool report_view_shows(const struct report_view *view, const struct report_page *page,
	const struct page_part *part);
void report_view_take(const struct report_view *view, const struct page_part *part,
	struct view_rows *rows);
void report_view_release(struct view_rows *rows);

/* The cell of the k-th column of the i-th row. */
static inline const struct page_cell *
view_cell(const struct view_rows *rows, size_t i, size_t k)
{
	return page_cell(rows->table, rows->row[i], rows->column[k]);
}

static inline const struct page_column *
view_column(const struct view_rows *rows, size_t k)
{
	return &rows->table->spec->column[rows->column[k]];
}

/* A key says what a row is about and is never compared. */
static inline bool
view_is_key(const struct view_rows *rows, size_t k)
{
	return rows->column[k] < rows->table->spec->n_keys;
}

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

#endif
