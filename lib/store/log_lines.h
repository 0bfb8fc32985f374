/*
 * log_lines: the bytes of the log as lines, segment after segment, in large
 * reads and bounded memory.  Knows newlines and names of segments; refuses
 * to look into a line.  Private to log*.c.
 * Order: log_lines_init, log_lines_next..., log_lines_release.
 */
#ifndef ESC_STORE_LOG_LINES_H
#define ESC_STORE_LOG_LINES_H

#include "store/segment.h"
#include "store/store.h"

/* More than a line can have: 16 MiB of data and its frame. */
#define LOG_LINE_MOST ((size_t)17 << 20)

enum raw_line {
	RAW_FAILED = -1, /* err: EX_IOERR */
	RAW_END,
	RAW_LINE,
	RAW_LONG,        /* longer than LOG_LINE_MOST: skipped */
	RAW_CUT,         /* the segment ends within the line */
	RAW_SHORT,       /* the last segment ends before `to` */
	RAW_SEGMENT,     /* another segment begins: lines->segment */
	RAW_MISSING,     /* there is no such segment: lines->segment */
};

struct log_lines {
	const struct store *store;
	struct position to;
	int64_t *first;      /* the segments that are to be read */
	size_t n_first, next;
	int64_t segment;     /* its first seq */
	int fd;              /* of the segment; -1: none open */
	int64_t limit;       /* bytes of it that count */
	int64_t read;        /* bytes of it that have been read */
	char *block;
	size_t cap, start, end;
	size_t seen;         /* bytes from start on that hold no newline */
	bool eof, told_short;
};

int log_lines_init(struct log_lines *lines, const struct store *store,
	const struct position *from, const struct position *to, struct err *err);
void log_lines_release(struct log_lines *lines);

/*
 * The next line (without its newline; BUF_SLACK bytes readable after it) and
 * where it stands, alive until the next call.
 */
enum raw_line log_lines_next(struct log_lines *lines, struct span *text, struct place *place,
	struct err *err);

/* Where the next line begins. */
int64_t log_lines_offset(const struct log_lines *lines);

#endif
