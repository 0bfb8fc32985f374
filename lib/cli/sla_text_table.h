/*
 * sla_text_table: the table of esc-sla-check --format text: which columns it has
 * and which it does without where the screen is narrow; a case's id is not
 * cut to it, so that it can be taken to the next command.
 */
#ifndef ESC_CLI_SLA_TEXT_TABLE_H
#define ESC_CLI_SLA_TEXT_TABLE_H

#include "base/buf.h"
#include "domain/verdict.h"

enum text_column {
	COLUMN_ID,
	COLUMN_STATE,
	COLUMN_TIER,
	COLUMN_VERDICT,
	COLUMN_CLOCK,
	COLUMN_LEFT,
	COLUMN_LIMIT,
	COLUMN_BASELINE, /* --baseline */
	COLUMN_REJUDGED, /* --rejudge */
	COLUMN_NUMBER,   /* the case's and whose it is: where any has them */
	COLUMN_ASSIGNEE,
	COLUMN_SUBJECT,  /* --show subject */
	COLUMNS
};

#define COLUMN(column) (1U << (column))

struct text_row {
	enum verdict verdict;
	int64_t limit_at;      /* INT64_MAX: none, last */
	size_t place;          /* ties stay in input order */
	char *cell[COLUMNS];   /* anybody's text; NULL: empty */
	struct buf statement;  /* --explain */
};

/* columns: COLUMN bits of those that were asked for; width 0: any. */
void sla_text_table_put(const struct text_row *row, size_t n, unsigned columns, size_t width,
	struct buf *out);

#endif
