#include "cli/sla_text_table.h"

#include "base/utf8.h"
#include "cli/table.h"

#define GAP             2
#define SUBJECT_COLUMNS 16 /* of a subject that is worth its column */

static const struct table_column columns[COLUMNS] = {
	[COLUMN_ID] = { "CASE", ALIGN_LEFT, false },
	[COLUMN_STATE] = { "STATE", ALIGN_LEFT, false },
	[COLUMN_TIER] = { "TIER", ALIGN_RIGHT, false },
	[COLUMN_VERDICT] = { "VERDICT", ALIGN_LEFT, true },
	[COLUMN_CLOCK] = { "CLOCK", ALIGN_LEFT, false },
	[COLUMN_LEFT] = { "LEFT", ALIGN_RIGHT, false },
	[COLUMN_LIMIT] = { "LIMIT", ALIGN_LEFT, false },
	[COLUMN_BASELINE] = { "BASELINE", ALIGN_LEFT, false },
	[COLUMN_REJUDGED] = { "REJUDGED", ALIGN_LEFT, false },
	[COLUMN_NUMBER] = { "NUMBER", ALIGN_LEFT, false },
	[COLUMN_ASSIGNEE] = { "ASSIGNEE", ALIGN_LEFT, false },
	[COLUMN_SUBJECT] = { "SUBJECT", ALIGN_LEFT, true },
};

/* What a narrow screen does without, in this order: LEFT says when it is due. */
static const enum text_column spared[] = {
	COLUMN_NUMBER, COLUMN_ASSIGNEE, COLUMN_STATE, COLUMN_TIER, COLUMN_LIMIT, COLUMN_CLOCK
};

#define SPARED (sizeof spared / sizeof *spared)

static size_t
width_of(const struct text_row *row, size_t n, enum text_column column)
{
	size_t width = utf8_width(span_of(columns[column].title));

	if (column == COLUMN_SUBJECT)
		return SUBJECT_COLUMNS;
	for (size_t i = 0; i < n; i++) {
		size_t cell = utf8_width(span_of(row[i].cell[column]));

		width = cell > width ? cell : width;
	}
	return width;
}

static unsigned
fitting(const struct text_row *row, size_t n, unsigned asked, size_t width)
{
	size_t each[COLUMNS], total = 0, most = width ? width + GAP : SIZE_MAX;
	unsigned shown = asked;

	for (int i = 0; i < COLUMNS; i++) {
		each[i] = width_of(row, n, (enum text_column)i) + GAP;
		total += asked & COLUMN(i) ? each[i] : 0;
	}
	for (size_t i = 0; i < SPARED && total > most; i++) {
		total -= shown & COLUMN(spared[i]) ? each[spared[i]] : 0;
		shown &= ~COLUMN(spared[i]);
	}
	for (size_t i = 0; i < SPARED; i++) {
		if (!(asked & ~shown & COLUMN(spared[i])) || total + each[spared[i]] > most)
			continue;
		shown |= COLUMN(spared[i]);
		total += each[spared[i]];
	}
	return shown;
}

void
sla_text_table_put(const struct text_row *row, size_t n, unsigned asked, size_t width,
	struct buf *out)
{
	unsigned shown = fitting(row, n, asked, width);
	struct table_column chosen[COLUMNS];
	struct table table;
	size_t n_columns = 0;

	for (int i = 0; i < COLUMNS; i++)
		if (shown & COLUMN(i))
			chosen[n_columns++] = columns[i];
	table_init(&table, chosen, n_columns);
	for (size_t i = 0; i < n; i++)
		for (int k = 0; k < COLUMNS; k++)
			if (shown & COLUMN(k))
				table_cell(&table, span_of(row[i].cell[k]));
	table_put(&table, width, out);
	table_end(&table);
}
