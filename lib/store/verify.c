#include "store/verify.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "store/verify_work.h"

void
verify_found(struct verify *verify, const char *where, const struct place *place, int64_t seq,
	const char *format, ...)
{
	struct finding finding = { .where = where, .seq = seq };
	char path[SEGMENT_PATH_SIZE];
	struct buf what = { 0 };
	va_list args;

	if (place) {
		segment_path(place->segment, path);
		finding.where = path;
		finding.segment = place->segment;
		finding.offset = place->offset;
		verify->count->in_log++;
	}
	va_start(args, format);
	buf_vprintf(&what, format, args);
	va_end(args);
	finding.what = buf_cstr(&what);
	verify->count->findings++;
	verify->terms->found(verify->terms->ctx, &finding);
	buf_release(&what);
}

/* err says `offset N, seq N: reason`, which the finding says in its own way. */
static void
damage_found(struct verify *verify, const struct log_entry *entry)
{
	const struct err *why = &verify->why;
	const char *what = why->n ? why->fault[why->n - 1].what : "damaged";
	const char *reason = strstr(what, ": ");

	verify_found(verify, NULL, &entry->place, entry->seq, "%s", reason ? reason + 2 : what);
	verify->damaged = true;
	verify->batch_unknown = true;
	err_reset(&verify->why);
}

static void
step(struct verify *verify, const struct log_entry *entry)
{
	struct verify_count *count = verify->count;

	count->lines++;
	count->bytes += (uint64_t)entry->place.length + 1;
	if (verify->terms->step)
		verify->terms->step(verify->terms->ctx, count->bytes);
}

/* A segment ends where the next line lies in another. */
static void
follow(struct verify *verify, struct log *log, const struct log_entry *entry)
{
	if (entry->place.segment != verify->last.segment && !verify->damaged)
		verify_seal(verify, &verify->last);
	log_position(log, &verify->last);
}

static int
read_log(struct verify *verify, const struct position *from, const struct position *to,
	struct err *err)
{
	struct log *log = log_open(verify->store, from, to, err);
	struct log_entry entry;
	int result = log ? 0 : -1;

	while (result == 0) {
		enum log_answer answer = log_next(log, &entry, &verify->why);

		if (answer == LOG_END)
			break;
		if (answer == LOG_FAILED)
			result = err_add(err, EX_IOERR, NULL, "%s", err_text(&verify->why));
		if (answer == LOG_DAMAGED)
			damage_found(verify, &entry);
		if (answer != LOG_LINE)
			continue;
		step(verify, &entry);
		follow(verify, log, &entry);
		result = verify_line(verify, &entry, err);
	}
	log_close(log);
	return result;
}

/* Whether the log has grown since; from then on it is read on. */
static bool
has_grown(struct verify *verify, struct head *head)
{
	struct head now;
	bool grown = head_read(verify->store, &now, &verify->why) == 0 &&
		now.position.seq > head->position.seq;

	err_reset(&verify->why);
	if (grown)
		*head = now;
	return grown;
}

/*
 * The log up to HEAD.  Somebody may erase while it is read: what was changed
 * under our hands is explained by a line behind the HEAD that we began with.
 */
static int
read_to_head(struct verify *verify, struct head *head, struct err *err)
{
	struct position from;

	store_genesis(verify->store, &from);
	verify->last = verify->finished = from;
	verify_erased_begin(verify, &head->position);
	do {
		if (read_log(verify, &from, &head->position, err) < 0)
			return -1;
		from = head->position;
	} while (verify->differs && !verify->damaged && !verify->headless &&
		has_grown(verify, head));
	return 0;
}

static void
check_slots(struct verify *verify, const struct head *head)
{
	for (int i = 0; i < HEAD_SLOTS; i++)
		if (head->slot_is_bad[i])
			verify_found(verify, "HEAD", NULL, 0, "slot %d is damaged; the other "
				"one is in force, and the next commit, or `esc-store recover`, "
				"writes this one anew", i + 1);
}

/* HEAD, or where the log ends without it. */
static int
find_end(struct verify *verify, struct head *head, struct err *err)
{
	if (head_read(verify->store, head, &verify->why) == 0) {
		check_slots(verify, head);
		return 0;
	}
	verify_found(verify, "HEAD", NULL, 0, "%s; where the log is whole, `esc-store recover` "
		"makes it anew", verify->why.n ? verify->why.fault[0].what : "damaged");
	err_reset(&verify->why);
	verify->headless = true;
	return verify_log_end(verify->store, &head->position, err);
}

/* Those of an empty store, which stand before every line. */
static void
check_first(struct verify *verify)
{
	const struct verify_terms *terms = verify->terms;
	size_t *next = &verify->next_checkpoint;
	struct position genesis;

	store_genesis(verify->store, &genesis);
	for (; *next < terms->n_checkpoints && terms->checkpoint[*next].seq == 0; ++*next)
		if (strcmp(terms->checkpoint[*next].h, genesis.h) != 0)
			verify_found(verify, "log", NULL, 0, "the chain does not begin as the "
				"checkpoint says");
}

/* A checkpoint of what this log does not have. */
static void
missed_checkpoints(struct verify *verify, const struct position *end)
{
	const struct verify_terms *terms = verify->terms;

	for (size_t i = verify->next_checkpoint; i < terms->n_checkpoints; i++)
		verify_found(verify, "log", NULL, terms->checkpoint[i].seq, "the log ends at seq "
			"%lld, before the checkpoint: lines were lost, or this is an older copy",
			(long long)end->seq);
}

/* The slot that was in force may be the damaged one: then the log goes on. */
static bool
is_behind(const struct head *head)
{
	return head->slot_is_bad[0] || head->slot_is_bad[1];
}

static int
check_log(struct verify *verify, struct err *err)
{
	struct head head = { 0 };

	check_first(verify);
	if (find_end(verify, &head, err) < 0 || read_to_head(verify, &head, err) < 0)
		return -1;
	if (!verify->batch_unknown && !verify->headless && verify->place < verify->of)
		verify_found(verify, NULL, &(struct place){ .segment = verify->last.segment,
			.offset = verify->last.length }, verify->last.seq,
			"the last batch is not finished");
	if (!verify->damaged && !is_behind(&head))
		verify_seal(verify, &verify->last);
	missed_checkpoints(verify, &head.position);
	verify->count->end = verify->headless ? verify->finished : head.position;
	return 0;
}

static void
release(struct verify *verify)
{
	sorter_free(verify->cases);
	erasures_free(verify->erased);
	sorter_free(verify->blobs);
	verify_policies_release(verify);
	scan_release(&verify->scan);
	arena_release(&verify->arena);
	err_release(&verify->why);
}

int
verify_store(const struct store *store, const struct verify_terms *terms,
	struct verify_count *count, struct err *err)
{
	struct verify verify = { .store = store, .terms = terms, .count = count,
		.erased = erasures_new() };
	int result = 0;

	*count = (struct verify_count){ 0 };
	scan_init(&verify.scan);
	arena_init(&verify.arena);
	verify_cases_init(&verify);
	verify_blobs_init(&verify);
	if (check_log(&verify, err) < 0 || verify_cases_end(&verify, err) < 0 ||
		verify_erased_end(&verify, err) < 0 || verify_blobs_end(&verify, err) < 0 ||
		verify_files(&verify, err) < 0)
		result = -1;
	else
		verify_policies_end(&verify);
	release(&verify);
	return result;
}
