/*
 * fd: whole reads and writes at a known place of a file: interrupted and
 * short ones go on.  Moves no file offset, and leaves the reason in errno.
 */
#ifndef ESC_STORE_FD_H
#define ESC_STORE_FD_H

#include <stddef.h>
#include <stdint.h>

/* All n bytes at `at`: 0, or -1 with errno. */
int fd_write(int fd, const char *p, size_t n, int64_t at);

/* Up to n bytes, fewer only at the end of the file: how many, or -1 with errno. */
int64_t fd_read(int fd, char *p, size_t n, int64_t at);

/* Its length; -1 with errno. */
int64_t fd_length(int fd);

#endif
