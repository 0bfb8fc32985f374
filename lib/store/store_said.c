#include "store/store_said.h"

enum store_said
store_said(const struct scan *scan, uint32_t *at)
{
	static const struct {
		const char *name;
		enum store_said said;
	} kinds[] = {
		{ "erased", SAID_ERASED },
		{ "recovered", SAID_RECOVERED },
	};

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		*at = scan_member(scan, 0, kinds[i].name);
		if (*at && scan_type(scan, *at) == SCAN_OBJECT)
			return kinds[i].said;
	}
	*at = 0;
	return SAID_OTHER;
}

/* The elements of a list that the object has; 0: none. */
static uint32_t
first_of(const struct scan *scan, uint32_t at, const char *name)
{
	uint32_t list = scan_member(scan, at, name);

	return list && scan_type(scan, list) == SCAN_ARRAY ? scan_first(scan, list) : 0;
}

static int
tell_line(const struct scan *scan, uint32_t at, const struct said_fns *fns,
	struct arena *arena, struct err *err)
{
	uint32_t seq, dh;
	int64_t number;

	if (scan_type(scan, at) != SCAN_OBJECT)
		return 0;
	seq = scan_member(scan, at, "seq");
	dh = scan_member(scan, at, "dh");
	if (!seq || !dh || scan_int(scan, seq, &number) < 0)
		return 0;
	return fns->line(fns->ctx, number, scan_text(scan, dh, arena), err);
}

static int
tell_texts(const struct scan *scan, uint32_t first, void *ctx,
	int (*fn)(void *ctx, struct span text, struct err *err), struct arena *arena,
	struct err *err)
{
	int result = 0;

	for (uint32_t i = fn ? first : 0; i && result == 0; i = scan->node[i].next)
		if (scan_type(scan, i) == SCAN_STRING)
			result = fn(ctx, scan_text(scan, i, arena), err);
	return result;
}

int
store_said_each(const struct scan *scan, uint32_t at, const struct said_fns *fns,
	struct arena *arena, struct err *err)
{
	uint32_t lines = fns->line ? first_of(scan, at, "lines") : 0;
	int result = 0;

	for (uint32_t i = lines; i && result == 0; i = scan->node[i].next)
		result = tell_line(scan, i, fns, arena, err);
	if (result == 0)
		result = tell_texts(scan, first_of(scan, at, "blobs"), fns->ctx, fns->blob, arena,
			err);
	if (result == 0)
		result = tell_texts(scan, first_of(scan, at, "fields"), fns->ctx, fns->field,
			arena, err);
	return result;
}
