/*
 * store/index: whatever is done to the file, the answers are those of a scan
 * of the log; it narrows; it stands on its own as a SQLite database.
 */
#include "stores.h"

#include <sqlite3.h>

#include "cases.h"
#include "domain/last.h"
#include "store/index.h"
#include "store/index_vfs.h"
#include "store/index_work.h"
#include "store/lock.h"

#define NAME "index.sqlite"
#define DAY  86400
#define BORN INT64_C(1762000000) /* of the first case; the others a minute later each */

static int told;

static void
tell(void *ctx, const struct err *err)
{
	(void)ctx;
	assert_true(err->n > 0);
	told++;
}

static void
put_end(struct buf *data, int64_t born)
{
	static const char *const types[] = {
		"resolved\",\"outcome\":\"mended\",\"summary\":\"mended", "closed",
	};

	for (size_t i = 0; i < 2; i++) {
		buf_puts(data, ",{\"at\":\"");
		buf_instant(data, born + 60);
		buf_printf(data, "\",\"by\":\"ana\",\"type\":\"%s\"}", types[i]);
	}
}

/* What is said of a case in a revision: its number gives all. */
static void
put_case(struct buf *data, struct buf *id, unsigned number, int rev)
{
	static const char *const states[] = { "submitted", "escalated", "closed", "acknowledged" };
	static const char *const people[] = { "ana", "bea", "" };
	const char *state = states[(number + (unsigned)rev) % 4];
	int64_t born = BORN + number * 60;

	id->len = data->len = 0;
	buf_printf(id, "ESC-%05u%05u", number * 7919 % 100000, number);
	buf_printf(data, "{\"v\":1,\"id\":\"%s\",\"rev\":%d,\"policy\":\"fold\","
		"\"policy_version\":\"plain\",\"created\":\"", buf_cstr(id), rev);
	buf_instant(data, born);
	buf_printf(data, "\",\"case_number\":\"C-%u\",\"impact\":\"limited\",\"x_fill\":\"%0200u\","
		"\"events\":[{\"at\":\"", number % 50, number);
	buf_instant(data, born);
	buf_puts(data, "\",\"by\":\"ana\",\"type\":\"submitted\"}");
	if (strcmp(state, "closed") == 0)
		put_end(data, born);
	buf_printf(data, "],\"state\":\"%s\",\"tier\":%u", state, number % 4);
	if (*people[number % 3])
		buf_printf(data, ",\"assignee\":\"%s\"", people[number % 3]);
	if (strcmp(state, "closed") != 0) {
		buf_puts(data, ",\"due\":\"");
		buf_instant(data, born + 2 * DAY);
		buf_puts(data, "\",\"risk\":\"");
		buf_instant(data, born + DAY);
		buf_putc(data, '"');
	}
	buf_putc(data, '}');
}

struct cases {
	unsigned first, end, step;
	int rev;
	struct buf data, id;
};

static int
next_case(void *ctx, struct append_line *line, struct err *err)
{
	struct cases *cases = ctx;

	(void)err;
	if (cases->first >= cases->end)
		return 0;
	put_case(&cases->data, &cases->id, cases->first, cases->rev);
	cases->first += cases->step;
	*line = (struct append_line){ buf_text(&cases->id), cases->rev, buf_text(&cases->data) };
	return 1;
}

/* One batch: of cases from first on, each step-th below end, this revision. */
static void
commit(struct made *made, unsigned first, unsigned end, unsigned step, int rev)
{
	struct cases cases = { first, end, step, rev, { 0 }, { 0 } };
	struct append append;

	assert_int_equal(append_open(&append, &made->store, &made->err), 0);
	assert_int_equal(append_batch(&append, (end - first + step - 1) / step, next_case,
		&cases, &made->err), 0);
	append_close(&append);
	buf_release(&cases.data);
	buf_release(&cases.id);
}

static void
mark_erased(struct made *made, unsigned number)
{
	struct buf data = { 0 }, id = { 0 };
	struct append append;

	put_case(&data, &id, number, 1);
	assert_int_equal(append_open(&append, &made->store, &made->err), 0);
	assert_int_equal(append_store_line(&append, buf_text(&id),
		span_of("{\"erased\":{\"by\":\"ana\"}}"), &made->err), 0);
	append_close(&append);
	buf_release(&data);
	buf_release(&id);
}

/* 40 cases, a third with a second revision, some with a third; one erased. */
static void
made_cases(struct made *made)
{
	made_store(made, 4000);
	commit(made, 0, 40, 1, 1);
	commit(made, 1, 40, 3, 2);
	mark_erased(made, 4);
	commit(made, 1, 40, 6, 3);
}

static struct index *
open_index(struct made *made, enum index_kind kind, const char *world, bool commits)
{
	struct index_terms terms = { .kind = kind, .policies = &cases_policies,
		.world = span_of(world), .upto = INT64_MAX, .commits = commits, .damage = tell };
	struct index *index;
	struct head head;

	made_head(made, &head);
	index = index_open(&made->store, &head, &terms, &made->err);
	if (!index)
		fail_msg("%s", err_text(&made->err));
	return index;
}

struct question {
	const char *where;
	int64_t due_by;
	const char *end;
	int64_t since; /* 0: any */
};

static const struct question questions[] = {
	{ NULL, INSTANT_NONE, NULL, 0 },
	{ NULL, INSTANT_NONE, "00031", 0 },
	{ NULL, INSTANT_NONE, "0", 0 },
	{ NULL, INSTANT_NONE, "ESC-0000000000", 0 },
	{ NULL, BORN + DAY + 600, NULL, 0 },
	{ NULL, BORN + 3 * DAY, NULL, 0 },
	{ NULL, INSTANT_MIN, NULL, 0 },
	{ "state=escalated", INSTANT_NONE, NULL, 0 },
	{ "state=closed,submitted", INSTANT_NONE, NULL, 0 },
	{ "state!=closed", INSTANT_NONE, NULL, 0 },
	{ "state=open", INSTANT_NONE, NULL, 0 },
	{ "assignee=ana", INSTANT_NONE, NULL, 0 },
	{ "assignee=bea,cy", BORN + DAY + 1200, NULL, 0 },
	{ "tier=2", INSTANT_NONE, NULL, 0 },
	{ "tier=2.0", INSTANT_NONE, NULL, 0 },
	{ "tier=2e0,1", BORN + DAY + 1200, NULL, 0 },
	{ "tier<2", INSTANT_NONE, NULL, 0 },
	{ "case_number=C-7", INSTANT_NONE, NULL, 0 },
	{ "queue=none", INSTANT_NONE, NULL, 0 },
	{ "policy=fold", BORN + DAY, "5", 0 },
	{ "priority=high", INSTANT_NONE, NULL, 0 },
	{ NULL, INSTANT_NONE, NULL, BORN + 600 },
	{ NULL, INSTANT_NONE, NULL, BORN + 1200 },
	{ NULL, INSTANT_NONE, NULL, INSTANT_MAX },
	{ "state=closed", INSTANT_NONE, "1", BORN + 1200 },
	{ "assignee=bea,cy", BORN + DAY + 1200, NULL, BORN + 1200 },
};

#define QUESTIONS (sizeof questions / sizeof *questions)

/* What a reader does with each row: it looks at the line itself. */
static bool
holds(struct made *made, const struct index_row *row, const struct question *question,
	const struct pick *pick)
{
	struct log_files *files = log_files_open(&made->store);
	struct buf text = { 0 };
	struct store_line line;
	struct unit_case c;
	size_t n = question->end ? strlen(question->end) : 0;
	bool answer;

	assert_int_equal(log_read(files, &row->place, row->seq, &text, &line, &made->err), 0);
	assert_true(span_eq(line.id, row->id));
	assert_int_equal(line.rev, row->rev);
	text.data[line.data.p + line.data.n - text.data] = '\0';
	case_open(&c, line.data.p);
	answer = row->id.n >= n &&
		(n == 0 || memcmp(row->id.p + row->id.n - n, question->end, n) == 0) &&
		pick_matches(pick, &c.record, &c.arena);
	if (question->due_by != INSTANT_NONE) {
		case_fold(&c, INT64_MAX);
		answer = answer && ((c.fold.due != INSTANT_NONE && c.fold.due <= question->due_by) ||
			(c.fold.risk != INSTANT_NONE && c.fold.risk <= question->due_by));
	}
	if (question->since)
		answer = answer && last_of_record(&c.record, &c.arena) >= question->since;
	case_close(&c);
	log_files_close(files);
	buf_release(&text);
	return answer;
}

static void
put_row(struct buf *out, const struct index_row *row)
{
	buf_printf(out, "%.*s seq %ld rev %ld at %ld+%ld,%ld%s\n", (int)row->id.n, row->id.p,
		row->seq, row->rev, row->place.segment, row->place.offset, row->place.length,
		row->erased ? " erased" : "");
}

/* The rows that hold, in their order; how many rows were given. */
static size_t
ask(struct made *made, struct index *index, const struct question *question, struct buf *out)
{
	struct pick pick = { 0 };
	struct index_query query = { .end = span_of(question->end), .due_by = question->due_by,
		.since = question->since ? question->since : INSTANT_NONE, .pick = &pick };
	struct index_row row;
	size_t n = 0;
	int answer;

	if (question->where)
		assert_int_equal(pick_where(&pick, question->where, &made->err), 0);
	assert_int_equal(index_select(index, &query, &made->err), 0);
	for (; (answer = index_next(index, &row, &made->err)) == 1; n++)
		if (holds(made, &row, question, &pick))
			put_row(out, &row);
	assert_int_equal(answer, 0);
	pick_release(&pick);
	return n;
}

/* Every revision of a case, the last one first. */
static void
ask_history(struct made *made, struct index *index, unsigned number, struct buf *out)
{
	struct buf data = { 0 }, id = { 0 };
	struct index_row row;
	int answer;

	put_case(&data, &id, number, 1);
	answer = index_find(index, buf_text(&id), &row, &made->err);
	while (answer == 1) {
		put_row(out, &row);
		answer = index_before(index, &row, &made->err);
	}
	assert_int_equal(answer, 0);
	buf_release(&data);
	buf_release(&id);
}

/* n: of the cases whose histories are asked for. */
static void
ask_all(struct made *made, struct index *index, unsigned n, struct buf *out)
{
	out->len = 0;
	for (size_t i = 0; i < QUESTIONS; i++) {
		buf_printf(out, "%zu:\n", i);
		ask(made, index, &questions[i], out);
	}
	for (unsigned i = 0; i <= n; i++)
		ask_history(made, index, i, out);
	index_close(index);
}

/* By the index as by a scan. */
static void
check_as(struct made *made, const char *world, bool commits, unsigned n)
{
	struct buf want = { 0 }, got = { 0 };
	size_t at = 0;

	ask_all(made, open_index(made, INDEX_SCAN, world, false), n, &want);
	ask_all(made, open_index(made, INDEX_FILE, world, commits), n, &got);
	assert_true(want.len > 1000);
	while (at < got.len && at < want.len && got.data[at] == want.data[at])
		at++;
	if (at < got.len || at < want.len)
		fail_msg("at %zu: %.80s expected: %.80s", at, buf_cstr(&got) + at,
			buf_cstr(&want) + at);
	buf_release(&want);
	buf_release(&got);
}

static void
check(struct made *made)
{
	check_as(made, "one", false, 40);
}

static bool
is_fresh(struct made *made)
{
	struct head head;

	made_head(made, &head);
	return index_is_fresh(&made->store, &head, &made->err) == 1;
}

static void
test_fresh(void **state)
{
	struct made made;

	(void)state;
	made_cases(&made);
	assert_false(is_fresh(&made));
	check(&made);
	assert_true(is_fresh(&made));
	assert_int_equal(file_mode(&made, NAME), made.store.file_mode);
	assert_false(file_is(&made, NAME ".new"));
	check(&made);
	commit(&made, 40, 41, 1, 1);
	assert_false(is_fresh(&made));
	check(&made);
	assert_true(is_fresh(&made));
	assert_int_equal(index_drop(&made.store, &made.err), 0);
	assert_false(file_is(&made, NAME));
	check(&made);
	made_drop(&made);
}

static void
test_empty(void **state)
{
	struct index_query all = { .due_by = INSTANT_NONE, .since = INSTANT_NONE };
	struct index_row row;
	struct index *index;
	struct made made;

	(void)state;
	made_store(&made, 0);
	for (int kind = INDEX_FILE; kind <= INDEX_SCAN; kind++) {
		index = open_index(&made, (enum index_kind)kind, "one", false);
		assert_int_equal(index_find(index, span_of("ESC-1"), &row, &made.err), 0);
		assert_int_equal(index_select(index, &all, &made.err), 0);
		assert_int_equal(index_next(index, &row, &made.err), 0);
		index_close(index);
	}
	made_drop(&made);
}

/* What is asked for by a column is not found by looking at all. */
static void
test_narrows(void **state)
{
	struct buf out = { 0 };
	struct index *index;
	struct made made;
	size_t all;

	(void)state;
	made_cases(&made);
	index = open_index(&made, INDEX_FILE, "one", false);
	all = ask(&made, index, &questions[0], &out);
	assert_int_equal(all, 40);
	for (size_t i = 1; i < QUESTIONS; i++) {
		struct question question = questions[i];
		size_t n = ask(&made, index, &question, &out);

		if (!question.where || !strpbrk(question.where, "!<."))
			assert_in_range(n, 0, all - 1);
	}
	index_close(index);
	buf_release(&out);
	made_drop(&made);
}

static void
flip(struct buf *text, size_t at)
{
	text->data[at] = (char)(text->data[at] ^ 1 << at % 8);
}

static void
test_every_page(void **state)
{
	struct buf good = { 0 }, bad = { 0 };
	struct made made;

	(void)state;
	made_cases(&made);
	check(&made);
	file_get(&made, NAME, &good);
	assert_true(good.len >= 10 * INDEX_PAGE);
	for (size_t page = 0; page < good.len; page += INDEX_PAGE)
		for (size_t i = 0; i < 5; i++) {
			bad.len = 0;
			buf_put(&bad, good.data, good.len);
			flip(&bad, page + (page * 31 + i * 977) % INDEX_PAGE);
			file_put(&made, NAME, buf_text(&bad));
			check(&made);
		}
	for (size_t n = 0; n < good.len; n += INDEX_PAGE / 2 + 1) {
		file_put(&made, NAME, (struct span){ good.data, n });
		check(&made);
	}
	assert_true(is_fresh(&made));
	buf_release(&good);
	buf_release(&bad);
	made_drop(&made);
}

/* Two pages change places; a page of an older state of the same file. */
static void
test_mixed(void **state)
{
	struct buf old = { 0 }, new = { 0 }, bad = { 0 };
	struct made made;

	(void)state;
	made_cases(&made);
	check(&made);
	file_get(&made, NAME, &old);
	commit(&made, 3, 40, 3, 2);
	check(&made);
	file_get(&made, NAME, &new);
	for (size_t at = 0; at + INDEX_PAGE <= old.len && at + INDEX_PAGE <= new.len;
		at += INDEX_PAGE) {
		size_t other = (at + 3 * INDEX_PAGE) % new.len;

		bad.len = 0;
		buf_put(&bad, new.data, new.len);
		memcpy(bad.data + at, old.data + at, INDEX_PAGE);
		file_put(&made, NAME, buf_text(&bad));
		check(&made);
		memcpy(bad.data + at, new.data + other, INDEX_PAGE);
		memcpy(bad.data + other, new.data + at, INDEX_PAGE);
		file_put(&made, NAME, buf_text(&bad));
		check(&made);
	}
	file_put(&made, NAME, buf_text(&old));
	check(&made);
	buf_release(&old);
	buf_release(&new);
	buf_release(&bad);
	made_drop(&made);
}

static void
test_other_things(void **state)
{
	static const char *const nothing[] = { "", "no database\n", "SQLite format 3" };
	struct buf other = { 0 };
	struct made made, foreign;

	(void)state;
	made_cases(&foreign);
	commit(&foreign, 40, 50, 1, 1);
	check(&foreign);
	file_get(&foreign, NAME, &other);
	made_cases(&made);
	file_put(&made, NAME, buf_text(&other));
	check(&made);
	for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++) {
		file_put(&made, NAME, span_of(nothing[i]));
		check(&made);
	}
	other.len = 0;
	buf_printf(&other, "%s/" NAME, foreign.path);
	unlinkat(made.store.dir, NAME, 0);
	assert_int_equal(symlinkat(buf_cstr(&other), made.store.dir, NAME), 0);
	check(&made);
	check(&foreign);
	unlinkat(made.store.dir, NAME, 0);
	assert_int_equal(mkfifoat(made.store.dir, NAME, 0600), 0);
	check(&made);
	unlinkat(made.store.dir, NAME, 0);
	assert_int_equal(mkdirat(made.store.dir, NAME, 0700), 0);
	check(&made);
	assert_int_equal(unlinkat(made.store.dir, NAME, AT_REMOVEDIR), 0);
	buf_release(&other);
	made_drop(&made);
	made_drop(&foreign);
}

/* As any program does it that has SQLite. */
static void
query(struct made *made, const char *sql, int64_t *answer)
{
	struct buf path = { 0 };
	sqlite3_stmt *stmt;
	sqlite3 *db;

	buf_printf(&path, "%s/" NAME, made->path);
	assert_int_equal(sqlite3_open(buf_cstr(&path), &db), SQLITE_OK);
	if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	assert_true(sqlite3_step(stmt) >= SQLITE_ROW);
	*answer = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	buf_release(&path);
}

static void
test_as_a_database(void **state)
{
	static const char *const writes[] = {
		"UPDATE cases SET state = 'closed', due = NULL, soon = NULL",
		"DELETE FROM cases WHERE case_number = 'C-7'",
		"UPDATE cases SET seq = 1", "UPDATE line SET before = seq",
		"DROP TABLE cases", "VACUUM", "CREATE TABLE more (x)",
		"UPDATE meta SET value = 'two' WHERE name = 'world'",
	};
	struct made made;
	int64_t answer;

	(void)state;
	made_cases(&made);
	check(&made);
	query(&made, "SELECT count(*) FROM cases", &answer);
	assert_int_equal(answer, 40);
	query(&made, "SELECT count(*) FROM line", &answer);
	assert_int_equal(answer, 61);
	query(&made, "SELECT count(*) FROM line WHERE before IS NOT NULL", &answer);
	assert_int_equal(answer, 20);
	query(&made, "SELECT value FROM meta WHERE name = 'seq'", &answer);
	assert_int_equal(answer, 61);
	query(&made, "SELECT count(*) FROM cases WHERE erased", &answer);
	assert_int_equal(answer, 1);
	query(&made, "SELECT count(*) FROM cases JOIN line USING (seq) WHERE "
		"cases.rev = line.rev AND cases.start = line.start", &answer);
	assert_int_equal(answer, 40);
	for (size_t i = 0; i < sizeof writes / sizeof *writes; i++) {
		query(&made, writes[i], &answer);
		check(&made);
	}
	made_drop(&made);
}

/* In a large store what was just committed is read from the log. */
static void
test_behind(void **state)
{
	struct made made;
	int64_t answer;

	(void)state;
	made_store(&made, 0);
	commit(&made, 0, 3000, 1, 1);
	check_as(&made, "one", true, 20);
	commit(&made, 5, 30, 4, 2);
	mark_erased(&made, 7);
	mark_erased(&made, 13);
	commit(&made, 3000, 3010, 1, 1);
	commit(&made, 9, 30, 8, 3);
	check_as(&made, "one", false, 40);
	query(&made, "SELECT value FROM meta WHERE name = 'seq'", &answer);
	assert_int_equal(answer, 3000);
	assert_false(is_fresh(&made));
	commit(&made, 3010, 3700, 1, 1);
	index_close(open_index(&made, INDEX_FILE, "one", true));
	assert_false(is_fresh(&made));
	index_close(open_index(&made, INDEX_FILE, "one", false));
	assert_true(is_fresh(&made));
	check_as(&made, "one", false, 40);
	made_drop(&made);
}

/* Who read HEAD before others committed has no reason to make the file anew. */
static void
test_later_head(void **state)
{
	struct index_terms terms = { .kind = INDEX_FILE, .upto = INT64_MAX };
	struct buf before = { 0 }, after = { 0 }, out = { 0 };
	struct index *index;
	struct made made;
	struct head head;

	(void)state;
	made_cases(&made);
	made_head(&made, &head);
	commit(&made, 40, 50, 1, 1);
	index_close(open_index(&made, INDEX_FILE, "one", false));
	assert_true(is_fresh(&made));
	file_get(&made, NAME, &before);
	index = index_open(&made.store, &head, &terms, &made.err);
	assert_non_null(index);
	assert_int_equal(ask(&made, index, &questions[0], &out), 50);
	index_close(index);
	file_get(&made, NAME, &after);
	assert_true(span_eq(buf_text(&before), buf_text(&after)));
	buf_release(&before);
	buf_release(&after);
	buf_release(&out);
	made_drop(&made);
}

/* By the program that committed, at once. */
static void
test_catch_up(void **state)
{
	struct made made;
	struct index *index;
	struct head head;

	(void)state;
	made_store(&made, 0);
	for (unsigned i = 0; i < 4; i++) {
		index = open_index(&made, INDEX_FILE, "one", true);
		commit(&made, 20 * i, 20 * i + 20, 1, 1);
		made_head(&made, &head);
		assert_int_equal(index_catch_up(index, &head, &made.err), 0);
		index_close(index);
		assert_true(is_fresh(&made));
		check_as(&made, i % 2 ? "two" : "three", false, 40);
	}
	made_drop(&made);
}

#define AT "2026-11-22T10:00:00Z"

/* A glance says what a scan would, or that it cannot tell. */
static void
test_glance(void **state)
{
	static const struct {
		const char *data, *state, *due;
		int64_t tier;
		bool plain;
	} rows[] = {
		{ "{\"state\":\"closed\",\"tier\":2,\"due\":\"x\"}", "closed", "x", 2, true },
		{ "{\"events\":[{\"a\":[\"]}\",{}]},7],\"state\":\"s\"}", "s", NULL, INSTANT_NONE, true },
		{ "{\"x\":{\"state\":\"no\"},\"state\":\"\",\"due\":null}", "", NULL, INSTANT_NONE, true },
		{ "{\"state\":7,\"tier\":\"2\"}", NULL, NULL, INSTANT_NONE, true },
		{ "{\"v\":1,\"rev\":1}", NULL, NULL, INSTANT_NONE, true },
		{ "{\"state\":\"a\\u0062\"}", .plain = false },
		{ "{\"subject\":\"\\\"\",\"state\":\"s\"}", .plain = false },
		{ "{ \"state\":\"s\"}", .plain = false },
		{ "{\"state\" :\"s\"}", .plain = false },
		{ "{\"state\": \"s\"}", .plain = false },
		{ "{\"state\":\"s\" }", .plain = false },
		{ "{\"state\":\"s\" ,\"tier\":1}", .plain = false },
		{ "{\"state\":", .plain = false },
		{ "{\"events\":[{\"at\": \"" AT "\"}]}", .plain = false },
		{ "{\"events\":[{\"at\" :\"" AT "\"}]}", .plain = false },
		{ "{\"events\":[{\"at\":\"" AT "\",\"logged\":\t\"" AT "\"}]}", .plain = false },
		{ "{\"clocks\":[{\"state\": \"held\"}]}", .plain = false },
		{ "{\"events\":[{\"at\":\"\\u0031\"}]}", .plain = false },
		{ "{\"events\":[{\"\\u0061t\":\"" AT "\"}]}", .plain = false },
		{ "{\"v\":2,\"state\":\"s\"}", .plain = false },
		{ "{}", .plain = false },
		{ "{\"state\":\"s\"", .plain = false },
		{ "{\"state\":\"s", .plain = false },
		{ "{\"state\"", .plain = false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct index_said said = { .tier = INSTANT_NONE };
		struct span data = span_of(rows[i].data);

		assert_int_equal(index_glance(data, &said), rows[i].plain);
		if (!rows[i].plain)
			continue;
		assert_true(span_eq(said.text[FIELD_STATE], span_of(rows[i].state)));
		assert_true(span_eq(said.text[FIELD_DUE], span_of(rows[i].due)));
		assert_int_equal(said.tier, rows[i].tier);
	}
}

static int64_t
count_due(struct made *made, struct index *index, int64_t due_by)
{
	struct question question = { NULL, due_by, NULL, 0 };
	struct buf out = { 0 };
	size_t n = ask(made, index, &question, &out);

	buf_release(&out);
	return (int64_t)n;
}

/*
 * The cases are due within the hour in which they began, whatever was
 * printed: an index of another world, or of none, does not believe it.
 */
static void
test_world(void **state)
{
	static const char *const worlds[] = { "one", "one", "two", "one" };
	struct index *index;
	struct made made;
	int64_t answer;
	int lock;

	(void)state;
	made_cases(&made);
	for (size_t i = 0; i < sizeof worlds / sizeof *worlds; i++) {
		index = open_index(&made, INDEX_FILE, worlds[i], false);
		assert_int_equal(count_due(&made, index, BORN + 22 * 60), 0);
		assert_true(count_due(&made, index, BORN + 26 * 60) > 0);
		index_close(index);
		query(&made, "SELECT max(soon) FROM cases WHERE state <> 'closed'", &answer);
		assert_true(answer < BORN + DAY);
	}
	lock = lock_take(&made.store, LOCK_INDEX, &made.err);
	assert_true(lock >= 0);
	commit(&made, 40, 45, 1, 1);
	check_as(&made, "three", false, 50);
	close(lock);
	query(&made, "SELECT count(*) FROM meta WHERE value = 'one'", &answer);
	assert_int_equal(answer, 1);
	made_drop(&made);
}

/* Cases that cannot be read or folded are left out by nothing but their id. */
static void
test_unread(void **state)
{
	static const char *const data[] = { "{\"v\":1}", "{\"v\":1,\"state\":7}" };
	struct index_query query_ = { .due_by = BORN, .since = INSTANT_MAX };
	struct pick pick = { 0 };
	struct index_row row;
	struct index *index;
	struct append append;
	struct made made;

	(void)state;
	made_cases(&made);
	assert_int_equal(append_open(&append, &made.store, &made.err), 0);
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(append_store_line(&append, span_of(""), span_of(data[i]),
			&made.err), 0);
	append_close(&append);
	commit(&made, 90, 91, 1, 1);
	assert_int_equal(pick_where(&pick, "state=nothing", &made.err), 0);
	index = open_index(&made, INDEX_FILE, "one", false);
	query_.pick = &pick;
	assert_int_equal(index_select(index, &query_, &made.err), 0);
	assert_int_equal(index_next(index, &row, &made.err), 0);
	index_close(index);
	pick_release(&pick);
	made_drop(&made);
}

static int
next_newer(void *ctx, struct append_line *line, struct err *err)
{
	int *left = ctx;

	(void)err;
	*line = (struct append_line){ span_of("ESC-NEWER"), 1, span_of("{\"v\":2,"
		"\"id\":\"ESC-NEWER\",\"state\":\"closed\",\"events\":[{\"at\":\"" AT "\"}]}") };
	return (*left)-- > 0;
}

/* One of a newer version is there, too: who reads it tells. */
static void
test_newer(void **state)
{
	struct index_query query = { .due_by = INSTANT_MIN, .since = INSTANT_MAX };
	struct pick pick = { 0 };
	struct index_row row;
	struct index *index;
	struct append append;
	struct made made;
	int left = 1;

	(void)state;
	made_cases(&made);
	assert_int_equal(append_open(&append, &made.store, &made.err), 0);
	assert_int_equal(append_batch(&append, 1, next_newer, &left, &made.err), 0);
	append_close(&append);
	assert_int_equal(pick_where(&pick, "state=nothing", &made.err), 0);
	query.pick = &pick;
	index = open_index(&made, INDEX_FILE, "one", false);
	assert_int_equal(index_select(index, &query, &made.err), 0);
	assert_int_equal(index_next(index, &row, &made.err), 1);
	assert_true(span_is(row.id, "ESC-NEWER"));
	index_close(index);
	pick_release(&pick);
	made_drop(&made);
}

/* A damaged line is told once, and no file is made of such a log. */
static void
test_damaged_log(void **state)
{
	struct buf text = { 0 }, got = { 0 };
	struct index *index;
	struct made made;

	(void)state;
	made_store(&made, 0);
	commit(&made, 0, 40, 1, 1);
	file_get(&made, "log/000000000001.jsonl", &text);
	*(char *)memmem(text.data, text.len, "\"seq\":20", 8) = '!';
	file_put(&made, "log/000000000001.jsonl", buf_text(&text));
	told = 0;
	index = open_index(&made, INDEX_FILE, "one", false);
	assert_int_equal(told, 1);
	assert_int_equal(ask(&made, index, &questions[0], &got), 39);
	index_close(index);
	assert_false(file_is(&made, NAME));
	assert_false(file_is(&made, NAME ".new"));
	check(&made);
	buf_release(&text);
	buf_release(&got);
	made_drop(&made);
}

/* The chain is sound, the data is not: its case is there, whatever is asked. */
static void
test_damaged_data(void **state)
{
	struct index_query due = { .due_by = BORN, .since = INSTANT_MAX };
	struct pick pick = { 0 };
	struct index_row row;
	struct buf text = { 0 };
	struct index *index;
	struct made made;
	char *state_of;

	(void)state;
	made_store(&made, 0);
	commit(&made, 0, 40, 1, 1);
	file_get(&made, "log/000000000001.jsonl", &text);
	state_of = memmem(text.data, text.len, "\"state\":\"esc", 12);
	state_of[10] = 'x';
	file_put(&made, "log/000000000001.jsonl", buf_text(&text));
	assert_int_equal(pick_where(&pick, "state=gone", &made.err), 0);
	due.pick = &pick;
	index = open_index(&made, INDEX_FILE, "one", false);
	assert_int_equal(index_select(index, &due, &made.err), 0);
	assert_int_equal(index_next(index, &row, &made.err), 1);
	assert_int_equal(row.seq, 1 + 0);
	assert_int_equal(index_next(index, &row, &made.err), 0);
	index_close(index);
	pick_release(&pick);
	buf_release(&text);
	made_drop(&made);
}

static struct index *
open_whole(struct made *made, enum index_kind kind)
{
	struct index_terms terms = { .kind = kind, .policies = &cases_policies,
		.world = span_of("one"), .upto = INT64_MAX, .commits = true, .whole = true,
		.damage = tell };
	struct index *index;
	struct head head;

	made_head(made, &head);
	index = index_open(&made->store, &head, &terms, &made->err);
	assert_non_null(index);
	return index;
}

/* Who asks for that is told of data that does not fit, however the log is read. */
static void
test_whole(void **state)
{
	struct buf good = { 0 }, bad = { 0 };
	const char *segment = "log/000000000001.jsonl";
	struct made made;

	(void)state;
	made_store(&made, 0);
	commit(&made, 0, 40, 1, 1);
	file_get(&made, segment, &good);
	buf_span(&bad, buf_text(&good));
	((char *)memmem(bad.data, bad.len, "\"state\":\"esc", 12))[10] = 'x';
	file_put(&made, segment, buf_text(&bad));
	for (int i = 0; i < 2; i++) {
		told = 0;
		index_close(open_whole(&made, i ? INDEX_FILE : INDEX_SCAN));
		assert_int_equal(told, 1);
		assert_false(file_is(&made, NAME));
	}
	index_close(open_index(&made, INDEX_FILE, "one", false));
	assert_int_equal(told, 1);
	assert_true(is_fresh(&made));
	index_close(open_whole(&made, INDEX_FILE));
	assert_int_equal(told, 2);
	file_put(&made, segment, buf_text(&good));
	index_close(open_whole(&made, INDEX_FILE));
	assert_int_equal(told, 2);
	check(&made);
	buf_release(&good);
	buf_release(&bad);
	made_drop(&made);
}

/* No commit begins a case twice; a log that does is no reason to stumble. */
static void
test_twins(void **state)
{
	struct made made;

	(void)state;
	made_cases(&made);
	commit(&made, 10, 12, 1, 1);
	check(&made);
	made_drop(&made);
}

static void
test_upto(void **state)
{
	struct index_terms terms = { .kind = INDEX_SCAN, .upto = 0 };
	struct buf out = { 0 };
	struct index *index;
	struct made made;
	struct head head;

	(void)state;
	made_cases(&made);
	made_head(&made, &head);
	index = index_open(&made.store, &head, &terms, &made.err);
	assert_non_null(index);
	assert_int_equal(ask(&made, index, &questions[0], &out), 0);
	index_close(index);
	buf_release(&out);
	made_drop(&made);
}

/* Until when a report counts the case, by a glance and by a scan. */
static void
test_last(void **state)
{
	static const struct {
		const char *rest;
		int64_t last;
	} rows[] = {
		{ "[{\"at\":\"" AT "\"},{\"at\":\"2026-11-21T10:00:00Z\"}]", 0 },
		{ "[{\"at\":\"2026-11-22T11:00:00+01:00\",\"was_at\":\"2027-01-01T00:00:00Z\"}]", 0 },
		{ "[{\"at\":\"2026-11-21T10:00:00Z\",\"logged\":\"" AT "\"}]", 0 },
		{ "[{\"at\":\"" AT "\",\"m\":\"at: 2027-01-01T00:00:00Z\"}]", 0 },
		{ "[{\"at\":\"" AT "\"}],\"clocks\":[{\"state\":\"met\"},{\"state\":\"ended\"}]", 0 },
		{ "[{\"at\":\"" AT "\"}],\"clocks\":[{\"state\":\"met\"},{\"state\":\"held\"}]",
			INSTANT_MAX },
		{ "[{\"at\":\"" AT "\"}],\"clocks\":[{\"state\":\"running\"}]", INSTANT_MAX },
		{ "[]", INSTANT_NONE },
	};
	int64_t at;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(instant_parse(span_of(AT), &at, &err), 0);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct index_said said = { .last = INSTANT_NONE };
		int64_t last = rows[i].last ? rows[i].last : at;
		struct buf text = { 0 };
		struct arena arena;
		struct scan scan;

		scan_init(&scan);
		arena_init(&arena);
		buf_printf(&text, "{\"events\":%s}", rows[i].rest);
		assert_true(index_glance(buf_text(&text), &said));
		assert_int_equal(said.last, last);
		buf_reserve(&text, SCAN_SLACK);
		assert_int_equal(scan_line(&scan, text.data, text.len, &err), 0);
		assert_int_equal(last_counted(
			(struct value){ &scan, scan_member(&scan, 0, "events") },
			(struct value){ &scan, scan_member(&scan, 0, "clocks") }, &arena), last);
		buf_release(&text);
		arena_release(&arena);
		scan_release(&scan);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fresh),
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_narrows),
		cmocka_unit_test(test_every_page),
		cmocka_unit_test(test_mixed),
		cmocka_unit_test(test_other_things),
		cmocka_unit_test(test_as_a_database),
		cmocka_unit_test(test_behind),
		cmocka_unit_test(test_later_head),
		cmocka_unit_test(test_catch_up),
		cmocka_unit_test(test_glance),
		cmocka_unit_test(test_last),
		cmocka_unit_test(test_world),
		cmocka_unit_test(test_unread),
		cmocka_unit_test(test_newer),
		cmocka_unit_test(test_damaged_log),
		cmocka_unit_test(test_damaged_data),
		cmocka_unit_test(test_whole),
		cmocka_unit_test(test_twins),
		cmocka_unit_test(test_upto),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
