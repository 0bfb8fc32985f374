#include "store/commit.h"

#include <stdlib.h>

#include "store/commit_work.h"

struct commit *
commit_new(const struct commit_terms *terms)
{
	struct commit *commit = mem_zero(sizeof *commit);
	struct merge_terms merge = terms->merge;

	commit->terms = *terms;
	commit->policies = (struct policy_source){ commit_policy, commit };
	merge.policies = &commit->policies;
	merge_init(&commit->merge, &merge);
	commit->lines = spool_new(NULL);
	commit->made = spool_new(NULL);
	commit->results = spool_new(NULL);
	commit->wanted = spool_new(NULL);
	scan_init(&commit->scan);
	scan_init(&commit->stored_scan);
	scan_init(&commit->made_scan);
	arena_init(&commit->arena);
	return commit;
}

int
commit_add(struct commit *commit, struct span line, uint64_t number, struct err *err)
{
	struct buf *entry = &commit->entry;

	entry->len = 0;
	buf_put(entry, (const char *)&number, sizeof number);
	buf_span(entry, line);
	if (spool_put(commit->lines, buf_text(entry), NULL, err) < 0)
		return -1;
	commit->n_lines++;
	return 0;
}

static int
begin(struct commit *commit, struct err *err)
{
	if (commit->mode == COMMIT_WRITE)
		commit->head = commit->append.head;
	else if (head_read(commit->store, &commit->head, err) < 0)
		return -1;
	commit->count.seq = commit->head.position.seq;
	commit->overlay = overlay_new(commit->n_lines, NULL, err);
	if (!commit->overlay || commit_open_index(commit, err) < 0)
		return -1;
	commit->files = log_files_open(commit->store);
	return 0;
}

/* The next line of the batch, for append_batch. */
static int
next_line(void *ctx, struct append_line *line, struct err *err)
{
	struct commit *commit = ctx;
	struct made made;
	struct span entry;
	int answer = spool_next(commit->made, &entry, err);

	if (answer <= 0)
		return answer;
	commit_take_apart(entry, &made, &line->id, &line->data);
	line->rev = made.rev;
	return 1;
}

/* An index that stays behind is caught up by whoever opens it next. */
static void
catch_up(struct commit *commit)
{
	struct err none = { 0 };

	if (!commit->terms.no_index)
		index_catch_up(commit->index, &commit->append.head, &none);
	err_release(&none);
}

static int
write_batch(struct commit *commit, struct err *err)
{
	if (commit->mode == COMMIT_LOOK || !commit->n_made)
		return 0;
	if (commit_write_beside(commit, err) < 0)
		return -1;
	spool_rewind(commit->made);
	if (append_batch(&commit->append, commit->n_made, next_line, commit, err) < 0)
		return -1;
	commit->count.seq = commit->append.head.position.seq;
	commit->count.behind = commit->append.behind;
	catch_up(commit);
	return 0;
}

static int
under_lock(struct commit *commit, struct err *err)
{
	int answer = begin(commit, err);

	if (answer == 0)
		answer = commit_merge(commit, err);
	if (answer == 0)
		answer = write_batch(commit, err);
	index_close(commit->index);
	commit->index = NULL;
	return answer;
}

int
commit_run(struct commit *commit, const struct store *store, enum commit_mode mode,
	struct commit_count *count, struct err *err)
{
	bool locks = mode == COMMIT_WRITE;
	int answer = 0;

	commit->store = store;
	commit->mode = mode;
	if (commit->n_lines) {
		if (locks && append_open(&commit->append, store, err) < 0)
			return -1;
		answer = under_lock(commit, err);
		if (locks)
			append_unlock(&commit->append);
	}
	*count = commit->count;
	return answer;
}

static int
print_one(struct commit *commit, const struct result *result, struct span *record,
	struct err *err)
{
	struct buf *text = &commit->stored_text;
	struct store_line line;
	struct made made;

	if (result->offset >= 0)
		return commit_made(commit, result->offset, text, &made, record, err);
	text->len = 0;
	if (log_read(commit->files, &result->place, result->seq, text, &line, err) < 0)
		return -1;
	*record = span_trim(line.data);
	return 0;
}

int
commit_print(struct commit *commit, void (*print)(void *ctx, struct span record), void *ctx,
	struct err *err)
{
	struct result result;
	struct span bytes, record;
	int answer;

	spool_rewind(commit->results);
	while ((answer = spool_next(commit->results, &bytes, err)) > 0) {
		memcpy(&result, bytes.p, sizeof result);
		if (print_one(commit, &result, &record, err) < 0)
			return -1;
		print(ctx, record);
	}
	return answer;
}

void
commit_free(struct commit *commit)
{
	if (!commit)
		return;
	if (commit->append.store)
		append_close(&commit->append);
	spool_free(commit->lines);
	spool_free(commit->made);
	spool_free(commit->results);
	spool_free(commit->wanted);
	overlay_free(commit->overlay);
	if (commit->files)
		log_files_close(commit->files);
	merge_release(&commit->merge);
	free(commit->judge);
	scan_release(&commit->scan);
	scan_release(&commit->stored_scan);
	scan_release(&commit->made_scan);
	arena_release(&commit->arena);
	buf_release(&commit->text);
	buf_release(&commit->stored_text);
	buf_release(&commit->entry);
	err_release(&commit->why);
	err_release(&commit->damage);
	free(commit);
}
