/* A line of --events: a command in the words of its event. */
#include <inttypes.h>
#include <string.h>

#include "base/instant.h"
#include "domain/derived.h"
#include "domain/merge_work.h"
#include "domain/shown.h"

static int
read_member(struct event_line *line, struct span name, uint32_t at, struct arena *arena,
	struct err *err)
{
	const struct scan *scan = line->scan;

	if (span_is(name, "id")) {
		line->id = scan_text(scan, at, arena);
		return line->id.p ? 0 : err_add(err, EX_DATAERR, "id", "expected a text");
	}
	if (span_is(name, "event")) {
		line->event = at;
		return scan_type(scan, at) == SCAN_OBJECT ? 0
			: err_add(err, EX_DATAERR, "event", "expected an object");
	}
	if (!span_is(name, "rev"))
		return err_add(err, EX_DATAERR, NULL, "expected id, rev and event; got \"%.*s\"",
			SHOWN(name));
	if (scan_type(scan, at) == SCAN_NULL)
		return 0;
	if (scan_int(scan, at, &line->rev) < 0 || line->rev < 0)
		return err_add(err, EX_DATAERR, "rev", "expected a whole number");
	return 0;
}

int
event_line_read(struct event_line *line, const struct scan *scan, struct arena *arena,
	struct err *err)
{
	int result = 0;

	*line = (struct event_line){ .rev = -1, .scan = scan };
	if (scan_member(scan, 0, "events"))
		return err_add(err, EX_DATAERR, NULL,
			"a record, not an event: leave out --events");
	for (uint32_t at = scan_first(scan, 0); at; at = scan->node[at].next)
		if (read_member(line, scan_key(scan, at, arena), at, arena, err) < 0)
			result = -1;
	if (!line->id.p && result == 0)
		result = err_add(err, EX_DATAERR, "id", "required");
	if (!line->event && result == 0)
		result = err_add(err, EX_DATAERR, "event", "required");
	return result;
}

/* The event that was given, and what it lacks. */
struct command {
	const struct meeting *m;
	const struct scan *scan;
	uint32_t node;
	struct event event;  /* as it was given; `at` filled in */
	bool timed;          /* it says `at` */
	uint32_t by;         /* its node; 0: not said */
};

static enum event_type
type_of(const struct command *c)
{
	struct event given = { .scan = c->scan, .node = c->node };

	return event_type_find(event_text(&given, "type", c->m->arena));
}

/* A later release may know more types; who writes today knows these. */
static int
check_type(const struct command *c)
{
	struct event given = { .scan = c->scan, .node = c->node };
	struct span type = event_text(&given, "type", c->m->arena);

	if (!type.p || type_of(c) != EV_OTHER || (type.n > 2 && memcmp(type.p, "x-", 2) == 0))
		return 0;
	return err_add(c->m->err, EX_DATAERR, "type",
		"no event of esc: \"%.*s\"; types of your own begin with x-", SHOWN(type));
}

/* Members that a commit alone gives. */
static int
check_members(const struct command *c)
{
	static const char *const ours[] = { "logged", "judged", "was_at", "was" };
	enum event_type type = type_of(c);
	size_t n = sizeof ours / sizeof *ours;
	int result = 0;

	if (type != EV_AMENDED && type != EV_RECLASSIFIED)
		n--;
	for (size_t i = 0; i < n; i++)
		if (scan_member(c->scan, c->node, ours[i]))
			result = err_add(c->m->err, EX_DATAERR, ours[i], "is filled in by the commit");
	return result;
}

static int
find_time(struct command *c)
{
	struct event given = { .scan = c->scan, .node = c->node };
	uint32_t at = event_member(&given, "at");
	struct err why = { 0 };
	int result;

	c->timed = at != 0;
	c->event.at = c->m->merge->change.recorded;
	if (!at)
		return 0;
	if (scan_type(c->scan, at) != SCAN_STRING ||
		instant_parse(scan_text(c->scan, at, c->m->arena), &c->event.at, &why) < 0)
		result = err_add(c->m->err, EX_DATAERR, "at", "%s",
			why.n ? err_text(&why) : "expected an instant (RFC 3339)");
	else if (c->event.at < c->m->stored->record->created)
		result = err_add(c->m->err, EX_DATAERR, "at", "lies before the case was created");
	else
		result = merge_ahead(c->m, "at", c->event.at);
	err_release(&why);
	return result;
}

/* Members but for those that the commit puts first. */
static void
put_others(const struct command *c, struct buf *out)
{
	static const char *const first[] = { "at", "by", "type" };
	const struct scan *scan = c->scan;
	uint32_t put[3];

	for (size_t i = 0; i < 3; i++)
		put[i] = scan_member(scan, c->node, first[i]);
	for (uint32_t at = scan_first(scan, c->node); at; at = scan->node[at].next) {
		const struct scan_node *node = &scan->node[at];

		if (at == put[0] || at == put[1] || at == put[2])
			continue;
		buf_putc(out, ',');
		buf_put(out, scan->text + node->key - 1, node->end - node->key + 1);
	}
}

/* As commands write events; the last brace is left to change_add. */
static void
put_event(const struct command *c, struct buf *out)
{
	const struct change *change = &c->m->merge->change;
	uint32_t type = scan_member(c->scan, c->node, "type");

	buf_putc(out, '{');
	derived_instant(out, "at", c->event.at);
	if (c->event.at < change->recorded)
		derived_instant(out, "logged", change->recorded);
	buf_key(out, "by");
	if (c->by)
		buf_span(out, scan_raw(c->scan, c->by));
	else
		buf_json(out, change->by);
	if (type) {
		buf_key(out, "type");
		buf_span(out, scan_raw(c->scan, type));
	}
	put_others(c, out);
}

/* The case has it already, from a run before. */
static bool
is_there(const struct command *c)
{
	const struct record *stored = c->m->stored->record;
	const char *const aside[] = { "at", "logged", "judged", "was", "was_at",
		c->by ? NULL : "by", NULL };
	const struct same_terms terms = { .aside = aside, .erased = c->m->stored->erased };

	for (size_t i = 1; c->timed && i < stored->n_events; i++)
		if (stored->event[i].at == c->event.at && same_node(stored->event[i].scan,
				stored->event[i].node, c->scan, c->node, &terms, c->m->arena))
			return true;
	return false;
}

/* A retraction acts on all there is; a backdated one of the rest on its time. */
static int
add(const struct command *c)
{
	struct change *change = &c->m->merge->change;
	bool late = c->event.at < change->recorded && type_of(c) != EV_RETRACTED;

	if (change_as_of(change, late ? c->event.at : INSTANT_NONE, c->m->err) < 0)
		return -1;
	put_event(c, change_text(change));
	return change_add(change, c->m->err);
}

static enum merged
check_rev(const struct meeting *m, const struct event_line *line)
{
	const struct record *stored = m->stored->record;

	if (line->rev < 0 || line->rev == stored->rev)
		return MERGED_SAME;
	err_add(m->err, EX_TEMPFAIL, "rev",
		"the store has %" PRId64 "; got %" PRId64 ": stale; read %.*s again", stored->rev,
		line->rev, SHOWN(stored->id));
	return MERGED_STALE;
}

enum merged
merge_event(struct merge *merge, const struct merge_stored *stored, const struct event_line *line,
	struct arena *arena, struct buf *out, struct err *err)
{
	const struct meeting m = { merge, stored, NULL, arena, err };
	struct command c = { .m = &m, .scan = line->scan, .node = line->event };
	struct event given = { .scan = line->scan, .node = line->event };
	int added;

	c.by = event_member(&given, "by");
	merge_start(&m);
	if (check_type(&c) < 0 || check_members(&c) < 0 || find_time(&c) < 0)
		return MERGED_REFUSED;
	if (is_there(&c))
		return MERGED_SAME;
	if (check_rev(&m, line) != MERGED_SAME)
		return MERGED_STALE;
	added = add(&c);
	if (added <= 0)
		return added < 0 ? MERGED_REFUSED : MERGED_SAME;
	merge->late = change_is_late(&merge->change);
	return merge_write(&m, out);
}
