#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/index_sql.h"
#include "store/index_work.h"

static void
close_base(struct index *index)
{
	index_forget(index);
	sqlite3_close(index->db);
	index->db = NULL;
	if (index->fd >= 0)
		close(index->fd);
	index->fd = -1;
}

void
index_base_look(const struct store *store, struct stat *st)
{
	if (fstatat(store->dir, INDEX_FILE_NAME, st, AT_SYMLINK_NOFOLLOW) != 0)
		*st = (struct stat){ 0 };
}

static void
take_number(struct index_meta *meta, const char *name, int64_t value, int64_t *schema)
{
	if (strcmp(name, "segment") == 0)
		meta->position.segment = value;
	else if (strcmp(name, "length") == 0)
		meta->position.length = value;
	else if (strcmp(name, "seq") == 0)
		meta->position.seq = value;
	else if (strcmp(name, "unfit") == 0)
		meta->unfit = value != 0;
	else if (strcmp(name, "schema") == 0)
		*schema = value;
}

static void
take_text(struct index_meta *meta, const char *name, struct span value, struct buf *id)
{
	if (strcmp(name, "h") == 0 && value.n == HASH_HEX - 1)
		memcpy(meta->position.h, value.p, value.n);
	else if (strcmp(name, "world") == 0)
		buf_span(&meta->world, value);
	else if (strcmp(name, "store_id") == 0)
		buf_span(id, value);
}

int
index_base_read(sqlite3 *db, const struct store *store, struct index_meta *meta)
{
	sqlite3_stmt *stmt = index_sql_prepare(db, "SELECT name, value FROM main.meta");
	struct buf id = { 0 };
	int64_t schema = 0;
	int rc = SQLITE_ERROR;

	meta->position = (struct position){ 0 };
	meta->world.len = 0;
	meta->unfit = false;
	while (stmt && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
		const char *name = (const char *)sqlite3_column_text(stmt, 0);

		take_number(meta, name, sqlite3_column_int64(stmt, 1), &schema);
		take_text(meta, name, index_sql_span(stmt, 1), &id);
	}
	sqlite3_finalize(stmt);
	if (schema != INDEX_SCHEMA || !span_is(buf_text(&id), store->id))
		rc = SQLITE_ERROR;
	buf_release(&id);
	return rc == SQLITE_DONE ? 0 : -1;
}

static int
write_one(sqlite3_stmt *stmt, const char *name, int64_t number, struct span text)
{
	int rc;

	index_sql_text(stmt, 1, span_of(name));
	if (text.p)
		index_sql_text(stmt, 2, text);
	else
		sqlite3_bind_int64(stmt, 2, number);
	rc = sqlite3_step(stmt);
	sqlite3_reset(stmt);
	return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

int
index_base_write(struct index *index)
{
	const struct position *at = &index->at;
	const struct span none = { NULL, 0 };
	const struct {
		const char *name;
		int64_t number;
		struct span text;
	} said[] = {
		{ "schema", INDEX_SCHEMA, none },
		{ "store_id", 0, span_of(index->store->id) },
		{ "segment", at->segment, none },
		{ "length", at->length, none },
		{ "seq", at->seq, none },
		{ "h", 0, span_of(at->h) },
		{ "world", 0, { buf_cstr(&index->world), index->world.len } },
		{ "unfit", index->unfit, none },
	};
	sqlite3_stmt *stmt = index_sql_prepare(index->db,
		"INSERT OR REPLACE INTO next.meta VALUES (?, ?)");
	int rc = stmt ? SQLITE_OK : SQLITE_ERROR;

	for (size_t i = 0; i < sizeof said / sizeof *said && rc == SQLITE_OK; i++)
		rc = write_one(stmt, said[i].name, said[i].number, said[i].text);
	sqlite3_finalize(stmt);
	return rc;
}

static bool
is_at(const struct position *a, const struct position *b)
{
	return a->segment == b->segment && a->length == b->length && a->seq == b->seq &&
		strcmp(a->h, b->h) == 0;
}

/* The line that the file says it ends with is the one in the log. */
static bool
ends_in_log(struct index *index)
{
	const struct position *base = &index->base;
	struct err none = { 0 };
	struct store_line line;
	struct place place;
	sqlite3_stmt *stmt = index_sql_prepare(index->db,
		"SELECT segment, start, length FROM main.line WHERE seq = ?");
	bool answer = false;

	sqlite3_bind_int64(stmt, 1, base->seq);
	if (stmt && sqlite3_step(stmt) == SQLITE_ROW) {
		place = (struct place){ sqlite3_column_int64(stmt, 0),
			sqlite3_column_int64(stmt, 1), sqlite3_column_int64(stmt, 2) };
		answer = place.segment == base->segment &&
			place.offset + place.length + 1 == base->length &&
			log_read(index->files, &place, base->seq, &index->text, &line,
				&none) == 0 && span_is(line.h, base->h);
	}
	sqlite3_finalize(stmt);
	err_release(&none);
	return answer;
}

/* Somebody committed since HEAD was read, and made a file of it: look again. */
static void
look_again(struct index *index)
{
	struct err none = { 0 };
	struct head head;

	if (head_read(index->store, &head, &none) == 0 && head.position.seq > index->head.seq)
		index->head = head.position;
	err_release(&none);
}

static int
read_meta(struct index *index)
{
	struct index_meta meta = { 0 };
	int rc = index_base_read(index->db, index->store, &meta);

	buf_release(&index->world);
	index->base = meta.position;
	index->world = meta.world;
	index->unfit = meta.unfit;
	return rc;
}

static bool
fits(struct index *index)
{
	if (read_meta(index) < 0 || (index->unfit && index->terms.whole))
		return false;
	if (index->base.seq > index->head.seq)
		look_again(index);
	if (is_at(&index->base, &index->head))
		return true;
	return index->base.seq > 0 && index->base.seq < index->head.seq && ends_in_log(index);
}

int
index_base_none(struct index *index, struct err *err)
{
	close_base(index);
	store_genesis(index->store, &index->base);
	index->at = index->base;
	index->behind = 0;
	index->damaged = index->unfit = false;
	index->world.len = 0;
	if (index->known_from != INT64_MAX)
		buf_span(&index->world, index->terms.world);
	index->db = index_sql_open(-1);
	return index->db ? 0 : index_fails(index, EX_TEMPFAIL, err);
}

int
index_base_open(struct index *index, struct err *err)
{
	int fd = store_openat(index->store, INDEX_FILE_NAME, O_RDONLY | O_NONBLOCK);

	if (fd < 0 || fstat(fd, &index->file) != 0)
		index_base_look(index->store, &index->file);
	else if (S_ISREG(index->file.st_mode))
		index->db = index_sql_open(fd);
	if (index->db && fits(index)) {
		index->fd = fd;
		index->at = index->base;
		return 0;
	}
	if (fd >= 0)
		close(fd);
	return index_base_none(index, err);
}

int
index_base_take(struct index *index, int fd)
{
	sqlite3 *db = index_sql_open(fd);

	if (!db)
		return -1;
	close_base(index);
	index->db = db;
	index->fd = fd;
	index->base = index->at;
	index->behind = 0;
	if (fstat(fd, &index->file) != 0)
		index->file = (struct stat){ 0 };
	return 0;
}
