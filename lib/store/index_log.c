#include <inttypes.h>

#include "store/index_sql.h"
#include "store/index_work.h"

#define STEP_BYTES (INT64_C(1) << 20) /* of log, between two words of progress */

struct reading {
	struct index *index;
	struct index_put put;
	struct log *log;
	int64_t bytes, said;
};

/* Damage that was met before, from another point on, is not told again. */
static void
meet_damage(struct index *index, int64_t seq, const struct err *why)
{
	bool told = index->told_from && seq >= index->told_from && seq <= index->told_to;

	index->damaged = true;
	if (!told && index->terms.damage)
		index->terms.damage(index->terms.ctx, why);
}

static void
tell_progress(struct reading *reading, int64_t length)
{
	const struct index_terms *terms = &reading->index->terms;

	reading->bytes += length + 1;
	if (!terms->step || reading->bytes - reading->said < STEP_BYTES)
		return;
	reading->said = reading->bytes;
	terms->step(terms->ctx, (uint64_t)reading->bytes);
}

/* Data that is not what was committed. */
static void
meet_unfit(struct index *index, const struct log_entry *entry)
{
	char path[SEGMENT_PATH_SIZE];
	struct err why = { 0 };

	index->unfit = true;
	if (!index->terms.whole)
		return;
	segment_path(entry->place.segment, path);
	err_add(&why, EX_IOERR, path, "offset %" PRId64 ", seq %" PRId64
		": the data does not fit its hash", entry->place.offset, entry->seq);
	meet_damage(index, entry->seq, &why);
	err_release(&why);
}

/* Of what does not fit the case is found, and nothing said. */
static int
put_entry(struct reading *reading, const struct log_entry *entry)
{
	struct store_line line = entry->line;

	if (entry->data_differs && !line_is_erased(&line)) {
		meet_unfit(reading->index, entry);
		line.data = span_of("");
	}
	return index_put_line(&reading->put, &line, &entry->place);
}

/* SQLITE_OK, why not, or -1 with EX_IOERR: the log cannot be read. */
static int
read_lines(struct reading *reading, struct err *err)
{
	struct index *index = reading->index;
	struct err why = { 0 };
	struct log_entry entry;
	enum log_answer answer = LOG_END;
	int rc = SQLITE_OK;

	if (index->at.seq >= index->own_from)
		log_leave_data(reading->log);
	while (rc == SQLITE_OK && (answer = log_next(reading->log, &entry, &why)) > LOG_END) {
		tell_progress(reading, entry.place.length);
		if (answer == LOG_LINE && entry.line.at > index->terms.upto)
			break;
		if (answer == LOG_LINE)
			rc = put_entry(reading, &entry);
		else
			meet_damage(index, entry.seq, &why);
		if (entry.seq >= index->own_from)
			log_leave_data(reading->log);
		err_reset(&why);
	}
	if (answer == LOG_FAILED)
		rc = err_add(err, EX_IOERR, why.n ? why.fault[0].where : NULL, "%s",
			why.n ? why.fault[0].what : "cannot be read");
	err_release(&why);
	return rc;
}

static void
was_told(struct index *index, int64_t from, int64_t to)
{
	if (!index->told_from || from < index->told_from)
		index->told_from = from;
	if (to > index->told_to)
		index->told_to = to;
}

static int
read_into(struct reading *reading, const char *schema, bool at_once, struct err *err)
{
	sqlite3 *db = reading->index->db;
	bool alone = sqlite3_get_autocommit(db);
	int rc = SQLITE_OK;

	if (alone)
		rc = index_sql_run(db, "BEGIN");
	if (rc == SQLITE_OK && !at_once)
		rc = index_sql_find_id(db, schema);
	if (rc == SQLITE_OK)
		rc = index_put_init(&reading->put, reading->index, schema, at_once);
	if (rc == SQLITE_OK)
		rc = read_lines(reading, err);
	if (rc == SQLITE_OK)
		rc = index_put_finish(&reading->put);
	if (rc > 0 && rc != SQLITE_CONSTRAINT)
		rc = index_fails(reading->index, EX_TEMPFAIL, err);
	index_put_release(&reading->put);
	if (alone && index_sql_run(db, rc == SQLITE_OK ? "COMMIT" : "ROLLBACK") != SQLITE_OK)
		rc = rc == SQLITE_OK ? index_fails(reading->index, EX_TEMPFAIL, err) : rc;
	return rc;
}

/* As if nothing had been put yet. */
static int
empty(struct index *index, const char *schema, struct err *err)
{
	char sql[160];

	sqlite3_snprintf((int)sizeof sql, sql, "DROP TABLE IF EXISTS temp.later;"
		"DELETE FROM %s.line; DELETE FROM %s.cases;", schema, schema);
	return index_sql_run(index->db, sql) == SQLITE_OK ? 0 :
		index_fails(index, EX_TEMPFAIL, err);
}

static int
read_from(struct index *index, const char *schema, bool at_once, const struct position *to,
	struct err *err)
{
	struct reading reading = { .index = index };
	int rc;

	reading.log = log_open(index->store, &index->at, to, err);
	if (!reading.log)
		return -1;
	if (index->terms.kind == INDEX_SCAN && !index->terms.whole)
		log_leave_data(reading.log);
	rc = read_into(&reading, schema, at_once, err);
	log_close(reading.log);
	was_told(index, index->at.seq + 1, to->seq);
	if (rc == SQLITE_OK)
		index->behind += reading.bytes;
	return rc;
}

/* From the genesis all at once, unless cases begin twice: then one by one. */
int
index_log_read(struct index *index, const char *schema, const struct position *to,
	struct err *err)
{
	bool at_once = index->at.seq == 0;
	int rc = read_from(index, schema, at_once, to, err);

	if (rc == SQLITE_CONSTRAINT && at_once)
		rc = empty(index, schema, err) < 0 ? -1 :
			read_from(index, schema, false, to, err);
	if (rc != SQLITE_OK)
		return rc < 0 ? -1 : index_fails(index, EX_TEMPFAIL, err);
	index->at = *to;
	return 0;
}
