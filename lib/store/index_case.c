#include "base/instant.h"
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

/* The members of a record, by their nodes.  Committed ones are what they should be. */
static void
find_members(const struct scan *scan, uint32_t node[FIELD_COUNT], struct arena *arena)
{
	enum field last = FIELD_NONE;

	for (uint32_t at = scan_first(scan, 0); at; at = scan->node[at].next) {
		enum field field = field_find_after(scan_key(scan, at, arena), last);

		if (field == FIELD_NONE)
			continue;
		last = field;
		node[field] = at;
	}
}

static struct span
text_of(const struct scan *scan, uint32_t node, struct arena *arena)
{
	return node ? scan_text(scan, node, arena) : span_of(NULL);
}

static int64_t
instant_of(const struct scan *scan, uint32_t node, struct arena *arena)
{
	struct err none = { 0 };
	int64_t at;

	if (!node || instant_parse(scan_text(scan, node, arena), &at, &none) < 0)
		at = INSTANT_NONE;
	err_release(&none);
	return at;
}

static void
take(struct index_case *row, const struct scan *scan, struct arena *arena)
{
	uint32_t node[FIELD_COUNT] = { 0 };

	find_members(scan, node, arena);
	row->policy = text_of(scan, node[FIELD_POLICY], arena);
	row->created = instant_of(scan, node[FIELD_CREATED], arena);
	row->state = text_of(scan, node[FIELD_STATE], arena);
	row->priority = text_of(scan, node[FIELD_PRIORITY], arena);
	row->assignee = text_of(scan, node[FIELD_ASSIGNEE], arena);
	row->queue = text_of(scan, node[FIELD_QUEUE], arena);
	row->case_number = text_of(scan, node[FIELD_CASE_NUMBER], arena);
	if (node[FIELD_TIER])
		scan_int(scan, node[FIELD_TIER], &row->tier);
	row->due = instant_of(scan, node[FIELD_DUE], arena);
	row->risk = instant_of(scan, node[FIELD_RISK], arena);
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
	row->known = true;
}

void
index_case_read(struct index *index, struct index_case *row, const struct store_line *line)
{
	struct span data = span_trim(line->data);
	struct err none = { 0 };

	row->created = row->tier = row->due = row->risk = INSTANT_NONE;
	if (index->terms.kind == INDEX_SCAN)
		return;
	arena_reset(&index->arena);
	if (scan_line(&index->scan, data.p, data.n, &none) == 0)
		take(row, &index->scan, &index->arena);
	if (!row->state.p)
		leave_open(row);
	else
		row->known = index->world.len == 0 || line->seq > index->known_from ||
			(index_state_is_final(row->state) &&
				index_soon(row->due, row->risk) == INSTANT_NONE);
	err_release(&none);
}
