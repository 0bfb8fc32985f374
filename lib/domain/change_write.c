#include "base/instant.h"
#include "domain/change_work.h"
#include "domain/derived.h"

/* What change_write puts together: members in the order of the line. */
struct writing {
	const struct change *change;
	struct buf *out;
	bool present[FIELD_COUNT];
};

/* Whether what the line says of it is replaced. */
static bool
is_decided(const struct writing *w, enum field field)
{
	return derived_has(field) || (field == FIELD_REV && w->change->rev >= 0);
}

/* "name":value of such a field; nothing where it has none. */
static void
write_field(struct writing *w, enum field field)
{
	size_t start = w->out->len;

	buf_key(w->out, field_table[field].name);
	if (field == FIELD_REV)
		buf_int(w->out, w->change->rev);
	else if (!derived_write(&w->change->fold, field, w->out))
		w->out->len = start;
}

/* The fields that the line lacks and that follow one that it has. */
static void
write_missing(struct writing *w, int after)
{
	for (int field = after + 1; field < FIELD_COUNT && !w->present[field]; field++)
		if (is_decided(w, (enum field)field))
			write_field(w, (enum field)field);
}

static void
write_raw(struct writing *w, uint32_t at)
{
	const struct scan *scan = w->change->record->scan;
	const struct scan_node *node = &scan->node[at];

	if (w->out->data[w->out->len - 1] != '{')
		buf_putc(w->out, ',');
	buf_put(w->out, scan->text + node->key - 1, node->end - node->key + 1);
}

static void
write_amended(struct writing *w, const struct amend *amend)
{
	if (!amend->value.node)
		return;
	if (w->out->data[w->out->len - 1] != '{')
		buf_putc(w->out, ',');
	buf_json(w->out, amend->name);
	buf_putc(w->out, ':');
	buf_span(w->out, scan_raw(amend->value.scan, amend->value.node));
}

static bool
is_same(struct value a, struct value b)
{
	if (!a.node || !b.node)
		return a.node == b.node;
	return span_eq(scan_raw(a.scan, a.node), scan_raw(b.scan, b.node));
}

/* A member that esc does not know: as it was, or as it was amended. */
static void
write_unknown(struct writing *w, uint32_t at)
{
	const struct change *change = w->change;
	const struct scan *scan = change->record->scan;
	const struct amend *amend = change->fold.n_amends == 0 ? NULL
		: fold_amend(&change->fold, scan_key(scan, at, change->arena));

	if (!amend || is_same(amend->value, (struct value){ scan, at }))
		write_raw(w, at);
	else
		write_amended(w, amend);
}

/* In force is what the line says: its bytes stay, those of its name too. */
static bool
is_unchanged(const struct writing *w, enum field field)
{
	const struct record *record = w->change->record;
	const struct fold *fold = &w->change->fold;

	if (field == FIELD_POLICY_VERSION)
		return span_eq(fold->policy_version, record->version);
	return field_in_form(field) && is_same(fold->form[field], record_value(record, field));
}

static void
write_member(struct writing *w, enum field field, uint32_t at)
{
	if (field == FIELD_NONE)
		write_unknown(w, at);
	else if (field == FIELD_EVENTS) {
		buf_key(w->out, "events");
		change_write_events(w->change, w->out);
	} else if (field == FIELD_SLA)
		return;
	else if (is_decided(w, field) && !is_unchanged(w, field))
		write_field(w, field);
	else
		write_raw(w, at);
}

static void
note_present(struct writing *w)
{
	const struct record *record = w->change->record;

	for (uint32_t i = 0; i < record->scan->node[0].count; i++)
		w->present[record->field[i]] = true;
}

/* x_ and unknown fields that were amended into being. */
static void
write_new_amends(struct writing *w)
{
	const struct fold *fold = &w->change->fold;

	for (size_t i = 0; i < fold->n_amends; i++)
		if (!fold->amend[i].own)
			write_amended(w, &fold->amend[i]);
}

int
change_write(struct change *change, struct buf *out, struct err *err)
{
	struct writing w = { .change = change, .out = out };
	const struct scan *scan = change->record->scan;
	const unsigned char *field = change->record->field;

	/* A backdated command was checked against the past alone. */
	if (change->at != INSTANT_NONE && fold_record(&change->fold, &change->grown,
			change->policies, INT64_MAX, change->arena, err) < 0)
		return -1;
	note_present(&w);
	buf_putc(out, '{');
	for (uint32_t at = scan_first(scan, 0); at; at = scan->node[at].next, field++) {
		if (*field == FIELD_EVENTS)
			write_new_amends(&w);
		write_member(&w, (enum field)*field, at);
		if (*field)
			write_missing(&w, *field);
	}
	buf_putc(out, '}');
	return 0;
}
