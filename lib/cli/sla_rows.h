/*
 * sla_rows: the worst clocks of a stream, in bounded memory: those on which
 * the gate fails first, then by verdict, then by limit, then as they came.
 * What a row needs of its case is copied.
 * Order: sla_rows_init, sla_rows_add(_case)..., sla_rows_sort, then row[0 .. n),
 * sla_rows_release.
 */
#ifndef ESC_CLI_SLA_ROWS_H
#define ESC_CLI_SLA_ROWS_H

#include "cli/sla_say.h"

/* Texts of a row, all fit to be looked at; never NULL. */
enum row_text {
	ROW_CASE,
	ROW_CLOCK,   /* its name within the case: tier 2 cycle 1 */
	ROW_POLICY,
	ROW_SAID,    /* sla_say_clock */
	ROW_LEFT,
	ROW_SUBJECT, /* "" unless --show subject */
	ROW_TEXTS
};

struct sla_row {
	enum sla_outcome outcome;
	enum verdict verdict;
	enum clock_id clock;
	int64_t limit_at; /* INSTANT_NONE: none */
	uint64_t place;   /* in the stream */
	char *text[ROW_TEXTS];
};

struct sla_rows {
	struct sla_row *row;
	size_t n, most, room;
	uint64_t seen; /* those that are not kept too */
	bool full;     /* row[most - 1] bounds what is still of interest */
};

void sla_rows_init(struct sla_rows *rows, size_t most);

/* The i-th clock of a case; or all that are tests, of a case that is listed. */
void sla_rows_add(struct sla_rows *rows, const struct sla_run *run,
	const struct sla_case *entry, size_t i);
void sla_rows_add_case(struct sla_rows *rows, const struct sla_run *run,
	const struct sla_case *entry);

/* The worst first, at most as many as were asked for. */
void sla_rows_sort(struct sla_rows *rows);
void sla_rows_release(struct sla_rows *rows);

#endif
