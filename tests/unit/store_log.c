/* store/log: a log made by hand, read whole, from the middle, and damaged. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "store/log.h"
#include "store/log_lines.h"

#define LINES       9
#define PER_SEGMENT 3

/* A log of LINES lines, and where each of them stands. */
struct made {
	char path[64];
	struct store store;
	struct position end[LINES + 1]; /* [seq]: behind that line */
	struct place place[LINES + 1];
};

static void
put_file(const struct made *made, int64_t segment, struct span text)
{
	char path[SEGMENT_PATH_SIZE];
	int fd;

	segment_path(segment, path);
	fd = openat(made->store.dir, path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text.p, text.n), text.n);
	close(fd);
}

static void
get_file(const struct made *made, int64_t segment, struct buf *text)
{
	char path[SEGMENT_PATH_SIZE];
	ssize_t got;
	int fd;

	segment_path(segment, path);
	fd = openat(made->store.dir, path, O_RDONLY);
	assert_true(fd >= 0);
	text->len = 0;
	got = read(fd, buf_reserve(text, 1 << 16), 1 << 16);
	assert_true(got >= 0);
	text->len = (size_t)got;
	close(fd);
}

static void
add_line(struct made *made, int64_t seq, struct buf *text, char h[HASH_HEX])
{
	char data[64];
	int n = snprintf(data, sizeof data, "{\"id\":\"ESC-%d\",\"text\":\"line %d\"}",
		(int)seq % 4, (int)seq);
	struct store_line line = { .seq = seq, .at = 1000 + seq, .rev = 1, .by = span_of("ann"),
		.id = span_of("ESC-1"), .place = 1, .of = 1,
		.salt = span_of("0123456789abcdef0123456789abcdef"),
		.data = { data, (size_t)n } };
	int64_t segment = seq - (seq - 1) % PER_SEGMENT;

	made->place[seq] = (struct place){ segment, (int64_t)text->len, 0 };
	line_write(text, &line, h);
	made->place[seq].length = (int64_t)text->len - made->place[seq].offset - 1;
	made->end[seq] = (struct position){ segment, (int64_t)text->len, seq, { 0 } };
	memcpy(made->end[seq].h, h, HASH_HEX);
}

static int
set_up(void **state)
{
	struct made *made = mem_zero(sizeof *made);
	struct buf text = { 0 };
	char h[HASH_HEX];

	snprintf(made->path, sizeof made->path, "/tmp/esc-log-XXXXXX");
	assert_non_null(mkdtemp(made->path));
	made->store.path = made->path;
	made->store.dir = open(made->path, O_RDONLY | O_DIRECTORY);
	snprintf(made->store.id, sizeof made->store.id, "00112233445566778899aabbccddeeff");
	assert_int_equal(mkdirat(made->store.dir, "log", 0700), 0);
	line_genesis(span_of(made->store.id), h);
	made->end[0] = (struct position){ 1, 0, 0, { 0 } };
	memcpy(made->end[0].h, h, HASH_HEX);
	for (int64_t seq = 1; seq <= LINES; seq++) {
		add_line(made, seq, &text, h);
		if (seq % PER_SEGMENT)
			continue;
		put_file(made, seq - PER_SEGMENT + 1, buf_text(&text));
		text.len = 0;
	}
	buf_release(&text);
	*state = made;
	return 0;
}

static int
tear_down(void **state)
{
	struct made *made = *state;
	char path[SEGMENT_PATH_SIZE];

	for (int64_t first = 1; first <= LINES; first += PER_SEGMENT) {
		segment_path(first, path);
		unlinkat(made->store.dir, path, 0);
	}
	unlinkat(made->store.dir, "log", AT_REMOVEDIR);
	rmdir(made->path);
	close(made->store.dir);
	free(made);
	return 0;
}

/* What one reading found: of each seq, whether it was read, and the faults. */
struct found {
	bool read[LINES + 2], differs[LINES + 2];
	int damaged, lines;
	int64_t seq;         /* of the first damage */
	struct place place;
	char text[200];
};

static void
note(struct found *found, enum log_answer answer, const struct log_entry *entry, struct err *err)
{
	if (answer == LOG_LINE) {
		found->lines++;
		found->read[entry->line.seq] = true;
		found->differs[entry->line.seq] = entry->data_differs;
		return;
	}
	if (found->damaged++ == 0) {
		found->seq = entry->seq;
		found->place = entry->place;
		snprintf(found->text, sizeof found->text, "%s", err_text(err));
	}
}

static struct found
read_log(const struct made *made, const struct position *from, const struct position *to)
{
	struct err err = { 0 };
	struct log *log = log_open(&made->store, from, to, &err);
	struct found found = { 0 };
	struct log_entry entry;
	enum log_answer answer;

	assert_non_null(log);
	while ((answer = log_next(log, &entry, &err)) != LOG_END) {
		assert_int_not_equal(answer, LOG_FAILED);
		note(&found, answer, &entry, &err);
		err_reset(&err);
	}
	log_close(log);
	err_release(&err);
	return found;
}

static struct found
read_all(const struct made *made)
{
	return read_log(made, &made->end[0], &made->end[LINES]);
}

static void
reads_all_and_parts(void **state)
{
	const struct made *made = *state;

	for (int from = 0; from <= LINES; from++)
		for (int to = from; to <= LINES; to++) {
			struct found found = read_log(made, &made->end[from], &made->end[to]);

			assert_int_equal(found.damaged, 0);
			assert_int_equal(found.lines, to - from);
			for (int seq = from + 1; seq <= to; seq++)
				assert_true(found.read[seq] && !found.differs[seq]);
		}
}

static void
tells_places_and_positions(void **state)
{
	const struct made *made = *state;
	struct err err = { 0 };
	struct log *log = log_open(&made->store, &made->end[0], &made->end[LINES], &err);
	struct position position;
	struct log_entry entry;

	for (int64_t seq = 1; seq <= LINES; seq++) {
		assert_int_equal(log_next(log, &entry, &err), LOG_LINE);
		assert_int_equal(entry.seq, seq);
		assert_memory_equal(&entry.place, &made->place[seq], sizeof entry.place);
		log_position(log, &position);
		assert_int_equal(position.segment, made->end[seq].segment);
		assert_int_equal(position.length, made->end[seq].length);
		assert_int_equal(position.seq, seq);
		assert_string_equal(position.h, made->end[seq].h);
	}
	assert_int_equal(log_next(log, &entry, &err), LOG_END);
	assert_int_equal(log_next(log, &entry, &err), LOG_END);
	log_close(log);
}

/* Every byte changed in turn: found in its line, and all others are read. */
static void
finds_each_changed_byte(void **state)
{
	const struct made *made = *state;
	struct buf text = { 0 };

	get_file(made, 1 + PER_SEGMENT, &text);
	for (size_t i = 0; i + 1 < text.len; i++) {
		int64_t seq = 1 + PER_SEGMENT;
		struct found found;
		bool newline = text.data[i] == '\n';
		int unread = 0;

		while (made->place[seq].offset + made->place[seq].length < (int64_t)i)
			seq++;
		text.data[i] ^= 1;
		put_file(made, 1 + PER_SEGMENT, buf_text(&text));
		text.data[i] ^= 1;
		found = read_all(made);
		assert_true(found.damaged == 1 || (newline && found.damaged == 2) ||
			(found.damaged == 0 && found.differs[seq]));
		if (found.damaged)
			assert_int_equal(found.seq, seq);
		for (int64_t k = 1; k <= LINES; k++)
			unread += !found.read[k] || found.differs[k];
		assert_int_equal(unread, newline ? 2 : 1);
	}
	put_file(made, 1 + PER_SEGMENT, buf_text(&text));
	assert_int_equal(read_all(made).damaged, 0);
	buf_release(&text);
}

/* A segment made of lines of the log, in some order. */
static void
put_lines(const struct made *made, int64_t segment, const struct buf *from, const int *seq,
	size_t n)
{
	struct buf text = { 0 };

	for (size_t i = 0; i < n; i++)
		buf_put(&text, from->data + made->place[seq[i]].offset,
			(size_t)made->place[seq[i]].length + 1);
	put_file(made, segment, buf_text(&text));
	buf_release(&text);
}

static void
finds_lines_lost_doubled_and_swapped(void **state)
{
	static const struct {
		int line[4];
		size_t n;
		int seq, damaged, lines;
	} cases[] = {
		{ { 4, 6 }, 2, 5, 1, 7 },       /* 6 stands where 5 should */
		{ { 5, 6 }, 2, 4, 1, 7 },
		{ { 4, 5 }, 2, 6, 1, 8 },       /* the segment ends early */
		{ { 4, 5, 5, 6 }, 4, 6, 1, 9 },
		{ { 4, 4, 5, 6 }, 4, 5, 1, 9 },
		{ { 4, 6, 5 }, 3, 5, 2, 8 },    /* 6 too early, then none before 7 */
	};
	const struct made *made = *state;
	struct buf text = { 0 };

	get_file(made, 4, &text);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct found found;

		put_lines(made, 4, &text, cases[i].line, cases[i].n);
		found = read_all(made);
		assert_int_equal(found.seq, cases[i].seq);
		assert_int_equal(found.place.segment, 4);
		assert_int_equal(found.damaged, cases[i].damaged);
		assert_int_equal(found.lines, cases[i].lines);
	}
	put_file(made, 4, buf_text(&text));
	buf_release(&text);
}

static void
finds_cuts(void **state)
{
	const struct made *made = *state;
	struct buf text = { 0 };

	for (int64_t first = 1; first <= LINES; first += PER_SEGMENT) {
		get_file(made, first, &text);
		for (size_t n = 0; n < text.len; n += 7) {
			int64_t seq = first;
			struct found found;

			while (made->end[seq].length <= (int64_t)n)
				seq++;
			put_file(made, first, (struct span){ text.data, n });
			found = read_all(made);
			assert_true(found.damaged > 0);
			assert_int_equal(found.seq, seq);
			assert_int_equal(found.place.segment, first);
			assert_int_equal(found.lines, LINES - (first + PER_SEGMENT - seq));
		}
		put_file(made, first, buf_text(&text));
	}
	buf_release(&text);
}

static void
finds_a_segment_that_is_gone(void **state)
{
	const struct made *made = *state;
	struct buf text = { 0 };
	char path[SEGMENT_PATH_SIZE];

	for (int64_t first = 1; first <= LINES; first += PER_SEGMENT) {
		struct found found;

		get_file(made, first, &text);
		segment_path(first, path);
		unlinkat(made->store.dir, path, 0);
		found = read_all(made);
		assert_true(found.damaged > 0);
		assert_int_equal(found.seq, first);
		assert_int_equal(found.lines, LINES - PER_SEGMENT);
		put_file(made, first, buf_text(&text));
	}
	buf_release(&text);
}

/* More than a line can be, without a newline: told once, in bounded memory. */
static void
passes_over_a_line_without_end(void **state)
{
	const struct made *made = *state;
	size_t n = LOG_LINE_MOST + 3 * 1000 * 1000;
	struct buf old = { 0 }, text = { 0 };
	struct found found;

	get_file(made, 4, &old);
	buf_put(&text, old.data, (size_t)made->end[4].length);
	memset(buf_reserve(&text, n), 'x', n);
	text.len += n;
	buf_putc(&text, '\n');
	buf_put(&text, old.data + made->place[6].offset, (size_t)made->place[6].length + 1);
	put_file(made, 4, buf_text(&text));
	found = read_all(made);
	assert_int_equal(found.damaged, 1);
	assert_int_equal(found.seq, 5);
	assert_int_equal(found.place.offset, made->place[5].offset);
	assert_int_equal(found.lines, LINES - 1);
	put_file(made, 4, buf_text(&old));
	buf_release(&old);
	buf_release(&text);
}

static void
says_where(void **state)
{
	const struct made *made = *state;
	struct buf text = { 0 };
	char wanted[200];

	get_file(made, 4, &text);
	text.data[made->place[5].offset] = 'x';
	put_file(made, 4, buf_text(&text));
	snprintf(wanted, sizeof wanted, "log/000000000004.jsonl: offset %d, seq 5: ",
		(int)made->place[5].offset);
	assert_memory_equal(read_all(made).text, wanted, strlen(wanted));
	text.data[made->place[5].offset] = '{';
	put_file(made, 4, buf_text(&text));
	buf_release(&text);
}

static void
ends_as_head_says(void **state)
{
	const struct made *made = *state;
	struct position to = made->end[LINES];
	struct found found;

	to.h[0] = to.h[0] == '0' ? '1' : '0';
	found = read_log(made, &made->end[0], &to);
	assert_int_equal(found.damaged, 1);
	assert_int_equal(found.lines, LINES);
	to = made->end[LINES];
	to.length -= 3;
	assert_int_equal(read_log(made, &made->end[0], &to).lines, LINES - 1);
	assert_true(read_log(made, &made->end[0], &to).damaged > 0);
}

static int
read_at(struct log_files *files, struct place place, int64_t seq, struct store_line *line)
{
	static struct buf text;
	struct err err = { 0 };
	int result = log_read(files, &place, seq, &text, line, &err);

	assert_int_equal(err.status, result == 0 ? 0 : EX_IOERR);
	err_release(&err);
	if (!line)
		buf_release(&text);
	return result;
}

static void
reads_single_lines(void **state)
{
	const struct made *made = *state;
	struct log_files *files = log_files_open(&made->store);
	struct store_line line;
	struct place place;

	for (int64_t seq = LINES; seq > 0; seq--) {
		assert_int_equal(read_at(files, made->place[seq], seq, &line), 0);
		assert_int_equal(line.seq, seq);
		assert_int_equal(line.at, 1000 + seq);
		assert_int_equal(read_at(files, made->place[seq], seq + 1, &line), -1);
	}
	for (int by = -1; by <= 1; by += 2) {
		place = made->place[5];
		place.offset += by;
		assert_int_equal(read_at(files, place, 5, &line), -1);
		place = made->place[5];
		place.length += by;
		assert_int_equal(read_at(files, place, 5, &line), -1);
	}
	place = made->place[5];
	place.length = INT64_MAX - 2;
	assert_int_equal(read_at(files, place, 5, &line), -1);
	place.segment = 5;
	assert_int_equal(read_at(files, place, 5, &line), -1);
	log_files_close(files);
}

/* As many segments stay open as may: one, if need be. */
static void
does_with_few_files(void **state)
{
	const struct made *made = *state;
	struct log_files *files = log_files_open(&made->store);
	struct store_line line;
	struct rlimit usual, few;
	int next;

	assert_int_equal(read_at(files, made->place[LINES], LINES, &line), 0);
	assert_int_not_equal(made->place[LINES].segment, made->place[1].segment);
	next = dup(0);
	assert_true(next > 0);
	close(next);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &usual), 0);
	few = (struct rlimit){ (rlim_t)next, usual.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
	for (int64_t seq = LINES; seq > 0; seq--)
		assert_int_equal(read_at(files, made->place[seq], seq, &line), 0);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &usual), 0);
	log_files_close(files);
}

/* Data that does not fit its hash is refused, but where it was erased. */
static void
refuses_changed_data(void **state)
{
	const struct made *made = *state;
	struct log_files *files = log_files_open(&made->store);
	struct buf text = { 0 };
	struct store_line line;
	char *salt, *data;

	get_file(made, 4, &text);
	put_file(made, 4, buf_text(&text));
	data = memmem(text.data, text.len, "line 5", 6);
	salt = memmem(text.data + made->place[5].offset, (size_t)made->place[5].length,
		"0123456789abcdef0123456789abcdef", SALT_DIGITS);
	memcpy(data, "______", 6);
	put_file(made, 4, buf_text(&text));
	assert_int_equal(read_at(files, made->place[5], 5, &line), -1);
	memcpy(salt, SALT_ERASED, SALT_DIGITS);
	put_file(made, 4, buf_text(&text));
	assert_int_equal(read_at(files, made->place[5], 5, &line), 0);
	assert_true(line_is_erased(&line));
	assert_int_equal(read_all(made).damaged, 0);
	assert_true(read_all(made).differs[5]);
	memcpy(data, "line 5", 6);
	memcpy(salt, "0123456789abcdef0123456789abcdef", SALT_DIGITS);
	put_file(made, 4, buf_text(&text));
	log_files_close(files);
	buf_release(&text);
}

static void
leaves_data_unread(void **state)
{
	const struct made *made = *state;
	struct buf text = { 0 };
	struct err err = { 0 };
	struct log_entry entry;
	struct log *log;
	char *data;

	get_file(made, 1, &text);
	data = memmem(text.data, text.len, "line 1", 6);
	data[0] = 'L';
	put_file(made, 1, buf_text(&text));
	log = log_open(&made->store, &made->end[0], &made->end[LINES], &err);
	log_leave_data(log);
	assert_int_equal(log_next(log, &entry, &err), LOG_LINE);
	assert_false(entry.data_differs);
	log_close(log);
	data[0] = 'l';
	put_file(made, 1, buf_text(&text));
	buf_release(&text);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(reads_all_and_parts),
		TEST(tells_places_and_positions),
		TEST(finds_each_changed_byte),
		TEST(finds_lines_lost_doubled_and_swapped),
		TEST(finds_cuts),
		TEST(finds_a_segment_that_is_gone),
		TEST(passes_over_a_line_without_end),
		TEST(says_where),
		TEST(ends_as_head_says),
		TEST(reads_single_lines),
		TEST(does_with_few_files),
		TEST(refuses_changed_data),
		TEST(leaves_data_unread),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
