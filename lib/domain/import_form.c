/* The form of a case, from the columns. */
#include "domain/import_case.h"

/* The row that a field is taken from; ANY tries one after the other. */
static int
put_value(struct import_case *c, const struct named_source *field,
	struct buf *out)
{
	enum source_row from = field->source.row;
	size_t i = from == FROM_LAST ? c->n_rows - 1 : 0;
	int answer;

	do {
		c->cur = &c->row[i++];
		answer = source_json(c, &field->source, field->name, out);
	} while (from == FROM_ANY && answer == 0 && i < c->n_rows);
	return answer;
}

static int
put_field(struct import_case *c, const struct named_source *field,
	struct buf *out)
{
	size_t start = out->len;
	int answer;

	buf_key(out, field->name);
	answer = put_value(c, field, out);
	if (answer <= 0)
		out->len = start;
	return answer;
}

static int
put_fields(struct import_case *c, struct buf *out)
{
	int result = 0;

	for (size_t i = 0; i < c->mapping->n_fields; i++)
		if (put_field(c, &c->mapping->field[i], out) < 0)
			result = -1;
	return result;
}

int
import_scan(const struct import_case *c, const struct buf *text)
{
	char *kept = arena_alloc(c->arena, text->len + SCAN_SLACK);

	memcpy(kept, text->data, text->len);
	return scan_line(c->import->form, kept, text->len, c->err);
}

int
import_read_form(struct import_case *c, int64_t created, struct form *form)
{
	struct buf text = { 0 };
	int result;

	buf_puts(&text, "{\"created\":\"");
	buf_instant(&text, created);
	buf_putc(&text, '"');
	result = put_fields(c, &text);
	buf_putc(&text, '}');
	c->import->fault = c->row;
	if (result == 0)
		result = import_scan(c, &text);
	buf_release(&text);
	if (result < 0)
		return -1;
	return form_read(form, &c->import->terms, c->import->form, c->arena,
		c->err);
}

int
import_form(const struct mapping *mapping, const struct zone *zone,
	const struct span *cell, struct arena *arena, struct buf *out,
	struct err *err)
{
	struct import import = { .mapping = mapping, .zone = zone };
	struct import_row row = { .cell = cell, .at = INSTANT_NONE };
	struct import_case c = { .import = &import, .mapping = mapping,
		.arena = arena, .err = err, .row = &row, .n_rows = 1, .cur = &row };
	struct named_source created = { "created", mapping->created };
	int result = 0;

	created.source.as = AS_INSTANT;
	buf_putc(out, '{');
	if (mapping->has_created)
		result = put_field(&c, &created, out);
	if (put_fields(&c, out) < 0)
		result = -1;
	buf_putc(out, '}');
	return result < 0 ? -1 : 0;
}
