/*
 * Attachments: those that records name beside those that are there.  Of one
 * hash, its file comes first, then who names it, then who says it was erased.
 */
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>

#include "store/blobs_file.h"
#include "store/store_walk.h"
#include "store/verify_work.h"

#define DIGITS (HASH_HEX - 1)

enum mention_kind {
	MENTION_FILE,
	MENTION_NAMED,
	MENTION_REMOVED,
};

struct mention {
	char b2[DIGITS];
	enum mention_kind kind;
	int64_t seq, size;
	struct place place;
};

static int
in_order(const void *a, const void *b)
{
	const struct mention *x = a, *y = b;
	int order = memcmp(x->b2, y->b2, DIGITS);

	if (order == 0)
		order = (x->kind > y->kind) - (x->kind < y->kind);
	return order ? order : (x->seq > y->seq) - (x->seq < y->seq);
}

void
verify_blobs_init(struct verify *verify)
{
	verify->blobs = sorter_new(sizeof(struct mention), SORTER_MEMORY, in_order);
}

static int
note(struct verify *verify, struct mention *mention, struct span b2, struct err *err)
{
	memcpy(mention->b2, b2.p, DIGITS);
	return sorter_put(verify->blobs, mention, err);
}

int
verify_note_blob(struct verify *verify, const struct log_entry *entry, struct span b2,
	int64_t size, struct err *err)
{
	struct mention mention = { .kind = MENTION_NAMED, .seq = entry->seq, .size = size,
		.place = entry->place };

	if (blobs_is_hash(b2))
		return note(verify, &mention, b2, err);
	verify_found(verify, NULL, &entry->place, entry->seq, "an attachment's b2 is no hash");
	return 0;
}

int
verify_note_removed(struct verify *verify, const struct log_entry *entry, struct span b2,
	struct err *err)
{
	struct mention mention = { .kind = MENTION_REMOVED, .seq = entry->seq };

	return blobs_is_hash(b2) ? note(verify, &mention, b2, err) : 0;
}

static int
note_file(void *ctx, const struct walk_entry *entry, struct err *err)
{
	struct mention mention = { .kind = MENTION_FILE, .size = entry->size };
	struct span name = { entry->name, strlen(entry->name) };

	if (!blobs_is_hash(name) || !S_ISREG(entry->mode))
		return 0;
	return note(ctx, &mention, name, err);
}

static int
note_folder(void *ctx, const struct walk_entry *entry, struct err *err)
{
	struct verify *verify = ctx;

	if (strlen(entry->name) != 2 || !S_ISDIR(entry->mode))
		return 0;
	return store_walk(verify->store, entry->path, note_file, verify, err);
}

/* What is known of one hash. */
struct blob_fate {
	char b2[HASH_HEX];
	bool is_there;
	int64_t size;          /* of the file */
	bool size_told;
	struct mention named;  /* the first that does; seq 0: none */
	int64_t last_named, removed;
};

static void
missing(struct verify *verify, const struct blob_fate *fate)
{
	if (fate->named.seq && fate->last_named > fate->removed)
		verify_found(verify, NULL, &fate->named.place, fate->named.seq,
			"an attachment is missing: %s; put it back with esc-store put", fate->b2);
}

static int
read_blob(struct verify *verify, const struct blob_fate *fate, struct err *err)
{
	char path[BLOB_PATH_SIZE];
	int answer = blobs_check(verify->store, span_of(fate->b2), -1, &verify->why);

	blobs_path(span_of(fate->b2), path);
	verify->count->blobs++;
	if (answer < 0 && verify->why.status != EX_DATAERR)
		return err_add(err, EX_IOERR, path, "%s", err_text(&verify->why));
	if (answer < 0)
		verify_found(verify, path, NULL, 0, "altered: its content has another hash");
	err_reset(&verify->why);
	return 0;
}

static int
judge(struct verify *verify, const struct blob_fate *fate, struct err *err)
{
	if (!*fate->b2)
		return 0;
	if (fate->is_there)
		return read_blob(verify, fate, err);
	missing(verify, fate);
	return 0;
}

static void
add(struct verify *verify, struct blob_fate *fate, const struct mention *mention)
{
	if (mention->kind == MENTION_REMOVED) {
		fate->removed = mention->seq;
	} else if (mention->kind == MENTION_FILE) {
		fate->is_there = true;
		fate->size = mention->size;
	} else {
		if (!fate->named.seq)
			fate->named = *mention;
		fate->last_named = mention->seq;
		if (fate->is_there && mention->size >= 0 && mention->size != fate->size &&
			!fate->size_told)
			verify_found(verify, NULL, &mention->place, mention->seq, "an attachment "
				"of %" PRId64 " bytes is named; it has %" PRId64 ": %s",
				mention->size, fate->size, fate->b2);
		fate->size_told |= mention->size >= 0 && mention->size != fate->size;
	}
}

int
verify_blobs_end(struct verify *verify, struct err *err)
{
	struct blob_fate fate = { 0 };
	struct mention mention;
	int answer;

	if (store_walk(verify->store, "blobs", note_folder, verify, err) < 0 ||
		sorter_sort(verify->blobs, err) < 0)
		return -1;
	while ((answer = sorter_next(verify->blobs, &mention, err)) > 0) {
		if (memcmp(mention.b2, fate.b2, DIGITS) != 0) {
			if (judge(verify, &fate, err) < 0)
				return -1;
			fate = (struct blob_fate){ 0 };
			memcpy(fate.b2, mention.b2, DIGITS);
		}
		add(verify, &fate, &mention);
	}
	return answer < 0 ? -1 : judge(verify, &fate, err);
}
