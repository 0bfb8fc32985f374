#include "cli/edit.h"

#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

#include "base/instant.h"
#include "cli/msg.h"
#include "cli/now.h"
#include "cli/policies.h"

/* Files are named, and none of them is stdin. */
static bool
stdin_is_free(char *const *files)
{
	if (!*files)
		return false;
	for (; *files; files++)
		if (strcmp(*files, "-") == 0)
			return false;
	return true;
}

int
edit_open(struct edit *edit, int argc, char **argv)
{
	int first = opt_parse(edit->program, &edit->common, argc, argv);

	edit->now = now_get(edit->program, &edit->common);
	edit->message = opt_message(&edit->common, stdin_is_free(argv + first));
	return first;
}

void
edit_need_message(const struct edit *edit, const char *what)
{
	if (!edit->message || span_trim(span_of(edit->message)).n == 0)
		opt_usage("%s needs a text: -m TEXT or -F FILE", what);
}

void
edit_unused_message(void)
{
	msg_warn("-m: nothing here takes a text, so it is not recorded; esc-note -m adds a note");
}

void
edit_warn(const struct edit *edit, const char *format, ...)
{
	struct buf text = { 0 };
	va_list args;

	va_start(args, format);
	buf_vprintf(&text, format, args);
	va_end(args);
	msg_warn("%s:%" PRIu64 ": %s", edit->line->file, edit->line->number, buf_cstr(&text));
	buf_release(&text);
}

int
edit_time(const struct edit *edit, const char *option, const char *text, int64_t *at,
	struct err *err)
{
	const struct fold *fold = &edit->change.fold;
	struct err why = { 0 };
	int result = time_parse(text, edit->now, fold->calendar, fold->policy->day_ends, at,
		&why);

	if (result < 0)
		err_add(err, EX_DATAERR, option, "%s", err_text(&why));
	err_release(&why);
	return result;
}

/* Folds the case, at --at where that is given. */
static int
begin(struct edit *edit, const struct record *record, struct arena *arena, struct err *err)
{
	int64_t at;

	if (change_begin(&edit->change, record, INSTANT_NONE, arena, err) < 0)
		return -1;
	if (!edit->common.at_text)
		return 0;
	if (edit_time(edit, "--at", edit->common.at_text, &at, err) < 0)
		return -1;
	return change_begin(&edit->change, record, at, arena, err);
}

static enum loop_answer
edit_record(void *ctx, struct record *record, const struct loop_line *line, struct buf *out,
	struct err *err)
{
	struct edit *edit = ctx;

	edit->line = line;
	if (begin(edit, record, line->arena, err) < 0)
		return LOOP_REFUSE;
	if (edit->act(edit->ctx, edit, err) < 0)
		return LOOP_REFUSE;
	if (edit->change.n_added == 0)
		return LOOP_KEEP;
	if (change_is_late(&edit->change))
		edit_warn(edit, "now is earlier than the last event's recording, which is used");
	return change_write(&edit->change, out, err) < 0 ? LOOP_REFUSE : LOOP_WRITE;
}

int
edit_run(struct edit *edit, char **files)
{
	struct loop loop;

	loop_init(&loop, edit->program, &edit->common, edit->now, by_get(&edit->common));
	loop.writer = true;
	change_init(&edit->change, policies_source(), edit->now, span_of(loop.by));
	loop_records(&loop, files, edit_record, edit);
	change_release(&edit->change);
	return loop_end(&loop, 0);
}
