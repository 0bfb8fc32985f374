/*
 * loop_state: what the halves of the record loop share: loop.c (what goes
 * out), loop_read.c (what comes in) and csv_files.c (rows instead of lines).
 * Private to them.
 */
#ifndef ESC_CLI_LOOP_STATE_H
#define ESC_CLI_LOOP_STATE_H

#include "cli/loop.h"
#include "cli/progress.h"
#include "cli/reader.h"
#include "cli/reject.h"

struct loop_state {
	struct reader reader;
	struct progress progress;
	struct reject *reject;
	struct scan scan;
	struct arena arena;
	struct err err;
	struct buf out;      /* on its way to stdout */
	struct buf made;     /* by the callback */
	struct buf place;
	size_t most;         /* --max-line */
	uint64_t since_end;  /* lines since the file's start or last end mark */
	uint64_t end_at;     /* the line of the file's last end mark; 0: none yet */
	bool ended;          /* the last line was an end mark */
	bool incomplete;     /* input is missing: no end mark of our own */
	bool warned_newer;
};

/* The highest status stays. */
void loop_worst(struct loop *loop, int status);

/* "file:number", valid until the next call. */
const char *loop_place(struct loop *loop, const char *file, uint64_t number);

#endif
