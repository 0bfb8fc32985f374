#include "cli/csv_in.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "cli/csv_cells.h"
#include "cli/csv_row.h"
#include "cli/csv_skip.h"
#include "cli/text_in.h"

/* How far beyond max_line the closing quote of a cell is looked for. */
#define LOOK_AHEAD ((size_t)16 << 20)

struct csv_in {
	struct text_in source;
	struct csv_options options;
	struct buf text;        /* bytes not yet given up */
	size_t start, fed;      /* the row's first byte; what cells have seen */
	uint64_t line;          /* of start */
	uint64_t lines;         /* physical ones of the row, as far as fed */
	bool ended;             /* of the input */
	struct csv_cells cells;
	struct csv_row header;  /* a copy, in kept */
	struct arena kept;
	uint64_t blank;
};

struct csv_in *
csv_in_new(int fd, const struct csv_options *options, struct err *err)
{
	struct csv_in *in = mem_zero(sizeof *in);

	in->options = *options;
	in->line = 1;
	csv_cells_init(&in->cells);
	arena_init(&in->kept);
	if (text_in_init(&in->source, fd, options->encoding, err) < 0) {
		csv_in_free(in);
		return NULL;
	}
	return in;
}

void
csv_in_free(struct csv_in *in)
{
	if (!in)
		return;
	text_in_release(&in->source);
	csv_cells_release(&in->cells);
	buf_release(&in->text);
	arena_release(&in->kept);
	free(in);
}

uint64_t
csv_in_blank(const struct csv_in *in)
{
	return in->blank;
}

/* The place after the line's end that is next after `from`; 0: none yet. */
static size_t
line_end(const struct csv_in *in, size_t from)
{
	size_t n = text_in_line((struct span){ in->text.data + from,
		in->text.len - from }, in->ended);

	return n ? from + n : 0;
}

/* Forgets the row's first `n` bytes, which are `lines` physical lines. */
static void
row_drop(struct csv_in *in, size_t n, uint64_t lines)
{
	in->start += n;
	in->fed = in->start;
	in->line += lines;
	in->lines = 0;
	csv_cells_clear(&in->cells);
}

static int
more(struct csv_in *in, struct err *err)
{
	int answer;

	if (in->start) {
		memmove(in->text.data, in->text.data + in->start,
			in->text.len - in->start);
		in->text.len -= in->start;
		in->fed -= in->start;
		in->start = 0;
	}
	answer = text_in_more(&in->source, &in->text, err);
	if (answer == 0)
		in->ended = true;
	return answer < 0 ? -1 : 0;
}

/*
 * The row cannot be read: its first physical line is refused, and reading
 * goes on after it.
 */
static int
refuse_line(struct csv_in *in, struct csv_row *row)
{
	size_t end = line_end(in, in->start);

	if (!end)
		end = in->text.len;
	row->line = in->line;
	row->n = 0;
	row->raw = text_in_bare((struct span){ in->text.data + in->start,
		end - in->start });
	csv_cells_restart(&in->cells);
	row_drop(in, end - in->start, 1);
	return -1;
}

static int
refuse_quotes(struct csv_in *in, struct csv_row *row, struct err *err)
{
	csv_row_bad_quote(in->line, in->lines, err);
	return refuse_line(in, row);
}

/* Throws a physical line without end away, in bounded memory. */
static int
skip_line(struct csv_in *in, struct err *err)
{
	size_t end;

	while (!(end = line_end(in, in->start)) && !in->ended) {
		/* A last CR stays: its LF may follow. */
		in->start = in->fed = in->text.len - (in->text.len > in->start);
		if (more(in, err) < 0)
			return -1;
	}
	if (!end)
		end = in->text.len;
	row_drop(in, end - in->start, 1);
	return -1;
}

/*
 * Looks for the row's end: 1 where the row is passed by.  0 where its quotes
 * do not match, or not in sight: it still begins at start, but for bytes of
 * a first physical line that is too long itself.
 */
static int
skip_row(struct csv_in *in, struct err *err)
{
	struct csv_skip skip = { 0 };

	while (skip.state < SKIP_ENDED) {
		csv_skip_feed(&skip, (struct span){ in->text.data + in->start,
			in->text.len - in->start }, in->ended);
		if (skip.state >= SKIP_ENDED)
			break;
		if (skip.lines == 0) {
			in->fed = in->start += skip.at;
			skip.at = 0;
		}
		if (in->text.len - in->start > in->options.max_line + LOOK_AHEAD)
			return 0;
		if (more(in, err) < 0)
			return -1;
	}
	if (skip.state == SKIP_BROKEN)
		return 0;
	row_drop(in, skip.at, skip.lines);
	return 1;
}

static int
refuse_long(struct csv_in *in, struct csv_row *row, struct err *err)
{
	bool lines = in->lines > 1, whole = line_end(in, in->start) != 0;
	int skipped;

	*row = (struct csv_row){ .line = in->line, .raw = { "", 0 } };
	csv_cells_restart(&in->cells);
	skipped = skip_row(in, err);
	err_add(err, EX_DATAERR, NULL, "longer than %zu bytes (--max-line)%s",
		in->options.max_line,
		lines && skipped == 0 ? "; is a quote left open?" : "");
	if (skipped)
		return -1;
	return whole ? refuse_line(in, row) : skip_line(in, err);
}

/* 1: a row; 0: a blank one; -1: refused. */
static int
take_row(struct csv_in *in, struct csv_row *row, struct err *err)
{
	size_t n = in->fed - in->start;
	bool blank = csv_cells_blank(&in->cells);
	int answer = 1;

	row->line = in->line;
	row->raw = text_in_bare((struct span){ in->text.data + in->start, n });
	row->cell = csv_cells_lay_out(&in->cells);
	row->n = in->cells.n;
	if (blank)
		answer = 0;
	else if (csv_row_check(row, in->header.cell ? &in->header : NULL,
			in->options.encoding, err) < 0)
		answer = -1;
	if (blank)
		in->blank++;
	row_drop(in, n, in->lines);
	return answer;
}

/* One more physical line: 0, or -1 where its quotes do not match. */
static int
feed(struct csv_in *in, size_t end)
{
	int result = csv_cells_feed(&in->cells, in->text.data + in->fed,
		end - in->fed);

	in->fed = end;
	in->lines++;
	return result;
}

/* The last row may lack its newline.  Its answer is take_row's. */
static int
finish(struct csv_in *in, struct csv_row *row, struct err *err)
{
	if (csv_cells_finish(&in->cells) < 0) {
		err_add(err, EX_DATAERR, NULL, "a quote is left open");
		return refuse_line(in, row);
	}
	return take_row(in, row, err);
}

/* The next line to feed: its end; 0 at the end of the input; -1 refused. */
static int
next_line(struct csv_in *in, size_t *end, struct csv_row *row, struct err *err)
{
	while (!(*end = line_end(in, in->fed)) && !in->ended) {
		if (in->text.len - in->start > in->options.max_line)
			return refuse_long(in, row, err);
		if (more(in, err) < 0)
			return -1;
	}
	if (!*end)
		*end = in->text.len;
	if (*end - in->start > in->options.max_line + 2)
		return refuse_long(in, row, err);
	return *end > in->fed;
}

int
csv_in_row(struct csv_in *in, struct csv_row *row, struct err *err)
{
	int answer = 0;

	*row = (struct csv_row){ .line = in->line, .raw = { "", 0 } };
	while (!answer) {
		size_t end;
		int found = next_line(in, &end, row, err);

		if (found < 0)
			return -1;
		if (found == 0 && in->fed == in->start)
			return 0;
		if (found == 0)
			answer = finish(in, row, err);
		else if (feed(in, end) < 0)
			answer = refuse_quotes(in, row, err);
		else if (csv_cells_between(&in->cells))
			answer = take_row(in, row, err);
	}
	return answer;
}

int
csv_in_header(struct csv_in *in, struct csv_row *header, struct err *err)
{
	if (!in->header.cell) {
		int answer = csv_in_row(in, header, err);

		if (answer < 0)
			return -1;
		if (answer == 0) {
			header->line = 1;
			return err_add(err, EX_DATAERR, NULL, "no header row");
		}
		in->header = (struct csv_row){ csv_row_copy(header, &in->kept),
			header->n, header->line, { NULL, 0 } };
	}
	*header = in->header;
	return 0;
}
