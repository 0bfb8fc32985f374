#include "domain/form.h"

#include "domain/form_parts.h"
#include "domain/shown.h"
#include "domain/timeform.h"

const char *const form_person_names[PERSON_MEMBERS] = { "name", "email",
	"role" };

static const char *const time_formats[] = { "rfc3339", "%Y-%m-%dT%H:%M:%S",
	"%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M" };

int
form_instant(const struct form_reader *r, const char *name, struct span text,
	int64_t *at)
{
	struct err why = { 0 };
	int result;

	result = r->terms->zone
		? timeform_read(text, time_formats, 4, r->terms->zone, at, &why)
		: instant_parse(text, at, &why);
	if (result < 0)
		err_add(r->err, EX_DATAERR, name, "%s", err_text(&why));
	err_release(&why);
	return result;
}

static void
unknown_code(const struct form_reader *r, const struct form_field *row,
	const char *name, struct span text)
{
	struct buf list = { 0 };

	for (size_t i = 0; i < row->n_codes; i++)
		buf_printf(&list, "%s%s", i ? ", " : "", row->code[i].code);
	err_add(r->err, EX_DATAERR, name, "expected %s%s; got \"%.*s\"",
		row->n_codes > 1 ? "one of " : "", buf_cstr(&list), SHOWN(text));
	buf_release(&list);
}

/* The code, or the text itself where the field has none; {NULL, 0}: refused. */
struct span
form_code(const struct form_reader *r, const struct form_field *row,
	const char *name, struct span text)
{
	const struct code *code;

	if (!row || row->n_codes == 0)
		return text;
	code = form_field_code(row, span_trim(text));
	if (code)
		return span_of(code->code);
	unknown_code(r, row, name, text);
	return (struct span){ NULL, 0 };
}

struct span
form_keep(const struct form_reader *r, struct buf *buf)
{
	struct span kept = { arena_copy(r->arena, buf->data, buf->len), buf->len };

	buf_release(buf);
	return kept;
}

/* The text as JSON, checked; {NULL, 0}: empty or refused. */
struct span
form_json(const struct form_reader *r, const struct form_field *row,
	const char *name, struct span text)
{
	struct buf json = { 0 };

	if (span_trim(text).n == 0)
		return (struct span){ NULL, 0 };
	text = form_code(r, row, name, text);
	if (!text.p)
		return text;
	buf_json(&json, text);
	return form_keep(r, &json);
}

/* The instant as JSON; {NULL, 0}: empty, or refused, as is what lies ahead. */
static struct span
instant_json(const struct form_reader *r, const char *name, struct span text,
	int64_t *at)
{
	struct buf json = { 0 };

	if (span_trim(text).n == 0 || form_instant(r, name, span_trim(text), at) < 0)
		return (struct span){ NULL, 0 };
	if (*at > r->terms->now) {
		err_add(r->err, EX_DATAERR, name, "after now; got \"%.*s\"",
			SHOWN(text));
		return (struct span){ NULL, 0 };
	}
	buf_putc(&json, '"');
	buf_instant(&json, *at);
	buf_putc(&json, '"');
	return form_keep(r, &json);
}

static void
read_created(const struct form_reader *r, struct form *form, struct span text)
{
	int64_t at;

	if (!instant_json(r, "created", text, &at).p)
		return;
	if (at < 0)
		err_add(r->err, EX_DATAERR, "created", "before 1970; got \"%.*s\"",
			SHOWN(text));
	else
		form->created = at;
}

static struct span
any_text(const struct form_reader *r, enum field field, struct span text)
{
	const struct form_field *row = policy_form_field(r->terms->policy, field,
		NULL);
	const char *name = field_table[field].name;
	int64_t at;

	if (field_table[field].kind == KIND_INSTANT)
		return instant_json(r, name, text, &at);
	if (row && row->list && r->terms->split)
		return form_split(r, row, text);
	return form_json(r, row, name, text);
}

struct span
form_text(const struct form_terms *terms, enum field field, struct span text,
	struct arena *arena, struct err *err)
{
	struct form_reader r = { terms, NULL, arena, err };

	return any_text(&r, field, text);
}

static void
read_value(const struct form_reader *r, struct form *form, enum field field,
	uint32_t at)
{
	const char *name = field_table[field].name;
	enum scan_type type = scan_type(r->scan, at);

	if (type == SCAN_NULL)
		return;
	if (field == FIELD_REQUESTER)
		form_read_person(r, form, at);
	else if (field == FIELD_ATTACHMENTS)
		form->value[field] = form_attachments(r, at);
	else if (type == SCAN_ARRAY)
		form->value[field] = form_list(r, field, at);
	else if (type != SCAN_STRING)
		err_add(r->err, EX_DATAERR, name, "expected a text");
	else if (field == FIELD_CREATED)
		read_created(r, form, scan_text(r->scan, at, r->arena));
	else
		form->value[field] = any_text(r, field,
			scan_text(r->scan, at, r->arena));
}

/*
 * What an id may be made of: the same text in the same bytes.  As in any
 * field, null and an empty text are no value: {NULL, 0}.
 */
static struct span
plain_json(const struct form_reader *r, uint32_t at)
{
	struct buf json = { 0 };
	struct span text;

	if (scan_type(r->scan, at) == SCAN_NULL)
		return (struct span){ NULL, 0 };
	if (scan_type(r->scan, at) != SCAN_STRING)
		return scan_raw(r->scan, at);
	text = scan_text(r->scan, at, r->arena);
	if (span_trim(text).n == 0)
		return (struct span){ NULL, 0 };
	if (!r->scan->node[at].escaped)
		return scan_raw(r->scan, at);
	buf_json(&json, text);
	return form_keep(r, &json);
}

static void
read_extra(const struct form_reader *r, struct form *form, uint32_t at)
{
	const struct scan_node *node = &r->scan->node[at];

	form->extra = arena_grow(r->arena, form->extra, form->n_extra,
		&form->cap_extra, sizeof *form->extra);
	form->extra[form->n_extra++] = (struct form_extra){
		scan_key(r->scan, at, r->arena),
		{ r->scan->text + node->key - 1, node->key_len + 2 },
		scan_raw(r->scan, at),
		plain_json(r, at),
	};
}

static void
read_member(const struct form_reader *r, struct form *form, uint32_t at)
{
	struct span name = scan_key(r->scan, at, r->arena);
	struct span member = field_requester_member(name);
	enum field field = field_find(name);

	if (member.p)
		form_read_dotted(r, form, member, at);
	else if (field == FIELD_NONE)
		read_extra(r, form, at);
	else if (field_in_form(field) || field == FIELD_CREATED)
		read_value(r, form, field, at);
	else
		err_add(r->err, EX_DATAERR, field_table[field].name,
			"a name that esc writes itself: map it away");
}

static void
check_required(const struct form_reader *r, const struct form *form)
{
	const struct policy *policy = r->terms->policy;

	for (size_t i = 0; i < policy->n_form; i++) {
		const struct form_field *row = &policy->form[i];

		if (row->required && !form_find(form, span_of(row->name)).p &&
			!form_has_fault(r, row->name))
			err_add(r->err, EX_DATAERR, row->name, "required");
	}
}

static void
read_members(const struct form_reader *r, struct form *form)
{
	*form = (struct form){ .created = INSTANT_NONE };
	for (uint32_t at = scan_first(r->scan, 0); at; at = r->scan->node[at].next)
		read_member(r, form, at);
}

int
form_read(struct form *form, const struct form_terms *terms,
	const struct scan *scan, struct arena *arena, struct err *err)
{
	struct form_reader r = { terms, scan, arena, err };
	size_t faults = err->n;

	read_members(&r, form);
	check_required(&r, form);
	return err->n == faults ? 0 : -1;
}

int
form_read_part(struct form *form, const struct form_terms *terms,
	const struct scan *scan, struct arena *arena, struct err *err)
{
	struct form_reader r = { terms, scan, arena, err };
	size_t faults = err->n;

	read_members(&r, form);
	return err->n == faults ? 0 : -1;
}

struct span
form_find(const struct form *form, struct span name)
{
	struct span member = field_requester_member(name);
	enum field field = field_find(name);

	if (field_in_form(field) && field != FIELD_REQUESTER)
		return form->value[field];
	for (int i = 0; i < PERSON_MEMBERS; i++)
		if (member.p && span_is(member, form_person_names[i]))
			return form->person[i];
	for (size_t i = 0; i < form->n_extra; i++)
		if (span_eq(form->extra[i].name, name))
			return form->extra[i].json;
	return (struct span){ NULL, 0 };
}
