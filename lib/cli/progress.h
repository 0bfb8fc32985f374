/*
 * progress: one line on a terminal's stderr while work lasts: records,
 * rate, and the share of the input where its size is known.  Refuses to
 * show anything when stderr is no terminal, when stdout is one, or in the
 * first second.  The stopwatch is monotonic and goes into no record.
 * Order: progress_init, progress_step..., progress_hide.
 */
#ifndef ESC_CLI_PROGRESS_H
#define ESC_CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct progress {
	bool wanted;
	int64_t began_ms, shown_ms;
	uint64_t steps;
	uint64_t total; /* bytes of all input; 0: not known */
};

void progress_init(struct progress *progress, uint64_t total);

/* The same for programs that say nothing on stdout before the end. */
void progress_init_alone(struct progress *progress, uint64_t total);

/* After each record; done: bytes of input read so far. */
void progress_step(struct progress *progress, uint64_t done);

/* Work before the first record, in bytes: `what` 345 MiB.  Each call looks. */
void progress_bytes(struct progress *progress, const char *what, uint64_t done);

/* Erases the line, if one is shown: before messages and at the end. */
void progress_hide(void);

/* The line's text into at most size bytes, for tests. */
void progress_format(char *text, size_t size, uint64_t records,
	int64_t ms, uint64_t done, uint64_t total);

#endif
