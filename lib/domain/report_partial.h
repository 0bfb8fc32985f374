/*
 * report_partial: what a report has counted, as lines of JSON that other
 * reports are summed up from: a head with the scope, a line for each row, and
 * a last one with the number of lines and their hash, so that a partial that
 * was cut or changed is noticed.  Rows are sums or bounded lists, so partials
 * can be merged in any order and grouping.  Nothing that is read is trusted:
 * what a hash covers may still have been made by anybody.
 * Order of writing: report_partial_write.  Of reading: partial_init, partial_read
 * for each line, partial_release; reader->part is the sum, while reader->open is
 * false and nothing was refused.
 * Source: esc-report(1), PARTIALS.
 */
#ifndef ESC_DOMAIN_REPORT_PARTIAL_H
#define ESC_DOMAIN_REPORT_PARTIAL_H

#include "base/hash.h"
#include "base/scan.h"
#include "domain/report_part.h"

#define PARTIAL_FORMAT 1

/* All that is counted: a hundred of it fits, also in ten-thousandths. */
#define PARTIAL_N_MOST (INT64_MAX / 1000000)

struct partial_reader {
	struct report_part part;  /* the sum of all */
	uint64_t n;               /* whole partials */
	bool any;                 /* part.scope is known */
	bool open;                /* a partial has begun and not ended */
	struct arena kept;        /* texts of part.scope */

	/* Of the open one. */
	struct hash hash;
	uint64_t lines;
	bool names_cases;         /* it holds an id */
	struct report *report;    /* what its rows are added to ... */
	struct tally *tally;
	struct clock_row *clock;  /* NULL: no row of a clock came before */
	struct digest digest;     /* that is being read ... */
	struct digest *into;      /* ... and goes into this; NULL: none */
	uint64_t digest_n;

	/* Of all: nothing can be more, so no sum can overflow. */
	uint64_t counted, seconds;
	struct counts seen;       /* the hashes of those that name cases */
};

/* Lines with a newline each; how many.  Sorts the report. */
uint64_t report_partial_write(struct report_part *part, struct buf *out);

/* Whether a line is the head of one. */
bool partial_is_head(const struct scan *scan);

void partial_init(struct partial_reader *reader);
void partial_release(struct partial_reader *reader);

/*
 * Adds a line, without its newline: 0; or -1 with EX_DATAERR (damaged, or of
 * another report), or EX_CONFIG: of a later release.
 */
int partial_read(struct partial_reader *reader, struct span line,
	const struct scan *scan, struct arena *arena, struct err *err);

#endif
