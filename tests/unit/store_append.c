/* store/append: batches, segments and seals; failures that are taken back. */
#include "stores.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "store/lock.h"
#include "store/segment.h"

#define SMALL 1500 /* bytes of a segment: four or five lines */

static void
test_batches(void **state)
{
	struct made made;
	struct head head;

	(void)state;
	made_store(&made, 0);
	assert_int_equal(made_check(&made), 0);
	assert_int_equal(made_commit(&made, 3), 0);
	assert_int_equal(made_commit(&made, 0), 0);
	assert_int_equal(made_commit(&made, 1), 0);
	assert_int_equal(made_check(&made), 4);
	made_head(&made, &head);
	assert_int_equal(head.position.segment, 1);
	assert_false(file_is(&made, "seals/000000000001.json"));
	made_drop(&made);
}

/* More than is written at once, of one batch. */
static void
test_large_batch(void **state)
{
	struct made made;

	(void)state;
	made_store(&made, 400000);
	assert_int_equal(made_commit(&made, 10000), 0);
	assert_int_equal(made_check(&made), 10000);
	made_drop(&made);
}

/*
 * Each segment begins with the line that follows one of SEGMENT bytes or
 * more, and has a seal that says where it ends; the last one has not.
 */
static void
test_segments(void **state)
{
	struct made made;
	struct buf text = { 0 };
	int64_t *first;
	size_t n;

	(void)state;
	made_store(&made, SMALL);
	assert_int_equal(made_commit(&made, 6), 0);
	assert_int_equal(made_commit(&made, 17), 0);
	assert_int_equal(made_check(&made), 23);
	assert_int_equal(segment_list(&made.store, &first, &n, &made.err), 0);
	assert_true(n > 3);
	for (size_t i = 0; i < n; i++) {
		char path[SEGMENT_PATH_SIZE];
		struct position end;
		int sealed = segment_read_seal(&made.store, first[i], &end, &made.err);

		segment_path(first[i], path);
		file_get(&made, path, &text);
		assert_int_equal(sealed, text.len >= SMALL);
		assert_int_equal(file_mode(&made, path), sealed ? 0440 : 0640);
		if (!sealed)
			continue;
		assert_int_equal(end.length, text.len);
		assert_int_equal(end.seq, first[i + 1] - 1);
		assert_memory_equal(end.h, text.data + text.len - 67, HASH_HEX - 1);
	}
	free(first);
	buf_release(&text);
	made_drop(&made);
}

/* A seal that could not be made is made by the next writer. */
static void
test_sealed_later(void **state)
{
	struct made made;
	struct position end;

	(void)state;
	made_store(&made, SMALL);
	assert_int_equal(renameat(made.store.dir, "seals", made.store.dir, "away"), 0);
	assert_int_equal(made_commit(&made, 20), 0);
	assert_int_equal(renameat(made.store.dir, "away", made.store.dir, "seals"), 0);
	assert_false(file_is(&made, "seals/000000000001.json"));
	assert_int_equal(made_commit(&made, 0), 0);
	assert_int_equal(segment_read_seal(&made.store, 1, &end, &made.err), 1);
	assert_int_equal(made_check(&made), 20);
	made_drop(&made);
}

/* The bytes of the log and of HEAD, to compare with later. */
static void
snapshot(const struct made *made, struct buf *all)
{
	struct buf text = { 0 };
	struct err err = { 0 };
	int64_t *first;
	size_t n;

	all->len = 0;
	file_get(made, "HEAD", all);
	assert_int_equal(segment_list(&made->store, &first, &n, &err), 0);
	for (size_t i = 0; i < n; i++) {
		char path[SEGMENT_PATH_SIZE];

		segment_path(first[i], path);
		file_get(made, path, &text);
		buf_puts(all, path);
		buf_span(all, buf_text(&text));
	}
	free(first);
	buf_release(&text);
}

/* Line after line fails to be had: nothing of the batch stays. */
static void
test_taken_back(void **state)
{
	struct made made;
	struct buf before = { 0 }, after = { 0 };

	(void)state;
	made_store(&made, SMALL);
	for (int round = 0; round < 3; round++) {
		snapshot(&made, &before);
		for (uint64_t fail_at = 1; fail_at <= 12; fail_at++) {
			struct lines lines = { .fail_at = fail_at };
			struct append append;

			err_reset(&made.err);
			assert_int_equal(append_open(&append, &made.store, &made.err), 0);
			assert_false(append.recovered);
			assert_int_equal(
			        append_batch(&append, 12, lines_next, &lines, &made.err), -1);
			assert_int_equal(made.err.status, EX_DATAERR);
			append_close(&append);
			buf_release(&lines.data);
			snapshot(&made, &after);
			assert_int_equal(after.len, before.len);
			assert_memory_equal(after.data, before.data, before.len);
		}
		assert_int_equal(made_commit(&made, 3), 0);
	}
	assert_int_equal(made_check(&made), 9);
	buf_release(&before);
	buf_release(&after);
	made_drop(&made);
}

static void
limit_files(rlim_t bytes)
{
	struct rlimit limit;

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
	limit.rlim_cur = bytes;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

/* A limit of file size is a failed write, no signal, and all is as it was. */
static void
test_limit_of_file_size(void **state)
{
	struct made made;
	struct buf before = { 0 }, after = { 0 };

	(void)state;
	made_store(&made, 0);
	assert_int_equal(made_commit(&made, 10), 0);
	snapshot(&made, &before);
	limit_files(before.len + 20000);
	assert_int_equal(made_commit(&made, 100), -1);
	assert_int_equal(made.err.status, EX_IOERR);
	assert_non_null(strstr(err_text(&made.err), "File too large"));
	limit_files(RLIM_INFINITY);
	snapshot(&made, &after);
	assert_int_equal(after.len, before.len);
	assert_memory_equal(after.data, before.data, before.len);
	assert_int_equal(made_commit(&made, 100), 0);
	assert_int_equal(made_check(&made), 110);
	buf_release(&before);
	buf_release(&after);
	made_drop(&made);
}

static volatile sig_atomic_t terminated;

static void
on_term(int signal)
{
	(void)signal;
	terminated = 1;
}

/* From the first byte to append_close nobody interrupts; before it anybody does. */
static void
test_signals_wait(void **state)
{
	const struct sigaction note = { .sa_handler = on_term };
	struct made made;
	struct lines lines = { 0 };
	struct append append;

	(void)state;
	made_store(&made, 0);
	assert_int_equal(sigaction(SIGTERM, &note, NULL), 0);
	terminated = 0;
	assert_int_equal(append_open(&append, &made.store, &made.err), 0);
	raise(SIGTERM);
	assert_int_equal(terminated, 1);
	terminated = 0;
	assert_int_equal(append_batch(&append, 2, lines_next, &lines, &made.err), 0);
	raise(SIGTERM);
	assert_true(lock_is_held(&made.store, LOCK_APPEND));
	append_unlock(&append);
	assert_false(lock_is_held(&made.store, LOCK_APPEND));
	assert_int_equal(terminated, 0);
	append_close(&append);
	assert_int_equal(terminated, 1);
	assert_int_equal(made_check(&made), 2);
	buf_release(&lines.data);
	made_drop(&made);
}

/* at never goes back, even where the clock did. */
static void
test_at(void **state)
{
	struct made made;
	struct lines lines = { 0 };
	struct append append;
	int64_t later;

	(void)state;
	made_store(&made, 0);
	assert_int_equal(append_open(&append, &made.store, &made.err), 0);
	append.at = later = INT64_C(32503680000);
	assert_int_equal(append_batch(&append, 2, lines_next, &lines, &made.err), 0);
	append_close(&append);
	assert_int_equal(append_open(&append, &made.store, &made.err), 0);
	assert_int_equal(append.at, later);
	assert_int_equal(append.behind, 0);
	assert_int_equal(append_batch(&append, 1, lines_next, &lines, &made.err), 0);
	assert_true(append.behind > INT64_C(20000000000));
	assert_int_equal(append.at, later);
	append_close(&append);
	assert_int_equal(made_check(&made), 3);
	buf_release(&lines.data);
	made_drop(&made);
}

static void
test_line_of_the_store(void **state)
{
	struct made made;
	struct append append;
	struct buf text = { 0 };

	(void)state;
	made_store(&made, 0);
	assert_int_equal(append_open(&append, &made.store, &made.err), 0);
	assert_int_equal(append_store_line(&append, span_of("ESC-1"),
	                         span_of("{\"erased\":{}}"), &made.err),
	        0);
	append_close(&append);
	assert_int_equal(made_check(&made), 1);
	file_get(&made, "log/000000000001.jsonl", &text);
	assert_non_null(strstr(buf_cstr(&text), "\"id\":\"ESC-1\",\"rev\":0,\"b\":\"1/1\""));
	buf_release(&text);
	made_drop(&made);
}

static void
expect_damaged(struct made *made)
{
	assert_int_equal(made_commit(made, 1), -1);
	assert_int_equal(made->err.status, EX_IOERR);
	assert_non_null(strstr(err_text(&made->err), "esc-store verify"));
}

/* Damage before HEAD is no unfinished work: nothing is written any more. */
static void
test_damage_before_head(void **state)
{
	const char *path = "log/000000000001.jsonl";
	struct made made;
	struct buf text = { 0 };

	(void)state;
	made_store(&made, 0);
	assert_int_equal(made_commit(&made, 3), 0);
	file_get(&made, path, &text);
	file_put(&made, path, (struct span){ text.data, text.len - 1 });
	expect_damaged(&made);
	text.data[text.len - 10] ^= 1;
	file_put(&made, path, buf_text(&text));
	expect_damaged(&made);
	text.data[text.len - 10] ^= 1;
	assert_int_equal(unlinkat(made.store.dir, path, 0), 0);
	expect_damaged(&made);
	file_put(&made, path, buf_text(&text));
	assert_int_equal(made_commit(&made, 1), 0);
	assert_int_equal(made_check(&made), 4);
	buf_release(&text);
	made_drop(&made);
}

#define WRITERS 4
#define COMMITS 20

/* One that reads what the others wrote, and adds a batch to it. */
static void
write_many(const struct made *made)
{
	struct made mine = *made;

	mine.store.wait_s = 60;
	for (int i = 0; i < COMMITS; i++)
		if (made_commit(&mine, 1 + (uint64_t)i % 3))
			_exit(1);
	_exit(0);
}

static void
test_writers_take_turns(void **state)
{
	struct made made;
	int64_t lines = 0;
	int status;

	(void)state;
	made_store(&made, SMALL);
	for (int i = 0; i < WRITERS; i++) {
		pid_t child = fork();

		assert_true(child >= 0);
		if (child == 0)
			write_many(&made);
	}
	for (int i = 0; i < WRITERS; i++) {
		assert_true(wait(&status) > 0);
		assert_int_equal(status, 0);
	}
	for (int i = 0; i < COMMITS; i++)
		lines += WRITERS * (1 + i % 3);
	assert_int_equal(made_check(&made), lines);
	made_drop(&made);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_batches),
		cmocka_unit_test(test_large_batch),
		cmocka_unit_test(test_segments),
		cmocka_unit_test(test_sealed_later),
		cmocka_unit_test(test_taken_back),
		cmocka_unit_test(test_limit_of_file_size),
		cmocka_unit_test(test_signals_wait),
		cmocka_unit_test(test_at),
		cmocka_unit_test(test_line_of_the_store),
		cmocka_unit_test(test_damage_before_head),
		cmocka_unit_test(test_writers_take_turns),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
