#include "cli/form_csv.h"

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

int
form_csv_header(struct form_csv *csv, const struct csv_row *header,
	struct err *err)
{
	size_t faults = err->n;

	csv->names = *header;
	if (csv->mapping)
		mapping_bind(csv->mapping, header->cell, header->n, err);
	check_fields(csv, err);
	return err->n == faults ? 0 : -1;
}

/* The first of equal headers writes them all. */
static bool
is_first(const struct csv_row *names, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (span_eq(names->cell[k], names->cell[i]))
			return false;
	return true;
}

static size_t
count_values(const struct csv_row *names, const struct csv_row *row, size_t i,
	bool *repeated)
{
	size_t n = 0;

	*repeated = false;
	for (size_t k = i; k < names->n; k++) {
		if (!span_eq(names->cell[k], names->cell[i]))
			continue;
		*repeated = *repeated || k > i;
		n += row->cell[k].n > 0;
	}
	return n;
}

static void
put_values(const struct csv_row *names, const struct csv_row *row, size_t i,
	struct buf *out)
{
	bool first = true;

	for (size_t k = i; k < names->n; k++) {
		if (!span_eq(names->cell[k], names->cell[i]) || !row->cell[k].n)
			continue;
		if (!first)
			buf_putc(out, ',');
		first = false;
		buf_json(out, row->cell[k]);
	}
}

static int
put_column(const struct csv_row *names, const struct csv_row *row, size_t i,
	struct buf *out, struct err *err)
{
	bool repeated;

	if (!is_first(names, i) || count_values(names, row, i, &repeated) == 0)
		return 0;
	if (names->cell[i].n == 0)
		return err_add(err, EX_DATAERR, NULL, "cell %zu has no header", i + 1);
	if (out->data[out->len - 1] != '{')
		buf_putc(out, ',');
	buf_json(out, names->cell[i]);
	buf_puts(out, repeated ? ":[" : ":");
	put_values(names, row, i, out);
	if (repeated)
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
		if (put_column(&csv->names, row, i, out, err) < 0)
			result = -1;
	buf_putc(out, '}');
	return result;
}
