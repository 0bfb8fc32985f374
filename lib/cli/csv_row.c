#include "cli/csv_row.h"

#include <string.h>

#include "base/utf8.h"

static int
check_bytes(struct span raw, const char *encoding, struct err *err)
{
	if (raw.n && memchr(raw.p, 0, raw.n))
		return err_add(err, EX_DATAERR, NULL, "a NUL byte%s", encoding ? ""
			: "; if the file is UTF-16, say --encoding utf-16");
	if (utf8_valid(raw))
		return 0;
	if (encoding)
		return err_add(err, EX_DATAERR, NULL, "bytes that are no %s",
			encoding);
	return err_add(err, EX_DATAERR, NULL, "not UTF-8; say --encoding, "
		"for example --encoding windows-1252");
}

int
csv_row_check(const struct csv_row *row, const struct csv_row *header,
	const char *encoding, struct err *err)
{
	if (check_bytes(row->raw, encoding, err) < 0)
		return -1;
	if (!header || row->n == header->n)
		return 0;
	return err_add(err, EX_DATAERR, NULL,
		"%s cells: %zu, and the header has %zu",
		row->n < header->n ? "missing" : "extra", row->n, header->n);
}

void
csv_row_bad_quote(uint64_t line, uint64_t lines, struct err *err)
{
	if (lines > 1)
		err_add(err, EX_DATAERR, NULL, "a quote is left open: what follows it "
			"on line %llu is no end of a cell",
			(unsigned long long)(line + lines - 1));
	else
		err_add(err, EX_DATAERR, NULL,
			"a quote inside a cell must be doubled, and the cell quoted");
}

const struct span *
csv_row_copy(const struct csv_row *row, struct arena *arena)
{
	const char *first = row->cell[0].p;
	const struct span *last = &row->cell[row->n - 1];
	char *copy = arena_copy(arena, first, (size_t)(last->p - first) + last->n);
	struct span *cell = arena_alloc(arena, row->n * sizeof *cell);

	for (size_t i = 0; i < row->n; i++)
		cell[i] = (struct span){ copy + (row->cell[i].p - first),
			row->cell[i].n };
	return cell;
}
