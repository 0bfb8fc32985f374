#include "store/index_sql.h"

#include <stdarg.h>
#include <string.h>

#include "base/buf.h"
#include "store/index_vfs.h"

/*
 * The memory of one database's pages, whatever its size: to ask, and to make
 * a file, when what is sorted takes as much again (that of main).
 */
#define ASKING_KIB 1024
#define MAKING_KIB 2048

#define TABLES(schema) \
	"CREATE TABLE " schema ".line (seq INTEGER PRIMARY KEY, at INTEGER, rev INTEGER," \
	" before INTEGER, segment INTEGER, start INTEGER, length INTEGER);" \
	"CREATE TABLE " schema ".cases (n INTEGER PRIMARY KEY, id TEXT, tail TEXT," \
	" seq INTEGER, rev INTEGER, segment INTEGER, start INTEGER, length INTEGER," \
	" erased INTEGER, policy TEXT, created INTEGER, state TEXT, tier INTEGER," \
	" priority TEXT, assignee TEXT, queue TEXT, case_number TEXT," \
	" due INTEGER, risk INTEGER, last INTEGER, soon INTEGER, known INTEGER);"

#define META(schema) \
	"CREATE TABLE " schema ".meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;"

int
index_sql_run(sqlite3 *db, const char *sql)
{
	return sqlite3_exec(db, sql, NULL, NULL, NULL);
}

static int
settle(sqlite3 *db, int fd)
{
	static const char settings[] =
		"PRAGMA trusted_schema = OFF; PRAGMA temp_store = FILE;"
		"PRAGMA temp.cache_size = -%d; PRAGMA main.cache_size = -%d;";
	char sql[sizeof settings + 32];
	int rc;

	sqlite3_snprintf((int)sizeof sql, sql, settings, ASKING_KIB, ASKING_KIB);
	rc = index_sql_run(db, sql);
	if (rc == SQLITE_OK)
		rc = index_sql_run(db, TABLES("temp"));
	if (rc == SQLITE_OK && fd < 0)
		rc = index_sql_run(db, META("main") TABLES("main"));
	return rc;
}

sqlite3 *
index_sql_open(int fd)
{
	char name[16] = ":memory:";
	sqlite3 *db = NULL;
	int rc;

	if (index_vfs_register() < 0)
		return NULL;
	if (fd >= 0)
		sqlite3_snprintf((int)sizeof name, name, "%d", fd);
	rc = sqlite3_open_v2(name, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, INDEX_VFS);
	if (rc == SQLITE_OK)
		rc = settle(db, fd);
	if (rc == SQLITE_OK)
		return db;
	sqlite3_close(db);
	return NULL;
}

int
index_sql_attach(sqlite3 *db, int fd, bool empty)
{
	static const char settings[] = "PRAGMA next.page_size = %d; PRAGMA next.cache_size = -%d;"
		"PRAGMA main.cache_size = -%d;"
		"PRAGMA next.journal_mode = OFF; PRAGMA next.synchronous = OFF;";
	char sql[sizeof settings + 32];
	int reserve = INDEX_RESERVE;
	int rc;

	sqlite3_snprintf((int)sizeof sql, sql, "ATTACH '%d' AS next", fd);
	rc = index_sql_run(db, sql);
	if (rc == SQLITE_OK && empty)
		rc = sqlite3_file_control(db, "next", SQLITE_FCNTL_RESERVE_BYTES, &reserve);
	sqlite3_snprintf((int)sizeof sql, sql, settings, INDEX_PAGE, MAKING_KIB, MAKING_KIB);
	if (rc == SQLITE_OK)
		rc = index_sql_run(db, sql);
	if (rc == SQLITE_OK)
		rc = index_sql_run(db, "BEGIN");
	if (rc == SQLITE_OK && empty)
		rc = index_sql_run(db, META("next") TABLES("next"));
	return rc;
}

/* The first row is for finding a case by its id. */
static const struct {
	const char *name, *columns;
} finders[] = {
	{ "cases_id", "(" INDEX_PLACE ")" },
	{ "cases_tail", "(tail)" },
	{ "cases_soon", "(soon, " INDEX_PLACE ") WHERE soon IS NOT NULL" },
	{ "cases_last", "(last, " INDEX_PLACE ")" },
	{ "cases_known", "(known) WHERE known = 0" },
	{ "cases_state", "(state)" },
	{ "cases_assignee", "(assignee) WHERE assignee IS NOT NULL" },
	{ "cases_number", "(case_number) WHERE case_number IS NOT NULL" },
};

#define FINDERS (sizeof finders / sizeof *finders)

static int
make_finder(sqlite3 *db, const char *schema, size_t i)
{
	char sql[200];

	sqlite3_snprintf((int)sizeof sql, sql, "CREATE INDEX IF NOT EXISTS %s.%s ON cases %s",
		schema, finders[i].name, finders[i].columns);
	return index_sql_run(db, sql);
}

int
index_sql_find_id(sqlite3 *db, const char *schema)
{
	return make_finder(db, schema, 0);
}

int
index_sql_find_rest(sqlite3 *db, const char *schema)
{
	int rc = SQLITE_OK;

	for (size_t i = 1; i < FINDERS && rc == SQLITE_OK; i++)
		rc = make_finder(db, schema, i);
	return rc;
}

int
index_sql_find_nothing(sqlite3 *db, const char *schema)
{
	char sql[80];
	int rc = SQLITE_OK;

	for (size_t i = 0; i < FINDERS && rc == SQLITE_OK; i++) {
		sqlite3_snprintf((int)sizeof sql, sql, "DROP INDEX IF EXISTS %s.%s",
			schema, finders[i].name);
		rc = index_sql_run(db, sql);
	}
	return rc;
}

sqlite3_stmt *
index_sql_prepare(sqlite3 *db, const char *format, ...)
{
	struct buf sql = { 0 };
	sqlite3_stmt *stmt = NULL;
	va_list ap;

	va_start(ap, format);
	buf_vprintf(&sql, format, ap);
	va_end(ap);
	if (sqlite3_prepare_v2(db, sql.data, (int)sql.len, &stmt, NULL) != SQLITE_OK)
		stmt = NULL;
	buf_release(&sql);
	return stmt;
}

void
index_sql_text(sqlite3_stmt *stmt, int at, struct span text)
{
	if (text.p)
		sqlite3_bind_text64(stmt, at, text.p, text.n, SQLITE_STATIC, SQLITE_UTF8);
	else
		sqlite3_bind_null(stmt, at);
}

struct span
index_sql_span(sqlite3_stmt *stmt, int at)
{
	const char *text = (const char *)sqlite3_column_text(stmt, at);

	return (struct span){ text, text ? (size_t)sqlite3_column_bytes(stmt, at) : 0 };
}

const char *
index_sql_reason(sqlite3 *db)
{
	int number = db ? sqlite3_system_errno(db) : 0;

	if (!db)
		return "cannot be opened";
	return number && (sqlite3_errcode(db) & 0xff) == SQLITE_IOERR ? strerror(number) :
		sqlite3_errmsg(db);
}
