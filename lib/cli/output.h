/*
 * output: bytes to a descriptor, whole lines at a time, so that a full disk
 * or a closed pipe never leaves half a line that this program meant to end.
 * Refuses to end the program, but for SIGPIPE, which ends it silently.
 */
#ifndef ESC_CLI_OUTPUT_H
#define ESC_CLI_OUTPUT_H

#include <stddef.h>

#include "base/buf.h"

#define OUTPUT_FULL ((size_t)64 * 1024)

/*
 * Makes sure that descriptors 0 to 2 are taken, so that no file opened later
 * becomes stdout; using one that was closed fails as it would have.
 */
void output_guard_standard(void);

/*
 * All n bytes, whatever short writes and interruptions come between.
 * 0, or -1 with errno.
 */
int output_write_all(int fd, const char *p, size_t n);

/* Writes and empties buf. 0, or -1 with errno. */
int output_flush(int fd, struct buf *buf);

#endif
