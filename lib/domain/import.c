#include "domain/import.h"

#include <stdlib.h>

#include "domain/import_case.h"

/* One column is its text, several a JSON list: two keys are never one. */
int
import_key(const struct mapping *mapping, const struct span *cell,
	struct buf *key, struct err *err)
{
	bool list = mapping->n_keys > 1;

	for (size_t i = 0; i < mapping->n_keys; i++) {
		struct span text = cell_text(mapping, cell, mapping->key[i], 0);

		if (!text.p)
			return err_add(err, EX_DATAERR,
				mapping->column[mapping->key[i]].name,
				"required: it is the key");
		if (!list) {
			buf_span(key, text);
			continue;
		}
		buf_putc(key, i ? ',' : '[');
		buf_json(key, text);
	}
	if (list)
		buf_putc(key, ']');
	return 0;
}

/* When the current row happened. */
static int
row_time(struct import_case *c, struct import_row *row)
{
	const struct mapping *mapping = c->mapping;
	struct source order = { .kind = SOURCE_COLUMN };
	const char *name;

	row->at = INSTANT_NONE;
	if (mapping->n_orders == 0)
		return 0;
	c->cur = c->import->fault = row;
	order.column = mapping->order[0];
	name = mapping->column[order.column].name;
	switch (source_instant(c, &order, name, &row->at)) {
	case 1:
		return 0;
	case 0:
		return err_add(c->err, EX_DATAERR, name, "required: it says when");
	default:
		return -1;
	}
}

/* Numbers as numbers, all else by bytes, nothing first. */
static int
order_texts(struct span a, struct span b)
{
	int64_t x, y;

	if (a.p && b.p && text_digits(a, &x) == 0 && text_digits(b, &y) == 0)
		return (x > y) - (x < y);
	return span_order(a, b);
}

static int
order_rows(const void *a, const void *b, void *ctx)
{
	const struct import_row *x = a, *y = b;
	const struct mapping *mapping = ctx;
	int order = (x->at > y->at) - (x->at < y->at);

	for (size_t i = 1; i < mapping->n_orders && order == 0; i++)
		order = order_texts(cell_text(mapping, x->cell, mapping->order[i], 0),
			cell_text(mapping, y->cell, mapping->order[i], 0));
	return order ? order : (x->place > y->place) - (x->place < y->place);
}

static int
order_events(const void *a, const void *b)
{
	const struct import_event *x = a, *y = b;
	int order = (x->at > y->at) - (x->at < y->at);

	return order ? order : (x->place > y->place) - (x->place < y->place);
}

static int
begin(struct import_case *c)
{
	const struct mapping *mapping = c->mapping;
	int result = 0;

	c->known = arena_zero(c->arena,
		(mapping->n_columns + 1) * sizeof *c->known);
	c->rule = arena_zero(c->arena, (mapping->n_rules + 1) * sizeof *c->rule);
	c->group = arena_alloc(c->arena, (c->n_rows + 1) * sizeof *c->group);
	for (size_t i = 0; i < mapping->n_rules; i++) {
		c->rule[i].last_at = INSTANT_NONE;
		c->rule[i].json = arena_zero(c->arena,
			(mapping->rule[i].n_fields + 1) * sizeof *c->rule[i].json);
	}
	for (size_t i = 0; i < c->n_rows && result == 0; i++)
		result = row_time(c, &c->row[i]);
	if (result < 0)
		return -1;
	qsort_r(c->row, c->n_rows, sizeof *c->row, order_rows,
		(void *)(uintptr_t)mapping);
	return import_first_values(c);
}

static int64_t
first_instant(const struct import_case *c)
{
	int64_t first = INSTANT_NONE;

	for (size_t i = 0; i < c->n_events; i++)
		if (c->event[i].at != INSTANT_NONE &&
			(first == INSTANT_NONE || c->event[i].at < first))
			first = c->event[i].at;
	for (size_t i = 0; i < c->n_rows; i++)
		if (c->row[i].at != INSTANT_NONE &&
			(first == INSTANT_NONE || c->row[i].at < first))
			first = c->row[i].at;
	return first;
}

/* What the mapping says, else the first thing that happened, else now. */
static int
find_created(struct import_case *c, int64_t *created, int64_t *in_id)
{
	int said = 0;

	c->cur = c->row;
	if (c->mapping->has_created)
		said = source_instant(c, &c->mapping->created, "created", created);
	if (said < 0)
		return -1;
	*in_id = said ? *created : 0;
	if (said)
		return 0;
	*created = first_instant(c);
	c->import->created_now = *created == INSTANT_NONE;
	if (c->import->created_now)
		*created = c->import->terms.now;
	return 0;
}

static int
put_events(struct import_case *c, int64_t created, struct buf *out)
{
	for (size_t i = 0; i < c->n_events; i++)
		if (c->event[i].at == INSTANT_NONE)
			c->event[i].at = created;
	if (c->n_events)
		qsort(c->event, c->n_events, sizeof *c->event, order_events);
	for (size_t i = 0; i < c->n_events; i++) {
		const struct import_event *event = &c->event[i];

		if (event->at > c->import->terms.now) {
			c->import->fault = event->row;
			return err_add(c->err, EX_DATAERR, NULL,
				"an event that lies after now");
		}
		buf_puts(out, i ? ",{\"at\":\"" : "{\"at\":\"");
		buf_instant(out, event->at);
		buf_puts(out, "\",");
		buf_put(out, event->body.p + 1, event->body.n - 1);
		buf_putc(out, '}');
	}
	return 0;
}

static struct span
who_submitted(struct import_case *c)
{
	const struct mapping *mapping = c->mapping;
	struct span by = { NULL, 0 };

	c->cur = c->row;
	if (mapping->has_submitted_by)
		by = source_text(c, &mapping->submitted_by);
	if (!by.p && mapping->has_by)
		by = source_text(c, &mapping->by);
	return by.p ? by : c->import->by;
}

static void
key_id(const struct import_case *c, struct span key, int64_t created,
	char id[CASE_ID_SIZE])
{
	struct buf json = { 0 };

	if (c->mapping->n_keys > 1)
		buf_span(&json, key);
	else
		buf_json(&json, key);
	case_id_of_key(c->import->terms.policy, buf_text(&json), created, id);
	buf_release(&json);
}

static int
finish(struct import_case *c, struct span key, struct buf *events,
	struct buf *line, struct buf *out)
{
	struct import *import = c->import;
	char id[CASE_ID_SIZE];
	struct form form;
	int64_t created, in_id;

	import->fault = c->row;
	if (find_created(c, &created, &in_id) < 0 ||
		import_read_form(c, created, &form) < 0 ||
		put_events(c, created, events) < 0)
		return -1;
	key_id(c, key, in_id, id);
	case_line(&(struct new_case){ &form, import->terms.policy, id, created,
		who_submitted(c), buf_text(events) }, line);
	return case_finish(import->change, line, import->line, c->arena, out,
		c->err);
}

int
import_case(struct import *import, struct import_row *row, size_t n,
	struct span key, struct arena *arena, struct buf *out, struct err *err)
{
	struct import_case c = { .import = import, .mapping = import->mapping,
		.arena = arena, .err = err, .row = row, .n_rows = n };
	struct buf events = { 0 }, line = { 0 };
	int result;

	import->created_now = false;
	result = begin(&c);
	for (size_t i = 0; i < n && result == 0; i++) {
		c.cur = import->fault = &row[i];
		result = import_row_events(&c);
	}
	if (result == 0)
		result = finish(&c, key, &events, &line, out);
	buf_release(&events);
	buf_release(&line);
	return result;
}
