#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "cli/csv_in.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

static int
file_of(const char *text, size_t n)
{
	FILE *file = tmpfile();
	int fd;

	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, n, file), n);
	fflush(file);
	fd = dup(fileno(file));
	fclose(file);
	lseek(fd, 0, SEEK_SET);
	return fd;
}

/* Rows as LINE:cell|cell; refusals as LINE!reason; one a line. */
static char *
read_all(const char *text, size_t n, const char *encoding, size_t max_line)
{
	struct csv_options options = { encoding, max_line };
	struct err err = { 0 };
	int fd = file_of(text, n), answer;
	struct csv_in *in = csv_in_new(fd, &options, &err);
	struct buf out = { 0 };
	struct csv_row row;

	assert_non_null(in);
	if (csv_in_header(in, &row, &err) < 0) {
		buf_printf(&out, "%d!%s\n", (int)row.line, err_text(&err));
	} else {
		while ((answer = csv_in_row(in, &row, &err)) != 0) {
			buf_printf(&out, "%d%s", (int)row.line,
				answer < 0 ? "!" : ":");
			for (size_t i = 0; answer > 0 && i < row.n; i++) {
				buf_puts(&out, i ? "|" : "");
				buf_span(&out, row.cell[i]);
			}
			buf_printf(&out, "%s\n", answer < 0 ? err_text(&err) : "");
			err_reset(&err);
		}
		if (csv_in_blank(in))
			buf_printf(&out, "blank %d\n", (int)csv_in_blank(in));
	}
	buf_cstr(&out);
	csv_in_free(in);
	err_release(&err);
	close(fd);
	return out.data;
}

#define UTF8_HINT "not UTF-8; say --encoding, for example --encoding windows-1252"

struct sample {
	const char *text;
	size_t n;
	const char *encoding, *rows;
};

#define SAMPLE(text, encoding, rows) { text, sizeof text - 1, encoding, rows }

static const struct sample samples[] = {
	SAMPLE("a,b\n1,2\n", NULL, "2:1|2\n"),
	SAMPLE("a,b\n1,2", NULL, "2:1|2\n"),
	SAMPLE("\xEF\xBB\xBFname,b\r\n1,2\r\n3,4\r\n", "UTF-8", "2:1|2\n3:3|4\n"),
	SAMPLE("a,b\r1,2\r3,4\r", NULL, "2:1|2\n3:3|4\n"),
	SAMPLE("a,b\n\"x\ny\",2\n3,4\n", NULL, "2:x\ny|2\n4:3|4\n"),
	SAMPLE("a,b\n\"x\r\ny\",2\n3,4\n", NULL, "2:x\r\ny|2\n4:3|4\n"),
	SAMPLE("a,b\n\"say \"\"x\"\"\", 2 \n", NULL, "2:say \"x\"|2\n"),
	SAMPLE("\n\na,b\n\n  \n,\n\"\",\"\"\n1,2\n\n", NULL, "8:1|2\nblank 7\n"),
	SAMPLE("a,b\n1\n1,2,3\n1,2\n", NULL,
		"2!missing cells: 1, and the header has 2\n"
		"3!extra cells: 3, and the header has 2\n4:1|2\n"),
	SAMPLE("a,b\n'=1+1,\"'-x\"\n'quoted',''\n\"'\tx\",'@y\n", NULL,
		"2:=1+1|-x\n3:'quoted'|''\n4:\tx|@y\n"),
	SAMPLE("a,b\n'\uff1d1,'\uff20x\n'\uff0b1,'\uff0d1\n", NULL,
		"2:\uff1d1|\uff20x\n3:\uff0b1|\uff0d1\n"),
	SAMPLE("a,b\nx\0y,2\n1,2\n", NULL,
		"2!a NUL byte; if the file is UTF-16, say --encoding utf-16\n3:1|2\n"),
	SAMPLE("a,b\ncaf\xE9,2\n1,2\n", NULL, "2!" UTF8_HINT "\n3:1|2\n"),
	SAMPLE("a,b\n\xED\xA0\x80,2\n1,2\n", NULL, "2!" UTF8_HINT "\n3:1|2\n"),
	SAMPLE("a,b\ncaf\xE9,2\n", "latin-1", "2:caf\xC3\xA9|2\n"),
	SAMPLE("a,b\n\x80,2\n", "windows-1252", "2:\xE2\x82\xAC|2\n"),
	SAMPLE("a,b\n\x81,2\n3,4\n", "windows-1252",
		"2!bytes that are no windows-1252\n3:3|4\n"),
	SAMPLE("\xFF\xFE" "a\0,\0b\0\n\0\xE9\0,\0" "2\0\n\0", "utf-16",
		"2:\xC3\xA9|2\n"),
	SAMPLE("\xFE\xFF\0a\0,\0b\0\n\0\xE9\0,\0" "2\0\n", "utf-16", "2:\xC3\xA9|2\n"),
	SAMPLE("a\0,\0b\0\n\0\x01\xD8,\0" "2\0\n\0" "3\0,\0" "4\0\n\0", "utf-16le",
		"2!bytes that are no utf-16le\n3:3|4\n"),
	SAMPLE("a,b\nx\"y,2\n3,4\n", NULL,
		"2!a quote inside a cell must be doubled, and the cell quoted\n3:3|4\n"),
	SAMPLE("a,b\n1,\"2\n3,4\n5,6", NULL, "2!a quote is left open\n3:3|4\n4:5|6\n"),
	SAMPLE("a,b\n1,\"2\n3,4\n5,\"6\"\n7,8\n", NULL,
		"2!a quote is left open: what follows it on line 4 is no end of a cell\n"
		"3:3|4\n4:5|6\n5:7|8\n"),
	SAMPLE("a,b\n\"12345678901234567890\",2\n3,4\n", NULL,
		"2!longer than 20 bytes (--max-line)\n3:3|4\n"),
	SAMPLE("a,b\n\"123456\n789012\n3456\n7890123\",2\n3,4\n", NULL,
		"2!longer than 20 bytes (--max-line)\n6:3|4\n"),
	SAMPLE("a,b\n\"123456\n\"\"9012,\r\n3456\r7890123\" \t,2\r\n3,4\n", NULL,
		"2!longer than 20 bytes (--max-line)\n6:3|4\n"),
	SAMPLE("a,b\n\n1,\"2345678901234567890123\nx\n\"\n3,4\n", NULL,
		"3!longer than 20 bytes (--max-line)\n6:3|4\nblank 1\n"),
	SAMPLE("a,b\n1,\"23456789012345678901\n2\"", NULL,
		"2!longer than 20 bytes (--max-line)\n"),
	SAMPLE("a,b\n\"123456\n789012\n3456\n7890123\"x,2\n3,4\n", NULL,
		"2!longer than 20 bytes (--max-line); is a quote left open?\n"
		"3!missing cells: 1, and the header has 2\n"
		"4!missing cells: 1, and the header has 2\n"
		"5!a quote inside a cell must be doubled, and the cell quoted\n6:3|4\n"),
	SAMPLE("", NULL, "1!no header row\n"),
	SAMPLE("\n\n", NULL, "1!no header row\n"),
	SAMPLE("a\0b,c\n", NULL,
		"1!a NUL byte; if the file is UTF-16, say --encoding utf-16\n"),
	SAMPLE("a,\"b\n1,2\n", NULL, "1!a quote is left open\n"),
};

static void
test_samples(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++) {
		char *rows = read_all(samples[i].text, samples[i].n,
			samples[i].encoding, 20);

		assert_string_equal(rows, samples[i].rows);
		free(rows);
	}
}

/* A row of 100 MB costs a refusal, not memory; the next one is read. */
static void
test_long_line(void **state)
{
	size_t n = (size_t)8 << 20;
	struct buf text = { 0 };
	char *rows;

	(void)state;
	buf_puts(&text, "a,b\n");
	memset(buf_reserve(&text, n), 'x', n);
	text.len += n;
	buf_puts(&text, "\r\n3,4\r\n");
	rows = read_all(text.data, text.len, NULL, 1000);
	assert_string_equal(rows, "2!longer than 1000 bytes (--max-line)\n3:3|4\n");
	free(rows);
	buf_release(&text);
}

/* A cell of 3 MB in many lines costs one refusal; beyond sight, it costs more. */
static void
test_long_cell(void **state)
{
	static const char left_open[] = "2!longer than 1048576 bytes (--max-line); "
		"is a quote left open?\n3!";
	struct buf text = { 0 };
	char *rows;

	(void)state;
	buf_puts(&text, "a,b\n1,\"");
	for (int i = 0; i < 300000; i++)
		buf_puts(&text, "so \"\"it\"\"\n");
	buf_puts(&text, "\"\n3,4\n");
	rows = read_all(text.data, text.len, NULL, 1 << 20);
	assert_string_equal(rows, "2!longer than 1048576 bytes (--max-line)\n"
		"300003:3|4\n");
	free(rows);
	/* The same with a quote that stays open: line by line. */
	text.len -= strlen("\"\n3,4\n");
	buf_puts(&text, "3,4\n");
	rows = read_all(text.data, text.len, NULL, 1 << 20);
	assert_memory_equal(rows, left_open, sizeof left_open - 1);
	assert_string_equal(rows + strlen(rows) - 11, "300002:3|4\n");
	free(rows);
	buf_release(&text);
}

/* Rows over the edges of blocks, of every length and kind of newline. */
static void
test_blocks(void **state)
{
	static const char filling[] = "xyz\r\nw\n";
	struct csv_options options = { NULL, 1000 };
	struct buf text = { 0 };
	struct err err = { 0 };
	struct csv_in *in;
	struct csv_row row;
	int fd;

	(void)state;
	buf_puts(&text, "a,b\r\n");
	for (int i = 0; i < 20000; i++)
		buf_printf(&text, "%d,\"%.*s\"\r\n", i, i % 8, filling);
	fd = file_of(text.data, text.len);
	in = csv_in_new(fd, &options, &err);
	assert_int_equal(csv_in_header(in, &row, &err), 0);
	for (int i = 0; i < 20000; i++) {
		int64_t number;

		assert_int_equal(csv_in_row(in, &row, &err), 1);
		assert_int_equal(text_digits(row.cell[0], &number), 0);
		assert_int_equal(number, i);
		assert_int_equal(row.cell[1].n, i % 8);
		assert_memory_equal(row.cell[1].p, filling, (size_t)(i % 8));
	}
	assert_int_equal(csv_in_row(in, &row, &err), 0);
	csv_in_free(in);
	close(fd);
	buf_release(&text);
}

static void
test_encoding_unknown(void **state)
{
	struct csv_options options = { "klingon", 100 };
	struct err err = { 0 };

	(void)state;
	assert_null(csv_in_new(0, &options, &err));
	assert_int_equal(err.status, EX_USAGE);
	err_release(&err);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_samples),
		cmocka_unit_test(test_long_line),
		cmocka_unit_test(test_long_cell),
		cmocka_unit_test(test_blocks),
		cmocka_unit_test(test_encoding_unknown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
