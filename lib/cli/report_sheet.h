/*
 * report_sheet: the parts of which report_text makes a page: reading the
 * document, tables whose cells come from it, numbers in words.  Private to
 * report_*.c.
 */
#ifndef ESC_CLI_REPORT_SHEET_H
#define ESC_CLI_REPORT_SHEET_H

#include "base/scan.h"
#include "cli/table.h"

struct sheet {
	struct scan scan;   /* of the document */
	struct arena arena;
	size_t width;
	struct buf *out;
};

/* How a cell shows the document's value; a missing value is an empty cell. */
enum show {
	SHOW_AS_IS,
	SHOW_NET,     /* seconds as hours, minutes, seconds */
	SHOW_GROSS,   /* seconds with days */
	SHOW_PERCENT, /* a share of 1 */
	SHOW_LIST,    /* texts, with commas */
};

/* A column of a table whose rows are a list's objects. */
struct shown {
	const char *key; /* the member; "net.p50": of a member */
	enum show show;
	bool asks;       /* where any column asks, a row is left out in which
	                    all that ask are 0 */
};

/* The member of an object: its node, 0 where there is none. */
uint32_t sheet_member(const struct sheet *sheet, uint32_t at, const char *key);

void sheet_heading(struct sheet *sheet, const char *text);
void sheet_line(struct sheet *sheet, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The value as it is shown, appended to text. */
void sheet_value(struct sheet *sheet, uint32_t at, enum show show,
	struct buf *text);

/* Appends ", NAME VALUE" of an object's member where it has one. */
void sheet_fact(struct sheet *sheet, uint32_t at, const char *key,
	const char *name, enum show show, struct buf *text);

/* An object's members as a line of names and a line of numbers. */
void sheet_across(struct sheet *sheet, uint32_t at, const char *const *names);

/* A list's objects as rows, at most `most` (0: all) and a remark. */
void sheet_rows(struct sheet *sheet, uint32_t list,
	const struct table_column *column, const struct shown *shown,
	size_t n, size_t most);

/* Puts the table, or that there is nothing, and releases it. */
void sheet_table(struct sheet *sheet, struct table *table);

/* report_tables.c: all figures of the document, or of one of its groups. */
void sheet_tally(struct sheet *sheet, uint32_t tally);

#endif
