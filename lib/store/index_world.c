#include "base/instant.h"
#include "domain/fold.h"
#include "store/index_sql.h"
#include "store/index_work.h"

/* Cases whose due and risk a calendar can change: not final, and read. */
#define MAY_CHANGE \
	"state IS NOT NULL AND (soon IS NOT NULL OR state NOT IN " \
	"('closed', 'cancelled', 'prioritised', 'merged'))"

/* So many cases folded are worth a new file. */
#define WORTH_KEEPING 64

/* Rows of the file that are to be folded come before those of the log. */
static int
gather(struct index *index, bool all)
{
	int rc;

	if (!all)
		return index_sql_run(index->db, "INSERT OR IGNORE INTO temp.cases "
			"SELECT * FROM main.cases WHERE known = 0");
	rc = index_sql_run(index->db, "INSERT OR IGNORE INTO temp.cases "
		"SELECT * FROM main.cases WHERE " MAY_CHANGE);
	if (rc != SQLITE_OK)
		return rc;
	return index_sql_run(index->db, "UPDATE temp.cases SET known = 0 WHERE " MAY_CHANGE);
}

static int
fold_line(struct index *index, const struct place *place, int64_t seq, struct fold *fold)
{
	struct store_line line;
	struct record record;
	struct err none = { 0 };
	struct span data;
	int rc;

	arena_reset(&index->arena);
	rc = log_read(index->files, place, seq, &index->text, &line, &none);
	data = rc == 0 ? span_trim(line.data) : span_of("");
	if (rc == 0)
		rc = scan_line(&index->scan, data.p, data.n, &none);
	if (rc == 0)
		rc = record_read(&record, data, &index->scan, &index->arena, &none);
	if (rc == 0)
		rc = fold_record(fold, &record, index->terms.policies, INT64_MAX,
			&index->arena, &none);
	err_release(&none);
	return rc;
}

static void
bind_or_null(sqlite3_stmt *stmt, int at, int64_t value)
{
	if (value == INSTANT_NONE)
		sqlite3_bind_null(stmt, at);
	else
		sqlite3_bind_int64(stmt, at, value);
}

/* What cannot be folded is always due: whoever looks at it meets the reason. */
static int
settle_one(struct index *index, sqlite3_stmt *next, sqlite3_stmt *change)
{
	struct place place = { sqlite3_column_int64(next, 2), sqlite3_column_int64(next, 3),
		sqlite3_column_int64(next, 4) };
	int64_t due = INSTANT_MIN, risk = INSTANT_MIN;
	struct fold fold;
	bool known = fold_line(index, &place, sqlite3_column_int64(next, 1), &fold) == 0;
	int rc;

	if (known) {
		due = fold.due;
		risk = fold.risk;
	}
	bind_or_null(change, 1, due);
	bind_or_null(change, 2, risk);
	bind_or_null(change, 3, index_soon(due, risk));
	sqlite3_bind_int(change, 4, known);
	sqlite3_bind_int64(change, 5, sqlite3_column_int64(next, 0));
	rc = sqlite3_step(change);
	sqlite3_reset(change);
	return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

static int
settle_all(struct index *index, int64_t *n)
{
	sqlite3_stmt *next = index_sql_prepare(index->db, "SELECT n, seq, segment, start, length "
		"FROM temp.cases WHERE n > ? AND known = 0 ORDER BY n LIMIT 1");
	sqlite3_stmt *change = index_sql_prepare(index->db,
		"UPDATE temp.cases SET due = ?, risk = ?, soon = ?, known = ? WHERE n = ?");
	int rc = next && change ? SQLITE_ROW : SQLITE_ERROR;
	int64_t last = INT64_MIN;

	while (rc == SQLITE_ROW) {
		sqlite3_reset(next);
		sqlite3_bind_int64(next, 1, last);
		rc = sqlite3_step(next);
		if (rc != SQLITE_ROW)
			break;
		last = sqlite3_column_int64(next, 0);
		rc = settle_one(index, next, change) == SQLITE_OK ? SQLITE_ROW : SQLITE_ERROR;
		++*n;
	}
	sqlite3_finalize(next);
	sqlite3_finalize(change);
	return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

int
index_world_settle(struct index *index)
{
	bool all = !span_eq(buf_text(&index->world), index->terms.world);
	int64_t n = 0;
	int rc;

	if (!index->terms.policies || !index->terms.world.n || index->terms.kind == INDEX_SCAN)
		return SQLITE_OK;
	rc = index_sql_run(index->db, "BEGIN");
	if (rc == SQLITE_OK)
		rc = gather(index, all);
	if (rc == SQLITE_OK)
		rc = settle_all(index, &n);
	if (!sqlite3_get_autocommit(index->db) &&
		index_sql_run(index->db, rc == SQLITE_OK ? "COMMIT" : "ROLLBACK") != SQLITE_OK)
		rc = SQLITE_ERROR;
	if (rc != SQLITE_OK)
		return rc;
	index->world.len = 0;
	buf_span(&index->world, index->terms.world);
	if (n > WORTH_KEEPING || all)
		index_publish(index);
	return SQLITE_OK;
}
