#include <fcntl.h>
#include <stdio.h> /* renameat */
#include <unistd.h>

#include "store/index_sql.h"
#include "store/index_vfs.h"
#include "store/index_work.h"
#include "store/lock.h"

/*
 * A file that is being made: nobody else makes one, and nobody sees this one
 * before it is complete.  It is not synced: what the power took of it is
 * found when it is read.
 */
struct making {
	int lock, fd;
};

static bool
was_replaced(const struct index *index)
{
	struct stat now;

	index_base_look(index->store, &now);
	return now.st_ino != index->file.st_ino || now.st_dev != index->file.st_dev ||
		now.st_ctim.tv_sec != index->file.st_ctim.tv_sec ||
		now.st_ctim.tv_nsec != index->file.st_ctim.tv_nsec;
}

/* Who cannot have it at once does without.  0, or -1. */
static int
begin(struct index *index, struct making *making)
{
	struct store store = *index->store;
	struct err none = { 0 };

	store.wait_s = 0;
	making->fd = -1;
	making->lock = lock_take(&store, LOCK_INDEX, &none);
	err_release(&none);
	if (making->lock < 0)
		return -1;
	if (was_replaced(index))
		return -1;
	unlinkat(store.dir, INDEX_NEW_NAME, 0);
	making->fd = store_openat(&store, INDEX_NEW_NAME, O_RDWR | O_CREAT | O_EXCL);
	return making->fd < 0 ? -1 : 0;
}

/* The file gets its name, if all went well; the descriptor is the caller's. */
static int
end(const struct index *index, const struct making *making, bool keep)
{
	int dir = index->store->dir;
	int rc = 0;

	if (making->fd >= 0 && keep)
		rc = renameat(dir, INDEX_NEW_NAME, dir, INDEX_FILE_NAME);
	if (making->fd >= 0 && (!keep || rc != 0))
		unlinkat(dir, INDEX_NEW_NAME, 0);
	if (making->lock >= 0)
		close(making->lock);
	return rc;
}

/* Ends what was done to `next`. */
static int
detach(struct index *index, int rc)
{
	if (rc == SQLITE_OK)
		rc = index_sql_run(index->db, "COMMIT");
	if (!sqlite3_get_autocommit(index->db))
		index_sql_run(index->db, "ROLLBACK");
	index_sql_run(index->db, "DETACH next");
	return rc;
}

/* SQLITE_OK, why not, or -1 with err: the log cannot be read. */
static int
fill(struct index *index, struct making *making, struct err *err)
{
	int rc = index_sql_attach(index->db, making->fd, true);

	if (rc == SQLITE_OK && index_log_read(index, "next", &index->head, err) < 0)
		rc = err->status == EX_IOERR ? -1 : SQLITE_ERROR;
	if (rc == SQLITE_OK)
		rc = index_sql_find_rest(index->db, "next");
	if (rc == SQLITE_OK)
		rc = index_base_write(index);
	return detach(index, rc);
}

/* 1: a file was made; 0: that cannot be; -1: the log cannot be read. */
static int
make_anew(struct index *index, struct err *err)
{
	struct making making;
	struct err why = { 0 };
	int rc = SQLITE_ERROR;

	if (begin(index, &making) == 0)
		rc = fill(index, &making, &why);
	if (rc < 0)
		err_add(err, EX_IOERR, why.fault[0].where, "%s", why.fault[0].what);
	err_release(&why);
	end(index, &making, rc == SQLITE_OK && !index->damaged);
	if (rc == SQLITE_OK && index_base_take(index, making.fd) == 0)
		return 1;
	if (making.fd >= 0)
		close(making.fd);
	return rc < 0 ? -1 : 0;
}

int
index_publish_anew(struct index *index, struct err *err)
{
	int answer = 0;

	if (index_base_none(index, err) < 0)
		return -1;
	if (index->terms.kind == INDEX_FILE && index->head.seq > 0 && !index->terms.looks)
		answer = make_anew(index, err);
	if (answer != 0)
		return answer < 0 ? -1 : 0;
	if (index_base_none(index, err) < 0)
		return -1;
	return index_log_read(index, "temp", &index->head, err);
}

static int64_t
count(sqlite3 *db, const char *table)
{
	sqlite3_stmt *stmt = index_sql_prepare(db, "SELECT count(*) FROM %s", table);
	int64_t n = stmt && sqlite3_step(stmt) == SQLITE_ROW ? sqlite3_column_int64(stmt, 0) : 0;

	sqlite3_finalize(stmt);
	return n;
}

/* Where much changes, what finds rows is dropped and made afterwards. */
static int
merge(sqlite3 *db)
{
	bool much = count(db, "temp.cases") > count(db, "main.cases") / 8;
	int rc = SQLITE_OK;

	if (much)
		rc = index_sql_find_nothing(db, "next");
	if (rc == SQLITE_OK)
		rc = index_sql_run(db, "INSERT OR REPLACE INTO next.line SELECT * FROM temp.line;"
			"INSERT OR REPLACE INTO next.cases SELECT * FROM temp.cases;");
	if (rc == SQLITE_OK && much)
		rc = index_sql_find_id(db, "next");
	if (rc == SQLITE_OK && much)
		rc = index_sql_find_rest(db, "next");
	return rc;
}

static int
copy(struct index *index, struct making *making)
{
	int rc = index_vfs_copy(index->fd, making->fd) < 0 ? SQLITE_IOERR :
		index_sql_attach(index->db, making->fd, false);

	if (rc == SQLITE_OK)
		rc = merge(index->db);
	if (rc == SQLITE_OK)
		rc = index_base_write(index);
	return detach(index, rc);
}

void
index_publish(struct index *index)
{
	struct making making;
	int rc = SQLITE_ERROR;

	if (index->fd < 0 || index->damaged || index->terms.looks)
		return;
	if (begin(index, &making) == 0)
		rc = copy(index, &making);
	if (end(index, &making, rc == SQLITE_OK) == 0 && rc == SQLITE_OK &&
		index_base_take(index, making.fd) == 0)
		return;
	if (making.fd >= 0)
		close(making.fd);
}
