#include "base/instant.h"
#include "store/index_sql.h"
#include "store/index_work.h"

/* Columns of `later`: a revision whose case was not looked for yet. */
#define LATER \
	"CREATE TABLE IF NOT EXISTS temp.later (seq INTEGER PRIMARY KEY, at INTEGER," \
	" id TEXT, rev INTEGER, segment INTEGER, start INTEGER, length INTEGER," \
	" policy TEXT, created INTEGER, state TEXT, tier INTEGER, priority TEXT," \
	" assignee TEXT, queue TEXT, case_number TEXT, due INTEGER, risk INTEGER," \
	" last INTEGER, known INTEGER)"

/* What a case has so far. */
struct before {
	int64_t n, seq;
	bool erased;
};

static int
step(sqlite3_stmt *stmt)
{
	int rc = sqlite3_step(stmt);

	sqlite3_reset(stmt);
	return rc == SQLITE_DONE || rc == SQLITE_ROW ? SQLITE_OK : rc;
}

static void
bind_instant(sqlite3_stmt *stmt, int at, int64_t value)
{
	if (value == INSTANT_NONE)
		sqlite3_bind_null(stmt, at);
	else
		sqlite3_bind_int64(stmt, at, value);
}

/*
 * 1 and what there is, 0, or -1.  What was put last counts, which ORDER BY
 * would find by a table made at each call.
 */
static int
look_for(struct index_put *put, struct span id, struct before *before)
{
	sqlite3_stmt *stmt = put->look;
	int found = 0, rc;

	*before = (struct before){ 0 };
	index_sql_text(stmt, 1, id);
	while ((rc = sqlite3_step(stmt)) == SQLITE_ROW) {
		int64_t seq = sqlite3_column_int64(stmt, 1);

		if (!found || seq >= before->seq)
			*before = (struct before){ sqlite3_column_int64(stmt, 0), seq,
				before->erased || sqlite3_column_int(stmt, 2) };
		found = 1;
	}
	sqlite3_reset(stmt);
	return rc == SQLITE_DONE ? found : -1;
}

static int
put_place(struct index_put *put, const struct index_case *row, int64_t before)
{
	sqlite3_stmt *stmt = put->line;

	sqlite3_bind_int64(stmt, 1, row->seq);
	sqlite3_bind_int64(stmt, 2, row->at);
	sqlite3_bind_int64(stmt, 3, row->rev);
	bind_instant(stmt, 4, before ? before : INSTANT_NONE);
	sqlite3_bind_int64(stmt, 5, row->place.segment);
	sqlite3_bind_int64(stmt, 6, row->place.offset);
	sqlite3_bind_int64(stmt, 7, row->place.length);
	return step(stmt);
}

/* What both `cases` and `later` have, from column `at` on. */
static void
bind_said(sqlite3_stmt *stmt, int at, const struct index_case *row)
{
	index_sql_text(stmt, at++, row->policy);
	bind_instant(stmt, at++, row->created);
	index_sql_text(stmt, at++, row->state);
	bind_instant(stmt, at++, row->tier);
	index_sql_text(stmt, at++, row->priority);
	index_sql_text(stmt, at++, row->assignee);
	index_sql_text(stmt, at++, row->queue);
	index_sql_text(stmt, at++, row->case_number);
	bind_instant(stmt, at++, row->due);
	bind_instant(stmt, at++, row->risk);
	bind_instant(stmt, at, row->last);
}

static int
put_case(struct index_put *put, const struct index_case *row, int64_t n)
{
	sqlite3_stmt *stmt = put->cases;
	char tail[INDEX_TAIL];

	sqlite3_bind_int64(stmt, 1, n);
	index_sql_text(stmt, 2, row->id);
	index_sql_text(stmt, 3, (struct span){ tail, index_tail(row->id, tail) });
	sqlite3_bind_int64(stmt, 4, row->seq);
	sqlite3_bind_int64(stmt, 5, row->rev);
	sqlite3_bind_int64(stmt, 6, row->place.segment);
	sqlite3_bind_int64(stmt, 7, row->place.offset);
	sqlite3_bind_int64(stmt, 8, row->place.length);
	sqlite3_bind_int(stmt, 9, row->erased);
	bind_said(stmt, 10, row);
	bind_instant(stmt, 21, index_soon(row->due, row->risk));
	sqlite3_bind_int(stmt, 22, row->known);
	return step(stmt);
}

static int
put_later(struct index_put *put, const struct index_case *row)
{
	sqlite3_stmt *stmt = put->later;

	sqlite3_bind_int64(stmt, 1, row->seq);
	sqlite3_bind_int64(stmt, 2, row->at);
	index_sql_text(stmt, 3, row->id);
	sqlite3_bind_int64(stmt, 4, row->rev);
	sqlite3_bind_int64(stmt, 5, row->place.segment);
	sqlite3_bind_int64(stmt, 6, row->place.offset);
	sqlite3_bind_int64(stmt, 7, row->place.length);
	bind_said(stmt, 8, row);
	sqlite3_bind_int(stmt, 19, row->known);
	return step(stmt);
}

/* Something of the case was erased: rev 0 is no revision of it. */
static int
mark_erased(struct index_put *put, const struct index_case *row)
{
	struct before before;
	int answer = look_for(put, row->id, &before);

	if (answer <= 0)
		return answer < 0 ? SQLITE_ERROR : SQLITE_OK;
	sqlite3_bind_int64(put->mark, 1, before.n);
	return step(put->mark);
}

static int
put_row(struct index_put *put, struct index_case *row)
{
	struct before before;
	int rc;

	if (row->rev == 0 && row->id.n) {
		rc = put_place(put, row, 0);
		return rc == SQLITE_OK ? mark_erased(put, row) : rc;
	}
	if (look_for(put, row->id, &before) < 0)
		return SQLITE_ERROR;
	row->erased = before.erased;
	rc = put_place(put, row, before.seq);
	return rc == SQLITE_OK ? put_case(put, row, before.n ? before.n : row->seq) : rc;
}

int
index_put_line(struct index_put *put, const struct store_line *line, const struct place *place)
{
	struct index_case row = { .id = line->id, .seq = line->seq, .at = line->at,
		.rev = line->rev, .place = *place };
	int rc;

	if (line->rev == 0 && line->id.n == 0)
		return put_place(put, &row, 0);
	if (line->rev > 0)
		index_case_read(put->index, &row, line);
	else
		row.created = row.tier = row.due = row.risk = row.last = INSTANT_NONE;
	if (!put->at_once)
		return put_row(put, &row);
	if (line->rev != 1)
		return put_later(put, &row);
	rc = put_place(put, &row, 0);
	return rc == SQLITE_OK ? put_case(put, &row, row.seq) : rc;
}

static int64_t
instant_at(sqlite3_stmt *stmt, int at)
{
	return sqlite3_column_type(stmt, at) == SQLITE_NULL ? INSTANT_NONE :
		sqlite3_column_int64(stmt, at);
}

static struct index_case
later_row(sqlite3_stmt *stmt)
{
	return (struct index_case){
		.seq = sqlite3_column_int64(stmt, 0),
		.at = sqlite3_column_int64(stmt, 1),
		.id = index_sql_span(stmt, 2),
		.rev = sqlite3_column_int64(stmt, 3),
		.place = { sqlite3_column_int64(stmt, 4), sqlite3_column_int64(stmt, 5),
			sqlite3_column_int64(stmt, 6) },
		.policy = index_sql_span(stmt, 7),
		.created = instant_at(stmt, 8),
		.state = index_sql_span(stmt, 9),
		.tier = instant_at(stmt, 10),
		.priority = index_sql_span(stmt, 11),
		.assignee = index_sql_span(stmt, 12),
		.queue = index_sql_span(stmt, 13),
		.case_number = index_sql_span(stmt, 14),
		.due = instant_at(stmt, 15),
		.risk = instant_at(stmt, 16),
		.last = instant_at(stmt, 17),
		.known = sqlite3_column_int(stmt, 18),
	};
}

/* A case that begins twice, as no commit writes it. */
static int
find_twins(struct index_put *put)
{
	sqlite3_stmt *stmt = index_sql_prepare(put->index->db,
		"SELECT id FROM %s.cases ORDER BY id", put->schema);
	struct buf last = { 0 };
	int rc = SQLITE_ERROR;

	while (stmt && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
		struct span id = index_sql_span(stmt, 0);

		if (last.data && span_eq(id, buf_text(&last)))
			break;
		last.len = 0;
		buf_span(&last, id);
		buf_reserve(&last, 0);
	}
	sqlite3_finalize(stmt);
	buf_release(&last);
	return rc == SQLITE_DONE ? SQLITE_OK : rc == SQLITE_ROW ? SQLITE_CONSTRAINT : rc;
}

int
index_put_finish(struct index_put *put)
{
	sqlite3 *db = put->index->db;
	sqlite3_stmt *stmt;
	int rc;

	if (!put->at_once)
		return SQLITE_OK;
	put->at_once = false;
	rc = index_sql_find_id(db, put->schema);
	if (rc == SQLITE_OK)
		rc = find_twins(put);
	if (rc != SQLITE_OK)
		return rc;
	stmt = index_sql_prepare(db, "SELECT * FROM temp.later ORDER BY seq");
	rc = stmt ? SQLITE_ROW : SQLITE_ERROR;
	while (rc == SQLITE_ROW && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
		struct index_case row = later_row(stmt);

		rc = put_row(put, &row) == SQLITE_OK ? SQLITE_ROW : SQLITE_ERROR;
	}
	sqlite3_finalize(stmt);
	return rc == SQLITE_DONE ? index_sql_run(db, "DROP TABLE temp.later") : rc;
}

int
index_put_init(struct index_put *put, struct index *index, const char *schema, bool at_once)
{
	sqlite3 *db = index->db;

	*put = (struct index_put){ .index = index, .schema = schema, .at_once = at_once };
	put->line = index_sql_prepare(db, "INSERT OR REPLACE INTO %s.line VALUES "
		"(?,?,?,?,?,?,?)", schema);
	put->cases = index_sql_prepare(db, "INSERT OR REPLACE INTO %s.cases VALUES "
		"(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", schema);
	put->look = index_sql_prepare(db, "SELECT n, seq, erased FROM %s.cases WHERE id = ?1 "
		"UNION ALL SELECT n, seq, erased FROM main.cases WHERE id = ?1", schema);
	put->mark = index_sql_prepare(db, "INSERT OR REPLACE INTO %s.cases SELECT n, id, tail, "
		"seq, rev, segment, start, length, 1, policy, created, state, tier, priority, "
		"assignee, queue, case_number, due, risk, last, soon, known FROM (SELECT * FROM "
		"%s.cases WHERE n = ?1 UNION ALL SELECT * FROM main.cases WHERE n = ?1) "
		"ORDER BY seq DESC LIMIT 1", schema, schema);
	if (at_once && index_sql_run(db, LATER) == SQLITE_OK)
		put->later = index_sql_prepare(db, "INSERT OR REPLACE INTO temp.later VALUES "
			"(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
	if (put->line && put->cases && put->look && put->mark && (put->later || !at_once))
		return SQLITE_OK;
	return SQLITE_ERROR;
}

void
index_put_release(struct index_put *put)
{
	sqlite3_finalize(put->line);
	sqlite3_finalize(put->cases);
	sqlite3_finalize(put->look);
	sqlite3_finalize(put->later);
	sqlite3_finalize(put->mark);
}
