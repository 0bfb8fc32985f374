#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/loop_state.h"
#include "cli/msg.h"

/* Whoever looks at the lines: one of the two functions. */
struct visitor {
	loop_line_fn line;
	loop_record_fn record;
	void *ctx;
};

static bool
is_blank(struct span line)
{
	return !line.n || (line.p[0] != '{' && !span_trim(line).n);
}

/* {"end":true,"records":N}, and nothing else. */
static bool
is_end_mark(const struct scan *scan, int64_t *records)
{
	uint32_t end, count;

	if (scan->node[0].count != 2)
		return false;
	end = scan_member(scan, 0, "end");
	count = scan_member(scan, 0, "records");
	return end && count && scan_type(scan, end) == SCAN_TRUE &&
		scan_int(scan, count, records) == 0;
}

static void
incomplete(struct loop *loop, int status)
{
	loop->state->incomplete = true;
	loop_worst(loop, status);
}

static void
end_mark(struct loop *loop, int64_t records)
{
	struct loop_state *state = loop->state;
	uint64_t seen = state->since_end;

	state->ended = true;
	state->end_at = state->reader.number;
	state->since_end = 0;
	if (!loop->common->need_end || (uint64_t)records == seen)
		return;
	msg_error("%s:%" PRIu64 ": the end mark counts %" PRId64
		" records; %" PRIu64 " came before it",
		state->reader.file, state->reader.number, records, seen);
	incomplete(loop, EX_DATAERR);
}

/* A record from a later release: readers hand it on as it is. */
static enum loop_answer
newer(struct loop *loop, const struct loop_line *line, struct err *err)
{
	struct loop_state *state = loop->state;

	if (loop->judges)
		err->status = EX_DATAERR;
	if (loop->writer || loop->judges)
		return LOOP_REFUSE;
	if (!state->warned_newer)
		msg_warn("%s: %s; %s", loop_place(loop, line->file, line->number),
			err_text(err), loop->no_output ? "left out" : "passed on unchanged");
	state->warned_newer = true;
	err_reset(err);
	return loop->no_output ? LOOP_DROP : LOOP_KEEP;
}

static enum loop_answer
visit_record(struct loop *loop, const struct visitor *visitor,
	const struct loop_line *line, struct err *err)
{
	struct buf *made = &loop->state->made;
	struct record record;

	if (record_read(&record, line->text, line->scan, line->arena, err) == 0)
		return visitor->record(visitor->ctx, &record, line, made, err);
	if (err->status == EX_CONFIG)
		return newer(loop, line, err);
	if (loop->stranger)
		return loop->stranger(visitor->ctx, line, made, err);
	return LOOP_REFUSE;
}

static enum loop_answer
visit(struct loop *loop, const struct visitor *visitor,
	const struct loop_line *line, struct err *err)
{
	struct buf *made = &loop->state->made;
	bool rejected = reject_is_line(line->scan);

	if (rejected && !loop->takes_rejects)
		return (enum loop_answer)err_add(err, EX_DATAERR, NULL,
			"a reject line, not a case");
	if (visitor->line)
		return visitor->line(visitor->ctx, line, made, err);
	if (rejected)
		return visitor->record(visitor->ctx, NULL, line, made, err);
	return visit_record(loop, visitor, line, err);
}

static enum loop_answer
refuse_long(struct loop *loop, struct span *line, struct err *err)
{
	*line = (struct span){ NULL, 0 };
	return (enum loop_answer)err_add(err, EX_DATAERR, NULL,
		"longer than %zu bytes (--max-line)", loop->state->most);
}

/* What is to become of a line; *end: it was an end mark. */
/* The first line of what was spread over several. */
static void
tell_spread(struct span text, struct err *err)
{
	if (span_is(text, "{") || span_is(text, "["))
		err_set(err, EX_DATAERR, NULL, "one record must be one line (jq -c makes it so)");
}

static enum loop_answer
judge(struct loop *loop, const struct visitor *visitor,
	const struct loop_line *line, struct err *err, bool *end)
{
	struct loop_state *state = loop->state;
	int64_t records;

	if (scan_line(&state->scan, line->text.p, line->text.n, err) < 0) {
		tell_spread(line->text, err);
		return LOOP_REFUSE;
	}
	*end = is_end_mark(&state->scan, &records);
	if (*end) {
		end_mark(loop, records);
		return LOOP_DROP;
	}
	return visit(loop, visitor, line, err);
}

static void
take_line(struct loop *loop, const struct visitor *visitor,
	enum reader_answer kind, struct span text)
{
	struct loop_state *state = loop->state;
	struct loop_line line = { text, state->reader.file, state->reader.number,
		&state->scan, &state->arena, state->reader.cut };
	enum loop_answer answer;
	bool end = false;

	err_reset(&state->err);
	state->made.len = 0;
	if (kind == READER_LONG)
		answer = refuse_long(loop, &line.text, &state->err);
	else
		answer = judge(loop, visitor, &line, &state->err, &end);
	if (end)
		return;
	state->since_end++;
	state->ended = false;
	loop->n_read++;
	loop_emit(loop, answer, line.file, line.number, line.text, &state->made,
		&state->err);
	arena_reset(&state->arena);
	progress_step(&state->progress, state->reader.bytes);
}

static void
end_of_file(struct loop *loop, const char *file)
{
	const struct loop_state *state = loop->state;

	if (loop->stopped || !loop->common->need_end || state->ended)
		return;
	if (state->end_at)
		msg_error("%s:%" PRIu64 ": the end mark is not the last line; "
			"%" PRIu64 " came after it", file, state->end_at, state->since_end);
	else if (!opt_verb()) /* which says what became of the program before */
		msg_error("%s: the end mark is missing", file);
	incomplete(loop, EX_DATAERR);
}

static void
read_lines(struct loop *loop, const struct visitor *visitor)
{
	struct loop_state *state = loop->state;
	enum reader_answer kind = READER_LINE;
	struct span text;

	while (!loop->stopped) {
		kind = reader_next(&state->reader, &text, &state->err);
		if (kind <= READER_END)
			break;
		if (kind == READER_LONG || !is_blank(text))
			take_line(loop, visitor, kind, text);
	}
	if (kind == READER_FAIL)
		loop_die(loop, state->reader.file, &state->err);
}

static void
read_file(struct loop *loop, const struct visitor *visitor, const char *file)
{
	struct loop_state *state = loop->state;

	err_reset(&state->err);
	if (reader_open(&state->reader, file, &state->err) < 0) {
		if (state->err.status != EX_NOINPUT)
			loop_die(loop, file, &state->err);
		msg_faults(file, &state->err);
		incomplete(loop, EX_NOINPUT);
		return;
	}
	state->since_end = 0;
	state->end_at = 0;
	state->ended = false;
	read_lines(loop, visitor);
	end_of_file(loop, file);
	reader_close(&state->reader);
}

/* Bytes of all input; 0 where some of it is no file. */
static uint64_t
total_bytes(char **files)
{
	static char standard_input[] = "/dev/stdin";
	static char *standard[] = { standard_input, NULL };
	uint64_t total = 0;
	struct stat st;

	for (files = files && *files ? files : standard; *files; files++) {
		const char *file = strcmp(*files, "-") == 0 ? standard_input : *files;

		if (stat(file, &st) < 0 || !S_ISREG(st.st_mode))
			return 0;
		total += (uint64_t)st.st_size;
	}
	return total;
}

static void
run(struct loop *loop, char **files, const struct visitor *visitor)
{
	static char dash[] = "-";
	static char *standard[] = { dash, NULL };

	reject_check(loop->state->reject, files);
	(loop->silent ? progress_init_alone : progress_init)(&loop->state->progress,
		total_bytes(files));
	for (files = files && *files ? files : standard; *files && !loop->stopped; files++)
		read_file(loop, visitor, *files);
	progress_hide();
}

void
loop_lines(struct loop *loop, char **files, loop_line_fn fn, void *ctx)
{
	run(loop, files, &(struct visitor){ .line = fn, .ctx = ctx });
}

void
loop_records(struct loop *loop, char **files, loop_record_fn fn, void *ctx)
{
	run(loop, files, &(struct visitor){ .record = fn, .ctx = ctx });
}
