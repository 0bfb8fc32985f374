#include "domain/form_parts.h"

#include <stdio.h>

#include "base/hash.h"

/* A field that was refused is not missing too. */
bool
form_has_fault(const struct form_reader *r, const char *name)
{
	for (size_t i = 0; i < r->err->n; i++)
		if (strcmp(r->err->fault[i].where, name) == 0)
			return true;
	return false;
}

/* The items of a list, as JSON, each once. */
struct items {
	struct span *item;
	size_t n;
};

static void
items_add(struct items *items, struct span item)
{
	if (!item.p)
		return;
	for (size_t i = 0; i < items->n; i++)
		if (span_eq(items->item[i], item))
			return;
	items->item[items->n++] = item;
}

/* One item is written as one text, so that CSV and JSON forms are equal. */
static struct span
items_json(const struct form_reader *r, const struct items *items)
{
	struct buf json = { 0 };

	if (items->n == 0)
		return (struct span){ NULL, 0 };
	if (items->n == 1)
		return items->item[0];
	for (size_t i = 0; i < items->n; i++) {
		buf_putc(&json, i ? ',' : '[');
		buf_span(&json, items->item[i]);
	}
	buf_putc(&json, ']');
	return form_keep(r, &json);
}

struct span
form_list(const struct form_reader *r, enum field field, uint32_t at)
{
	const struct form_field *row = policy_form_field(r->terms->policy, field,
		NULL);
	const char *name = field_table[field].name;
	struct items items = { 0 };

	items.item = arena_alloc(r->arena,
		(r->scan->node[at].count + 1) * sizeof *items.item);
	for (uint32_t i = scan_first(r->scan, at); i; i = r->scan->node[i].next) {
		if (scan_type(r->scan, i) == SCAN_STRING)
			items_add(&items, form_json(r, row, name,
				scan_text(r->scan, i, r->arena)));
		else if (scan_type(r->scan, i) != SCAN_NULL)
			err_add(r->err, EX_DATAERR, name, "expected a list of texts");
	}
	if (items.n > 1 && (!row || !row->list))
		err_add(r->err, EX_DATAERR, name, "expected one value; got %zu",
			items.n);
	return items_json(r, &items);
}

struct span
form_split(const struct form_reader *r, const struct form_field *row,
	struct span text)
{
	struct items items = { arena_alloc(r->arena,
		(text.n + 1) * sizeof *items.item), 0 };

	while (text.n) {
		const char *mark = memchr(text.p, FORM_LIST_MARK, text.n);
		size_t n = mark ? (size_t)(mark - text.p) : text.n;

		items_add(&items, form_json(r, row, row->name,
			span_trim((struct span){ text.p, n })));
		n += mark != NULL;
		text = (struct span){ text.p + n, text.n - n };
	}
	return items_json(r, &items);
}

static void
read_person_member(const struct form_reader *r, struct form *form, int member,
	uint32_t at)
{
	char name[32];

	snprintf(name, sizeof name, "requester.%s", form_person_names[member]);
	if (scan_type(r->scan, at) == SCAN_NULL)
		return;
	if (scan_type(r->scan, at) != SCAN_STRING)
		err_add(r->err, EX_DATAERR, name, "expected a text");
	else if (form->person[member].p)
		err_add(r->err, EX_DATAERR, name, "given twice");
	else
		form->person[member] = form_json(r,
			policy_form_field(r->terms->policy, FIELD_REQUESTER,
				form_person_names[member]),
			name, scan_text(r->scan, at, r->arena));
}

static int
person_member(struct span name)
{
	for (int i = 0; i < PERSON_MEMBERS; i++)
		if (span_is(name, form_person_names[i]))
			return i;
	return -1;
}

static void
read_person_named(const struct form_reader *r, struct form *form,
	struct span name, uint32_t at)
{
	int member = person_member(name);

	if (member < 0)
		err_add(r->err, EX_DATAERR, "requester",
			"expected name, email and role alone");
	else
		read_person_member(r, form, member, at);
}

void
form_read_person(const struct form_reader *r, struct form *form, uint32_t at)
{
	if (scan_type(r->scan, at) != SCAN_OBJECT) {
		err_add(r->err, EX_DATAERR, "requester",
			"expected an object of name, email, role");
		return;
	}
	for (uint32_t i = scan_first(r->scan, at); i; i = r->scan->node[i].next)
		read_person_named(r, form, scan_key(r->scan, i, r->arena), i);
}

void
form_read_dotted(const struct form_reader *r, struct form *form,
	struct span member, uint32_t at)
{
	read_person_named(r, form, member, at);
}

static bool
is_hash(struct span text)
{
	if (text.n != HASH_HEX - 1)
		return false;
	for (size_t i = 0; i < text.n; i++)
		if (!strchr("0123456789abcdef", text.p[i]) || !text.p[i])
			return false;
	return true;
}

static int
put_attachment(const struct form_reader *r, uint32_t at, struct buf *json)
{
	struct span name = { NULL, 0 }, b2 = { NULL, 0 };
	int64_t size = -1;

	if (scan_type(r->scan, at) == SCAN_OBJECT) {
		uint32_t member = scan_member(r->scan, at, "size");

		if (member && scan_int(r->scan, member, &size) < 0)
			size = -1;
		if ((member = scan_member(r->scan, at, "name")))
			name = scan_text(r->scan, member, r->arena);
		if ((member = scan_member(r->scan, at, "b2")))
			b2 = scan_text(r->scan, member, r->arena);
	}
	if (!name.n || size < 0 || !is_hash(b2))
		return -1;
	buf_puts(json, "{\"name\":");
	buf_json(json, name);
	buf_puts(json, ",\"size\":");
	buf_int(json, size);
	buf_puts(json, ",\"b2\":");
	buf_json(json, b2);
	buf_putc(json, '}');
	return 0;
}

struct span
form_attachments(const struct form_reader *r, uint32_t at)
{
	struct buf json = { 0 };
	bool ok = scan_type(r->scan, at) == SCAN_ARRAY;

	if (ok && r->scan->node[at].count == 0)
		return (struct span){ NULL, 0 };
	buf_putc(&json, '[');
	for (uint32_t i = ok ? scan_first(r->scan, at) : 0; ok && i;
		i = r->scan->node[i].next) {
		if (json.len > 1)
			buf_putc(&json, ',');
		ok = put_attachment(r, i, &json) == 0;
	}
	buf_putc(&json, ']');
	if (ok)
		return form_keep(r, &json);
	buf_release(&json);
	err_add(r->err, EX_DATAERR, "attachments",
		"expected a list of {\"name\",\"size\",\"b2\"}");
	return (struct span){ NULL, 0 };
}
