#include "partials.h"

#define ROUNDS 4000

/* What stands where a value did. */
static const char *const values[] = {
	"0", "1", "-1", "128", "9223372036854775807", "-9223372036854775808",
	"9223372036854775808", "18446744073709551616", "1e9", "0.5", "null", "true",
	"\"\"", "\"tier\"", "\"2026-10-01T00:00:00Z\"", "[]", "[1]", "[1,1]", "{}",
	"{\"a\":[\"b\"]}", "9223372036854", "\"\\u0001\\n\"",
};

static unsigned
any(unsigned *seed, size_t n)
{
	return (unsigned)((size_t)rand_r(seed) % n);
}

/* The lines of the text, each with its newline. */
static size_t
cut_lines(const struct buf *text, struct span *line, size_t most)
{
	size_t n = 0;

	for (size_t i = 0; i < text->len && n < most; i += line[n++].n) {
		const char *end = memchr(text->data + i, '\n', text->len - i);

		line[n] = (struct span){ text->data + i,
			(size_t)(end + 1 - (text->data + i)) };
	}
	return n;
}

/* A line with another value behind one of its colons. */
static void
put_changed(struct buf *out, struct span line, unsigned *seed)
{
	size_t colons = 0, at = 0, end;

	for (size_t i = 0; i < line.n; i++)
		if (line.p[i] == ':' && any(seed, ++colons) == 0)
			at = i + 1;
	for (end = at; end < line.n && line.p[end] != ',' && line.p[end] != '}'; end++)
		;
	buf_put(out, line.p, at);
	buf_puts(out, values[any(seed, COUNT(values))]);
	buf_put(out, line.p + end, line.n - end);
}

/* Lines left out, doubled, moved and changed: in most texts one or two. */
static void
mutate(struct buf *out, const struct span *line, size_t n, unsigned *seed)
{
	out->len = 0;
	for (size_t i = 0; i < n - 1; i++) {
		switch (any(seed, 3 * n)) {
		case 0:
			break;
		case 1:
			buf_span(out, line[1 + any(seed, n - 2)]);
			buf_span(out, line[i]);
			break;
		case 2:
			put_changed(out, line[i], seed);
			break;
		default:
			buf_span(out, line[i]);
		}
	}
}

static bool
is_taken(struct span text)
{
	struct buf out = { 0 };
	struct sum sum;
	bool taken;

	sum_init(&sum);
	taken = sum_text(&sum, text) == 0;
	if (taken)
		report_partial_write(&sum.reader.part, &out);
	if (taken && sum.reader.part.begun)
		report_write(&sum.reader.part.report, &out);
	sum_release(&sum);
	buf_release(&out);
	return taken;
}

/* Whatever is in a partial, under a hash that is right: an answer. */
static void
test_mutations(void **state)
{
	struct buf text = { 0 }, out = { 0 };
	struct span line[2000];
	unsigned seed = 1;
	size_t n, taken = 0;

	(void)state;
	write_part(3, &text);
	n = cut_lines(&text, line, COUNT(line));
	for (int i = 0; i < ROUNDS; i++) {
		/* Most of all the part before the groups, of which each line is another. */
		mutate(&out, line, i % 8 ? n / 6 : n, &seed);
		put_end(&out);
		taken += is_taken(buf_text(&out));
	}
	assert_in_range(taken, ROUNDS / 100, ROUNDS - ROUNDS / 10);
	buf_release(&text);
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_mutations),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
