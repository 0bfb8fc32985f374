/*
 * form_csv: a CSV row as a form: field names as headers (requester.email),
 * equal headers as a list, empty cells absent; or by a mapping's fields.
 * Order: form_csv_header for each file, then form_csv_row for each row;
 * form_csv_release at the end.
 */
#ifndef ESC_CLI_FORM_CSV_H
#define ESC_CLI_FORM_CSV_H

#include "base/buf.h"
#include "base/zone.h"
#include "cli/csv_in.h"
#include "domain/mapping.h"
#include "domain/policy.h"

/* Equal headers are one field: a chain of columns, in their order. */
struct form_column {
	size_t next; /* 0: the last */
	bool first;  /* which writes them all */
};

struct form_csv {
	struct mapping *mapping; /* NULL: headers are field names */
	const struct policy *policy; /* whose required fields must have columns */
	const char *key;         /* as must this one; NULL: none */
	const struct zone *zone;
	struct arena *arena;     /* of one row */
	struct csv_row names;    /* of this file */
	struct form_column *column; /* of names */
};

/* Borrows the header.  0, or -1 with EX_DATAERR and every column it lacks. */
int form_csv_header(struct form_csv *csv, const struct csv_row *header,
	struct err *err);

/* Appends the row as a JSON object.  0, or -1 with EX_DATAERR. */
int form_csv_row(const struct form_csv *csv, const struct csv_row *row,
	struct buf *out, struct err *err);

void form_csv_release(struct form_csv *csv);

#endif
