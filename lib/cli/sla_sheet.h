/*
 * sla_sheet: the rows of a statement of account: a local time, what happened,
 * and amounts of time that add up to the second.  Texts are shown as
 * utf8_display does and wrapped, so that the sheet fits its width.
 * Order: sla_sheet_init, sla_sheet_row..., sla_sheet_put, sla_sheet_end.
 */
#ifndef ESC_CLI_SLA_SHEET_H
#define ESC_CLI_SLA_SHEET_H

#include "base/zone.h"
#include "cli/table.h"

#define SHEET_NONE INT64_MIN /* an amount that is not shown */

enum sla_sheet_amount {
	SHEET_COUNTED,
	SHEET_TOTAL,
	SHEET_LEFT,
	SHEET_AMOUNTS
};

struct sla_sheet {
	const struct zone *zone;
	size_t width;        /* 0: PROSE_WIDTH, and no text is cut */
	size_t n_amounts;    /* SHEET_LEFT: nothing is left of anything */
	int64_t most;        /* of the amounts: their columns are as wide */
	bool seconds;        /* amounts have them */
	int year;            /* of the last row */
	char title[8];
	struct table_column column[2 + SHEET_AMOUNTS];
	struct table table;
	size_t text_width;
};

/*
 * zone, width, n_amounts, most and seconds are set; `from` is the first
 * row's time.  The sheet must stay where it is.
 */
void sla_sheet_init(struct sla_sheet *sheet, int64_t from);

/* amount: SHEET_AMOUNTS of them, or NULL.  text is anybody's. */
void sla_sheet_row(struct sla_sheet *sheet, int64_t at, struct span text, const int64_t *amount);
void sla_sheet_put(const struct sla_sheet *sheet, struct buf *out);
void sla_sheet_end(struct sla_sheet *sheet);

/* 7h30m, -0h05m; with seconds 7h30m09s. */
void sla_sheet_spell(struct buf *out, int64_t s, bool seconds);

/* Mon 16 Nov 10:00, on the zone's clocks; 10:00:09 where there are seconds. */
void sla_sheet_spell_time(struct buf *out, const struct zone *zone, int64_t at);

#endif
