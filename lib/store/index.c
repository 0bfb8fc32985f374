#include "store/index.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/instant.h"
#include "store/index_sql.h"
#include "store/index_work.h"

/*
 * A file costs its whole length to make, what lies behind it a look at each
 * line, at every start.  So a reader makes a new one where more than
 * BEHIND_MOST bytes of log lie behind it; a small one is always made new; and
 * who commits weighs both, see is_worth_it.
 */
#define BEHIND_MOST (INT64_C(256) << 10)
#define SMALL_FILE  (INT64_C(512) << 10)

void
index_forget(struct index *index)
{
	sqlite3_finalize(index->find);
	sqlite3_finalize(index->before);
	sqlite3_finalize(index->select);
	index->find = index->before = index->select = NULL;
}

int
index_fails(const struct index *index, int status, struct err *err)
{
	const char *reason = index_sql_reason(index->db);

	if (index->fd >= 0)
		return err_add(err, status, INDEX_FILE_NAME, "%s", reason);
	return err_add(err, status, NULL, "cannot write temporary files: %s "
		"(TMPDIR: a folder that has room)", reason);
}

int
index_heal(struct index *index)
{
	struct err none = { 0 };
	int rc;

	if (index->healed || index->fd < 0)
		return -1;
	index->healed = true;
	index->known_from = INT64_MAX;
	rc = index_publish_anew(index, &none);
	err_release(&none);
	return rc;
}

/*
 * Rows from the log behind the file, or a new file where more lies behind it
 * than in it.
 */
static int
advance(struct index *index, struct err *err)
{
	struct err why = { 0 };
	int rc = 0;

	if (index->at.seq == index->head.seq)
		return 0;
	if (index->head.seq - index->at.seq > index->at.seq)
		return index_publish_anew(index, err);
	if (index_log_read(index, "temp", &index->head, &why) < 0) {
		if (why.status == EX_IOERR || index_heal(index) < 0)
			rc = err_add(err, why.status, why.fault[0].where, "%s",
				why.fault[0].what);
	}
	err_release(&why);
	return rc;
}

static struct index *
make(const struct store *store, const struct head *head, const struct index_terms *terms)
{
	struct index *index = mem_zero(sizeof *index);

	index->store = store;
	index->terms = *terms;
	index->head = head->position;
	index->fd = -1;
	index->known_from = index->own_from = INT64_MAX;
	index->files = log_files_open(store);
	scan_init(&index->scan);
	arena_init(&index->arena);
	return index;
}

static int
start(struct index *index, struct err *err)
{
	int rc;

	if (index->terms.kind == INDEX_SCAN) {
		rc = index_base_none(index, err) < 0 ? -1 : advance(index, err);
		if (err->status == EX_TEMPFAIL)
			err->status = EX_IOERR;
		return rc;
	}
	index->terms.upto = INT64_MAX;
	if (index_base_open(index, err) < 0 || advance(index, err) < 0)
		return -1;
	if (!index->terms.commits && index->behind > 0 &&
		(index->behind > BEHIND_MOST || index->file.st_size <= SMALL_FILE))
		index_publish(index);
	return 0;
}

struct index *
index_open(const struct store *store, const struct head *head, const struct index_terms *terms,
	struct err *err)
{
	struct index *index = make(store, head, terms);

	if (start(index, err) == 0)
		return index;
	index_close(index);
	return NULL;
}

void
index_close(struct index *index)
{
	if (!index)
		return;
	index_forget(index);
	sqlite3_close(index->db);
	if (index->fd >= 0)
		close(index->fd);
	log_files_close(index->files);
	buf_release(&index->world);
	buf_release(&index->last);
	buf_release(&index->text);
	scan_release(&index->scan);
	arena_release(&index->arena);
	free(index);
}

/*
 * With a file of F bytes, made at a cost of F every B bytes of log, and B/2
 * bytes read at the start of every commit of C bytes, both cost least where
 * B is about the square root of F times C.
 */
static bool
is_worth_it(const struct index *index, int64_t committed)
{
	double behind = (double)index->behind, file = (double)index->file.st_size;

	return file <= (double)SMALL_FILE || behind * behind > file * (double)committed;
}

int
index_catch_up(struct index *index, const struct head *head, struct err *err)
{
	bool same = span_eq(buf_text(&index->world), index->terms.world);
	int64_t behind = index->behind;

	index->own_from = index->head.seq;
	index->head = head->position;
	index->known_from = same || index->at.seq == 0 ? index->at.seq : INT64_MAX;
	if (advance(index, err) < 0)
		return -1;
	index->known_from = index->own_from = INT64_MAX;
	if (index->terms.kind == INDEX_FILE && index->behind > 0 &&
		is_worth_it(index, index->behind - behind))
		index_publish(index);
	return 0;
}

int
index_drop(const struct store *store, struct err *err)
{
	static const char *const names[] = { INDEX_FILE_NAME, INDEX_NEW_NAME,
		INDEX_FILE_NAME "-journal", INDEX_FILE_NAME "-wal", INDEX_FILE_NAME "-shm" };
	int rc = 0;

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (unlinkat(store->dir, names[i], 0) != 0 && errno != ENOENT)
			rc = store_fails(store, EX_IOERR, names[i], "cannot remove", err);
	return rc;
}

int
index_is_fresh(const struct store *store, const struct head *head, struct err *err)
{
	int fd = store_openat(store, INDEX_FILE_NAME, O_RDONLY | O_NONBLOCK);
	struct index_meta meta = { 0 };
	sqlite3 *db;
	int rc;

	if (fd < 0)
		return errno == ENOENT ? 0 :
			store_fails(store, EX_IOERR, INDEX_FILE_NAME, "cannot open", err);
	db = index_sql_open(fd);
	rc = db && index_base_read(db, store, &meta) == 0 &&
		meta.position.seq == head->position.seq &&
		strcmp(meta.position.h, head->position.h) == 0;
	sqlite3_close(db);
	close(fd);
	buf_release(&meta.world);
	return rc;
}
