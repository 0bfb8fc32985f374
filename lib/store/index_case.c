#include "base/instant.h"
#include "domain/last.h"
#include "store/index_work.h"

bool
index_state_is_final(struct span state)
{
	static const enum case_state final[] =
		{ STATE_CLOSED, STATE_CANCELLED, STATE_PRIORITISED, STATE_MERGED };

	for (size_t i = 0; i < sizeof final / sizeof *final; i++)
		if (span_is(state, state_names[final[i]]))
			return true;
	return false;
}

int64_t
index_soon(int64_t due, int64_t risk)
{
	if (due == INSTANT_NONE || risk == INSTANT_NONE)
		return due == INSTANT_NONE ? risk : due;
	return due < risk ? due : risk;
}

size_t
index_tail(struct span id, char tail[INDEX_TAIL])
{
	size_t n = id.n < INDEX_TAIL ? id.n : INDEX_TAIL;

	for (size_t i = 0; i < n; i++)
		tail[i] = id.p[id.n - 1 - i];
	return n;
}

/* Of a record of a newer version nobody knows what its members mean. */
static bool
is_newer(const struct scan *scan)
{
	uint32_t at = scan_member(scan, 0, "v");
	int64_t v;

	return at && scan_int(scan, at, &v) == 0 && v > RECORD_V;
}

/* The members of a record.  Committed ones are what they should be. */
static void
find_members(const struct scan *scan, struct arena *arena, struct index_said *said)
{
	struct value events = { scan, 0 }, clocks = { scan, 0 };
	enum field last = FIELD_NONE;

	for (uint32_t at = scan_first(scan, 0); at; at = scan->node[at].next) {
		enum field field = field_find_after(scan_key(scan, at, arena), last);

		if (field == FIELD_NONE)
			continue;
		last = field;
		said->text[field] = scan_text(scan, at, arena);
		if (field == FIELD_TIER)
			scan_int(scan, at, &said->tier);
		if (field == FIELD_EVENTS)
			events.node = at;
		if (field == FIELD_CLOCKS)
			clocks.node = at;
	}
	said->last = last_counted(events, clocks, arena);
}

static int64_t
instant_of(struct span text)
{
	struct err none = { 0 };
	int64_t at;

	if (!text.p || instant_parse(text, &at, &none) < 0)
		at = INSTANT_NONE;
	err_release(&none);
	return at;
}

static void
take(struct index_case *row, const struct index_said *said)
{
	const struct span *text = said->text;

	row->policy = text[FIELD_POLICY];
	row->created = instant_of(text[FIELD_CREATED]);
	row->state = text[FIELD_STATE];
	row->tier = said->tier;
	row->priority = text[FIELD_PRIORITY];
	row->assignee = text[FIELD_ASSIGNEE];
	row->queue = text[FIELD_QUEUE];
	row->case_number = text[FIELD_CASE_NUMBER];
	row->due = instant_of(text[FIELD_DUE]);
	row->risk = instant_of(text[FIELD_RISK]);
	row->last = last_is_open(row->state) ? INSTANT_MAX : said->last;
	if (row->created > row->last)
		row->last = row->created;
}

/* What was written just now needs no more than a glance, if it is plain. */
static void
read_members(struct index *index, struct index_case *row, const struct store_line *line)
{
	static const struct index_said nothing = { .tier = INSTANT_NONE, .last = INSTANT_NONE };
	struct index_said said = nothing;
	struct span data = span_trim(line->data);
	struct err none = { 0 };

	if (line->seq > index->own_from && index_glance(data, &said)) {
		take(row, &said);
		return;
	}
	said = nothing;
	if (scan_line(&index->scan, data.p, data.n, &none) == 0 && !is_newer(&index->scan)) {
		find_members(&index->scan, &index->arena, &said);
		take(row, &said);
	}
	err_release(&none);
}

/*
 * Without a state nothing is narrowed by it (see index_select.c), and what
 * is due since ever is always looked at: whoever reads the line tells why.
 */
static void
leave_open(struct index_case *row)
{
	row->unread = true;
	row->due = row->risk = INSTANT_MIN;
	row->last = INSTANT_MAX;
	row->known = true;
}

void
index_case_read(struct index *index, struct index_case *row, const struct store_line *line)
{
	row->created = row->tier = row->due = row->risk = row->last = INSTANT_NONE;
	if (index->terms.kind == INDEX_SCAN)
		return;
	arena_reset(&index->arena);
	read_members(index, row, line);
	if (!row->state.p)
		leave_open(row);
	else
		row->known = index->world.len == 0 || line->seq > index->known_from ||
			(index_state_is_final(row->state) &&
				index_soon(row->due, row->risk) == INSTANT_NONE);
}
