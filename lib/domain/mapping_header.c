/* Columns that a header lacks. */
#include "domain/mapping.h"

int
header_lacks(const struct span *header, size_t n, const char *name,
	const char *why, struct err *err)
{
	for (size_t i = 0; i < n; i++) {
		struct span like = span_trim(header[i]);

		if (span_eq_nocase(like, span_of(name)))
			return err_add(err, EX_DATAERR, NULL,
				"no column \"%s\", which %s; there is \"%.*s\"",
				name, why, (int)header[i].n, header[i].p);
	}
	return err_add(err, EX_DATAERR, NULL, "no column \"%s\", which %s", name,
		why);
}

int
mapping_bind(struct mapping *mapping, const struct span *header, size_t n,
	struct err *err)
{
	size_t faults = err->n;

	for (size_t i = 0; i < mapping->n_columns; i++) {
		struct column *column = &mapping->column[i];

		column->cell = arena_alloc(mapping->arena, (n + 1) * sizeof(size_t));
		column->n = 0;
		for (size_t c = 0; c < n; c++)
			if (span_is(header[c], column->name))
				column->cell[column->n++] = c;
		if (column->n == 0)
			header_lacks(header, n, column->name, "the mapping names",
				err);
	}
	return err->n == faults ? 0 : -1;
}
