#include "domain/history.h"

struct history {
	const struct record *record;
	struct fold fold;        /* of all events: what was submitted */
	uint32_t *place;         /* of each event in what is left; 0: left out */
	bool present[FIELD_COUNT];
	struct arena *arena;
	struct buf *out;
};

/* The event that a retraction names, from 1 on; 0: none that there is. */
static size_t
retracts(const struct record *record, const struct event *event)
{
	int64_t place;

	if (event->type != EV_RETRACTED || !event_int(event, "event", &place) ||
		place < 1 || place > (int64_t)record->n_events)
		return 0;
	return (size_t)place;
}

static void
number_events(struct history *h, int64_t until)
{
	const struct record *record = h->record;
	uint32_t n = 0;

	h->place = arena_zero(h->arena, record->n_events * sizeof *h->place);
	for (size_t i = 0; i < record->n_events; i++) {
		size_t other = retracts(record, &record->event[i]);

		if (i > 0 && record->event[i].at > until)
			continue;
		if (other && other <= i && !h->place[other - 1])
			continue;
		h->place[i] = ++n;
	}
}

static void
put_comma(struct buf *out)
{
	char last = out->data[out->len - 1];

	if (last != '{' && last != '[')
		buf_putc(out, ',');
}

/* A retraction with the place that its event has now. */
static void
put_retraction(struct history *h, const struct event *event, size_t other)
{
	struct span raw = scan_raw(event->scan, event->node);
	struct span number = scan_raw(event->scan, event_member(event, "event"));
	const char *behind = number.p + number.n;

	buf_put(h->out, raw.p, (size_t)(number.p - raw.p));
	buf_int(h->out, h->place[other - 1] ? h->place[other - 1] : (int64_t)other);
	buf_put(h->out, behind, (size_t)(raw.p + raw.n - behind));
}

static void
put_events(struct history *h)
{
	const struct record *record = h->record;

	put_comma(h->out);
	buf_puts(h->out, "\"events\":[");
	for (size_t i = 0; i < record->n_events; i++) {
		const struct event *event = &record->event[i];
		size_t other = retracts(record, event);

		if (!h->place[i])
			continue;
		put_comma(h->out);
		if (other)
			put_retraction(h, event, other);
		else
			buf_span(h->out, scan_raw(event->scan, event->node));
	}
	buf_putc(h->out, ']');
}

/* A member of ours or not, with a value from anywhere; none: nothing. */
static void
put_member(struct history *h, struct span name, struct value value)
{
	if (!value.node)
		return;
	put_comma(h->out);
	buf_json(h->out, name);
	buf_putc(h->out, ':');
	buf_span(h->out, scan_raw(value.scan, value.node));
}

static void
put_as_it_is(struct history *h, uint32_t at)
{
	const struct scan *scan = h->record->scan;
	const struct scan_node *node = &scan->node[at];

	put_comma(h->out);
	buf_put(h->out, scan->text + node->key - 1, node->end - node->key + 1);
}

static bool
is_own(const struct history *h, struct value value, uint32_t at)
{
	return value.scan == h->record->scan && value.node == at;
}

static void
put_form(struct history *h, enum field field, uint32_t at)
{
	struct value value = h->fold.submitted[field];

	if (is_own(h, value, at))
		put_as_it_is(h, at);
	else
		put_member(h, span_of(field_table[field].name), value);
}

static void
put_unknown(struct history *h, uint32_t at)
{
	const struct amend *amend = h->fold.n_amends == 0 ? NULL
		: fold_amend(&h->fold, scan_key(h->record->scan, at, h->arena));

	if (!amend || is_own(h, amend->submitted, at))
		put_as_it_is(h, at);
	else
		put_member(h, amend->name, amend->submitted);
}

/* What was taken out of the record since, and stood before its events. */
static void
put_taken_out(struct history *h)
{
	for (size_t i = 0; i < h->fold.n_amends; i++)
		if (!h->fold.amend[i].own)
			put_member(h, h->fold.amend[i].name, h->fold.amend[i].submitted);
}

/* The form's fields that the line lacks now and that follow this one. */
static void
put_missing(struct history *h, enum field after)
{
	for (int field = (int)after + 1; field < FIELD_COUNT && !h->present[field]; field++)
		if (field_in_form((enum field)field))
			put_member(h, span_of(field_table[field].name), h->fold.submitted[field]);
}

static void
put_version(struct history *h)
{
	put_comma(h->out);
	buf_puts(h->out, "\"policy_version\":");
	buf_json(h->out, fold_submitted_version(h->record, h->arena));
}

static void
put_field(struct history *h, enum field field, uint32_t at)
{
	if (field == FIELD_NONE)
		put_unknown(h, at);
	else if (field == FIELD_EVENTS)
		put_events(h);
	else if (field == FIELD_POLICY_VERSION)
		put_version(h);
	else if (field_in_form(field))
		put_form(h, field, at);
	else
		put_as_it_is(h, at);
}

static void
put_record(struct history *h)
{
	const struct record *record = h->record;
	const struct scan *scan = record->scan;
	const unsigned char *field = record->field;

	for (uint32_t i = 0; i < scan->node[0].count; i++)
		h->present[field[i]] = true;
	buf_putc(h->out, '{');
	for (uint32_t at = scan_first(scan, 0); at; at = scan->node[at].next, field++) {
		if (*field == FIELD_EVENTS)
			put_taken_out(h);
		put_field(h, (enum field)*field, at);
		if (*field)
			put_missing(h, (enum field)*field);
	}
	buf_putc(h->out, '}');
}

int
history_until(const struct record *record, int64_t until, const struct policy_source *policies,
	struct arena *arena, struct buf *out, struct err *err)
{
	struct history h = { .record = record, .arena = arena, .out = out };

	if (record->created > until)
		return 0;
	if (fold_record(&h.fold, record, policies, INT64_MAX, arena, err) < 0)
		return -1;
	number_events(&h, until);
	put_record(&h);
	return 1;
}
