/*
 * loop_text: the record loop's sister for lines of plain text: each line
 * gives one line on stdout, a refused one an empty line, so that columns
 * stay side by side, and `file:line: reason` on stderr.
 * Order: loop_init (no_output set), loop_texts, loop_end.
 */
#ifndef ESC_CLI_LOOP_TEXT_H
#define ESC_CLI_LOOP_TEXT_H

#include "cli/loop.h"

/*
 * Puts the answer, without its newline, behind what is in out: 0; or -1
 * with the reason, and what it had put is taken back.
 */
typedef int (*loop_text_fn)(void *ctx, struct span line, struct buf *out,
	struct err *err);

/* Every line of the operands (none: stdin), without blanks at its ends. */
void loop_texts(struct loop *loop, char **files, loop_text_fn fn, void *ctx);

/* The same for one text that is no line of a file, such as an operand. */
void loop_one_text(struct loop *loop, const char *place, struct span text,
	loop_text_fn fn, void *ctx);

#endif
