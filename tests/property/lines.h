/*
 * lines: the records of a stream or of a text, one after another, for
 * programs that ask the library itself.  What is no record ends the program.
 * Order: line_init; line_next or line_take, again and again; line_release.
 */
#ifndef ESC_TESTS_PROPERTY_LINES_H
#define ESC_TESTS_PROPERTY_LINES_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/record.h"

struct line {
	struct arena arena;
	struct scan scan;
	struct buf text;
	struct record record;
};

static inline void
line_init(struct line *line)
{
	*line = (struct line){ 0 };
	arena_init(&line->arena);
	scan_init(&line->scan);
}

static inline void
line_release(struct line *line)
{
	scan_release(&line->scan);
	buf_release(&line->text);
	arena_release(&line->arena);
}

/* Reads line->text. */
static inline void
line_read(struct line *line)
{
	struct err err = { 0 };

	arena_reset(&line->arena);
	memset(buf_reserve(&line->text, BUF_SLACK), 0, BUF_SLACK);
	if (scan_line(&line->scan, line->text.data, line->text.len, &err) < 0 ||
		record_read(&line->record, buf_text(&line->text), &line->scan, &line->arena,
			&err) < 0) {
		fprintf(stderr, "%s: %.*s\n", err_text(&err), (int)line->text.len,
			line->text.data);
		exit(2);
	}
}

/* Puts text in its place. */
static inline void
line_take(struct line *line, struct span text)
{
	line->text.len = 0;
	buf_put(&line->text, text.p, text.n);
	line_read(line);
}

static inline bool
line_next(struct line *line, FILE *file)
{
	char *text = NULL;
	size_t size = 0;
	ssize_t n = getline(&text, &size, file);

	if (n > 0)
		line_take(line, (struct span){ text, (size_t)n - (text[n - 1] == '\n') });
	free(text);
	return n > 0;
}

#endif
