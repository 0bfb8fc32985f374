/*
 * file_out: a file that is there whole or not at all: written beside its
 * place under another name (.NAME.XXXXXX) and renamed at the end.  What is
 * no regular file (a pipe, /dev/null), or a name of something that is open
 * already (/dev/stdout), is written as it stands.  Refuses to fail quietly:
 * every error ends the program, and what was begun is taken away whenever the
 * program ends without file_out_keep (undo.h).
 * Order: file_out_open, put into buf and file_out_flush..., file_out_finish,
 * then file_out_keep or file_out_drop: what can fail has failed before any of
 * several files is in its place.
 */
#ifndef ESC_CLI_FILE_OUT_H
#define ESC_CLI_FILE_OUT_H

#include <stdbool.h>

#include "base/buf.h"

struct file_out {
	char *path;      /* where it goes; links followed */
	char *beside;    /* where it is meanwhile; NULL: as it stands */
	int fd;
	struct buf buf;
	struct file_out *next; /* of those that are open */
};

/*
 * 73 where it cannot be made, 77 where that is forbidden; 64 where another
 * one that is open goes there too.
 */
struct file_out *file_out_open(const char *path);

/* The folder, and those above it, made where they are missing: 73 or 77. */
void file_out_folder(const char *path);

/* Writes buf where it is `full` (OUTPUT_FULL), else whatever it holds. */
void file_out_flush(struct file_out *file, bool full);

/* Whether one that is open goes there. */
bool file_out_takes(const char *path);

/* All of it written and on disk; 74 where it could not be. */
void file_out_finish(struct file_out *file);

/* Into place. */
void file_out_keep(struct file_out *file);

/* What was there before stays. */
void file_out_drop(struct file_out *file);

#endif
