#include "domain/attached.h"

struct search {
	struct arena *arena;
	attached_fn fn;
	void *ctx;
	struct err *err;
};

static int
attached_one(const struct search *search, const struct scan *scan, uint32_t at)
{
	uint32_t b2, size;
	int64_t bytes = -1;

	if (!at || scan_type(scan, at) != SCAN_OBJECT)
		return 0;
	b2 = scan_member(scan, at, "b2");
	if (!b2 || scan_type(scan, b2) != SCAN_STRING)
		return 0;
	size = scan_member(scan, at, "size");
	if (size && scan_int(scan, size, &bytes) < 0)
		bytes = -1;
	return search->fn(search->ctx, scan_text(scan, b2, search->arena), bytes, search->err);
}

static int
attached_list(const struct search *search, const struct scan *scan, uint32_t list)
{
	int result = 0;

	if (!list || scan_type(scan, list) != SCAN_ARRAY)
		return 0;
	for (uint32_t at = scan_first(scan, list); at && result == 0; at = scan->node[at].next)
		result = attached_one(search, scan, at);
	return result;
}

/* `attachments` in what an event sets, or in what was before. */
static int
attached_in(const struct search *search, const struct event *event, const char *member)
{
	uint32_t at = event_member(event, member);

	if (!at || scan_type(event->scan, at) != SCAN_OBJECT)
		return 0;
	return attached_list(search, event->scan,
		scan_member(event->scan, at, field_table[FIELD_ATTACHMENTS].name));
}

static int
attached_by(const struct search *search, const struct event *event)
{
	int result = 0;

	if (event->type == EV_ATTACHED)
		result = attached_one(search, event->scan, event_member(event, "attachment"));
	if (event->type != EV_AMENDED && event->type != EV_RECLASSIFIED)
		return result;
	result = attached_in(search, event, "set");
	return result ? result : attached_in(search, event, "was");
}

int
record_attachments(const struct record *record, struct arena *arena, attached_fn fn,
	void *ctx, struct err *err)
{
	struct search search = { arena, fn, ctx, err };
	int result = attached_list(&search, record->scan, record->node[FIELD_ATTACHMENTS]);

	for (size_t i = 0; i < record->n_events && result == 0; i++)
		result = attached_by(&search, &record->event[i]);
	return result;
}
