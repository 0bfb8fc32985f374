/*
 * stores: what the tests of the store's log share: a store in a folder of its
 * own, batches of made lines, files looked at and spoilt, and the whole log
 * read again.  Each test program uses some of it.
 */
#ifndef ESC_TESTS_STORES_H
#define ESC_TESTS_STORES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/append.h"
#include "store/fd.h"
#include "store/log.h"
#include "store/recover.h"

#define UNUSED __attribute__((unused))

struct made {
	char path[64];
	struct store store;
	struct err err;
};

static UNUSED void
made_folder(struct made *made)
{
	*made = (struct made){ 0 };
	snprintf(made->path, sizeof made->path, "/tmp/esc-store-XXXXXX");
	assert_non_null(mkdtemp(made->path));
	made->store.dir = -1;
}

static UNUSED int
made_open(struct made *made, enum store_use use)
{
	const struct store_access access = { .use = use, .wait_s = 0 };

	err_reset(&made->err);
	return store_open(&made->store, made->path, &access, &made->err);
}

static UNUSED void
made_store(struct made *made, int64_t segment_bytes)
{
	const struct store_plan plan = { .segment_bytes = segment_bytes };

	made_folder(made);
	assert_int_equal(store_init(made->path, &plan, &made->err), 0);
	assert_int_equal(made_open(made, STORE_WRITE), 0);
}

static UNUSED int
remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static UNUSED void
made_drop(struct made *made)
{
	if (made->store.dir >= 0)
		store_close(&made->store);
	err_release(&made->err);
	assert_int_equal(nftw(made->path, remove_one, 8, FTW_DEPTH | FTW_PHYS), 0);
}

/* Lines of made cases: their data counts on. */
struct lines {
	int number;
	uint64_t fail_at; /* the line that cannot be had; 0: none */
	uint64_t given;
	struct buf data;
};

static UNUSED int
lines_next(void *ctx, struct append_line *line, struct err *err)
{
	struct lines *lines = ctx;

	if (++lines->given == lines->fail_at)
		return err_add(err, EX_DATAERR, NULL, "not to be had");
	lines->data.len = 0;
	buf_printf(&lines->data, "{\"number\":%d,\"text\":\"%0100d\"}", lines->number++, 0);
	*line = (struct append_line){ span_of("ESC-1"), 1, buf_text(&lines->data) };
	return 1;
}

/* One commit of n lines, as a program does it: 0, or -1 with made->err. */
static UNUSED int
made_commit(struct made *made, uint64_t n)
{
	struct lines lines = { 0 };
	struct append append;
	int rc;

	err_reset(&made->err);
	if (append_open(&append, &made->store, &made->err))
		return -1;
	rc = append_batch(&append, n, lines_next, &lines, &made->err);
	append_close(&append);
	buf_release(&lines.data);
	return rc;
}

static UNUSED void
made_head(struct made *made, struct head *head)
{
	assert_int_equal(head_read(&made->store, head, &made->err), 0);
}

/* The whole log is sound up to HEAD, and nothing lies behind it: its last seq. */
static UNUSED int64_t
made_check(struct made *made)
{
	struct log_entry entry = { 0 };
	struct position genesis, end;
	enum log_answer answer;
	struct head head;
	struct log *log;
	uint64_t place = 0, of = 0;

	made_head(made, &head);
	store_genesis(&made->store, &genesis);
	log = log_open(&made->store, &genesis, &head.position, &made->err);
	assert_non_null(log);
	while ((answer = log_next(log, &entry, &made->err)) == LOG_LINE) {
		assert_false(entry.data_differs);
		assert_int_equal(entry.line.place, place == of ? 1 : place + 1);
		place = entry.line.place;
		of = entry.line.of;
	}
	assert_int_equal(answer, LOG_END);
	assert_int_equal(place, of);
	log_position(log, &end);
	assert_int_equal(end.seq, head.position.seq);
	log_close(log);
	assert_int_equal(recover_is_needed(&made->store, &head, &made->err), 0);
	return head.position.seq;
}

/* The bytes of a file below the store, whatever its mode. */
static UNUSED void
file_get(const struct made *made, const char *path, struct buf *text)
{
	int fd = openat(made->store.dir, path, O_RDONLY);
	int64_t n;

	assert_true(fd >= 0);
	n = fd_length(fd);
	text->len = 0;
	assert_int_equal(fd_read(fd, buf_reserve(text, (size_t)n), (size_t)n, 0), n);
	text->len = (size_t)n;
	close(fd);
}

static UNUSED void
file_put(const struct made *made, const char *path, struct span text)
{
	int fd = openat(made->store.dir, path, O_WRONLY | O_CREAT | O_TRUNC, 0640);

	assert_true(fd >= 0);
	assert_int_equal(fd_write(fd, text.p, text.n, 0), 0);
	close(fd);
}

static UNUSED bool
file_is(const struct made *made, const char *path)
{
	return faccessat(made->store.dir, path, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

static UNUSED mode_t
file_mode(const struct made *made, const char *path)
{
	struct stat st;

	assert_int_equal(fstatat(made->store.dir, path, &st, AT_SYMLINK_NOFOLLOW), 0);
	return st.st_mode & 07777;
}

#endif
