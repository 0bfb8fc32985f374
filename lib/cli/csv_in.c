#include "cli/csv_in.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "cli/text_in.h"

#define OPTIONS (CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL)

struct csv_in {
	struct text_in source;
	struct csv_options options;
	struct buf text;        /* bytes not yet given up */
	size_t start, fed;      /* the row's first byte; what libcsv has seen */
	uint64_t line;          /* of start */
	uint64_t lines;         /* physical ones of the row, as far as fed */
	bool ended;             /* of the input */
	struct csv_parser parser;
	struct buf bytes;       /* of the row's cells */
	size_t *end;            /* of each cell in bytes, its NUL included */
	struct span *cell;
	size_t n, cap;
	bool whole;             /* libcsv saw the row's end */
	struct csv_row header;  /* a copy */
	uint64_t blank;
};

/* What an export put before a cell that a spreadsheet would run. */
static bool
is_guarded(const char *p, size_t n)
{
	return n >= 2 && p[0] == '\'' && p[1] && strchr("=+-@\t\r", p[1]);
}

static void
on_cell(void *data, size_t n, void *ctx)
{
	struct csv_in *in = ctx;
	const char *p = data;

	if (in->n == in->cap) {
		in->cap = mem_grow(in->cap, in->n + 1);
		in->end = mem_resize(in->end, in->cap * sizeof *in->end);
		in->cell = mem_resize(in->cell, in->cap * sizeof *in->cell);
	}
	if (is_guarded(p, n)) {
		p++;
		n--;
	}
	buf_put(&in->bytes, p, n);
	buf_putc(&in->bytes, '\0');
	in->end[in->n++] = in->bytes.len;
}

static void
on_row(int c, void *ctx)
{
	struct csv_in *in = ctx;

	(void)c;
	in->whole = true;
}

static void
parser_reset(struct csv_in *in)
{
	csv_free(&in->parser);
	csv_init(&in->parser, OPTIONS);
}

struct csv_in *
csv_in_new(int fd, const struct csv_options *options, struct err *err)
{
	struct csv_in *in = mem_zero(sizeof *in);

	in->options = *options;
	in->line = 1;
	csv_init(&in->parser, OPTIONS);
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
	csv_free(&in->parser);
	buf_release(&in->text);
	buf_release(&in->bytes);
	free(in->end);
	free(in->cell);
	if (in->header.n)
		free((void *)(uintptr_t)in->header.cell[0].p);
	free((void *)(uintptr_t)in->header.cell);
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
	const char *p = in->text.data + from;
	size_t left = in->text.len - from;
	const char *lf = left ? memchr(p, '\n', left) : NULL;
	size_t n = lf ? (size_t)(lf - p) + 1 : left;
	const char *cr = n ? memchr(p, '\r', n) : NULL;

	if (!cr || cr + 1 == lf)
		return lf ? from + n : 0;
	if (cr + 1 == p + left && !in->ended)
		return 0; /* the LF of a CRLF may follow */
	return from + (size_t)(cr - p) + 1;
}

/* Forgets the row's first `n` bytes, which are `lines` physical lines. */
static void
row_drop(struct csv_in *in, size_t n, uint64_t lines)
{
	in->start += n;
	in->fed = in->start;
	in->line += lines;
	in->lines = 0;
	in->n = 0;
	in->bytes.len = 0;
	in->whole = false;
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

static struct span
without_newline(const char *p, size_t n)
{
	while (n && (p[n - 1] == '\n' || p[n - 1] == '\r'))
		n--;
	return (struct span){ p, n };
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
	row->raw = without_newline(in->text.data + in->start, end - in->start);
	parser_reset(in);
	row_drop(in, end - in->start, 1);
	return -1;
}

static int
refuse_quotes(struct csv_in *in, struct csv_row *row, struct err *err)
{
	if (in->lines > 1)
		err_add(err, EX_DATAERR, NULL, "a quote is left open: what follows it "
			"on line %llu is no end of a cell",
			(unsigned long long)(in->line + in->lines - 1));
	else
		err_add(err, EX_DATAERR, NULL,
			"a quote inside a cell must be doubled, and the cell quoted");
	return refuse_line(in, row);
}

/* Throws a physical line without end away, in bounded memory. */
static int
skip_line(struct csv_in *in, struct csv_row *row, struct err *err)
{
	size_t end;

	row->line = in->line;
	row->n = 0;
	row->raw = (struct span){ "", 0 };
	parser_reset(in);
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

static int
refuse_long(struct csv_in *in, struct csv_row *row, struct err *err)
{
	err_add(err, EX_DATAERR, NULL, "longer than %zu bytes (--max-line)%s",
		in->options.max_line,
		in->lines > 1 ? "; is a quote left open?" : "");
	return line_end(in, in->start) ? refuse_line(in, row)
	                               : skip_line(in, row, err);
}

static int
check_bytes(const struct csv_in *in, struct span raw, struct err *err)
{
	const char *encoding = in->options.encoding;

	if (raw.n && memchr(raw.p, 0, raw.n))
		return err_add(err, EX_DATAERR, NULL, "a NUL byte%s", encoding ? ""
			: "; if the file is UTF-16, say --encoding utf-16");
	if (utf8_valid(raw))
		return 0;
	if (encoding)
		return err_add(err, EX_DATAERR, NULL, "bytes that are no %s",
			encoding);
	return err_add(err, EX_DATAERR, NULL, "not UTF-8; say --encoding, "
		"for example --encoding windows-1252");
}

static int
check_count(const struct csv_in *in, struct err *err)
{
	if (in->header.cell == NULL || in->n == in->header.n)
		return 0;
	return err_add(err, EX_DATAERR, NULL,
		"%s cells: %zu, and the header has %zu",
		in->n < in->header.n ? "missing" : "extra", in->n, in->header.n);
}

static void
lay_out(struct csv_in *in, struct csv_row *row)
{
	size_t from = 0;

	for (size_t i = 0; i < in->n; i++) {
		in->cell[i] = (struct span){ in->bytes.data + from,
			in->end[i] - from - 1 };
		from = in->end[i];
	}
	row->cell = in->cell;
	row->n = in->n;
}

/* 1: a row; 0: a blank one; -1: refused. */
static int
take_row(struct csv_in *in, struct csv_row *row, struct err *err)
{
	size_t n = in->fed - in->start, cells = in->n;
	bool blank = in->bytes.len == in->n; /* nothing but the NULs */
	int answer = 1;

	row->line = in->line;
	row->raw = without_newline(in->text.data + in->start, n);
	lay_out(in, row);
	if (blank)
		answer = 0;
	else if (check_bytes(in, row->raw, err) < 0 || check_count(in, err) < 0)
		answer = -1;
	if (blank)
		in->blank++;
	row_drop(in, n, in->lines);
	row->n = cells;
	return answer;
}

/* Gives libcsv one more physical line: 0, or -1 where it refuses it. */
static int
feed(struct csv_in *in, size_t end)
{
	size_t n = end - in->fed;
	size_t done = csv_parse(&in->parser, in->text.data + in->fed, n, on_cell,
		on_row, in);

	in->fed = end;
	in->lines++;
	return done == n ? 0 : -1;
}

/* The last row may lack its newline.  Its answer is take_row's. */
static int
finish(struct csv_in *in, struct csv_row *row, struct err *err)
{
	if (csv_fini(&in->parser, on_cell, on_row, in) != 0) {
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
		else if (in->whole || in->parser.pstate == 0)
			answer = take_row(in, row, err);
	}
	return answer;
}

static void
keep_header(struct csv_in *in, const struct csv_row *row)
{
	size_t n = row->n;
	const char *first = row->cell[0].p;
	size_t bytes = (size_t)(row->cell[n - 1].p - first) + row->cell[n - 1].n;
	char *copy = mem_copy(first, bytes);
	struct span *cell = mem_alloc(n * sizeof *cell);

	for (size_t i = 0; i < n; i++)
		cell[i] = (struct span){ copy + (row->cell[i].p - first),
			row->cell[i].n };
	in->header = (struct csv_row){ cell, n, row->line,
		{ NULL, 0 } };
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
		keep_header(in, header);
	}
	*header = in->header;
	return 0;
}
