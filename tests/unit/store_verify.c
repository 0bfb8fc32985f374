/* store/verify: what it finds in logs that were spoilt or written wrongly, and where. */
#include "stores.h"

#include "store/blobs.h"
#include "store/erase.h"
#include "store/lock.h"
#include "store/mend.h"
#include "store/snapshot.h"
#include "store/sorter.h"
#include "store/verify.h"

#define RECORD(id, rev, more) \
	"{\"v\":1,\"id\":\"" id "\",\"rev\":" rev ",\"policy\":\"p\",\"policy_version\":\"1\"," \
	"\"created\":\"2026-03-02T09:00:00Z\"" more ",\"events\":[{\"at\":\"2026-03-02T09:00:00Z\"," \
	"\"type\":\"submitted\"}]}"
#define MARKED ",\"subject\":\"MARK\""

/* What was found: the first of it, and its text. */
struct seen {
	size_t n;
	int64_t segment, offset, seq;
	struct buf text;
};

static void
found(void *ctx, const struct finding *finding)
{
	struct seen *seen = ctx;

	if (seen->n++ == 0) {
		seen->segment = finding->segment;
		seen->offset = finding->offset;
		seen->seq = finding->seq;
	}
	buf_printf(&seen->text, "%s: %s\n", finding->where, finding->what);
}

/* How much is found; what of it goes into seen, which the caller releases. */
static size_t
look(struct made *made, struct verify_count *count, struct seen *seen)
{
	const struct verify_terms terms = { .found = found, .ctx = seen };

	*seen = (struct seen){ 0 };
	assert_int_equal(verify_store(&made->store, &terms, count, &made->err), 0);
	assert_int_equal(seen->n, count->findings);
	buf_cstr(&seen->text);
	return seen->n;
}

static void
is_whole(struct made *made)
{
	struct verify_count count;
	struct seen seen;

	if (look(made, &count, &seen) != 0)
		fail_msg("%s", seen.text.data);
	buf_release(&seen.text);
}

/* Something is found, and this is said of it. */
static void
finds(struct made *made, const char *what)
{
	struct verify_count count;
	struct seen seen;

	if (look(made, &count, &seen) == 0)
		fail_msg("nothing was found, though: %s", what);
	if (!strstr(seen.text.data, what))
		fail_msg("expected %s, got %s", what, seen.text.data);
	buf_release(&seen.text);
}

/* One line of a log that is written by hand: its chain is right, whatever else is not. */
struct hand {
	const char *id;
	int64_t rev;
	uint64_t place, of;
	int64_t at;
	const char *data;
	const char *salt; /* NULL: one of its own */
};

/* The text that all records name. */
static void
put_policy(const struct made *made)
{
	file_put(made, "policies/p@1.json", span_of("{}"));
}

static void
write_log(struct made *made, const struct hand *hand, size_t n)
{
	struct position end;
	struct buf text = { 0 };
	char path[SEGMENT_PATH_SIZE];

	put_policy(made);
	store_genesis(&made->store, &end);
	for (size_t i = 0; i < n; i++) {
		struct store_line line = { .seq = (int64_t)i + 1, .at = hand[i].at,
			.rev = hand[i].rev, .by = span_of("ana"), .id = span_of(hand[i].id),
			.place = hand[i].place, .of = hand[i].of,
			.salt = span_of("0123456789abcdef0123456789abcdef"),
			.data = span_of(hand[i].data) };

		if (hand[i].salt)
			line.salt = span_of(hand[i].salt);
		line_write(&text, &line, end.h);
	}
	end.length = (int64_t)text.len;
	end.seq = (int64_t)n;
	segment_path(1, path);
	file_put(made, path, buf_text(&text));
	assert_int_equal(head_create(&made->store, &end, &made->err), 0);
	buf_release(&text);
}

static const struct hand good[] = {
	{ "ESC-1", 1, 1, 2, 100, RECORD("ESC-1", "1", MARKED), NULL },
	{ "ESC-2", 1, 2, 2, 100, RECORD("ESC-2", "1", ""), NULL },
	{ "ESC-1", 2, 1, 1, 200, RECORD("ESC-1", "2", MARKED), NULL },
};

#define N_GOOD (sizeof good / sizeof *good)

/* One line of the good log changed, and what is said of it. */
static const struct {
	size_t at;
	struct hand hand;
	const char *what;
} wrong[] = {
	{ 2, { "ESC-1", 3, 1, 1, 200, RECORD("ESC-1", "3", ""), NULL },
		"revision 3 of its case stands where 2 should" },
	{ 1, { "ESC-2", 2, 2, 2, 100, RECORD("ESC-2", "2", ""), NULL },
		"revision 2 of its case stands where 1 should" },
	{ 2, { "ESC-1", 1, 1, 1, 200, RECORD("ESC-1", "1", ""), NULL },
		"revision 1 of its case stands where 2 should" },
	{ 2, { "ESC-1", 2, 1, 1, 99, RECORD("ESC-1", "2", ""), NULL }, "`at` is earlier" },
	{ 1, { "ESC-2", 1, 1, 2, 100, RECORD("ESC-2", "1", ""), NULL },
		"the batch is not whole: 1/2 comes after 1/2" },
	{ 1, { "ESC-2", 1, 2, 3, 100, RECORD("ESC-2", "1", ""), NULL }, "the batch is not whole" },
	{ 0, { "ESC-1", 1, 2, 2, 100, RECORD("ESC-1", "1", ""), NULL }, "the batch is not whole" },
	{ 2, { "ESC-1", 2, 1, 2, 200, RECORD("ESC-1", "2", ""), NULL },
		"the last batch is not finished" },
	{ 1, { "ESC-2", 1, 2, 2, 100, RECORD("ESC-3", "1", ""), NULL },
		"the record's id is not that of the line" },
	{ 1, { "ESC-2", 1, 2, 2, 100, RECORD("ESC-2", "7", ""), NULL },
		"the record's rev is not that of the line" },
	{ 1, { "ESC-2", 1, 2, 2, 100, RECORD("ESC-2", "1", ",\"subject\":7"), NULL },
		"the record cannot be read: subject" },
	{ 1, { "ESC-2", 1, 2, 2, 100, "{\"v\":1,\"v\":1}", NULL }, "the record cannot be read" },
	{ 2, { "", 0, 1, 1, 200, "{\"other\":{}}", NULL }, "neither `erased` nor `recovered`" },
	{ 2, { "ESC-1", 0, 1, 1, 200, "{\"erased\":{\"lines\":[{\"seq\":3,\"dh\":\"00000000000000"
		"00000000000000000000000000000000000000000000000000\"}]}}", NULL },
		"`erased` names no line before it: seq 3" },
	{ 2, { "ESC-1", 0, 1, 1, 200, "{\"erased\":{\"lines\":[{\"seq\":1,\"dh\":\"00000000000000"
		"00000000000000000000000000000000000000000000000000\"}]}}", NULL },
		"an erasure is unfinished" },
	{ 2, { "ESC-1", 2, 1, 1, 200, RECORD("ESC-1", "2", ",\"attachments\":[{\"b2\":\"../x\"}]"),
		NULL }, "an attachment's b2 is no hash" },
	{ 2, { "ESC-1", 2, 1, 1, 200, RECORD("ESC-1", "2", ",\"attachments\":[{\"b2\":\"00000000"
		"00000000000000000000000000000000000000000000000000000000\"}]"), NULL },
		"an attachment is missing" },
};

/* Lines that are as they should be. */
static const struct hand fine[] = {
	{ "", 0, 1, 1, 200, "{\"recovered\":{\"file\":\"quarantine/x\",\"segment\":1,"
		"\"offset\":0,\"bytes\":1}}", NULL },
	{ "ESC-1", 2, 1, 1, 200, "{\"v\":2}", NULL }, /* of a newer esc */
	{ "ESC-\\u0031", 1, 1, 1, 200, RECORD("ESC-\\\\u0031", "1", ""), NULL },
	{ "ESC-\"3", 1, 1, 1, 200, RECORD("ESC-\\\"3", "1", ""), NULL },
};

static void
test_wrong_lines(void **state)
{
	struct made made;
	struct hand log[N_GOOD];

	(void)state;
	made_store(&made, 0);
	write_log(&made, good, N_GOOD);
	is_whole(&made);
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		memcpy(log, good, sizeof log);
		log[wrong[i].at] = wrong[i].hand;
		write_log(&made, log, N_GOOD);
		finds(&made, wrong[i].what);
	}
	for (size_t i = 0; i < sizeof fine / sizeof *fine; i++) {
		memcpy(log, good, sizeof log);
		log[2] = fine[i];
		write_log(&made, log, N_GOOD);
		is_whole(&made);
	}
	made_drop(&made);
}

/* Where each line of a log begins, and behind the last its end. */
static size_t
line_starts(struct span text, size_t *start)
{
	size_t n = 0;

	start[n] = 0;
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] == '\n')
			start[++n] = i + 1;
	return n;
}

/* Any byte changed is found, in its own line or, of its newline, at the next. */
static void
test_every_byte(void **state)
{
	size_t start[N_GOOD + 1], line = 0;
	struct verify_count count;
	struct buf text = { 0 };
	struct made made;
	struct seen seen;

	(void)state;
	made_store(&made, 0);
	write_log(&made, good, N_GOOD);
	file_get(&made, "log/000000000001.jsonl", &text);
	assert_int_equal(line_starts(buf_text(&text), start), N_GOOD);
	for (size_t i = 0; i < text.len; i++) {
		if (i == start[line + 1])
			line++;
		text.data[i] ^= 1;
		file_put(&made, "log/000000000001.jsonl", buf_text(&text));
		if (look(&made, &count, &seen) == 0 || seen.segment != 1 ||
			seen.seq < (int64_t)line + 1 || seen.seq > (int64_t)line + 2 ||
			(size_t)seen.offset != start[seen.seq - 1])
			fail_msg("byte %zu (line %zu): %s", i, line + 1, seen.text.data);
		buf_release(&seen.text);
		text.data[i] ^= 1;
	}
	buf_release(&text);
	made_drop(&made);
}

/* Lines of the good log in another order, by their numbers. */
static const char *const orders[] = { "23", "13", "12", "132", "213", "1123", "1233", "123x", "" };

static void
test_lines_dropped_doubled_swapped(void **state)
{
	struct buf text = { 0 }, other = { 0 };
	size_t start[N_GOOD + 1];
	struct made made;

	(void)state;
	made_store(&made, 0);
	write_log(&made, good, N_GOOD);
	file_get(&made, "log/000000000001.jsonl", &text);
	line_starts(buf_text(&text), start);
	for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
		other.len = 0;
		for (const char *p = orders[i]; *p && *p != 'x'; p++)
			buf_put(&other, text.data + start[*p - '1'],
				start[*p - '0'] - start[*p - '1']);
		file_put(&made, "log/000000000001.jsonl", buf_text(&other));
		if (strcmp(orders[i], "123x") == 0 || strcmp(orders[i], "1233") == 0)
			is_whole(&made); /* what lies behind HEAD is not acknowledged */
		else
			finds(&made, "");
	}
	buf_release(&text);
	buf_release(&other);
	made_drop(&made);
}

static int
next_good(void *ctx, struct append_line *line, struct err *err)
{
	size_t *i = ctx;

	(void)err;
	*line = (struct append_line){ span_of(good[*i].id), good[*i].rev, span_of(good[*i].data) };
	++*i;
	return 1;
}

/* The good lines, a batch and a segment each. */
static void
commit_good(struct made *made)
{
	struct append append;
	size_t i = 0;

	put_policy(made);
	while (i < N_GOOD) {
		assert_int_equal(append_open(&append, &made->store, &made->err), 0);
		assert_int_equal(append_batch(&append, 1, next_good, &i, &made->err), 0);
		append_close(&append);
	}
}

static void
test_erased(void **state)
{
	struct redact_terms none = { 0 };
	struct erase_terms terms = { .redact = none, .by = { "ana", 3 }, .because = { "b", 1 } };
	struct verify_count count;
	struct erase_count erased;
	struct buf text = { 0 };
	struct made made;
	struct seen seen;

	(void)state;
	made_store(&made, 1);
	commit_good(&made);
	is_whole(&made);
	assert_int_equal(file_mode(&made, "log/000000000001.jsonl"), 0440);
	assert_int_equal(erase_case(&made.store, span_of("ESC-1"), &terms, &erased, &made.err), 0);
	assert_int_equal(erased.lines, 2);
	assert_int_equal(file_mode(&made, "log/000000000001.jsonl"), 0440);
	assert_int_equal(look(&made, &count, &seen), 0);
	assert_int_equal(count.erased, 2);
	file_get(&made, "log/000000000001.jsonl", &text);
	assert_null(memmem(text.data, text.len, "MARK", 4));
	assert_int_equal(erase_case(&made.store, span_of("ESC-1"), &terms, &erased, &made.err), 0);
	assert_int_equal(erased.lines, 0);
	/* What was erased may not be changed any more. */
	text.data[text.len - 80] = '\t';
	assert_int_equal(unlinkat(made.store.dir, "log/000000000001.jsonl", 0), 0);
	file_put(&made, "log/000000000001.jsonl", buf_text(&text));
	finds(&made, "no `erased` line says that it should be as it is");
	assert_int_equal(erase_case(&made.store, span_of("ESC-9"), &terms, &erased, &made.err), -1);
	assert_int_equal(made.err.status, EX_NOINPUT);
	buf_release(&text);
	buf_release(&seen.text);
	made_drop(&made);
}

/* What no reader would take is not written; nor is anything while an index is made. */
static void
test_erasure_refused(void **state)
{
	struct erase_terms terms = { .by = { "ana", 3 } };
	struct erase_count count;
	struct buf because = { 0 };
	struct made made;
	int lock;

	(void)state;
	made_store(&made, 0);
	commit_good(&made);
	memset(buf_reserve(&because, (size_t)17 << 20), 'x', (size_t)17 << 20);
	because.len = (size_t)17 << 20;
	terms.because = buf_text(&because);
	assert_int_equal(erase_case(&made.store, span_of("ESC-1"), &terms, &count, &made.err), -1);
	assert_int_equal(made.err.status, EX_DATAERR);
	err_reset(&made.err);
	terms.because = span_of("b");
	made.store.wait_s = 0;
	lock = lock_take(&made.store, LOCK_INDEX, &made.err);
	assert_int_equal(erase_case(&made.store, span_of("ESC-1"), &terms, &count, &made.err), -1);
	assert_int_equal(made.err.status, EX_TEMPFAIL);
	assert_non_null(strstr(err_text(&made.err), "busy: its index is being made"));
	err_reset(&made.err);
	assert_int_equal(lock_take(&made.store, LOCK_INDEX, &made.err), -1);
	close(lock);
	assert_int_equal(made_check(&made), 3);
	err_reset(&made.err);
	is_whole(&made);
	buf_release(&because);
	made_drop(&made);
}

/* While somebody is at it, that is no finding. */
static void
is_erasing(struct made *made)
{
	struct verify_count count;
	struct seen seen;
	int lock = lock_take(&made->store, LOCK_MAINTENANCE, &made->err);

	assert_true(lock >= 0);
	assert_int_equal(look(made, &count, &seen), 0);
	assert_int_equal(count.erasing, 1);
	buf_release(&seen.text);
	close(lock);
}

/* The `erased` line was written, and then nothing more. */
static void
test_erasure_cut_short(void **state)
{
	struct erase_terms terms = { .by = { "ana", 3 }, .because = { "b", 1 } };
	struct recovery recovery;
	struct erase_count count;
	struct buf old[2] = { { 0 }, { 0 } };
	struct verify_count none;
	struct made made;
	struct seen seen;

	(void)state;
	made_store(&made, 1);
	commit_good(&made);
	file_get(&made, "log/000000000001.jsonl", &old[0]);
	file_get(&made, "log/000000000003.jsonl", &old[1]);
	assert_int_equal(erase_case(&made.store, span_of("ESC-1"), &terms, &count, &made.err), 0);
	assert_int_equal(unlinkat(made.store.dir, "log/000000000003.jsonl", 0), 0);
	file_put(&made, "log/000000000003.jsonl", buf_text(&old[1]));
	look(&made, &none, &seen);
	assert_string_equal(seen.text.data, "log/000000000004.jsonl: an erasure is unfinished "
		"(line 3 has its data): run esc-store recover\n");
	assert_int_equal(seen.seq, 4);
	buf_release(&seen.text);
	is_erasing(&made);
	assert_int_equal(unlinkat(made.store.dir, "log/000000000001.jsonl", 0), 0);
	file_put(&made, "log/000000000001.jsonl", buf_text(&old[0]));
	finds(&made, "an erasure is unfinished (line 1 has its data): run esc-store recover");
	assert_int_equal(erase_finish(&made.store, &recovery, &count, &made.err), 0);
	assert_int_equal(count.cases, 1);
	assert_int_equal(count.lines, 2);
	is_whole(&made);
	assert_int_equal(erase_finish(&made.store, &recovery, &count, &made.err), 0);
	assert_int_equal(count.cases, 0);
	buf_release(&old[0]);
	buf_release(&old[1]);
	made_drop(&made);
}

/* A file beside the log, what it says, and what is said of it. */
static const struct {
	const char *path, *text, *what;
} besides[] = {
	{ "seals/000000000001.json", "{}", "it is no seal" },
	{ "seals/000000000009.json", "{}", "a seal without its segment" },
	{ "stray", "", "does not belong" },
	{ "log/000000000001.json", "", "does not belong" },
	{ "log/1.jsonl", "", "does not belong" },
	{ "blobs/ab", "", "does not belong" },
	{ "policies/p@000000000000.json", "{}", "its hash is not that of its name" },
};

static void
test_files_beside(void **state)
{
	struct buf old = { 0 };
	struct made made;

	(void)state;
	made_store(&made, 1);
	commit_good(&made);
	for (size_t i = 0; i < sizeof besides / sizeof *besides; i++) {
		bool was_there = file_is(&made, besides[i].path);

		if (was_there)
			file_get(&made, besides[i].path, &old);
		file_put(&made, besides[i].path, span_of(besides[i].text));
		finds(&made, besides[i].what);
		if (was_there)
			file_put(&made, besides[i].path, buf_text(&old));
		else
			assert_int_equal(unlinkat(made.store.dir, besides[i].path, 0), 0);
		is_whole(&made);
	}
	for (size_t i = 0; i < 2; i++) {
		const char *path = i ? "FORMAT" : "HEAD";
		size_t n;

		file_get(&made, path, &old);
		n = old.len;
		buf_putc(&old, ' ');
		file_put(&made, path, buf_text(&old));
		finds(&made, i ? "FORMAT: it was changed" : "HEAD: something follows its two slots");
		file_put(&made, path, (struct span){ old.data, n });
		is_whole(&made);
	}
	file_get(&made, "seals/000000000001.json", &old);
	*strchr(buf_cstr(&old), '1') = '2';
	file_put(&made, "seals/000000000001.json", buf_text(&old));
	finds(&made, "it is no seal");
	buf_release(&old);
	made_drop(&made);
}

/* Two names of texts, in one record: what it was judged by at first, and since. */
static void
test_policies(void **state)
{
	static const char repinned[] = "{\"v\":1,\"id\":\"ESC-2\",\"rev\":1,\"policy\":\"p\","
		"\"policy_version\":\"3\",\"created\":\"2026-03-02T09:00:00Z\",\"events\":["
		"{\"at\":\"2026-03-02T09:00:00Z\",\"type\":\"submitted\"},"
		"{\"at\":\"2026-03-02T09:00:00Z\",\"type\":\"repinned\",\"from\":\"2\","
		"\"to\":\"3\",\"because\":\"b\"}]}";
	struct hand log[N_GOOD];
	struct verify_count count;
	struct made made;
	struct seen seen;

	(void)state;
	made_store(&made, 0);
	memcpy(log, good, sizeof log);
	log[1].data = repinned;
	write_log(&made, log, N_GOOD);
	assert_int_equal(look(&made, &count, &seen), 2);
	assert_int_equal(seen.seq, 2);
	assert_int_equal(count.in_log, 0); /* the log is whole: HEAD could be made anew */
	assert_non_null(strstr(seen.text.data, "policies/p@2.json: missing"));
	assert_non_null(strstr(seen.text.data, "policies/p@3.json: missing"));
	buf_release(&seen.text);
	file_put(&made, "policies/p@2.json", span_of("{}"));
	file_put(&made, "policies/p@3.json", span_of("{}"));
	is_whole(&made);
	assert_int_equal(store_unlink(&made.store, "policies/p@1.json"), 0);
	finds(&made, "policies/p@1.json: missing: cases were judged by this policy");
	made_drop(&made);
}

static void
test_attachments(void **state)
{
	static const char record[] = RECORD("ESC-1", "1", ",\"attachments\":[{\"name\":\"n\","
		"\"size\":%d,\"b2\":\"%s\"}]");
	struct buf data = { 0 }, path = { 0 };
	struct hand hand = { "ESC-1", 1, 1, 1, 100, NULL, NULL };
	struct blob blob;
	struct made made;
	int fd;

	(void)state;
	made_store(&made, 0);
	file_put(&made, "in", span_of("hello\n"));
	fd = openat(made.store.dir, "in", O_RDONLY);
	assert_int_equal(blobs_put(&made.store, fd, &blob, &made.err), 0);
	close(fd);
	assert_int_equal(unlinkat(made.store.dir, "in", 0), 0);
	buf_printf(&data, record, 6, blob.b2);
	hand.data = buf_cstr(&data);
	write_log(&made, &hand, 1);
	is_whole(&made);
	buf_printf(&path, "blobs/%.2s/%s", blob.b2, blob.b2);
	file_put(&made, buf_cstr(&path), span_of("hallo\n"));
	finds(&made, "altered");
	assert_int_equal(unlinkat(made.store.dir, path.data, 0), 0);
	finds(&made, "an attachment is missing");
	file_put(&made, path.data, span_of("hello\n"));
	data.len = 0;
	buf_printf(&data, record, 7, blob.b2);
	hand.data = buf_cstr(&data);
	write_log(&made, &hand, 1);
	finds(&made, "an attachment of 7 bytes is named; it has 6");
	buf_release(&data);
	buf_release(&path);
	made_drop(&made);
}

static void
test_head(void **state)
{
	const struct verify_terms terms = { .found = found, .ctx = &(struct seen){ 0 } };
	struct verify_count count;
	struct buf head = { 0 };
	struct made made;

	(void)state;
	made_store(&made, 0);
	commit_good(&made);
	assert_int_equal(mend_head(&made.store, &terms, &count, &made.err), 0);
	file_get(&made, "HEAD", &head);
	head.data[10] ^= 1;
	file_put(&made, "HEAD", buf_text(&head));
	finds(&made, "slot 1 is damaged");
	head.data[300] ^= 1;
	file_put(&made, "HEAD", buf_text(&head));
	finds(&made, "esc-store recover` makes it anew");
	assert_int_equal(mend_head(&made.store, &terms, &count, &made.err), 1);
	assert_int_equal(count.end.seq, 3);
	is_whole(&made);
	/* Not where the log is damaged too. */
	file_put(&made, "HEAD", span_of(""));
	file_get(&made, "log/000000000001.jsonl", &head);
	head.data[20] ^= 1;
	file_put(&made, "log/000000000001.jsonl", buf_text(&head));
	assert_int_equal(mend_head(&made.store, &terms, &count, &made.err), -1);
	assert_int_equal(made.err.status, EX_IOERR);
	buf_release(&head);
	buf_release(&((struct seen *)terms.ctx)->text);
	made_drop(&made);
}

/* Of the slot in force damaged, the other one is before the end of a sealed segment. */
static void
test_head_of_before(void **state)
{
	struct verify_count count;
	struct append append;
	struct buf head = { 0 };
	struct made made;
	struct seen seen;

	(void)state;
	made_store(&made, 0);
	commit_good(&made);
	made.store.segment_bytes = 1;
	assert_int_equal(append_open(&append, &made.store, &made.err), 0);
	append_close(&append);
	made.store.segment_bytes = STORE_SEGMENT_BYTES;
	assert_true(file_is(&made, "seals/000000000001.json"));
	file_get(&made, "HEAD", &head);
	head.data[300] ^= 1;
	file_put(&made, "HEAD", buf_text(&head));
	assert_int_equal(look(&made, &count, &seen), 1);
	assert_non_null(strstr(seen.text.data, "slot 2 is damaged"));
	assert_int_equal(count.end.seq, N_GOOD - 1);
	buf_release(&seen.text);
	buf_release(&head);
	made_drop(&made);
}

/* What is acknowledged is not called unacknowledged, though it cannot be read. */
static void
test_lost_segment(void **state)
{
	struct verify_count count;
	struct made made;
	struct seen seen;

	(void)state;
	made_store(&made, 1);
	commit_good(&made);
	assert_int_equal(store_unlink(&made.store, "log/000000000001.jsonl"), 0);
	assert_int_not_equal(look(&made, &count, &seen), 0);
	assert_int_equal(count.end.seq, N_GOOD);
	assert_int_equal(count.unacknowledged, 0);
	buf_release(&seen.text);
	/* What is no file has no lines, either; the rest is looked at. */
	assert_int_equal(symlinkat("elsewhere", made.store.dir, "log/000000000001.jsonl"), 0);
	finds(&made, "log/000000000001.jsonl: does not belong in a store");
	made_drop(&made);
}

static void
test_checkpoints(void **state)
{
	struct position points[3];
	struct verify_terms terms = { .checkpoint = points, .found = found };
	struct verify_count count;
	struct seen seen = { 0 };
	struct head head;
	struct made made;

	(void)state;
	made_store(&made, 0);
	store_genesis(&made.store, &points[0]);
	terms.ctx = &seen;
	terms.n_checkpoints = 1;
	assert_int_equal(verify_store(&made.store, &terms, &count, &made.err), 0);
	assert_int_equal(count.findings, 0); /* empty, as it was then */
	commit_good(&made);
	made_head(&made, &head);
	points[1] = points[2] = head.position;
	points[2].seq++;
	terms.n_checkpoints = 2;
	assert_int_equal(verify_store(&made.store, &terms, &count, &made.err), 0);
	assert_int_equal(count.findings, 0);
	terms.n_checkpoints = 3;
	assert_int_equal(verify_store(&made.store, &terms, &count, &made.err), 0);
	assert_int_equal(count.findings, 1);
	assert_non_null(strstr(buf_cstr(&seen.text), "ends at seq 3, before the checkpoint"));
	points[1].h[0] = points[1].h[0] == '0' ? '1' : '0';
	terms.n_checkpoints = 2;
	assert_int_equal(verify_store(&made.store, &terms, &count, &made.err), 0);
	assert_non_null(strstr(buf_cstr(&seen.text), "the chain is not that of the checkpoint"));
	points[0].h[0] = points[0].h[0] == '0' ? '1' : '0';
	terms.n_checkpoints = 1;
	assert_int_equal(verify_store(&made.store, &terms, &count, &made.err), 0);
	assert_non_null(strstr(buf_cstr(&seen.text), "the chain does not begin as the"));
	buf_release(&seen.text);
	made_drop(&made);
}

static enum compared
compare(struct made *made, struct made *other, int64_t *seq)
{
	enum compared compared;

	assert_int_equal(verify_against(&made->store, &other->store, &compared, seq, &made->err), 0);
	return compared;
}

static void
test_against(void **state)
{
	struct made made, copy, other;
	struct position position;
	int64_t seq;

	(void)state;
	made_store(&made, 0);
	commit_good(&made);
	made_folder(&copy);
	assert_int_equal(snapshot_make(&made.store, copy.path, &position, &made.err), 0);
	assert_int_equal(position.seq, 3);
	assert_int_equal(made_open(&copy, STORE_WRITE), 0);
	is_whole(&copy);
	assert_int_equal(compare(&made, &copy, &seq), COMPARED_EQUAL);
	made_commit(&made, 2);
	assert_int_equal(compare(&made, &copy, &seq), COMPARED_NEWER);
	assert_int_equal(compare(&copy, &made, &seq), COMPARED_OLDER);
	made_commit(&copy, 1);
	assert_int_equal(compare(&made, &copy, &seq), COMPARED_FORKED);
	assert_int_equal(seq, 4);
	made_store(&other, 0);
	assert_int_equal(compare(&made, &other, &seq), COMPARED_FORKED);
	assert_int_equal(seq, 0);
	made_drop(&made);
	made_drop(&copy);
	made_drop(&other);
}

static int
by_value(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* n numbers in a memory of 100 of them: all come back, in order. */
static void
sorts(uint64_t n)
{
	struct sorter *sorter = sorter_new(sizeof n, 100 * sizeof n, by_value);
	uint64_t value = 1, sum = 0, last = 0, back = 0, count = 0;
	struct err err = { 0 };

	for (uint64_t i = 0; i < n; i++) {
		value = value * 6364136223846793005U + 1442695040888963407U;
		sum += value;
		assert_int_equal(sorter_put(sorter, &value, &err), 0);
	}
	assert_int_equal(sorter_sort(sorter, &err), 0);
	while (sorter_next(sorter, &value, &err) > 0) {
		assert_true(value >= last);
		last = value;
		back += value;
		count++;
	}
	assert_int_equal(count, n);
	assert_true(sum == back);
	assert_int_equal(err.n, 0);
	sorter_free(sorter);
}

static void
test_sorter(void **state)
{
	static const uint64_t sizes[] = { 0, 1, 99, 100, 101, 200, 30001 };

	(void)state;
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
		sorts(sizes[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_wrong_lines),
		cmocka_unit_test(test_every_byte),
		cmocka_unit_test(test_lines_dropped_doubled_swapped),
		cmocka_unit_test(test_erased),
		cmocka_unit_test(test_erasure_cut_short),
		cmocka_unit_test(test_erasure_refused),
		cmocka_unit_test(test_files_beside),
		cmocka_unit_test(test_policies),
		cmocka_unit_test(test_attachments),
		cmocka_unit_test(test_head),
		cmocka_unit_test(test_head_of_before),
		cmocka_unit_test(test_lost_segment),
		cmocka_unit_test(test_checkpoints),
		cmocka_unit_test(test_against),
		cmocka_unit_test(test_sorter),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
