#include "cli/loop_text.h"

#include <stdlib.h>

#include "cli/loop_state.h"
#include "cli/msg.h"
#include "cli/output.h"

/* number 0: place is all there is to say. */
static void
answer(struct loop *loop, const char *place, uint64_t number,
	struct span text, loop_text_fn fn, void *ctx)
{
	struct loop_state *state = loop->state;
	size_t before = state->out.len;

	err_reset(&state->err);
	if (fn(ctx, text, &state->out, &state->err) != 0) {
		state->out.len = before;
		loop_emit(loop, LOOP_REFUSE, place, number, text, NULL,
			&state->err);
	}
	buf_putc(&state->out, '\n');
	if (state->out.len >= OUTPUT_FULL || loop->line_buffered)
		loop_flush(loop);
}

void
loop_one_text(struct loop *loop, const char *place, struct span text,
	loop_text_fn fn, void *ctx)
{
	answer(loop, place, 0, text, fn, ctx);
}

static int
refuse_long(void *ctx, struct span line, struct buf *out, struct err *err)
{
	(void)line;
	(void)out;
	return err_add(err, EX_DATAERR, NULL,
		"longer than %zu bytes", *(const size_t *)ctx);
}

static void
read_texts(struct loop *loop, const char *file, loop_text_fn fn, void *ctx)
{
	struct loop_state *state = loop->state;
	struct reader *reader = &state->reader;
	enum reader_answer kind = READER_LINE;
	struct span line;

	while (!loop->stopped) {
		kind = reader_next(reader, &line, &state->err);
		if (kind <= READER_END)
			break;
		if (kind == READER_LONG)
			answer(loop, file, reader->number, line, refuse_long,
				&state->most);
		else
			answer(loop, file, reader->number, span_trim(line), fn,
				ctx);
		progress_step(&state->progress, reader->bytes);
	}
	if (kind == READER_FAIL)
		loop_die(loop, file, &state->err);
}

void
loop_texts(struct loop *loop, char **files, loop_text_fn fn, void *ctx)
{
	static char dash[] = "-";
	static char *standard[] = { dash, NULL };
	struct loop_state *state = loop->state;

	progress_init(&state->progress, 0);
	for (files = files && *files ? files : standard; *files && !loop->stopped;
		files++) {
		err_reset(&state->err);
		if (reader_open(&state->reader, *files, &state->err) < 0)
			loop_die(loop, *files, &state->err);
		read_texts(loop, *files, fn, ctx);
		reader_close(&state->reader);
	}
	progress_hide();
}
