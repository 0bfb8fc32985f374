/*
 * loop: THE record loop: files as operands or stdin, one callback a line,
 * `file:line: field: reason` for what is refused, --reject, --strict,
 * --end-mark, --need-end, a progress line on a terminal, and the one check
 * of stdout at the end.  Memory is bounded by --max-line.
 * Order: loop_init, loop_records or loop_lines, loop_end (its result is main's).
 */
#ifndef ESC_CLI_LOOP_H
#define ESC_CLI_LOOP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/scan.h"
#include "cli/opt.h"
#include "domain/record.h"

enum loop_answer {
	LOOP_REFUSE = -1, /* err says why; the line goes to --reject */
	LOOP_DROP,        /* nothing is written */
	LOOP_KEEP,        /* the line is written exactly as it was read */
	LOOP_WRITE,       /* what the callback put into out (no newline) is
	                     written; out is emptied before each callback */
};

struct loop_line {
	struct span text;    /* without its newline; BUF_SLACK bytes readable */
	const char *file;    /* "-" is stdin */
	uint64_t number;     /* from 1 */
	const struct scan *scan; /* scanned: an object */
	struct arena *arena; /* emptied after the callback */
	bool cut;            /* the file ends here, without a newline */
};

/*
 * Statuses other than EX_DATAERR and EX_TEMPFAIL in err end the program
 * after the message, as the contract says.
 */
typedef enum loop_answer (*loop_line_fn)(void *ctx,
	const struct loop_line *line, struct buf *out, struct err *err);
typedef enum loop_answer (*loop_record_fn)(void *ctx,
	struct record *record, const struct loop_line *line, struct buf *out,
	struct err *err);

struct loop {
	const struct program *program;
	const struct common *common;
	int64_t now;
	const char *by;
	const char *policy;     /* named in reject lines; may be NULL */
	bool writer;            /* changes records: a newer `v` ends it with 78 */
	bool judges;            /* says what is wrong in all of them: a newer one is
	                           refused, since nobody looked at it */
	bool takes_rejects;     /* the callback also gets reject lines, as they
	                           are: a record callback gets record NULL */
	loop_line_fn stranger;  /* gets what is no record before it is refused, and
	                           may end the program; NULL */
	bool no_output;         /* stdout is a report, not records: no end mark */
	bool silent;            /* nothing goes to stdout while lines are read */
	bool line_buffered;     /* flush after each record (stdout a terminal) */
	const char *done;       /* what counts though stdout cannot be written; NULL */
	bool stopped;           /* --strict and something was refused: no more */
	int status;             /* the worst so far: 0, 65, 66, 75 */
	uint64_t n_read, n_written, n_refused;
	struct loop_state *state;
};

void loop_init(struct loop *loop, const struct program *program,
	const struct common *common, int64_t now, const char *by);

/* Every line of the operands (none: stdin) that is a JSON object. */
void loop_lines(struct loop *loop, char **files, loop_line_fn fn, void *ctx);

/* The same for case records. */
void loop_records(struct loop *loop, char **files, loop_record_fn fn,
	void *ctx);

/*
 * For programs that make records from something other than lines: one
 * record's outcome, as a callback's answer would be handled.  `source` is
 * the input as it stands, for the reject line; number 0: file alone is the
 * place.  Whoever reads for itself stops where loop->stopped.
 */
void loop_emit(struct loop *loop, enum loop_answer answer, const char *file,
	uint64_t number, struct span source, struct buf *out, struct err *err);

/*
 * The output buffer of stdout, for reports: whole lines only.  Written when
 * it is full, before a read that waits, and by loop_end.
 */
struct buf *loop_out(struct loop *loop);

/* Writes it now, before what must not happen untold; ends the program as loop_end does. */
void loop_flush(struct loop *loop);

/* Ends the program: the message, what was written so far, the status. */
_Noreturn void loop_die(struct loop *loop, const char *place,
	const struct err *err);

/*
 * Whether all input was looked at: no file was missing, no end mark was
 * missing or wrong, --strict did not stop it.
 */
bool loop_is_whole(const struct loop *loop);

/* End mark, flush, close, checks; `answer` is 0 or 1: the exit status. */
int loop_end(struct loop *loop, int answer);

#endif
