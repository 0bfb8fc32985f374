/* Attachments of the case that no other case names. */
#include <string.h>

#include "store/erase_work.h"

/* One that another case names stays: it is taken off the list. */
static int
keep_blob(void *ctx, struct span b2, int64_t size, struct err *err)
{
	struct erase *erase = ctx;

	(void)size;
	(void)err;
	for (size_t i = 0; i < erase->n_blobs; i++)
		if (span_eq(erase->blob[i], b2))
			erase->blob[i--] = erase->blob[--erase->n_blobs];
	return 0;
}

/* Most lines name no attachment, and show it without a parser. */
static bool
may_name_any(struct span data)
{
	return memmem(data.p, data.n, "b2", 2) || memmem(data.p, data.n, "\\u", 2);
}

static int
look_at(struct erase *erase, const struct store_line *line, struct err *err)
{
	struct record record;

	if (line->rev == 0 || erase_is_id(erase, line->id) || !may_name_any(line->data))
		return 0;
	arena_reset(&erase->arena);
	if (scan_line(&erase->scan, line->data.p, line->data.n, err) < 0 ||
		record_read(&record, line->data, &erase->scan, &erase->arena, err) < 0)
		return -1;
	return record_attachments(&record, &erase->arena, keep_blob, erase, err);
}

int
erase_find_blobs(struct erase *erase, struct err *err)
{
	struct position from;
	struct log_entry entry;
	struct log *log;
	int result = 0;

	if (erase->n_blobs == 0)
		return 0;
	store_genesis(erase->store, &from);
	log = log_open(erase->store, &from, &erase->end, err);
	if (!log)
		return -1;
	log_leave_data(log);
	while (result == 0 && erase->n_blobs) {
		enum log_answer answer = log_next(log, &entry, err);

		if (answer == LOG_END)
			break;
		result = answer == LOG_LINE ? look_at(erase, &entry.line, err) : -1;
	}
	log_close(log);
	return result;
}
