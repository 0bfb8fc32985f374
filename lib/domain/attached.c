#include "domain/attached.h"

struct search {
	struct arena *arena;
	attached_each_fn fn;
	void *ctx;
	struct err *err;
};

static struct span
text_of(const struct search *search, const struct scan *scan, uint32_t at, const char *name)
{
	uint32_t member = scan_member(scan, at, name);

	return member ? scan_text(scan, member, search->arena) : (struct span){ NULL, 0 };
}

static int
attached_one(const struct search *search, const struct scan *scan, uint32_t at)
{
	struct attached attached = { .size = -1 };
	uint32_t size;

	if (!at || scan_type(scan, at) != SCAN_OBJECT)
		return 0;
	attached.b2 = text_of(search, scan, at, "b2");
	if (!attached.b2.p)
		return 0;
	attached.name = text_of(search, scan, at, "name");
	size = scan_member(scan, at, "size");
	if (size && scan_int(scan, size, &attached.size) < 0)
		attached.size = -1;
	return search->fn(search->ctx, &attached, search->err);
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
record_attached(const struct record *record, struct arena *arena, attached_each_fn fn,
	void *ctx, struct err *err)
{
	struct search search = { arena, fn, ctx, err };
	int result = attached_list(&search, record->scan, record->node[FIELD_ATTACHMENTS]);

	for (size_t i = 0; i < record->n_events && result == 0; i++)
		result = attached_by(&search, &record->event[i]);
	return result;
}

struct nameless {
	attached_fn fn;
	void *ctx;
};

static int
without_name(void *ctx, const struct attached *attached, struct err *err)
{
	const struct nameless *to = ctx;

	return to->fn(to->ctx, attached->b2, attached->size, err);
}

int
record_attachments(const struct record *record, struct arena *arena, attached_fn fn,
	void *ctx, struct err *err)
{
	struct nameless to = { fn, ctx };

	return record_attached(record, arena, without_name, &to, err);
}
