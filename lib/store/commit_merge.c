#include "store/commit_work.h"

/* The line at hand. */
struct at_hand {
	struct commit_outcome outcome;
	struct record in;  /* not of an event */
	struct stored stored;
	int known;         /* commit_find's answer */
};

static void
forget_touched(struct commit *commit)
{
	for (size_t i = 0; i < commit->n_judges; i++)
		commit->judge[i].touched = false;
}

static void
keep_touched(struct commit *commit)
{
	for (size_t i = 0; i < commit->n_judges; i++)
		commit->judge[i].used |= commit->judge[i].touched;
}

static int
find(struct commit *commit, struct span id, struct at_hand *line, struct err *err)
{
	line->outcome.id = id;
	line->known = commit_find(commit, id, &line->stored, err);
	return line->known < 0 ? -1 : 0;
}

static enum merged
merge_in(struct commit *commit, struct at_hand *line)
{
	struct merge_stored stored = { &line->stored.record, line->stored.erased };
	const struct record *in = &line->in;

	if (!line->known)
		return merge_new(&commit->merge, in, &commit->arena, &commit->text, &commit->why);
	if (commit->terms.if_new)
		return MERGED_SAME;
	return merge_record(&commit->merge, &stored, in, &commit->arena, &commit->text,
		&commit->why);
}

static int
merge_a_record(struct commit *commit, struct at_hand *line, struct err *err)
{
	struct span text = line->outcome.line;

	if (record_read(&line->in, text, &commit->scan, &commit->arena, &commit->why) < 0)
		return 0;
	if (find(commit, line->in.id, line, err) < 0)
		return -1;
	line->outcome.merged = merge_in(commit, line);
	return 0;
}

static int
merge_an_event(struct commit *commit, struct at_hand *line, struct err *err)
{
	struct merge_stored stored = { &line->stored.record, false };
	struct event_line event;

	if (event_line_read(&event, &commit->scan, &commit->arena, &commit->why) < 0)
		return 0;
	if (find(commit, event.id, line, err) < 0)
		return -1;
	if (!line->known) {
		err_add(&commit->why, EX_DATAERR, "id", "no such case in the store: \"%.*s\"",
			(int)event.id.n, event.id.p);
		return 0;
	}
	stored.erased = line->stored.erased;
	if (event.rev == line->stored.base) /* what came between is this batch's own */
		event.rev = line->stored.rev;
	line->outcome.merged = merge_event(&commit->merge, &stored, &event, &commit->arena,
		&commit->text, &commit->why);
	return 0;
}

/* MERGED_REFUSED stands where nothing else is said. */
static int
merge_line(struct commit *commit, struct at_hand *line, struct err *err)
{
	struct span text = line->outcome.line;

	line->outcome.merged = MERGED_REFUSED;
	if (scan_line(&commit->scan, text.p, text.n, &commit->why) < 0)
		return 0;
	return commit->terms.input == COMMIT_EVENTS ? merge_an_event(commit, line, err) :
		merge_a_record(commit, line, err);
}

/* What may still stand in the way of a line that is to be written. */
static int
check_made(struct commit *commit, struct at_hand *line, struct err *err)
{
	const struct record *in = commit->terms.input == COMMIT_EVENTS ? NULL : &line->in;
	const struct record *stored = line->known ? &line->stored.record : NULL;

	if ((int64_t)commit->text.len > commit->terms.max_line)
		err_add(&commit->why, EX_DATAERR, NULL,
			"the record would be longer than %lld bytes (--max-line)",
			(long long)commit->terms.max_line);
	else if (commit_attachments(commit, in, stored, &commit->why) == 0)
		return 0;
	line->outcome.merged = MERGED_REFUSED;
	if (commit->why.status == EX_DATAERR)
		return 0;
	for (size_t i = 0; i < commit->why.n; i++)
		err_add(err, commit->why.status, commit->why.fault[i].where, "%s",
			commit->why.fault[i].what);
	return -1;
}

static int
keep_result(struct commit *commit, const struct result *result, struct err *err)
{
	struct span bytes = { (const char *)result, sizeof *result };

	return commit->terms.print ? spool_put(commit->results, bytes, NULL, err) : 0;
}

/* A new line of the batch. */
static int
keep_made(struct commit *commit, struct at_hand *line, struct err *err)
{
	struct span id = line->outcome.id;
	struct made made = { .rev = line->outcome.rev, .id_len = id.n };
	struct result result = { .offset = -1 };
	struct buf *entry = &commit->entry;

	if (line->known) {
		made.base = line->stored.base;
		made.erased = line->stored.erased;
	}
	entry->len = 0;
	buf_put(entry, (const char *)&made, sizeof made);
	buf_span(entry, id);
	buf_span(entry, buf_text(&commit->text));
	if (spool_put(commit->made, buf_text(entry), &result.offset, err) < 0)
		return -1;
	commit->n_made++;
	keep_touched(commit);
	if (overlay_put(commit->overlay, &line->stored.slot, result.offset, err) < 0)
		return -1;
	return keep_result(commit, &result, err);
}

static int
keep(struct commit *commit, struct at_hand *line, struct err *err)
{
	struct commit_outcome *outcome = &line->outcome;

	outcome->rev = line->known > 0 ? line->stored.rev : 0;
	if (outcome->merged > MERGED_SAME && check_made(commit, line, err) < 0)
		return -1;
	if (outcome->merged == MERGED_SAME)
		return keep_result(commit, &line->stored.result, err);
	if (outcome->merged < MERGED_SAME)
		return 0;
	outcome->rev++;
	return keep_made(commit, line, err);
}

static void
tell(struct commit *commit, const struct commit_outcome *outcome)
{
	struct commit_count *count = &commit->count;

	count->new_cases += outcome->merged == MERGED_NEW;
	count->grown += outcome->merged == MERGED_GROWN;
	count->same += outcome->merged == MERGED_SAME;
	count->refused += outcome->merged == MERGED_REFUSED;
	count->stale += outcome->merged == MERGED_STALE;
	count->late += outcome->merged == MERGED_GROWN && commit->merge.late;
	commit->terms.outcome(commit->terms.ctx, outcome);
}

static int
take(struct commit *commit, struct span entry, struct err *err)
{
	struct at_hand line = { .outcome.err = &commit->why };

	memcpy(&line.outcome.number, entry.p, sizeof line.outcome.number);
	line.outcome.line = (struct span){ entry.p + sizeof line.outcome.number,
		entry.n - sizeof line.outcome.number };
	err_reset(&commit->why);
	arena_reset(&commit->arena);
	commit->text.len = 0;
	forget_touched(commit);
	if (merge_line(commit, &line, err) < 0 || keep(commit, &line, err) < 0)
		return -1;
	tell(commit, &line.outcome);
	return 0;
}

int
commit_merge(struct commit *commit, struct err *err)
{
	const struct commit_terms *terms = &commit->terms;
	const struct commit_count *count = &commit->count;
	uint64_t done = 0;
	struct span entry;
	int answer;

	spool_rewind(commit->lines);
	while ((answer = spool_next(commit->lines, &entry, err)) > 0) {
		if (take(commit, entry, err) < 0)
			return -1;
		if (terms->step)
			terms->step(terms->ctx, ++done);
		if (terms->strict && (count->refused || count->stale))
			return 1;
	}
	if (answer < 0)
		return -1;
	return !terms->each_alone && (count->refused || count->stale);
}
