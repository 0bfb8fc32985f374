#include "cli/committer.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "cli/msg.h"
#include "cli/policies.h"

#define CLOCKS_DIFFER_S 5 /* of two machines that write to one store */
#define LINE_BITS 40 /* of a number: the line; above them the file */

void
committer_open(struct committer *committer)
{
	store_opt_open(&committer->where, committer->dry_run ? STORE_READ : STORE_WRITE,
		&committer->store);
	committer->blobs = setting_get(committer->blobs, "ESC_BLOBS", "blobs");
}

static uint64_t
number_of(struct committer *committer, const struct loop_line *line)
{
	size_t n = committer->n_files;

	if (!n || committer->file[n - 1] != line->file) {
		committer->file = mem_resize(committer->file, (n + 1) * sizeof line->file);
		committer->file[n] = line->file;
		committer->n_files = ++n;
	}
	return (uint64_t)(n - 1) << LINE_BITS | line->number;
}

static enum loop_answer
keep(struct committer *committer, const struct loop_line *line, struct err *err)
{
	uint64_t number = number_of(committer, line);

	return commit_add(committer->commit, line->text, number, err) < 0 ?
		LOOP_REFUSE : LOOP_DROP;
}

static enum loop_answer
keep_record(void *ctx, struct record *record, const struct loop_line *line, struct buf *out,
	struct err *err)
{
	(void)record;
	(void)out;
	return keep(ctx, line, err);
}

static enum loop_answer
keep_event(void *ctx, const struct loop_line *line, struct buf *out, struct err *err)
{
	struct event_line event;

	(void)out;
	if (event_line_read(&event, line->scan, line->arena, err) < 0)
		return LOOP_REFUSE;
	return keep(ctx, line, err);
}

/* A report line of --dry-run. */
static void
foresee(struct committer *committer, const struct commit_outcome *outcome)
{
	struct buf *text = &committer->text;

	text->len = 0;
	utf8_display(text, outcome->id);
	if (outcome->merged == MERGED_NEW)
		buf_puts(text, ": new");
	else if (outcome->merged == MERGED_GROWN)
		buf_printf(text, ": revision %" PRId64, outcome->rev);
	else
		buf_puts(text, ": unchanged");
	loop_emit(&committer->loop, LOOP_WRITE, NULL, 0, outcome->line, text, NULL);
}

static void
tell(void *ctx, const struct commit_outcome *outcome)
{
	struct committer *committer = ctx;
	const char *file = committer->file[outcome->number >> LINE_BITS];
	uint64_t number = outcome->number & ((UINT64_C(1) << LINE_BITS) - 1);

	if (outcome->merged < MERGED_SAME)
		loop_emit(&committer->loop, LOOP_REFUSE, file, number, outcome->line, NULL,
			outcome->err);
	else if (committer->dry_run && !committer->print)
		foresee(committer, outcome);
}

static void
step(void *ctx, uint64_t done)
{
	struct committer *committer = ctx;

	progress_step(&committer->progress, done);
}

static void
indexed(void *ctx, uint64_t done)
{
	struct committer *committer = ctx;

	progress_bytes(&committer->progress, "reading the log:", done);
}

/* Refused while it was read: without --reject no more than a look is taken. */
static enum commit_mode
mode_of(const struct committer *committer)
{
	const struct loop *loop = &committer->loop;

	return committer->dry_run || (loop->n_refused && !loop->common->reject) ?
		COMMIT_LOOK : COMMIT_WRITE;
}

static struct commit_terms
terms_of(struct committer *committer)
{
	const struct loop *loop = &committer->loop;
	const struct common *common = loop->common;

	return (struct commit_terms){
		.input = committer->events ? COMMIT_EVENTS : COMMIT_RECORDS,
		.merge = {
			.policies = policies_source(),
			.now = loop->now,
			.latest = committer->allow_future ? INT64_MAX : loop->now + MERGE_AHEAD_S,
			.by = span_of(loop->by),
			.rebase = committer->rebase,
		},
		.blobs = committer->blobs,
		.if_new = committer->if_new,
		.each_alone = common->reject != NULL,
		.strict = common->strict,
		.print = committer->print,
		.no_index = committer->where.no_index,
		.world = store_opt_world(),
		.max_line = common->max_line,
		.outcome = tell,
		.indexed = indexed,
		.step = step,
		.ctx = committer,
	};
}

void
committer_read(struct committer *committer, char **files)
{
	struct commit_terms terms = terms_of(committer);

	committer->commit = commit_new(&terms);
	committer->loop.writer = true;
	committer->loop.no_output = !committer->print;
	committer->loop.silent = true;
	if (committer->events)
		loop_lines(&committer->loop, files, keep_event, committer);
	else
		loop_records(&committer->loop, files, keep_record, committer);
}

static void
print(void *ctx, struct span record)
{
	struct committer *committer = ctx;

	loop_emit(&committer->loop, LOOP_KEEP, NULL, 0, record, NULL, NULL);
}

/* For people; a script has the status. */
static void
sum_up(const struct committer *committer)
{
	const struct commit_count *count = &committer->count;
	const uint64_t refused = committer->loop.n_refused;
	char others[48] = "", line[48] = "";

	if (!committer->verbose && !isatty(STDERR_FILENO))
		return;
	if (refused)
		snprintf(others, sizeof others, ", %" PRIu64 " refused", refused);
	if (count->seq) /* where there was no input, nobody looked */
		snprintf(line, sizeof line, " (line %" PRId64 " of the log)", count->seq);
	msg_error("%s %" PRIu64 " new, %" PRIu64 " grown, %" PRIu64 " unchanged%s%s",
		committer->dry_run ? "would commit" : "committed", count->new_cases,
		count->grown, count->same, others, line);
}

/* Once a run: a clock that is set wrong is so for every line. */
static void
warn_of_clocks(const struct commit_count *count)
{
	if (count->late)
		msg_warn("a clock went back: now, or a new event, is earlier than the last event's "
			"recording, which is used, in %" PRIu64 " of the cases", count->late);
	if (count->behind > CLOCKS_DIFFER_S)
		msg_warn("the system's clock is %" PRId64 " s behind the last line of the log, "
			"whose time is used", count->behind);
}

/* The lines that are refused were told one by one. */
static void
nothing_written(struct committer *committer)
{
	const struct loop *loop = &committer->loop;

	committer->loop.no_output = true;
	if (loop->n_refused)
		msg_error("nothing was committed: %" PRIu64 " of %" PRIu64 " refused",
			loop->n_refused, loop->n_read);
	else
		msg_error("nothing was committed");
}

void
committer_run(struct committer *committer)
{
	struct loop *loop = &committer->loop;
	struct err err = { 0 };
	int answer;

	if (!loop_is_whole(loop)) {
		nothing_written(committer);
		return;
	}
	(committer->dry_run ? progress_init : progress_init_alone)(&committer->progress,
		loop->n_read);
	answer = commit_run(committer->commit, &committer->store, mode_of(committer),
		&committer->count, &err);
	progress_hide();
	if (answer < 0)
		loop_die(loop, NULL, &err);
	if (answer > 0 || (loop->n_refused && !loop->common->reject)) {
		nothing_written(committer);
		return;
	}
	warn_of_clocks(&committer->count);
	sum_up(committer);
	loop->done = committer->dry_run ? NULL : "the batch is committed";
	if (committer->print && commit_print(committer->commit, print, committer, &err) < 0)
		loop_die(loop, NULL, &err);
	err_release(&err);
}

void
committer_close(struct committer *committer)
{
	commit_free(committer->commit);
	store_close(&committer->store);
	buf_release(&committer->text);
	free(committer->file);
}
