/*
 * erase_work: what the files of erase share: one case, its lines and its
 * attachments.  Private to erase*.c.
 */
#ifndef ESC_STORE_ERASE_WORK_H
#define ESC_STORE_ERASE_WORK_H

#include "base/scan.h"
#include "store/erase.h"
#include "store/log.h"

/* A line of the case that is to be erased, or is it already. */
struct erase_line {
	int64_t seq;
	struct place place;
	char dh[HASH_HEX];  /* of the new data */
	bool changes;       /* the data is not yet so */
	bool is_said;       /* an `erased` line names it with this hash */
};

/* What an `erased` line of the case says already. */
struct erase_said {
	int64_t seq;
	char dh[HASH_HEX];
};

struct erase {
	struct append *append;   /* NULL: nothing is to be written */
	const struct store *store;
	struct position end;     /* of the log */
	const struct erase_terms *terms;
	struct span id;
	struct erase_line *line;
	size_t n_lines, cap_lines;
	struct erase_said *said;
	size_t n_said, cap_said;
	struct span *blob;       /* that the case names, or that were to go; each once */
	size_t n_blobs, cap_blobs;
	const char **field;      /* beside those of every case; ends with NULL */
	size_t n_fields, cap_fields;
	struct redact_terms redact;
	struct arena keep;       /* lives as long as the erasure */
	struct arena arena;      /* one line's */
	struct scan scan;
	struct buf text;         /* of the line that was read last */
	struct log_files *files;
};

/* Needs both locks, but for a dry run, which needs none. */
int erase_one(const struct store *store, struct append *append, struct span id,
	const struct erase_terms *terms, struct erase_count *count, struct err *err);

/* The lines of the case, who its requester is, and what is to go. 0; -1. */
int erase_find(struct erase *erase, struct err *err);

/* Leaves those blobs that no other case names. */
int erase_find_blobs(struct erase *erase, struct err *err);

/* The whole line, new: in erase->text; where its salt and data are. 0; -1. */
int erase_read(struct erase *erase, const struct erase_line *at, struct store_line *line,
	struct record *record, struct err *err);
void erase_redact(struct erase *erase, const struct record *record, struct buf *out);

/* The segments, oldest first. */
int erase_rewrite(struct erase *erase, struct err *err);

/* Lines of the case in quarantine/ and outbox/ are taken out. */
int erase_aside(struct erase *erase, uint64_t *files, struct err *err);

/* A frame's id, which is escaped, is this one. */
bool erase_is_id(struct erase *erase, struct span written);

#endif
