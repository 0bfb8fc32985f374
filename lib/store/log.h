/*
 * log: reads the journal: line by line from a position to another (readers
 * stop at HEAD), or one line at a known place.  What is damaged is told with
 * segment, offset and the seq that should stand there, and reading goes on
 * behind it.  Memory is that of one line (--max-line) whatever the length.
 * Order: log_open, log_next..., log_close;  log_files_open, log_read...,
 * log_files_close.
 */
#ifndef ESC_STORE_LOG_H
#define ESC_STORE_LOG_H

#include "store/head.h"
#include "store/line.h"
#include "store/segment.h"
#include "store/store.h"

enum log_answer {
	LOG_FAILED = -1, /* err: EX_IOERR, a file cannot be read */
	LOG_END,
	LOG_LINE,
	LOG_DAMAGED,     /* err says why; entry has its place; line may be read */
};

struct log_entry {
	struct store_line line; /* borrowed until the next call */
	struct place place;
	int64_t seq;            /* the seq that should stand here */
	bool framed;            /* LOG_DAMAGED: the line could be taken apart */
	bool data_differs;      /* dh does not fit: erased, or changed */
};

struct log;

/* `from` and `to` must be points between lines; from may be the genesis. */
struct log *log_open(const struct store *store, const struct position *from,
	const struct position *to, struct err *err);

/*
 * From now on data is not hashed and data_differs stays false: for a reader
 * that has each line read again (log_read) before anyone believes it.
 */
void log_leave_data(struct log *log);

/*
 * The next line.  Checks frame, seq and chain of every line; data that does
 * not fit dh is no damage here but told by data_differs (erased lines are
 * so).  After damage reading goes on with the next line that fits what went
 * before it or what the damaged line says, so that one changed byte is one
 * LOG_DAMAGED, at its own line.  A line that is lost is told at the next one
 * (entry->seq is that of the lost one), a segment that ends early at its end
 * (length 0, not framed).  err is then added to: `log/...jsonl: offset ..,
 * seq ..: reason`.
 */
enum log_answer log_next(struct log *log, struct log_entry *entry, struct err *err);

/* The position behind the line that was read last. */
void log_position(const struct log *log, struct position *position);
void log_close(struct log *log);

/* Open segments, for reading lines at known places. */
struct log_files;
struct log_files *log_files_open(const struct store *store);

/*
 * The line at a place, in `text` (emptied first), taken apart and checked:
 * its seq, and its data by dh (not where it is erased).  0; -1 with EX_IOERR
 * and segment, offset and seq.
 */
int log_read(struct log_files *files, const struct place *place, int64_t seq, struct buf *text,
	struct store_line *line, struct err *err);
void log_files_close(struct log_files *files);

#endif
