/* One line: its batch, its instant, its data. */
#include <inttypes.h>
#include <string.h>

#include "domain/attached.h"
#include "store/verify_work.h"

static void
line_found(struct verify *verify, const struct log_entry *entry, const char *what)
{
	verify_found(verify, NULL, &entry->place, entry->seq, "%s", what);
}

static bool
batch_follows(const struct verify *verify, const struct store_line *line)
{
	if (verify->batch_unknown)
		return true;
	if (verify->place == verify->of)
		return line->place == 1;
	return line->place == verify->place + 1 && line->of == verify->of;
}

static void
check_batch(struct verify *verify, const struct log_entry *entry)
{
	const struct store_line *line = &entry->line;

	if (!batch_follows(verify, line))
		verify_found(verify, NULL, &entry->place, entry->seq, "the batch is not whole: "
			"%" PRIu64 "/%" PRIu64 " comes after %" PRIu64 "/%" PRIu64,
			line->place, line->of, verify->place, verify->of);
	verify->batch_unknown = false;
	verify->place = line->place;
	verify->of = line->of;
	if (line->place < line->of)
		return;
	verify->count->batches++;
	verify->finished = verify->last;
}

static void
check_instant(struct verify *verify, const struct log_entry *entry)
{
	if (entry->line.at < verify->at)
		line_found(verify, entry, "`at` is earlier than that of the line before");
	else
		verify->at = entry->line.at;
}

static void
check_checkpoints(struct verify *verify, const struct log_entry *entry)
{
	const struct verify_terms *terms = verify->terms;
	const struct position *at;

	for (; verify->next_checkpoint < terms->n_checkpoints; verify->next_checkpoint++) {
		at = &terms->checkpoint[verify->next_checkpoint];
		if (at->seq > entry->seq)
			return;
		if (at->seq == entry->seq && !span_is(entry->line.h, at->h))
			line_found(verify, entry, "the chain is not that of the checkpoint: "
				"lines up to here were changed");
	}
}

/* The id as the frame would write it. */
static bool
id_is(const struct record *record, const struct store_line *line)
{
	struct buf form = { 0 };
	bool same;

	if (span_eq(record->id, line->id))
		return true;
	buf_json(&form, record->id);
	same = span_eq((struct span){ form.data + 1, form.len - 2 }, line->id);
	buf_release(&form);
	return same;
}

struct blob_search {
	struct verify *verify;
	const struct log_entry *entry;
};

static int
note_blob(void *ctx, struct span b2, int64_t size, struct err *err)
{
	const struct blob_search *search = ctx;

	return verify_note_blob(search->verify, search->entry, b2, size, err);
}

static int
check_record(struct verify *verify, const struct log_entry *entry, struct err *err)
{
	const struct store_line *line = &entry->line;
	struct blob_search search = { verify, entry };
	struct record record;

	if (scan_line(&verify->scan, line->data.p, line->data.n, &verify->why) < 0 ||
		record_read(&record, line->data, &verify->scan, &verify->arena, &verify->why) < 0) {
		/* A newer record is no fault; FORMAT would say so. */
		if (verify->why.status != EX_CONFIG)
			verify_found(verify, NULL, &entry->place, entry->seq,
				"the record cannot be read: %s", err_text(&verify->why));
		return 0;
	}
	if (!id_is(&record, line))
		line_found(verify, entry, "the record's id is not that of the line");
	if (record.rev != line->rev)
		line_found(verify, entry, "the record's rev is not that of the line");
	verify_note_policies(verify, &record, entry->seq);
	if (verify_note_revision(verify, entry, err) < 0)
		return -1;
	return record_attachments(&record, &verify->arena, note_blob, &search, err);
}

/* Erased, or so it says: its `erased` line may yet come. */
static int
check_differing(struct verify *verify, const struct log_entry *entry, struct err *err)
{
	if (line_is_erased(&entry->line)) {
		verify->differs = true;
		return erasures_line(verify->erased, entry, err);
	}
	line_found(verify, entry, "the data was changed: it does not fit its dh");
	return 0;
}

int
verify_line(struct verify *verify, const struct log_entry *entry, struct err *err)
{
	int result;

	check_batch(verify, entry);
	check_instant(verify, entry);
	check_checkpoints(verify, entry);
	if (entry->data_differs && check_differing(verify, entry, err) < 0)
		return -1;
	if (entry->data_differs && !line_is_erased(&entry->line))
		return verify_note_revision(verify, entry, err);
	result = entry->line.rev > 0 ? check_record(verify, entry, err)
		: verify_store_line(verify, entry, err);
	arena_reset(&verify->arena);
	err_reset(&verify->why);
	return result;
}
