#include <inttypes.h>

#include "store/index_sql.h"
#include "store/index_work.h"

static struct place
place_at(sqlite3_stmt *stmt, int at)
{
	return (struct place){ sqlite3_column_int64(stmt, at), sqlite3_column_int64(stmt, at + 1),
		sqlite3_column_int64(stmt, at + 2) };
}

static bool
is_later(const struct index_row *a, const struct index_row *b)
{
	return a->seq != b->seq ? a->seq > b->seq : a->erased && !b->erased;
}

/*
 * SQLITE_ROW, SQLITE_DONE, or why not.  The later of the two is found here:
 * ORDER BY would make a table for it at each call.
 */
static int
find(struct index *index, struct span id, struct index_row *row)
{
	bool found = false;
	sqlite3_stmt *stmt;
	int rc;

	if (!index->find)
		index->find = index_sql_prepare(index->db, "SELECT " INDEX_PLACE
			" FROM temp.cases WHERE id = ?1 UNION ALL SELECT " INDEX_PLACE
			" FROM main.cases WHERE id = ?1");
	stmt = index->find;
	if (!stmt)
		return SQLITE_ERROR;
	index_sql_text(stmt, 1, id);
	while ((rc = sqlite3_step(stmt)) == SQLITE_ROW) {
		struct index_row this = { id, sqlite3_column_int64(stmt, 1),
			sqlite3_column_int64(stmt, 2), place_at(stmt, 3),
			sqlite3_column_int(stmt, 6) };

		if (!found || is_later(&this, row))
			*row = this;
		found = true;
	}
	sqlite3_reset(stmt);
	return rc == SQLITE_DONE && found ? SQLITE_ROW : rc;
}

static int
line_at(struct index *index, int64_t seq, int64_t *before, struct index_row *row)
{
	sqlite3_stmt *stmt;
	int rc;

	if (!index->before)
		index->before = index_sql_prepare(index->db, "SELECT before, rev, segment, start, "
			"length FROM temp.line WHERE seq = ?1 UNION ALL SELECT before, rev, "
			"segment, start, length FROM main.line WHERE seq = ?1");
	stmt = index->before;
	if (!stmt)
		return SQLITE_ERROR;
	sqlite3_bind_int64(stmt, 1, seq);
	rc = sqlite3_step(stmt);
	if (rc == SQLITE_ROW) {
		*before = sqlite3_column_int64(stmt, 0);
		row->seq = seq;
		row->rev = sqlite3_column_int64(stmt, 1);
		row->place = place_at(stmt, 2);
	}
	sqlite3_reset(stmt);
	return rc;
}

static int
before_of(struct index *index, struct index_row *row)
{
	struct index_row this = *row;
	int64_t before = 0, ignored;
	int rc = line_at(index, row->seq, &before, &this);

	if (rc != SQLITE_ROW)
		return rc == SQLITE_DONE ? SQLITE_CORRUPT : rc;
	if (before == 0)
		return SQLITE_DONE;
	rc = line_at(index, before, &ignored, row);
	return rc == SQLITE_DONE ? SQLITE_CORRUPT : rc;
}

static int
answer(struct index *index, int rc, struct err *err)
{
	if (rc == SQLITE_ROW || rc == SQLITE_DONE)
		return rc == SQLITE_ROW;
	return index_fails(index, EX_IOERR, err);
}

int
index_find(struct index *index, struct span id, struct index_row *row, struct err *err)
{
	int rc = find(index, id, row);

	if (rc != SQLITE_ROW && rc != SQLITE_DONE && index_heal(index) == 0)
		rc = find(index, id, row);
	return answer(index, rc, err);
}

int
index_before(struct index *index, struct index_row *row, struct err *err)
{
	int rc = before_of(index, row);

	if (rc != SQLITE_ROW && rc != SQLITE_DONE && index_heal(index) == 0)
		rc = before_of(index, row);
	return answer(index, rc, err);
}

static bool
has_moved(const struct index *index)
{
	struct err none = { 0 };
	struct head head;
	bool answer = head_read(index->store, &head, &none) == 0 &&
		head.position.seq != index->head.seq;

	err_release(&none);
	return answer;
}

int
index_check_erased(const struct index *index, const struct index_row *row,
	const struct store_line *line, struct err *err)
{
	char path[SEGMENT_PATH_SIZE];

	if (!line_is_erased(line) || row->erased || index->terms.upto != INT64_MAX ||
		has_moved(index))
		return 0;
	segment_path(row->place.segment, path);
	return err_add(err, EX_IOERR, path, "offset %" PRId64 ", seq %" PRId64
		": the data passes for erased, and no line says that it was",
		row->place.offset, row->seq);
}
