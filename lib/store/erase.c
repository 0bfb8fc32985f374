#include "store/erase.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/blobs.h"
#include "store/erase_work.h"
#include "store/lock.h"
#include "store/recover.h"

#define DATA_MOST ((size_t)16 << 20) /* of a line of the log, see log_lines.h */

static void
put_lines(const struct erase *erase, struct buf *out)
{
	bool first = true;

	buf_puts(out, ",\"lines\":[");
	for (size_t i = 0; i < erase->n_lines; i++) {
		const struct erase_line *line = &erase->line[i];

		if (!line->changes || line->is_said)
			continue;
		buf_printf(out, "%s{\"seq\":%lld,\"dh\":\"%s\"}", first ? "" : ",",
			(long long)line->seq, line->dh);
		first = false;
	}
	buf_putc(out, ']');
}

static void
put_blobs(const struct erase *erase, struct buf *out)
{
	if (erase->n_blobs == 0)
		return;
	buf_puts(out, ",\"blobs\":[");
	for (size_t i = 0; i < erase->n_blobs; i++) {
		buf_puts(out, i ? "," : "");
		buf_json(out, erase->blob[i]);
	}
	buf_putc(out, ']');
}

static void
put_fields(const struct erase *erase, struct buf *out)
{
	if (erase->n_fields == 0)
		return;
	buf_puts(out, ",\"fields\":[");
	for (size_t i = 0; i < erase->n_fields; i++) {
		buf_puts(out, i ? "," : "");
		buf_json(out, span_of(erase->field[i]));
	}
	buf_putc(out, ']');
}

/* Says first what is going to be: whoever finds it half done can go on. */
static int
say(struct erase *erase, struct err *err)
{
	struct buf data = { 0 };
	int result;

	buf_puts(&data, "{\"erased\":{\"by\":");
	buf_json(&data, erase->terms->by);
	buf_puts(&data, ",\"because\":");
	buf_json(&data, erase->terms->because);
	put_fields(erase, &data);
	put_lines(erase, &data);
	put_blobs(erase, &data);
	buf_puts(&data, "}}");
	if (data.len > DATA_MOST)
		result = err_add(err, EX_DATAERR, NULL, "%.*s: nothing was erased: the line that "
			"says so would be longer than %zu MiB, which no reader takes",
			(int)erase->id.n, erase->id.p, DATA_MOST >> 20);
	else
		result = append_store_line(erase->append, erase->id, buf_text(&data), err);
	buf_release(&data);
	return result;
}

/* 1; 0: it is not there (any more); -1. */
static int
is_there(const struct erase *erase, struct span b2, struct err *err)
{
	struct err why = { 0 };
	int fd = blobs_open(erase->store, b2, &why);
	int answer = fd >= 0;

	if (fd >= 0)
		close(fd);
	else if (why.status != EX_NOINPUT)
		answer = err_add(err, why.status, NULL, "%s", err_text(&why));
	err_release(&why);
	return answer;
}

static int
remove_blobs(struct erase *erase, uint64_t *removed, struct err *err)
{
	for (size_t i = 0; i < erase->n_blobs; i++) {
		int there = is_there(erase, erase->blob[i], err);

		if (there < 0 || (there && !erase->terms->dry_run &&
				blobs_remove(erase->store, erase->blob[i], err) < 0))
			return -1;
		*removed += (uint64_t)there;
	}
	return 0;
}

/*
 * HEAD first: behind an older one, which a power cut could bring back, a line
 * without its data would be taken for an unfinished one.  The lines last: as
 * long as one of them stands, the erasure is seen to be unfinished.
 */
static int
take_out(struct erase *erase, struct erase_count *count, struct err *err)
{
	append_hold(erase->append);
	if (head_sync(erase->store, err) == 0 && index_drop(erase->store, err) == 0 &&
		remove_blobs(erase, &count->blobs, err) == 0 &&
		erase_aside(erase, &count->set_aside, err) == 0 &&
		erase_rewrite(erase, err) == 0)
		return 0;
	return err_add(err, err->status, NULL, "%.*s: the erasure is announced, but not done: data "
		"is still there; the same command, or `esc-store recover`, finishes it",
		(int)erase->id.n, erase->id.p);
}

/* No index can be made of what is about to go. */
static int
write_all(struct erase *erase, bool said, struct erase_count *count, struct err *err)
{
	int lock = lock_take(erase->store, LOCK_INDEX, err);
	int result = -1;

	if (lock < 0)
		return -1;
	if (said || say(erase, err) == 0)
		result = take_out(erase, count, err);
	close(lock);
	return result;
}

static int
run(struct erase *erase, struct erase_count *count, struct err *err)
{
	uint64_t unsaid = 0;

	if (erase_find(erase, err) < 0 || erase_find_blobs(erase, err) < 0)
		return -1;
	for (size_t i = 0; i < erase->n_lines; i++) {
		count->lines += erase->line[i].changes;
		unsaid += erase->line[i].changes && !erase->line[i].is_said;
	}
	if (erase->terms->dry_run)
		return remove_blobs(erase, &count->blobs, err) < 0 ? -1
			: erase_aside(erase, &count->set_aside, err);
	return write_all(erase, unsaid == 0, count, err);
}

static void
release(struct erase *erase)
{
	log_files_close(erase->files);
	scan_release(&erase->scan);
	arena_release(&erase->keep);
	arena_release(&erase->arena);
	buf_release(&erase->text);
}

int
erase_one(const struct store *store, struct append *append, struct span id,
	const struct erase_terms *terms, struct erase_count *count, struct err *err)
{
	struct erase erase = { .append = append, .store = store, .terms = terms, .id = id,
		.redact = terms->redact };
	struct head head;
	int result = 0;

	erase.files = log_files_open(store);
	scan_init(&erase.scan);
	arena_init(&erase.keep);
	arena_init(&erase.arena);
	erase.field = arena_zero(&erase.keep, sizeof *erase.field);
	erase.cap_fields = 1;
	if (append)
		erase.end = append->head.position;
	else if ((result = head_read(store, &head, err)) == 0)
		erase.end = head.position;
	if (result == 0)
		result = run(&erase, count, err);
	release(&erase);
	return result;
}

int
erase_case(const struct store *store, struct span id, const struct erase_terms *terms,
	struct erase_count *count, struct err *err)
{
	struct append append;
	int lock, result = -1;

	*count = (struct erase_count){ 0 };
	if (terms->dry_run)
		return erase_one(store, NULL, id, terms, count, err);
	lock = lock_take(store, LOCK_MAINTENANCE, err);
	if (lock < 0)
		return -1;
	if (append_open(&append, store, err) == 0) {
		recover_sweep(store);
		result = erase_one(store, &append, id, terms, count, err);
		append_close(&append);
	}
	close(lock);
	return result;
}
