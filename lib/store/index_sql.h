/*
 * index_sql: SQLite for the index: connections, statements, the schema.
 * A connection has three databases at most: `main`, the file (or an empty
 * one in memory); `temp`, what the log has behind it; `next`, a file that is
 * being made.
 * Source of the schema: esc-store(5), INDEX.
 */
#ifndef ESC_STORE_INDEX_SQL_H
#define ESC_STORE_INDEX_SQL_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"

#define INDEX_SCHEMA 2

/* Columns of `cases` that say where a case's last line is. */
#define INDEX_PLACE "id, seq, rev, segment, start, length, erased"

/* fd: of the file that is `main`, -1: none.  NULL where it cannot be opened. */
sqlite3 *index_sql_open(int fd);

/* A new file as `next`, with tables.  SQLITE_OK or why not. */
int index_sql_attach(sqlite3 *db, int fd, bool empty);

/* What can be found quickly, once the rows of `next` are there. */
int index_sql_find_id(sqlite3 *db, const char *schema);
int index_sql_find_rest(sqlite3 *db, const char *schema);
int index_sql_find_nothing(sqlite3 *db, const char *schema);

/* Statements without rows.  SQLITE_OK or why not. */
int index_sql_run(sqlite3 *db, const char *sql);

/* NULL where it cannot be made; %s and so on as in buf_printf. */
sqlite3_stmt *index_sql_prepare(sqlite3 *db, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* {NULL, 0} is NULL. */
void index_sql_text(sqlite3_stmt *stmt, int at, struct span text);
struct span index_sql_span(sqlite3_stmt *stmt, int at);

/* Why the last thing that was done to it failed. */
const char *index_sql_reason(sqlite3 *db);

#endif
