#include "cli/store_checkpoints.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/mem.h"
#include "cli/reader.h"

#define LINE_MOST 1024

void
checkpoint_put(struct buf *out, const struct store *store, const struct position *position)
{
	buf_printf(out, "%s %" PRId64 " %s\n", store->id, position->seq, position->h);
}

/* The next word of a line; n 0 where there is none. */
static struct span
take_word(struct span *line)
{
	struct span rest = span_trim(*line);
	const char *blank = rest.n ? memchr(rest.p, ' ', rest.n) : NULL;
	struct span word = { rest.p, blank ? (size_t)(blank - rest.p) : rest.n };

	*line = (struct span){ rest.p + word.n, rest.n - word.n };
	return word;
}

static bool
is_hex(struct span word, size_t n)
{
	if (word.n != n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!memchr("0123456789abcdef", word.p[i], 16))
			return false;
	return true;
}

static void
add(struct checkpoints *checkpoints, int64_t seq, struct span h)
{
	struct position *at;

	if (checkpoints->n == checkpoints->cap) {
		checkpoints->cap = mem_grow(checkpoints->cap, checkpoints->n + 1);
		checkpoints->list = mem_resize(checkpoints->list,
			checkpoints->cap * sizeof *checkpoints->list);
	}
	at = &checkpoints->list[checkpoints->n++];
	*at = (struct position){ .seq = seq };
	memcpy(at->h, h.p, h.n);
}

static int
read_line(struct checkpoints *checkpoints, struct span line, const struct store *store,
	struct err *err)
{
	struct span id = take_word(&line), seq, h;
	int64_t number;

	if (id.n == 0)
		return 0;
	seq = take_word(&line);
	h = take_word(&line);
	if (!is_hex(id, STORE_ID_DIGITS) || text_digits(seq, &number) < 0 ||
		!is_hex(h, HASH_HEX - 1) || span_trim(line).n)
		return err_add(err, EX_DATAERR, NULL,
			"expected a line of esc-store checkpoint: STORE_ID SEQ HASH");
	if (span_is(id, store->id))
		add(checkpoints, number, h);
	else
		checkpoints->others++;
	return 0;
}

static int
by_seq(const void *a, const void *b)
{
	const struct position *x = a, *y = b;

	return (x->seq > y->seq) - (x->seq < y->seq);
}

static int
place_fault(const struct reader *reader, const struct err *why, struct err *err)
{
	struct buf where = { 0 };

	buf_printf(&where, "%s:%" PRIu64, reader->file, reader->number);
	err_add(err, EX_DATAERR, buf_cstr(&where), "%s", why->fault[0].what);
	buf_release(&where);
	return -1;
}

static int
read_lines(struct checkpoints *checkpoints, struct reader *reader, const struct store *store,
	struct err *err)
{
	struct err why = { 0 };
	struct span line;
	int result = 0;

	while (result == 0) {
		switch (reader_next(reader, &line, err)) {
		case READER_FAIL:
			return -1;
		case READER_END:
			return 0;
		case READER_LONG:
			line = span_of("too long");
			break;
		case READER_LINE:
			break;
		}
		if (read_line(checkpoints, line, store, &why) < 0)
			result = place_fault(reader, &why, err);
	}
	err_release(&why);
	return result;
}

int
checkpoints_read(struct checkpoints *checkpoints, const char *file, const struct store *store,
	struct err *err)
{
	struct reader reader;
	int result;

	*checkpoints = (struct checkpoints){ 0 };
	reader_init(&reader, LINE_MOST);
	result = reader_open(&reader, file, err);
	if (result == 0) {
		result = read_lines(checkpoints, &reader, store, err);
		reader_close(&reader);
	}
	reader_release(&reader);
	if (result == 0 && checkpoints->n + checkpoints->others == 0)
		result = err_add(err, EX_DATAERR, file, "holds no checkpoint");
	if (checkpoints->n)
		qsort(checkpoints->list, checkpoints->n, sizeof *checkpoints->list, by_seq);
	return result;
}

void
checkpoints_release(struct checkpoints *checkpoints)
{
	free(checkpoints->list);
}
