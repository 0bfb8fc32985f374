/* Erasures that were cut short, and all else that killed programs left. */
#include <stdlib.h>
#include <string.h>

#include "store/erase_work.h"
#include "store/erasures.h"
#include "store/lock.h"
#include "store/recover.h"
#include "store/store_said.h"

struct finish {
	const struct store *store;
	struct append *append;
	struct erasures *erasures;
	struct scan scan;
	struct arena arena;
	struct place *said;  /* `erased` lines that are to be carried out */
	int64_t *seq;
	size_t n, cap_said, cap_seq;
};

struct entry_of {
	struct finish *finish;
	const struct log_entry *entry;
};

static int
note_said(void *ctx, int64_t seq, struct span dh, struct err *err)
{
	const struct entry_of *of = ctx;

	return erasures_said(of->finish->erasures, of->entry, seq, dh, err) < 0 ? -1 : 0;
}

static int
note_line(struct finish *finish, const struct log_entry *entry, struct err *err)
{
	struct entry_of of = { finish, entry };
	const struct said_fns fns = { .line = note_said, .ctx = &of };
	uint32_t at;

	if (entry->data_differs && line_is_erased(&entry->line))
		return erasures_line(finish->erasures, entry, err);
	if (entry->line.rev > 0)
		return 0;
	arena_reset(&finish->arena);
	if (scan_line(&finish->scan, entry->line.data.p, entry->line.data.n, err) < 0)
		return -1;
	if (store_said(&finish->scan, &at) != SAID_ERASED)
		return 0;
	return store_said_each(&finish->scan, at, &fns, &finish->arena, err);
}

static int
read_log(struct finish *finish, struct err *err)
{
	struct position from;
	struct log_entry entry;
	struct log *log;
	int result = 0;

	store_genesis(finish->store, &from);
	log = log_open(finish->store, &from, &finish->append->head.position, err);
	while (log && result == 0) {
		enum log_answer answer = log_next(log, &entry, err);

		if (answer == LOG_END)
			break;
		result = answer == LOG_LINE ? note_line(finish, &entry, err) : -1;
	}
	log_close(log);
	return log ? result : -1;
}

static int
note_unfinished(void *ctx, const struct erasure *erasure, struct err *err)
{
	struct finish *finish = ctx;

	(void)err;
	if (erasure->state != ERASURE_UNFINISHED)
		return 0;
	for (size_t i = 0; i < finish->n; i++)
		if (finish->seq[i] == erasure->said_seq)
			return 0;
	finish->said = arena_grow(&finish->arena, finish->said, finish->n, &finish->cap_said,
		sizeof *finish->said);
	finish->seq = arena_grow(&finish->arena, finish->seq, finish->n, &finish->cap_seq,
		sizeof *finish->seq);
	finish->said[finish->n] = erasure->said;
	finish->seq[finish->n++] = erasure->said_seq;
	return 0;
}

static struct span
member_text(struct finish *finish, uint32_t at, const char *name)
{
	uint32_t member = scan_member(&finish->scan, at, name);
	struct span text = { NULL, 0 };

	if (member)
		text = scan_text(&finish->scan, member, &finish->arena);
	return text.p ? text : (struct span){ "", 0 };
}

/* The line's id may be escaped: as a text of its own it is decoded. */
static struct span
decode_id(struct finish *finish, struct span written)
{
	struct err ignored = { 0 };
	struct buf text = { 0 };
	struct span id;

	buf_printf(&text, "{\"id\":\"%.*s\"}", (int)written.n, written.p);
	memset(buf_reserve(&text, BUF_SLACK), 0, BUF_SLACK);
	scan_line(&finish->scan, text.data, text.len, &ignored);
	id = member_text(finish, 0, "id");
	id.p = arena_copy(&finish->arena, id.p, id.n);
	buf_release(&text);
	err_release(&ignored);
	return id;
}

static int
carry_out(struct finish *finish, size_t i, struct erase_count *count, struct err *err)
{
	struct log_files *files = log_files_open(finish->store);
	struct erase_terms terms = { .policies = NULL };
	struct erase_count one = { 0 };
	struct buf text = { 0 };
	struct store_line line;
	struct span id;
	uint32_t at;
	int result = -1;

	if (log_read(files, &finish->said[i], finish->seq[i], &text, &line, err) == 0) {
		id = decode_id(finish, line.id);
		if (scan_line(&finish->scan, line.data.p, line.data.n, err) == 0 &&
			store_said(&finish->scan, &at) == SAID_ERASED) {
			terms.by = member_text(finish, at, "by");
			terms.because = member_text(finish, at, "because");
			result = erase_one(finish->store, finish->append, id, &terms, &one, err);
		}
	}
	count->cases++;
	count->lines += one.lines;
	count->blobs += one.blobs;
	count->set_aside += one.set_aside;
	buf_release(&text);
	log_files_close(files);
	return result;
}

static int
carry_out_all(struct finish *finish, struct erase_count *count, struct err *err)
{
	if (read_log(finish, err) < 0)
		return -1;
	arena_reset(&finish->arena);
	if (erasures_end(finish->erasures, note_unfinished, finish, err) < 0)
		return -1;
	for (size_t i = 0; i < finish->n; i++)
		if (carry_out(finish, i, count, err) < 0)
			return -1;
	return 0;
}

/* A slot that is damaged is written anew: both, for they are as good as one. */
static int
mend_head(const struct append *append, struct err *err)
{
	const struct head *head = &append->head;

	if (!head->slot_is_bad[0] && !head->slot_is_bad[1])
		return 0;
	return head_create(append->store, &head->position, err);
}

static int
finish_all(const struct store *store, struct append *append, struct erase_count *count,
	struct err *err)
{
	struct finish finish = { .store = store, .append = append,
		.erasures = erasures_new() };
	int result = -1;

	scan_init(&finish.scan);
	arena_init(&finish.arena);
	recover_sweep(store);
	if (mend_head(append, err) == 0)
		result = carry_out_all(&finish, count, err);
	erasures_free(finish.erasures);
	scan_release(&finish.scan);
	arena_release(&finish.arena);
	return result;
}

int
erase_finish(const struct store *store, struct recovery *recovery, struct erase_count *count,
	struct err *err)
{
	int lock = lock_take(store, LOCK_MAINTENANCE, err);
	struct append append;
	int result = -1;

	*recovery = (struct recovery){ 0 };
	*count = (struct erase_count){ 0 };
	if (lock < 0)
		return -1;
	if (append_open(&append, store, err) == 0) {
		*recovery = append.recovery;
		result = finish_all(store, &append, count, err);
		append_close(&append);
	}
	close(lock);
	return result;
}
