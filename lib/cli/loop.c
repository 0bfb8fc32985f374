#include "cli/loop.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/loop_state.h"
#include "cli/msg.h"
#include "cli/output.h"

static void
before_wait(void *ctx)
{
	struct loop *loop = ctx;

	loop_flush(loop);
	progress_hide();
}

void
loop_init(struct loop *loop, const struct program *program,
	const struct common *common, int64_t now, const char *by)
{
	struct loop_state *state = mem_zero(sizeof *state);
	int64_t most = common->max_line ? common->max_line : MAX_LINE_DEFAULT;

	*loop = (struct loop){ .program = program, .common = common, .now = now,
		.by = by, .state = state };
	loop->line_buffered = isatty(STDOUT_FILENO);
	state->most = (size_t)most;
	reader_init(&state->reader, state->most);
	state->reader.before_wait = before_wait;
	state->reader.ctx = loop;
	scan_init(&state->scan);
	arena_init(&state->arena);
	state->reject = reject_open(common->reject);
}

static void
loop_release(struct loop *loop)
{
	struct loop_state *state = loop->state;

	reader_release(&state->reader);
	scan_release(&state->scan);
	arena_release(&state->arena);
	err_release(&state->err);
	buf_release(&state->out);
	buf_release(&state->made);
	buf_release(&state->place);
	free(state);
	loop->state = NULL;
}

struct buf *
loop_out(struct loop *loop)
{
	return &loop->state->out;
}

static _Noreturn void
stdout_fails(const struct loop *loop)
{
	msg_die(EX_IOERR, "stdout: cannot write: %s%s%s", strerror(errno),
		loop->done ? "; " : "", loop->done ? loop->done : "");
}

void
loop_flush(struct loop *loop)
{
	if (output_flush(STDOUT_FILENO, &loop->state->out) < 0)
		stdout_fails(loop);
}

void
loop_die(struct loop *loop, const char *place, const struct err *err)
{
	msg_faults(place, err);
	loop_flush(loop);
	exit(err->status ? err->status : EX_SOFTWARE);
}

void
loop_worst(struct loop *loop, int status)
{
	if (status > loop->status)
		loop->status = status;
}

const char *
loop_place(struct loop *loop, const char *file, uint64_t number)
{
	struct buf *place = &loop->state->place;

	if (!file)
		return NULL;
	place->len = 0;
	buf_puts(place, file);
	if (number)
		buf_printf(place, ":%" PRIu64, number);
	return buf_cstr(place);
}

static void
write_line(struct loop *loop, struct span line)
{
	struct buf *out = &loop->state->out;

	buf_span(out, line);
	buf_putc(out, '\n');
	loop->n_written++;
	if (out->len >= OUTPUT_FULL || loop->line_buffered)
		loop_flush(loop);
}

static bool
ends_program(int status)
{
	return status != EX_DATAERR && status != EX_TEMPFAIL;
}

static void
refuse(struct loop *loop, const char *place, struct span source,
	struct err *err)
{
	if (!err->n)
		err_add(err, EX_SOFTWARE, NULL, "refused without a reason");
	if (ends_program(err->status))
		loop_die(loop, place, err);
	msg_faults(place, err);
	reject_put(loop->state->reject, loop, place, source, err);
	loop->n_refused++;
	loop_worst(loop, err->status);
	if (loop->common->strict)
		loop->stopped = true;
}

void
loop_emit(struct loop *loop, enum loop_answer answer, const char *file,
	uint64_t number, struct span source, struct buf *out, struct err *err)
{
	if (answer == LOOP_WRITE && out->len > loop->state->most) {
		err_add(err, EX_DATAERR, NULL,
			"the record would be longer than %zu bytes (--max-line)",
			loop->state->most);
		answer = LOOP_REFUSE;
	}
	if (answer == LOOP_REFUSE)
		refuse(loop, loop_place(loop, file, number), source, err);
	else if (answer == LOOP_WRITE)
		write_line(loop, buf_text(out));
	else if (answer == LOOP_KEEP)
		write_line(loop, source);
	else if (loop->state->out.len >= OUTPUT_FULL)
		loop_flush(loop);
}

bool
loop_is_whole(const struct loop *loop)
{
	return !loop->stopped && !loop->state->incomplete;
}

static void
put_end_mark(struct loop *loop)
{
	if (!loop->common->end_mark || loop->no_output || !loop_is_whole(loop))
		return;
	buf_printf(&loop->state->out, "{\"end\":true,\"records\":%" PRIu64 "}\n",
		loop->n_written);
}

/* Nothing was written to a stdout that is closed: nothing was lost. */
static void
close_stdout(const struct loop *loop)
{
	if (close(STDOUT_FILENO) < 0 && errno != EBADF)
		stdout_fails(loop);
}

int
loop_end(struct loop *loop, int answer)
{
	progress_hide();
	put_end_mark(loop);
	loop_flush(loop);
	close_stdout(loop);
	reject_close(loop->state->reject);
	loop_release(loop);
	return loop->status > answer ? loop->status : answer;
}
