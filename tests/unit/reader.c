#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "cli/reader.h"

struct feed {
	int to;
	const char *rest;
	size_t piece;
	unsigned waits;
};

/* The reader asks for more: a piece is put into the pipe, or it is shut. */
static void
feed_piece(void *ctx)
{
	struct feed *feed = ctx;
	size_t n = strlen(feed->rest);

	feed->waits++;
	if (n > feed->piece)
		n = feed->piece;
	if (n)
		assert_int_equal(write(feed->to, feed->rest, n), n);
	else
		close(feed->to);
	feed->rest += n;
}

static void
start(struct reader *reader, struct feed *feed, size_t most)
{
	int fd[2];

	assert_int_equal(pipe(fd), 0);
	reader_init(reader, most);
	reader->fd = fd[0];
	reader->file = "pipe";
	reader->before_wait = feed_piece;
	reader->ctx = feed;
	feed->to = fd[1];
}

/* Every line as [line], every skipped one as [number:long]. */
static void
read_all(const char *text, size_t piece, size_t most, struct buf *out)
{
	struct feed feed = { .rest = text, .piece = piece };
	struct reader reader;
	struct err err = { 0 };
	enum reader_answer answer;
	struct span line;

	start(&reader, &feed, most);
	while ((answer = reader_next(&reader, &line, &err)) > READER_END) {
		if (answer == READER_LONG) {
			buf_printf(out, "[%d:long]", (int)reader.number);
			continue;
		}
		buf_putc(out, '[');
		buf_span(out, line);
		buf_putc(out, ']');
		/* The slack is readable: ASan and valgrind watch. */
		for (size_t i = 0; i < BUF_SLACK; i++)
			if (line.p[line.n + i] == 1)
				abort();
	}
	assert_int_equal(answer, READER_END);
	reader_release(&reader);
}

static void
check(const char *text, size_t most, const char *expected)
{
	static const size_t pieces[] = { 1, 2, 3, 7, 4096 };

	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		struct buf out = { 0 };

		read_all(text, pieces[i], most, &out);
		assert_string_equal(buf_cstr(&out), expected);
		buf_release(&out);
	}
}

static void
test_lines(void **state)
{
	(void)state;
	check("", 10, "");
	check("\n", 10, "[]");
	check("a\nbc\n", 10, "[a][bc]");
	check("a\n\n\nbc", 10, "[a][][][bc]");
	check("a\r\nb", 10, "[a\r][b]");
}

static void
test_long_lines(void **state)
{
	(void)state;
	check("1234\n12345\n123456\n1\n", 5, "[1234][12345][3:long][1]");
	check("1234567890123\nx", 5, "[1:long][x]");
	check("x\n1234567890123", 5, "[x][2:long]");
	check("1234567890123\n1234567890123\ny\n", 5, "[1:long][2:long][y]");
}

static struct buf
repeat(char c, size_t n, const char *tail)
{
	struct buf text = { 0 };

	memset(buf_reserve(&text, n), c, n);
	text.len = n;
	buf_puts(&text, tail);
	return text;
}

/* Far over the block's size: skipped without room for it. */
static void
test_bounded(void **state)
{
	struct buf text = repeat('x', 3000000, "\nlast\n");
	struct feed feed = { .rest = buf_cstr(&text), .piece = 65536 };
	struct reader reader;
	struct err err = { 0 };
	struct span line;

	(void)state;
	start(&reader, &feed, 1000);
	assert_int_equal(reader_next(&reader, &line, &err), READER_LONG);
	assert_int_equal(reader_next(&reader, &line, &err), READER_LINE);
	assert_true(span_is(line, "last"));
	assert_int_equal(reader.number, 2);
	assert_true(reader.cap <= 256 * 1024);
	assert_int_equal(reader_next(&reader, &line, &err), READER_END);
	reader_release(&reader);
	buf_release(&text);
}

static void
test_grows(void **state)
{
	struct buf text = repeat('y', 1000000, "\nlast"), out = { 0 };

	(void)state;
	buf_cstr(&text);
	read_all(text.data, 65536, 1000000, &out);
	assert_int_equal(out.len, 1000000 + 2 + 6);
	buf_release(&text);
	buf_release(&out);
}

static void
test_open(void **state)
{
	struct reader reader;
	struct err err = { 0 };

	(void)state;
	reader_init(&reader, 100);
	assert_int_equal(reader_open(&reader, "/nowhere/at-all", &err), -1);
	assert_int_equal(err.status, EX_NOINPUT);
	err_reset(&err);
	assert_int_equal(reader_open(&reader, "/", &err), -1);
	assert_int_equal(err.status, EX_NOINPUT);
	assert_string_equal(err_text(&err), "is a directory");
	err_release(&err);
	reader_release(&reader);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_long_lines),
		cmocka_unit_test(test_bounded),
		cmocka_unit_test(test_grows),
		cmocka_unit_test(test_open),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
