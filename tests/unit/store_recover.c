/*
 * store/recover: what lies behind HEAD, cut at many bytes, spoilt in many
 * ways: finished batches are taken in, the rest is in quarantine to the byte.
 */
#include "stores.h"

#include <dirent.h>

#include "store/segment.h"

#define SMALL 1500
#define FIRST "log/000000000001.jsonl"
#define STEP  23

/* A log, and the HEAD that it had earlier. */
struct tail {
	struct made made;
	struct buf head;   /* HEAD's bytes, before the tail */
	struct buf log;    /* FIRST, whole */
	size_t end[4];     /* where batch i of the tail begins; [3]: its end */
};

static void
tail_batch(struct tail *tail, size_t i, uint64_t n)
{
	assert_int_equal(made_commit(&tail->made, n), 0);
	file_get(&tail->made, FIRST, &tail->log);
	tail->end[i] = tail->log.len;
}

/* Two lines before HEAD; behind it batches of 1, 3 and 2. */
static void
tail_init(struct tail *tail)
{
	*tail = (struct tail){ 0 };
	made_store(&tail->made, 0);
	tail_batch(tail, 0, 2);
	file_get(&tail->made, "HEAD", &tail->head);
	tail_batch(tail, 1, 1);
	tail_batch(tail, 2, 3);
	tail_batch(tail, 3, 2);
}

static void
tail_drop(struct tail *tail)
{
	buf_release(&tail->head);
	buf_release(&tail->log);
	made_drop(&tail->made);
}

/* Removes the files of quarantine/: how many there were, and the bytes of the last. */
static size_t
empty_quarantine(const struct made *made, struct buf *bytes)
{
	int fd = openat(made->store.dir, "quarantine", O_RDONLY | O_DIRECTORY);
	DIR *dir = fdopendir(fd);
	struct dirent *entry;
	size_t n = 0;

	bytes->len = 0;
	assert_non_null(dir);
	while ((entry = readdir(dir)) != NULL) {
		char path[300];

		if (*entry->d_name == '.')
			continue;
		snprintf(path, sizeof path, "quarantine/%s", entry->d_name);
		file_get(made, path, bytes);
		assert_int_equal(file_mode(made, path), 0640);
		assert_int_equal(unlinkat(made->store.dir, path, 0), 0);
		n++;
	}
	closedir(dir);
	return n;
}

/* Recovers a log and tells what became of it. */
static void
recover_log(struct tail *tail, struct span log, struct recovery *recovery)
{
	struct append append;

	file_put(&tail->made, FIRST, log);
	file_put(&tail->made, "HEAD", buf_text(&tail->head));
	assert_int_equal(append_open(&append, &tail->made.store, &tail->made.err), 0);
	*recovery = append.recovery;
	append_close(&append);
}

/* Batches of which all is there, of a log of n bytes. */
static size_t
finished(const struct tail *tail, size_t n)
{
	size_t i = 0;

	while (i < 3 && tail->end[i + 1] <= n)
		i++;
	return i;
}

static void
expect_recovered(struct tail *tail, const struct recovery *recovery, struct span log, size_t whole)
{
	static const uint64_t lines[] = { 0, 1, 4, 6 };
	size_t rest = log.n - tail->end[whole];
	struct buf aside = { 0 };

	assert_int_equal(recovery->batches, whole);
	assert_int_equal(recovery->lines, lines[whole]);
	assert_int_equal(recovery->set_aside, rest);
	assert_int_equal(recovery->files, rest > 0);
	assert_int_equal(empty_quarantine(&tail->made, &aside), rest > 0);
	if (rest) {
		assert_int_equal(aside.len, rest);
		assert_memory_equal(aside.data, log.p + tail->end[whole], rest);
	}
	assert_int_equal(made_check(&tail->made), 2 + lines[whole] + (rest > 0));
	buf_release(&aside);
}

static void
check_log(struct tail *tail, struct span log, size_t whole)
{
	struct recovery recovery;
	struct buf now = { 0 };

	recover_log(tail, log, &recovery);
	expect_recovered(tail, &recovery, log, whole);
	file_get(&tail->made, FIRST, &now);
	assert_memory_equal(now.data, tail->log.data, tail->end[whole]);
	buf_release(&now);
}

static void
test_cut(void **state)
{
	struct tail tail;

	(void)state;
	tail_init(&tail);
	for (size_t i = 0; i < 4; i++) {
		for (size_t near = tail.end[i] - (i > 0); near <= tail.end[i] + 1; near++)
			if (near <= tail.log.len)
				check_log(&tail, (struct span){ tail.log.data, near },
				        finished(&tail, near));
	}
	for (size_t n = tail.end[0]; n < tail.log.len; n += STEP)
		check_log(&tail, (struct span){ tail.log.data, n }, finished(&tail, n));
	tail_drop(&tail);
}

static void
test_changed_byte(void **state)
{
	struct tail tail;

	(void)state;
	tail_init(&tail);
	for (size_t i = tail.end[0]; i < tail.log.len; i += STEP) {
		tail.log.data[i] ^= 1;
		check_log(&tail, buf_text(&tail.log), finished(&tail, i));
		tail.log.data[i] ^= 1;
	}
	tail_drop(&tail);
}

/* What is spoilt: the tail without a part, with one twice, with some behind. */
static void
join(struct buf *out, const struct tail *tail, const size_t *part, size_t n)
{
	out->len = 0;
	buf_put(out, tail->log.data, tail->end[0]);
	for (size_t i = 0; i < n; i++)
		buf_put(out, tail->log.data + tail->end[part[i]],
		        tail->end[part[i] + 1] - tail->end[part[i]]);
}

static void
test_batches_in_other_order(void **state)
{
	static const struct {
		size_t part[4], n, whole;
	} orders[] = {
		{ { 0, 2 }, 2, 1 },       /* one is missing */
		{ { 1, 2 }, 2, 0 },
		{ { 0, 1, 1, 2 }, 4, 2 }, /* one is there twice */
		{ { 0, 2, 1 }, 3, 1 },    /* two are swapped */
		{ { 0, 1, 2, 0 }, 4, 3 },
	};
	struct tail tail;
	struct buf log = { 0 };

	(void)state;
	tail_init(&tail);
	for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++) {
		join(&log, &tail, orders[i].part, orders[i].n);
		check_log(&tail, buf_text(&log), orders[i].whole);
	}
	buf_release(&log);
	tail_drop(&tail);
}

static void
test_garbage(void **state)
{
	static const struct span garbage[] = {
		{ "\n", 1 },
		{ "garbage", 7 },
		{ "{\"v\":1,\"seq\":9,\n\n", 18 },
		{ "\0\0\0\0\0\0\0\0", 8 },
	};
	struct tail tail;
	struct buf log = { 0 };

	(void)state;
	tail_init(&tail);
	for (size_t i = 0; i < sizeof garbage / sizeof garbage[0]; i++) {
		log.len = 0;
		buf_span(&log, buf_text(&tail.log));
		buf_span(&log, garbage[i]);
		check_log(&tail, buf_text(&log), 3);
	}
	log.len = 0;
	buf_span(&log, buf_text(&tail.log));
	memset(buf_reserve(&log, 3 << 20), 0, 3 << 20);
	log.len += 3 << 20;
	check_log(&tail, buf_text(&log), 3);
	buf_release(&log);
	tail_drop(&tail);
}

/* Lines that continue the chain as they should, with other marks: how many count. */
static const struct marks {
	size_t n;
	struct mark {
		int64_t seq;
		uint64_t place, of;
	} line[4];
	uint64_t batches, lines;
} marks[] = {
	{ 3, { { 3, 1, 1 }, { 4, 1, 2 }, { 5, 2, 2 } }, 2, 3 },
	{ 2, { { 3, 1, 1 }, { 5, 1, 1 } }, 1, 1 },             /* seq leaps */
	{ 2, { { 3, 1, 1 }, { 3, 1, 1 } }, 1, 1 },             /* ... or stays */
	{ 2, { { 3, 1, 1 }, { 4, 2, 2 } }, 1, 1 },             /* no beginning */
	{ 3, { { 3, 1, 2 }, { 4, 1, 2 }, { 5, 2, 2 } }, 0, 0 }, /* begun twice */
	{ 3, { { 3, 1, 3 }, { 4, 2, 2 }, { 5, 3, 3 } }, 0, 0 }, /* another size */
	{ 3, { { 3, 1, 3 }, { 4, 3, 3 }, { 5, 1, 1 } }, 0, 0 }, /* one is left out */
};

static void
write_marks(const struct tail *tail, const struct marks *some, struct buf *log)
{
	const char *last = tail->log.data + tail->end[0] - 67;
	char h[HASH_HEX] = { 0 };

	log->len = 0;
	buf_put(log, tail->log.data, tail->end[0]);
	memcpy(h, last, HASH_HEX - 1);
	for (size_t i = 0; i < some->n; i++) {
		const struct store_line line = {
			.seq = some->line[i].seq,
			.at = 1795289400,
			.rev = 1,
			.by = { "ann", 3 },
			.id = { "ESC-1", 5 },
			.place = some->line[i].place,
			.of = some->line[i].of,
			.salt = span_of("0123456789abcdef0123456789abcdef"),
			.data = span_of("{\"id\":\"ESC-1\"}"),
		};

		line_write(log, &line, h);
	}
}

static void
test_marks(void **state)
{
	struct tail tail;
	struct buf log = { 0 };

	(void)state;
	tail_init(&tail);
	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
		struct recovery recovery;

		write_marks(&tail, &marks[i], &log);
		recover_log(&tail, buf_text(&log), &recovery);
		assert_int_equal(recovery.batches, marks[i].batches);
		assert_int_equal(recovery.lines, marks[i].lines);
		assert_int_equal(recovery.files, marks[i].lines < marks[i].n);
		made_check(&tail.made);
	}
	buf_release(&log);
	tail_drop(&tail);
}

/* The line that says so names the file, and what stood where. */
static void
test_notice(void **state)
{
	struct tail tail;
	struct recovery recovery;
	struct buf log = { 0 };
	char want[96];

	(void)state;
	tail_init(&tail);
	recover_log(&tail, (struct span){ tail.log.data, tail.end[1] + 5 }, &recovery);
	file_get(&tail.made, FIRST, &log);
	snprintf(want, sizeof want, "\"segment\":1,\"offset\":%zu,\"bytes\":5}}", tail.end[1]);
	assert_non_null(strstr(buf_cstr(&log), want));
	assert_non_null(strstr(log.data, "\"id\":\"\",\"rev\":0,\"b\":\"1/1\""));
	assert_non_null(strstr(log.data, "{\"recovered\":{\"file\":\"quarantine/000000000001-"));
	buf_release(&log);
	tail_drop(&tail);
}

/* Killed when the notice stood but what it is written over was not cut off. */
static void
test_killed_in_recovery(void **state)
{
	struct tail tail;
	struct recovery recovery;
	struct buf log = { 0 }, aside = { 0 };
	size_t all = 0;

	(void)state;
	tail_init(&tail);
	recover_log(&tail, (struct span){ tail.log.data, tail.log.len - 20 }, &recovery);
	assert_int_equal(recovery.batches, 2);
	file_get(&tail.made, FIRST, &log);
	assert_true(log.len < tail.log.len);
	all = log.len;
	buf_put(&log, tail.log.data + all, tail.log.len - 20 - all);
	recover_log(&tail, buf_text(&log), &recovery);
	assert_int_equal(recovery.batches, 3);
	assert_int_equal(recovery.lines, 5);
	assert_int_equal(recovery.set_aside, tail.log.len - 20 - all);
	assert_int_equal(empty_quarantine(&tail.made, &aside), 2);
	assert_int_equal(made_check(&tail.made), 2 + 5 + 1);
	buf_release(&log);
	buf_release(&aside);
	tail_drop(&tail);
}

/* An earlier HEAD: the slot that was written last is lost. */
static void
test_head_was_lost(void **state)
{
	struct made made;
	struct append append;
	struct buf early = { 0 };

	(void)state;
	made_store(&made, SMALL);
	assert_int_equal(made_commit(&made, 3), 0);
	file_get(&made, "HEAD", &early);
	assert_int_equal(made_commit(&made, 20), 0);
	assert_int_equal(made_commit(&made, 2), 0);
	file_put(&made, "HEAD", buf_text(&early));
	assert_int_equal(append_open(&append, &made.store, &made.err), 0);
	assert_true(append.recovered);
	assert_int_equal(append.recovery.batches, 2);
	assert_int_equal(append.recovery.lines, 22);
	assert_int_equal(append.recovery.set_aside, 0);
	append_close(&append);
	assert_int_equal(file_mode(&made, FIRST), 0440);
	assert_true(file_is(&made, "seals/000000000001.json"));
	assert_int_equal(made_check(&made), 25);
	buf_release(&early);
	made_drop(&made);
}

/* Each seal says what there is. */
static void
check_seals(struct made *made)
{
	for (int64_t seq = 1; seq < 30; seq++) {
		char path[SEGMENT_PATH_SIZE];
		struct position end;
		struct buf text = { 0 };

		if (segment_read_seal(&made->store, seq, &end, &made->err) == 0)
			continue;
		segment_path(seq, path);
		file_get(made, path, &text);
		assert_int_equal(end.length, text.len);
		assert_memory_equal(end.h, text.data + text.len - 67, HASH_HEX - 1);
		buf_release(&text);
	}
}

/* ... and a segment that had been sealed behind it is cut. */
static void
test_seals_were_early(void **state)
{
	struct made made;
	struct buf early = { 0 }, text = { 0 };

	(void)state;
	made_store(&made, SMALL);
	assert_int_equal(made_commit(&made, 3), 0);
	file_get(&made, "HEAD", &early);
	for (int i = 0; i < 12; i++)
		assert_int_equal(made_commit(&made, 1), 0);
	check_seals(&made);
	file_put(&made, "HEAD", buf_text(&early));
	assert_true(file_is(&made, "seals/000000000005.json"));
	file_get(&made, "log/000000000005.jsonl", &text);
	file_put(&made, "log/000000000005.jsonl", (struct span){ text.data, text.len - 900 });
	assert_int_equal(made_commit(&made, 0), 0);
	check_seals(&made);
	made_check(&made);
	buf_release(&early);
	buf_release(&text);
	made_drop(&made);
}

/* A copy of a store may have it from a HEAD that was older than the seal. */
static void
test_mode_of_a_sealed_one(void **state)
{
	struct made made;

	(void)state;
	made_store(&made, SMALL);
	assert_int_equal(made_commit(&made, 1), 0);
	assert_int_equal(fchmodat(made.store.dir, "log/000000000001.jsonl", 0440, 0), 0);
	assert_int_equal(made_commit(&made, 0), 0);
	assert_int_equal(file_mode(&made, "log/000000000001.jsonl"), 0640);
	assert_int_equal(made_commit(&made, 1), 0);
	made_drop(&made);
}

/* A batch that was cut in a later segment goes as a whole, file by file. */
static void
test_unfinished_over_segments(void **state)
{
	struct made made;
	struct append append;
	struct buf early = { 0 }, aside = { 0 };
	char path[SEGMENT_PATH_SIZE];
	int64_t *first;
	size_t n;

	(void)state;
	made_store(&made, SMALL);
	assert_int_equal(made_commit(&made, 3), 0);
	file_get(&made, "HEAD", &early);
	assert_int_equal(made_commit(&made, 14), 0);
	file_put(&made, "HEAD", buf_text(&early));
	assert_int_equal(segment_list(&made.store, &first, &n, &made.err), 0);
	segment_path(first[n - 1], path);
	free(first);
	file_get(&made, path, &aside);
	file_put(&made, path, (struct span){ aside.data, aside.len - 1 });
	assert_int_equal(append_open(&append, &made.store, &made.err), 0);
	assert_int_equal(append.recovery.batches, 0);
	assert_int_equal(append.recovery.files, n);
	append_close(&append);
	assert_int_equal(empty_quarantine(&made, &aside), n);
	assert_int_equal(made_check(&made), 3 + (int64_t)n);
	buf_release(&early);
	buf_release(&aside);
	made_drop(&made);
}

/* The commit that fills a segment: the leftover has the name of the next. */
static void
test_leftover_segment(void **state)
{
	static const struct span leftover[] = { { "", 0 }, { "{\"v\":1,", 7 } };
	struct made made;
	struct buf aside = { 0 };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct append append;

		made_store(&made, SMALL);
		assert_int_equal(made_commit(&made, 1), 0);
		while (!file_is(&made, "seals/000000000001.json"))
			assert_int_equal(made_commit(&made, 1), 0);
		assert_int_equal(made_check(&made), 4);
		file_put(&made, "log/000000000005.jsonl", leftover[i]);
		file_put(&made, "log/000000000009.jsonl", leftover[i]);
		assert_int_equal(append_open(&append, &made.store, &made.err), 0);
		assert_true(append.recovered);
		assert_int_equal(append.recovery.files, leftover[i].n ? 2 : 0);
		append_close(&append);
		assert_int_equal(empty_quarantine(&made, &aside), leftover[i].n ? 2 : 0);
		assert_false(file_is(&made, "log/000000000009.jsonl"));
		assert_int_equal(file_mode(&made, FIRST), 0440);
		assert_int_equal(made_commit(&made, 2), 0);
		assert_int_equal(made_check(&made), leftover[i].n ? 8 : 6);
		made_drop(&made);
	}
	buf_release(&aside);
}

/* The first commit of all was killed. */
static void
test_empty_store(void **state)
{
	struct made made;
	struct buf aside = { 0 };

	(void)state;
	made_store(&made, 0);
	file_put(&made, FIRST, span_of(""));
	assert_int_equal(made_commit(&made, 0), 0);
	assert_false(file_is(&made, FIRST));
	file_put(&made, FIRST, span_of("{\"v\":1"));
	assert_int_equal(made_commit(&made, 2), 0);
	assert_int_equal(empty_quarantine(&made, &aside), 1);
	assert_true(span_is(buf_text(&aside), "{\"v\":1"));
	assert_int_equal(made_check(&made), 3);
	buf_release(&aside);
	made_drop(&made);
}

/* Two of the same place and second are two files. */
static void
test_names_differ(void **state)
{
	struct tail tail;
	struct recovery recovery;
	struct buf aside = { 0 };

	(void)state;
	tail_init(&tail);
	for (int i = 0; i < 5; i++)
		recover_log(&tail, (struct span){ tail.log.data, tail.end[0] + 9 }, &recovery);
	assert_int_equal(empty_quarantine(&tail.made, &aside), 5);
	buf_release(&aside);
	tail_drop(&tail);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_changed_byte),
		cmocka_unit_test(test_batches_in_other_order),
		cmocka_unit_test(test_garbage),
		cmocka_unit_test(test_marks),
		cmocka_unit_test(test_notice),
		cmocka_unit_test(test_killed_in_recovery),
		cmocka_unit_test(test_head_was_lost),
		cmocka_unit_test(test_seals_were_early),
		cmocka_unit_test(test_mode_of_a_sealed_one),
		cmocka_unit_test(test_unfinished_over_segments),
		cmocka_unit_test(test_leftover_segment),
		cmocka_unit_test(test_empty_store),
		cmocka_unit_test(test_names_differ),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
