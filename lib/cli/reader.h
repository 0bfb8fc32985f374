/*
 * reader: lines of a file, a pipe or a terminal in large blocks.  A line
 * longer than `most` is skipped in bounded memory.  BUF_SLACK readable
 * bytes follow each line.  Refuses to print.
 * Order: reader_init, then for each file reader_open, reader_next...,
 * reader_close; at the end reader_release.
 */
#ifndef ESC_CLI_READER_H
#define ESC_CLI_READER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"

enum reader_answer {
	READER_FAIL = -1, /* EX_IOERR in err */
	READER_END,
	READER_LINE,
	READER_LONG,      /* a line over the limit was skipped, or given up */
};

struct reader {
	int fd;
	const char *file;
	uint64_t number;  /* of the line last returned, from 1 */
	uint64_t bytes;   /* read so far, of all files */
	size_t most;
	bool gives_up;    /* a line over the limit is not skipped: it may have no end */
	char *block;
	size_t cap, start, end;
	size_t seen;      /* bytes from start that hold no newline */
	bool eof;
	bool cut;         /* the line last returned had no newline */
	/* Called before a read that would wait; may be NULL. */
	void (*before_wait)(void *ctx);
	void *ctx;
};

void reader_init(struct reader *reader, size_t most);
void reader_release(struct reader *reader);

/*
 * "-" is stdin.  0, or -1 with EX_NOINPUT (no such file, a folder) or
 * EX_NOPERM.
 */
int reader_open(struct reader *reader, const char *file, struct err *err);
void reader_close(struct reader *reader);

/* The next line without its newline, alive until the next call. */
enum reader_answer reader_next(struct reader *reader, struct span *line,
	struct err *err);

#endif
