#include "cli/report_merge.h"

#include "cli/msg.h"

struct work {
	struct loop *loop;
	struct partial_reader *reader;
	uint64_t head, last; /* lines: where the open partial begins; the last read */
};

static const char remedy[] = "make it again with esc-report --partial";

/* Values that are no texts are kept as texts: each quote of theirs gets a \. */
#define LINE_MOST (2 * MAX_LINE_MOST + 4096)

void
report_merge_prepare(const struct report_opt *asked, struct common *common)
{
	report_opt_check_merge(asked, common->now_text);
	common->strict = true;
	if (common->max_line == MAX_LINE_DEFAULT)
		common->max_line = LINE_MOST;
}

static int
read_line(struct work *work, const struct loop_line *line, struct err *err)
{
	struct partial_reader *reader = work->reader;
	uint64_t whole = reader->n;

	if (!reader->open)
		work->head = line->number;
	work->last = line->number;
	if (partial_read(reader, line->text, line->scan, line->arena, err) != 0)
		return -1;
	if (reader->n > whole && line->cut)
		return err_add(err, EX_DATAERR, NULL,
			"the newline at the end is missing: the partial was cut");
	return 0;
}

static enum loop_answer
take(void *ctx, const struct loop_line *line, struct buf *out, struct err *err)
{
	struct work *work = ctx;

	(void)out;
	return read_line(work, line, err) == 0 ? LOOP_DROP : LOOP_REFUSE;
}

static void
fail(struct loop *loop, struct err *err, const char *file, uint64_t number)
{
	loop_emit(loop, LOOP_REFUSE, file, number, (struct span){ NULL, 0 },
		NULL, err);
}

/* What only the end of a file tells. */
static void
end_file(struct work *work, const char *file, uint64_t before)
{
	struct partial_reader *reader = work->reader;
	struct loop *loop = work->loop;
	struct err err = { 0 };

	if (!loop_is_whole(loop))
		return;
	if (reader->open) {
		err_add(&err, EX_DATAERR, NULL, "the partial that begins in line "
			"%ju has no end: it was cut", (uintmax_t)work->head);
		fail(loop, &err, file, work->last);
	} else if (reader->n == before) {
		err_add(&err, EX_DATAERR, NULL, "no partial in it");
		fail(loop, &err, file, 0);
	}
	err_release(&err);
}

void
report_merge_files(struct loop *loop, char **files,
	struct partial_reader *reader)
{
	static char dash[] = "-";
	static char *standard[] = { dash, NULL };
	struct work work = { .loop = loop, .reader = reader };

	for (files = *files ? files : standard; *files && loop_is_whole(loop);
		files++) {
		char *one[] = { *files, NULL };
		uint64_t before = reader->n;

		loop_lines(loop, one, take, &work);
		end_file(&work, *files, before);
	}
	if (!loop_is_whole(loop) && loop->status == EX_DATAERR)
		msg_hint("nothing is merged; where a partial was cut or changed, %s",
			remedy);
}
