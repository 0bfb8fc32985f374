#include <string.h>

#include "base/instant.h"
#include "store/index_sql.h"
#include "store/index_work.h"

/*
 * Fields that have a column: what equals a value can be found by it.  The
 * first that is asked for is the one to look by; the more a value tells
 * cases apart, the earlier it stands.
 */
static const struct {
	const char *name, *finder;
} columns[] = {
	{ "case_number", "INDEXED BY cases_number" },
	{ "assignee", "INDEXED BY cases_assignee" },
	{ "state", "INDEXED BY cases_state" },
	{ "queue", "NOT INDEXED" }, { "policy", "NOT INDEXED" },
	{ "priority", "NOT INDEXED" }, { "tier", "NOT INDEXED" },
};

#define COLUMNS (sizeof columns / sizeof *columns)

static bool
is_number(const char *column)
{
	return strcmp(column, "tier") == 0;
}

/* A whole number as everybody writes it; 2.0 is one too, but not narrowed by. */
static bool
is_plain_number(struct span text)
{
	int64_t value;

	return text.n < 10 && (text.n == 1 || (text.n && text.p[0] != '0')) &&
		text_digits(text, &value) == 0;
}

static bool
narrows(const struct pick_cond *cond, const char *column)
{
	if (cond->test != PICK_EQUAL || cond->other.n || !span_is(cond->name, column) ||
		cond->n_values > 100)
		return false;
	for (size_t i = 0; is_number(column) && i < cond->n_values; i++)
		if (!is_plain_number(cond->value[i]))
			return false;
	return true;
}

/* Every condition that narrows, in the order of columns. */
static void
each_cond(const struct pick *pick, void (*fn)(void *ctx, const struct pick_cond *cond,
	const char *column), void *ctx)
{
	for (size_t c = 0; c < COLUMNS; c++)
		for (size_t i = 0; i < pick->n; i++)
			if (narrows(&pick->cond[i], columns[c].name))
				fn(ctx, &pick->cond[i], columns[c].name);
}

struct asking {
	struct index *index;
	struct buf sql;
	sqlite3_stmt *stmt;
	bool by_due, by_since, by_pick; /* what may be left out by these */
	int at;
};

/* What SQLite is to look by: it knows nothing of how rows are spread. */
static const char *
finder_of(const struct asking *asking)
{
	const struct index_query *query = &asking->index->query;

	if (query->end.n)
		return "INDEXED BY cases_tail";
	if (asking->by_due)
		return "INDEXED BY cases_soon";
	if (asking->by_since)
		return "INDEXED BY cases_last";
	for (size_t c = 0; asking->by_pick && c < COLUMNS; c++)
		for (size_t i = 0; i < query->pick->n; i++)
			if (narrows(&query->pick->cond[i], columns[c].name))
				return columns[c].finder;
	return "";
}

static void
put_cond(void *ctx, const struct pick_cond *cond, const char *column)
{
	struct asking *asking = ctx;

	buf_printf(&asking->sql, " AND %s IN (", column);
	for (size_t i = 0; i < cond->n_values; i++)
		buf_puts(&asking->sql, i ? ",?" : "?");
	buf_putc(&asking->sql, ')');
}

static void
bind_cond(void *ctx, const struct pick_cond *cond, const char *column)
{
	struct asking *asking = ctx;
	int64_t value;

	for (size_t i = 0; i < cond->n_values; i++)
		if (is_number(column) && text_digits(cond->value[i], &value) == 0)
			sqlite3_bind_int64(asking->stmt, asking->at++, value);
		else
			index_sql_text(asking->stmt, asking->at++, cond->value[i]);
}

/* A case of which nothing is known can only be left out by its id. */
static bool
all_known(struct index *index)
{
	sqlite3_stmt *stmt = index_sql_prepare(index->db,
		"SELECT 1 FROM temp.cases WHERE state IS NULL UNION ALL "
		"SELECT 1 FROM main.cases WHERE state IS NULL LIMIT 1");
	bool answer = stmt && sqlite3_step(stmt) == SQLITE_DONE;

	sqlite3_finalize(stmt);
	return answer;
}

static void
put_conditions(struct asking *asking)
{
	const struct index *index = asking->index;
	const struct index_query *query = &index->query;

	buf_puts(&asking->sql, " WHERE 1");
	if (index->started)
		buf_puts(&asking->sql, " AND id > ?");
	if (query->end.n)
		buf_puts(&asking->sql, " AND tail >= ? AND tail < ?");
	if (asking->by_due)
		buf_puts(&asking->sql, " AND soon <= ?");
	if (asking->by_since)
		buf_puts(&asking->sql, " AND last >= ?");
	if (asking->by_pick)
		each_cond(query->pick, put_cond, asking);
}

/* From the first of its last characters to just behind them. */
static void
bind_end(struct asking *asking, struct span end)
{
	char tail[INDEX_TAIL];
	size_t n = index_tail(end, tail);

	sqlite3_bind_text(asking->stmt, asking->at++, tail, (int)n, SQLITE_TRANSIENT);
	while (n > 0 && (unsigned char)tail[n - 1] == 0xFF)
		n--;
	if (n > 0)
		tail[n - 1]++;
	sqlite3_bind_text(asking->stmt, asking->at++, tail, (int)n, SQLITE_TRANSIENT);
}

static void
bind_conditions(struct asking *asking)
{
	const struct index *index = asking->index;
	const struct index_query *query = &index->query;

	if (index->started)
		sqlite3_bind_text(asking->stmt, asking->at++, index->last.data,
			(int)index->last.len, SQLITE_TRANSIENT);
	if (query->end.n)
		bind_end(asking, query->end);
	if (asking->by_due)
		sqlite3_bind_int64(asking->stmt, asking->at++, query->due_by);
	if (asking->by_since)
		sqlite3_bind_int64(asking->stmt, asking->at++, query->since);
	if (asking->by_pick)
		each_cond(query->pick, bind_cond, asking);
}

/* Where the log had nothing behind the file, the file alone is asked. */
static bool
has_rows(struct index *index)
{
	sqlite3_stmt *stmt = index_sql_prepare(index->db, "SELECT 1 FROM temp.cases LIMIT 1");
	bool answer = !stmt || sqlite3_step(stmt) != SQLITE_DONE;

	sqlite3_finalize(stmt);
	return answer;
}

static int
ask(struct index *index)
{
	struct asking asking = { .index = index, .at = 1 };
	bool both = has_rows(index);
	const char *finder;

	sqlite3_finalize(index->select);
	if (index->terms.kind == INDEX_FILE) {
		asking.by_due = index->query.due_by != INSTANT_NONE;
		asking.by_since = index->query.since != INSTANT_NONE;
		asking.by_pick = index->query.pick && all_known(index);
	}
	finder = index->fd >= 0 ? finder_of(&asking) : "";
	buf_printf(&asking.sql, "SELECT " INDEX_PLACE " FROM main.cases AS c %s", finder);
	put_conditions(&asking);
	if (both) {
		buf_puts(&asking.sql, " AND NOT EXISTS (SELECT 1 FROM temp.cases AS t WHERE "
			"t.n = c.n) UNION ALL SELECT " INDEX_PLACE " FROM temp.cases");
		put_conditions(&asking);
	}
	buf_puts(&asking.sql, " ORDER BY id");
	index->select = index_sql_prepare(index->db, "%s", buf_cstr(&asking.sql));
	buf_release(&asking.sql);
	asking.stmt = index->select;
	if (!asking.stmt)
		return SQLITE_ERROR;
	bind_conditions(&asking);
	if (both)
		bind_conditions(&asking);
	return SQLITE_OK;
}

/* Settles what is asked by due, then asks. */
static int
begin(struct index *index)
{
	int rc = SQLITE_OK;

	if (index->query.due_by != INSTANT_NONE)
		rc = index_world_settle(index);
	return rc == SQLITE_OK ? ask(index) : rc;
}

int
index_select(struct index *index, const struct index_query *query, struct err *err)
{
	index->query = *query;
	index->last.len = 0;
	index->started = false;
	if (begin(index) == SQLITE_OK)
		return 0;
	if (index_heal(index) < 0)
		return -1;
	return begin(index) == SQLITE_OK ? 0 : index_fails(index, EX_IOERR, err);
}

/* The ends of the ids were compared as far as the tails go. */
static bool
is_wanted(const struct index *index)
{
	struct span id = index_sql_span(index->select, 0), end = index->query.end;

	return id.n >= end.n && (end.n == 0 || memcmp(id.p + id.n - end.n, end.p, end.n) == 0);
}

static void
take_row(struct index *index, struct index_row *row)
{
	sqlite3_stmt *stmt = index->select;

	index->last.len = 0;
	buf_span(&index->last, index_sql_span(stmt, 0));
	buf_cstr(&index->last);
	index->started = true;
	*row = (struct index_row){
		.id = buf_text(&index->last),
		.seq = sqlite3_column_int64(stmt, 1),
		.rev = sqlite3_column_int64(stmt, 2),
		.place = { sqlite3_column_int64(stmt, 3), sqlite3_column_int64(stmt, 4),
			sqlite3_column_int64(stmt, 5) },
		.erased = sqlite3_column_int(stmt, 6),
	};
}

/* After a page was found damaged it goes on behind the last id. */
int
index_next(struct index *index, struct index_row *row, struct err *err)
{
	int rc;

	do {
		rc = index->select ? sqlite3_step(index->select) : SQLITE_ERROR;
		if (rc != SQLITE_ROW && rc != SQLITE_DONE) {
			if (index_heal(index) < 0 || begin(index) != SQLITE_OK)
				return index_fails(index, EX_IOERR, err);
			rc = sqlite3_step(index->select);
		}
	} while (rc == SQLITE_ROW && !is_wanted(index));
	if (rc == SQLITE_ROW)
		take_row(index, row);
	return rc == SQLITE_ROW ? 1 : rc == SQLITE_DONE ? 0 :
		index_fails(index, EX_IOERR, err);
}
