#include "store/commit_work.h"

static void
note_damage(void *ctx, const struct err *err)
{
	struct commit *commit = ctx;

	if (commit->damage.n)
		return;
	for (size_t i = 0; i < err->n; i++)
		err_add(&commit->damage, EX_IOERR, err->fault[i].where, "%s",
			err->fault[i].what);
}

static void
step(void *ctx, uint64_t done)
{
	const struct commit *commit = ctx;

	if (commit->terms.indexed)
		commit->terms.indexed(commit->terms.ctx, done);
}

int
commit_open_index(struct commit *commit, struct err *err)
{
	struct index_terms terms = {
		.kind = commit->terms.no_index ? INDEX_SCAN : INDEX_FILE,
		.policies = commit->terms.merge.policies,
		.world = commit->terms.world,
		.commits = commit->mode == COMMIT_WRITE,
		.looks = commit->mode == COMMIT_LOOK,
		.whole = true,
		.upto = INT64_MAX,
		.damage = note_damage,
		.ctx = commit,
		.step = step,
	};

	commit->index = index_open(commit->store, &commit->head, &terms, err);
	if (!commit->index && err->status == EX_TEMPFAIL) {
		err_reset(err);
		terms.kind = INDEX_SCAN;
		commit->index = index_open(commit->store, &commit->head, &terms, err);
	}
	if (!commit->index)
		return -1;
	for (size_t i = 0; i < commit->damage.n; i++)
		err_add(err, EX_IOERR, commit->damage.fault[i].where, "%s",
			commit->damage.fault[i].what);
	return commit->damage.n ? -1 : 0;
}

void
commit_take_apart(struct span entry, struct made *made, struct span *id, struct span *record)
{
	memcpy(made, entry.p, sizeof *made);
	*id = (struct span){ entry.p + sizeof *made, made->id_len };
	*record = (struct span){ id->p + id->n, entry.n - sizeof *made - id->n };
}

int
commit_made(struct commit *commit, int64_t offset, struct buf *out, struct made *made,
	struct span *record, struct err *err)
{
	struct span id;

	out->len = 0;
	if (spool_at(commit->made, offset, out, err) < 0)
		return -1;
	commit_take_apart(buf_text(out), made, &id, record);
	return 0;
}

/* Takes a stored record apart.  It was looked at when it was committed. */
static int
read_stored(struct commit *commit, struct span text, struct stored *stored, struct err *err)
{
	struct err why = { 0 };
	int result = 0;

	text = span_trim(text);
	if (scan_line(&commit->stored_scan, text.p, text.n, &why) < 0 ||
		record_read(&stored->record, text, &commit->stored_scan, &commit->arena,
			&why) < 0)
		result = err_add(err, why.status == EX_CONFIG ? EX_CONFIG : EX_IOERR, NULL,
			"%s: the stored record of seq %lld cannot be read: %s",
			commit->store->path, (long long)stored->result.seq, err_text(&why));
	err_release(&why);
	return result;
}

static int
find_made(struct commit *commit, struct stored *stored, struct err *err)
{
	struct made made;
	struct span record;

	stored->result.offset = stored->slot.offset;
	if (commit_made(commit, stored->slot.offset, &commit->stored_text, &made, &record,
			err) < 0)
		return -1;
	stored->rev = made.rev;
	stored->base = made.base;
	stored->erased = made.erased;
	return read_stored(commit, record, stored, err) < 0 ? -1 : 1;
}

static int
find_logged(struct commit *commit, struct span id, struct stored *stored, struct err *err)
{
	struct store_line line;
	struct index_row row;
	int answer = index_find(commit->index, id, &row, err);

	if (answer <= 0)
		return answer;
	stored->result = (struct result){ -1, row.seq, row.place };
	stored->erased = row.erased;
	commit->stored_text.len = 0;
	if (log_read(commit->files, &row.place, row.seq, &commit->stored_text, &line, err) < 0 ||
		index_check_erased(commit->index, &row, &line, err) < 0)
		return -1;
	stored->rev = stored->base = line.rev;
	if (read_stored(commit, line.data, stored, err) < 0)
		return -1;
	if (!span_eq(stored->record.id, id))
		return err_add(err, EX_IOERR, NULL,
			"%s: index.sqlite: seq %lld is another case's", commit->store->path,
			(long long)row.seq);
	return 1;
}

/* The index is only a cache: what it says wrong is no damage of the store. */
static int
renew_index(struct commit *commit, struct err *err)
{
	commit->index_renewed = true;
	err_reset(err);
	index_close(commit->index);
	commit->index = NULL;
	if (commit->mode == COMMIT_LOOK)
		commit->terms.no_index = true;
	else if (index_drop(commit->store, err) < 0)
		err_reset(err);
	return commit_open_index(commit, err);
}

int
commit_find(struct commit *commit, struct span id, struct stored *stored, struct err *err)
{
	int answer = overlay_find(commit->overlay, id, &stored->slot, err);

	if (answer < 0)
		return -1;
	if (answer > 0)
		return find_made(commit, stored, err);
	answer = find_logged(commit, id, stored, err);
	if (answer >= 0 || err->status != EX_IOERR || commit->index_renewed ||
		commit->terms.no_index)
		return answer;
	if (renew_index(commit, err) < 0)
		return -1;
	return find_logged(commit, id, stored, err);
}
