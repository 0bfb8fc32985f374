/*
 * text_in: the bytes of a file as UTF-8, whatever encoding they came in
 * (iconv).  The byte order mark is taken off.  What its encoding does not
 * allow becomes the byte 0xFF, which no UTF-8 holds, so that the reader
 * refuses the row it stands in and goes on.  Without an encoding the bytes
 * pass as they are: the reader checks them.
 * Order: text_in_init, text_in_more until it answers 0, text_in_release.
 */
#ifndef ESC_CLI_TEXT_IN_H
#define ESC_CLI_TEXT_IN_H

#include <iconv.h>
#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"

#define TEXT_IN_BLOCK 65536

struct text_in {
	int fd;
	bool converts, begun, ended;
	iconv_t from;
	size_t unit; /* bytes to leave out where a sequence is invalid */
	size_t kept; /* bytes of block that wait for the rest of a character */
	char block[TEXT_IN_BLOCK];
};

/*
 * encoding NULL, utf-8: none.  The descriptor stays the caller's.
 * 0, or -1 with EX_USAGE for an encoding that iconv does not know.
 */
int text_in_init(struct text_in *in, int fd, const char *encoding,
	struct err *err);
void text_in_release(struct text_in *in);

/* Appends some bytes: 1; 0 at the end; -1 with EX_IOERR. */
int text_in_more(struct text_in *in, struct buf *out, struct err *err);

/*
 * The length of the first line, its newline (LF, CRLF, CR) included; 0 where
 * it has none yet: at the end of what is there, a CR may be half of a CRLF.
 */
size_t text_in_line(struct span text, bool ended);

/* A line without its newline. */
struct span text_in_bare(struct span line);

#endif
