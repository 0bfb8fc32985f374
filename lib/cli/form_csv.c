#include "cli/form_csv.h"

#include <stdlib.h>
#include <string.h>

#include "domain/import.h"

static bool
has_column(const struct csv_row *header, const char *name)
{
	for (size_t i = 0; i < header->n; i++)
		if (span_is(header->cell[i], name))
			return true;
	return false;
}

/* `requester` alone is an object of all its members. */
static bool
is_mapped(const struct mapping *mapping, const char *name)
{
	for (size_t i = 0; i < mapping->n_fields; i++) {
		const char *field = mapping->field[i].name;
		size_t n = strlen(field);

		if (strncmp(name, field, n) == 0 && (!name[n] || name[n] == '.'))
			return true;
	}
	return false;
}

static void
check_field(const struct form_csv *csv, const char *name, const char *why,
	struct err *err)
{
	const struct csv_row *header = &csv->names;

	if (csv->mapping && !is_mapped(csv->mapping, name))
		err_add(err, EX_DATAERR, NULL,
			"the mapping has no field \"%s\", which %s", name, why);
	else if (!csv->mapping && !has_column(header, name))
		header_lacks(header->cell, header->n, name, why, err);
}

/* Where every row would lack a field, the file is refused, once. */
static void
check_fields(const struct form_csv *csv, struct err *err)
{
	const struct policy *policy = csv->policy;

	for (size_t i = 0; i < policy->n_form; i++)
		if (policy->form[i].required)
			check_field(csv, policy->form[i].name,
				"the policy requires", err);
	if (csv->key)
		check_field(csv, csv->key, "is the key", err);
}

static int
order_names(const void *a, const void *b, void *ctx)
{
	const struct csv_row *names = ctx;
	size_t x = *(const size_t *)a, y = *(const size_t *)b;
	int order = span_order(names->cell[x], names->cell[y]);

	return order ? order : (x > y) - (x < y);
}

/* Puts equal headers together by sorting: there may be many columns. */
static void
chain_columns(struct form_csv *csv)
{
	size_t n = csv->names.n;
	size_t *place = mem_alloc(n * sizeof *place);

	csv->column = mem_resize(csv->column, n * sizeof *csv->column);
	for (size_t i = 0; i < n; i++)
		place[i] = i;
	qsort_r(place, n, sizeof *place, order_names, &csv->names);
	for (size_t i = 0; i < n; i++) {
		struct span name = csv->names.cell[place[i]];
		bool same = i && span_eq(name, csv->names.cell[place[i - 1]]);

		csv->column[place[i]] = (struct form_column){ 0, !same };
		if (same)
			csv->column[place[i - 1]].next = place[i];
	}
	free(place);
}

int
form_csv_header(struct form_csv *csv, const struct csv_row *header,
	struct err *err)
{
	size_t faults = err->n;

	csv->names = *header;
	if (csv->mapping)
		mapping_bind(csv->mapping, header->cell, header->n, err);
	else
		chain_columns(csv);
	check_fields(csv, err);
	return err->n == faults ? 0 : -1;
}

/* How many of the columns that begin with this one have a value. */
static size_t
count_values(const struct form_csv *csv, const struct csv_row *row, size_t i)
{
	size_t n = 0;

	do {
		n += row->cell[i].n > 0;
		i = csv->column[i].next;
	} while (i);
	return n;
}

static void
put_values(const struct form_csv *csv, const struct csv_row *row, size_t i,
	struct buf *out)
{
	bool any = false;

	do {
		if (row->cell[i].n) {
			if (any)
				buf_putc(out, ',');
			any = true;
			buf_json(out, row->cell[i]);
		}
		i = csv->column[i].next;
	} while (i);
}

static int
put_column(const struct form_csv *csv, const struct csv_row *row, size_t i,
	struct buf *out, struct err *err)
{
	struct span name = csv->names.cell[i];
	bool list = csv->column[i].next != 0;

	if (!csv->column[i].first || count_values(csv, row, i) == 0)
		return 0;
	if (name.n == 0)
		return err_add(err, EX_DATAERR, NULL, "cell %zu has no header", i + 1);
	if (out->data[out->len - 1] != '{')
		buf_putc(out, ',');
	buf_json(out, name);
	buf_puts(out, list ? ":[" : ":");
	put_values(csv, row, i, out);
	if (list)
		buf_putc(out, ']');
	return 0;
}

int
form_csv_row(const struct form_csv *csv, const struct csv_row *row,
	struct buf *out, struct err *err)
{
	int result = 0;

	if (csv->mapping)
		return import_form(csv->mapping, csv->zone, row->cell, csv->arena,
			out, err);
	buf_putc(out, '{');
	for (size_t i = 0; i < csv->names.n; i++)
		if (put_column(csv, row, i, out, err) < 0)
			result = -1;
	buf_putc(out, '}');
	return result;
}

void
form_csv_release(struct form_csv *csv)
{
	free(csv->column);
}
