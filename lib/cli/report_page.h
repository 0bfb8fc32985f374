/*
 * report_page: a report's JSON document as tables, for all formats that
 * people and spreadsheets read.  Shows the figures of the document and
 * computes none; numbers keep their bytes.  Which tables there are is a list
 * (report_page_tables.c): a new one is a row in it.
 * Order: report_page_read, look at head and parts, report_page_release.
 * Source of names and columns: esc-report(1), TABLES.
 */
#ifndef ESC_CLI_REPORT_PAGE_H
#define ESC_CLI_REPORT_PAGE_H

#include "base/buf.h"
#include "base/scan.h"
#include "domain/report_period.h"

#define PAGE_COLUMNS 16 /* the most that a table has */
#define PAGE_NONE UINT32_MAX /* no such node */

enum page_kind {
	PAGE_TEXT,  /* other people's words, or names of ours */
	PAGE_COUNT, /* a number as it is */
	PAGE_NET,   /* seconds of a clock's own kind */
	PAGE_GROSS, /* seconds by the clock on the wall */
	PAGE_SHARE, /* of 1 */
};

struct page_column {
	const char *member; /* in the document, "net.p50"; NULL ends the list */
	const char *title;  /* for people */
	enum page_kind kind;
	bool words;         /* other people's, of any length: may be cut */
};

/* How the document holds a table. */
enum page_shape {
	SHAPE_FIGURES, /* an object: a row for each number: name, n */
	SHAPE_NESTED,  /* an object of objects: name, name, n */
	SHAPE_ROWS,    /* a list of objects: a row each */
	SHAPE_TEXTS,   /* a list of texts: a row each */
	SHAPE_LISTS,   /* an object of lists of texts: name, text */
};

struct page_spec {
	const char *name;  /* --table NAME */
	const char *path;  /* "frequency.flow" */
	enum page_shape shape;
	bool whole;        /* of all cases only: not in groups, not compared */
	size_t n_keys;     /* the leading columns, which say what a row is about */
	struct page_column column[PAGE_COLUMNS];
};

/* What is missing is {NULL, 0}. */
struct page_cell {
	enum page_kind kind;
	struct span value;  /* a text, decoded; a number as it is written */
	struct span previous, change; /* --compare; never of a key */
};

struct page_table {
	const struct page_spec *spec;
	size_t n_columns, n_rows, cap_rows;
	struct page_cell *cell; /* row by row */
};

struct page_sides { /* nodes of the document: the part now, before, and the change */
	uint32_t now, previous, change;
};

/* All cases, or those of a group. */
struct page_part {
	bool group;
	bool compared;
	struct span value; /* the group's; "": cases without one */
	struct report_page *page;
	struct page_sides at;
	struct page_table **table; /* page_specs of them, each made when it is asked for */
};

struct page_head {
	struct period period;    /* from INSTANT_NONE: no case; zone NULL: UTC */
	struct period previous;  /* --compare */
	struct span tz;
	struct span group_by, rejudge, rejudge_version; /* {NULL, 0}: not asked */
	struct span review_of;   /* a number, where the list is not all */
	bool compared;
};

struct report_page {
	struct scan scan;
	struct arena arena;
	struct page_head head;
	struct page_part *part; /* all cases first, then the groups */
	size_t n_parts;
};

extern const struct page_spec page_spec[];
extern const size_t page_specs;

/* Borrows the document.  0, or -1 with EX_SOFTWARE: it is none of ours. */
int report_page_read(struct report_page *page, struct span document,
	struct err *err);
void report_page_release(struct report_page *page);

const struct page_spec *page_spec_find(struct span name); /* NULL: none */

/* The table of that name, as long as the page or until it is dropped; NULL: none. */
const struct page_table *page_part_table(const struct page_part *part, const char *name);

/* Where there may be many parts: all tables of one, which may be asked for again. */
void page_part_drop(const struct page_part *part);

/* The name of the i-th; NULL behind the last.  All of them, with commas. */
const char *page_spec_name(size_t i);
void page_spec_names(struct buf *names);

/* The column of that member: its place, or n_columns where there is none. */
size_t page_column_find(const struct page_table *table, struct span member);

static inline const struct page_cell *
page_cell(const struct page_table *table, size_t row, size_t column)
{
	return &table->cell[row * table->n_columns + column];
}

/* A table of so many empty rows, on the heap; page_table_free releases it. */
struct page_table *page_table_new(const struct page_spec *spec, size_t n_rows);
void page_table_free(struct page_table *table);

/* report_page_rows.c: a table's rows out of the document. */
void page_table_fill(struct page_table *table, const struct page_part *part);

/* The member of an object by a dotted path; PAGE_NONE. */
uint32_t page_node(const struct scan *scan, uint32_t at, const char *path);

#endif
