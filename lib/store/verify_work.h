/*
 * verify_work: what the files of verify share.  The log is read once; what
 * can only be told at its end (a case's revisions, erased lines, the blobs
 * that are named) is kept in sorters and looked at then.
 * Private to verify*.c.
 */
#ifndef ESC_STORE_VERIFY_WORK_H
#define ESC_STORE_VERIFY_WORK_H

#include "base/scan.h"
#include "domain/record.h"
#include "store/erasures.h"
#include "store/sorter.h"
#include "store/verify.h"

struct policy_name;

struct verify {
	const struct store *store;
	const struct verify_terms *terms;
	struct verify_count *count;
	struct scan scan;
	struct arena arena;
	struct err why;          /* of one finding */
	char key[SALT_DIGITS + 1]; /* of the sums of ids */
	struct sorter *cases, *blobs;
	struct erasures *erased;
	struct policy_name *policy; /* that records name, each once */
	size_t n_policies, cap_policies;
	bool headless;           /* HEAD is damaged: the log's own end is taken */
	bool damaged;            /* lines are missing: what is between them is not known */
	bool batch_unknown;
	uint64_t place, of;      /* of the line before */
	int64_t at;
	size_t next_checkpoint;
	int64_t begun;           /* HEAD's seq when the reading began */
	bool at_work;            /* somebody erased then, or took a snapshot */
	bool differs;            /* a line was met that was erased, or so it says */
	struct position last;    /* behind the line before */
	struct position finished; /* behind the last finished batch */
};

/* One finding; a path may be NULL where the segment says it. */
void verify_found(struct verify *verify, const char *where, const struct place *place,
	int64_t seq, const char *format, ...) __attribute__((format(printf, 5, 6)));

/* A line that could be read, frame and chain.  0; -1 with EX_IOERR. */
int verify_line(struct verify *verify, const struct log_entry *entry, struct err *err);

/* The data of a line about the store. */
int verify_store_line(struct verify *verify, const struct log_entry *entry, struct err *err);

/* Something for the end; 0, -1 with EX_IOERR. */
int verify_note_revision(struct verify *verify, const struct log_entry *entry, struct err *err);
int verify_note_blob(struct verify *verify, const struct log_entry *entry, struct span b2,
	int64_t size, struct err *err);

/* An `erased` line says that it was deleted. */
int verify_note_removed(struct verify *verify, const struct log_entry *entry, struct span b2,
	struct err *err);

/* What a record was judged by; looked for at the end, one by one. */
void verify_note_policies(struct verify *verify, const struct record *record, int64_t seq);
void verify_policies_end(struct verify *verify);
void verify_policies_release(struct verify *verify);

void verify_cases_init(struct verify *verify);
int verify_cases_end(struct verify *verify, struct err *err);

/* Before the first line: whoever erases now was there before HEAD was read. */
void verify_erased_begin(struct verify *verify, const struct position *head);
int verify_erased_end(struct verify *verify, struct err *err);
void verify_blobs_init(struct verify *verify);
int verify_blobs_end(struct verify *verify, struct err *err);

/* The seal of the segment that ends at `end`; one that is not there is none. */
void verify_seal(struct verify *verify, const struct position *end);

/* Names, kinds and modes of all files; texts of policies; bytes behind HEAD. */
int verify_files(struct verify *verify, struct err *err);

/* Where the log ends, whatever HEAD says: the end of the last whole line. */
int verify_log_end(const struct store *store, struct position *end, struct err *err);

#endif
