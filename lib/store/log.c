#include "store/log.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/mem.h"
#include "store/log_lines.h"

/* What the next line may be: one possibility, but after damage. */
struct expected {
	int64_t seq;       /* 0: any, lines may be gone */
	bool any;          /* the chain is lost: any predecessor will do */
	char h[HASH_HEX];  /* of the line before */
};

#define EXPECTED 5

struct log {
	struct log_lines lines;
	struct expected expected[EXPECTED];
	size_t n_expected;
	struct position at;
	bool leave_data, ended;
};

static void
expect(struct log *log, int64_t seq, const char *h)
{
	struct expected *expected = &log->expected[log->n_expected++];

	*expected = (struct expected){ .seq = seq, .any = !h };
	if (h)
		memcpy(expected->h, h, HASH_HEX);
}

struct log *
log_open(const struct store *store, const struct position *from, const struct position *to,
	struct err *err)
{
	struct log *log = mem_zero(sizeof *log);

	log->at = *from;
	expect(log, from->seq + 1, from->h);
	if (log_lines_init(&log->lines, store, from, to, err) == 0)
		return log;
	log_close(log);
	return NULL;
}

void
log_close(struct log *log)
{
	if (log)
		log_lines_release(&log->lines);
	free(log);
}

void
log_leave_data(struct log *log)
{
	log->leave_data = true;
}

void
log_position(const struct log *log, struct position *position)
{
	*position = log->at;
}

/* The line's h as a text of its own. */
static const char *
said_h(const struct store_line *line, char h[HASH_HEX])
{
	memcpy(h, line->h.p, HASH_HEX - 1);
	h[HASH_HEX - 1] = '\0';
	return h;
}

static void
move_on(struct log *log, const struct place *place, int64_t seq, const char *h)
{
	log->at.segment = place->segment;
	log->at.length = log_lines_offset(&log->lines);
	log->at.seq = seq;
	if (h)
		memcpy(log->at.h, h, HASH_HEX);
}

static enum log_answer
damaged(struct log *log, struct log_entry *entry, const char *what, struct err *err)
{
	char path[SEGMENT_PATH_SIZE];

	segment_path(entry->place.segment, path);
	entry->seq = log->expected[0].seq;
	err_add(err, EX_IOERR, path, "offset %" PRId64 ", seq %" PRId64 ": %s",
		entry->place.offset, entry->seq, what);
	return LOG_DAMAGED;
}

static bool
fits(const struct expected *expected, const struct store_line *line)
{
	char h[HASH_HEX];

	if (expected->seq && line->seq != expected->seq)
		return false;
	if (expected->any)
		return true;
	memcpy(h, expected->h, sizeof h);
	line_chain(line, h);
	return span_is(line->h, h);
}

/*
 * A line that fits nothing: its seq may be wrong, its h, or what h covers;
 * lines before it may be gone, or it may be one too many.
 */
static enum log_answer
misfit(struct log *log, struct log_entry *entry, struct err *err)
{
	const struct expected was = log->expected[0];
	char said[HASH_HEX], computed[HASH_HEX];
	enum log_answer answer = damaged(log, entry, entry->line.seq != was.seq
		? "another seq stands there" : "the chain is broken: the line was changed", err);

	entry->framed = true;
	memcpy(computed, was.h, sizeof computed);
	line_chain(&entry->line, computed);
	said_h(&entry->line, said);
	log->n_expected = 0;
	expect(log, was.seq + 1, said);
	expect(log, entry->line.seq + 1, said);
	expect(log, 0, said);
	expect(log, was.seq + 1, was.any ? NULL : computed);
	expect(log, was.seq, was.any ? NULL : was.h);
	move_on(log, &entry->place, was.seq, said);
	return answer;
}

/* The h at the end of what is no line otherwise; NULL. */
static const char *
h_at_end(struct span text, char h[HASH_HEX])
{
	static const char before[] = ",\"h\":\"", after[] = "\"}";
	const char *tail = text.p + text.n - LINE_TAIL;

	if (text.n < LINE_TAIL || memcmp(tail, before, sizeof before - 1) != 0 ||
		memcmp(tail + LINE_TAIL - 2, after, sizeof after - 1) != 0)
		return NULL;
	memcpy(h, tail + sizeof before - 1, HASH_HEX - 1);
	h[HASH_HEX - 1] = '\0';
	return h;
}

static enum log_answer
no_line(struct log *log, struct log_entry *entry, struct span text, const char *what,
	struct err *err)
{
	const struct expected was = log->expected[0];
	enum log_answer answer = damaged(log, entry, what, err);
	char buffer[HASH_HEX];
	const char *h = h_at_end(text, buffer);

	log->n_expected = 0;
	if (h) {
		expect(log, was.seq + 1, h);
		expect(log, 0, h);
	}
	expect(log, was.seq, was.any ? NULL : was.h);
	expect(log, was.seq + 1, NULL);
	move_on(log, &entry->place, was.seq, h);
	return answer;
}

static enum log_answer
read_line(struct log *log, struct log_entry *entry, struct span text, struct err *err)
{
	struct err why = { 0 };
	char h[HASH_HEX];
	enum log_answer answer;

	if (line_parse(text, &entry->line, &why) < 0) {
		entry->line = (struct store_line){ 0 };
		answer = no_line(log, entry, text, err_text(&why), err);
		err_release(&why);
		return answer;
	}
	entry->data_differs = !log->leave_data && !line_data_is_whole(&entry->line);
	for (size_t i = 0; i < log->n_expected; i++) {
		if (!fits(&log->expected[i], &entry->line))
			continue;
		entry->seq = entry->line.seq;
		log->n_expected = 0;
		expect(log, entry->seq + 1, said_h(&entry->line, h));
		move_on(log, &entry->place, entry->seq, h);
		return LOG_LINE;
	}
	return misfit(log, entry, err);
}

/* Whether a segment may begin here; where not, its name says which seq does. */
static bool
begins_here(const struct log *log, int64_t segment)
{
	for (size_t i = 0; i < log->n_expected; i++)
		if (log->expected[i].seq == segment)
			return true;
	return false;
}

static enum log_answer
gap(struct log *log, struct log_entry *entry, struct err *err)
{
	enum log_answer answer = damaged(log, entry,
		"the segment ends here, and the next one does not follow", err);

	log->n_expected = 0;
	expect(log, log->lines.segment, NULL);
	return answer;
}

/* The last line is the one that `to` names, or else something is wrong. */
static enum log_answer
finish(struct log *log, struct log_entry *entry, struct err *err)
{
	const struct position *to = &log->lines.to;

	if (log->ended)
		return LOG_END;
	log->ended = true;
	for (size_t i = 0; i < log->n_expected; i++) {
		const struct expected *expected = &log->expected[i];

		if ((!expected->seq || expected->seq == to->seq + 1) &&
			(expected->any || strcmp(expected->h, to->h) == 0))
			return LOG_END;
	}
	return damaged(log, entry, "the log does not end as HEAD says", err);
}

enum log_answer
log_next(struct log *log, struct log_entry *entry, struct err *err)
{
	struct span text;

	*entry = (struct log_entry){ 0 };
	for (;;) {
		switch (log_lines_next(&log->lines, &text, &entry->place, err)) {
		case RAW_FAILED:
			return LOG_FAILED;
		case RAW_LINE:
			return read_line(log, entry, text, err);
		case RAW_LONG:
			return no_line(log, entry, text, "the line is too long to be one", err);
		case RAW_CUT:
			return no_line(log, entry, text, "the line has no end", err);
		case RAW_SHORT:
			log->ended = true;
			return damaged(log, entry, "the log ends here, before HEAD", err);
		case RAW_SEGMENT:
		case RAW_MISSING:
			if (!begins_here(log, log->lines.segment))
				return gap(log, entry, err);
			break;
		case RAW_END:
			return finish(log, entry, err);
		}
	}
}
