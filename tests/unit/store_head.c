/* store/head and store/segment: HEAD's two slots and seals, byte by byte. */
#include "stores.h"

#include "store/segment.h"

static struct position
position_of(int64_t seq)
{
	struct position position = { .segment = 1, .length = 100 * seq, .seq = seq };

	memset(position.h, 'a' + (int)(seq % 6), sizeof position.h - 1);
	return position;
}

static void
expect_head(struct made *made, int64_t seq)
{
	struct position want = position_of(seq);
	struct head head;

	made_head(made, &head);
	assert_int_equal(head.position.segment, want.segment);
	assert_int_equal(head.position.length, want.length);
	assert_int_equal(head.position.seq, want.seq);
	assert_string_equal(head.position.h, want.h);
}

static void
move(struct made *made, int64_t seq)
{
	struct position position = position_of(seq);
	struct head head;

	made_head(made, &head);
	assert_int_equal(head_write(&made->store, &head, &position, &made->err), 0);
	assert_int_equal(head.position.seq, seq);
}

static void
test_new(void **state)
{
	struct made made;
	struct head head;
	char h[HASH_HEX];

	(void)state;
	made_store(&made, 0);
	made_head(&made, &head);
	line_genesis(span_of(made.store.id), h);
	assert_int_equal(head.position.segment, 1);
	assert_int_equal(head.position.length, 0);
	assert_int_equal(head.position.seq, 0);
	assert_string_equal(head.position.h, h);
	assert_false(head.slot_is_bad[0] || head.slot_is_bad[1]);
	made_drop(&made);
}

static void
test_in_turn(void **state)
{
	struct made made;
	struct buf text = { 0 };

	(void)state;
	made_store(&made, 0);
	for (int64_t seq = 1; seq < 6; seq++) {
		move(&made, seq);
		expect_head(&made, seq);
		file_get(&made, "HEAD", &text);
		assert_int_equal(text.len, HEAD_SLOTS * HEAD_SLOT);
		assert_int_equal(text.data[HEAD_SLOT - 1], '\n');
		assert_int_equal(text.data[2 * HEAD_SLOT - 1], '\n');
	}
	assert_int_equal(head_sync(&made.store, &made.err), 0);
	buf_release(&text);
	made_drop(&made);
}

/* A slot of which one byte changed is not believed: the other one is. */
static void
test_torn(void **state)
{
	struct made made;
	struct buf text = { 0 };
	struct head head;

	(void)state;
	made_store(&made, 0);
	move(&made, 1);
	move(&made, 2);
	made_head(&made, &head);
	file_get(&made, "HEAD", &text);
	for (size_t i = 0; i < HEAD_SLOT; i += 5) {
		size_t at = (size_t)head.slot * HEAD_SLOT + i;
		struct head other;

		text.data[at] ^= 1;
		file_put(&made, "HEAD", buf_text(&text));
		expect_head(&made, 1);
		made_head(&made, &other);
		assert_true(other.slot_is_bad[head.slot]);
		assert_false(other.slot_is_bad[other.slot]);
		text.data[at] ^= 1;
	}
	buf_release(&text);
	made_drop(&made);
}

static void
expect_no_head(struct made *made)
{
	struct head head;

	err_reset(&made->err);
	assert_int_equal(head_read(&made->store, &head, &made->err), -1);
	assert_int_equal(made->err.status, EX_IOERR);
}

static void
test_none_whole(void **state)
{
	struct made made;
	struct buf text = { 0 };

	(void)state;
	made_store(&made, 0);
	move(&made, 1);
	file_get(&made, "HEAD", &text);
	text.data[20] ^= 1;
	text.data[HEAD_SLOT + 20] ^= 1;
	file_put(&made, "HEAD", buf_text(&text));
	expect_no_head(&made);
	file_put(&made, "HEAD", span_of(""));
	expect_no_head(&made);
	assert_int_equal(unlinkat(made.store.dir, "HEAD", 0), 0);
	expect_no_head(&made);
	buf_release(&text);
	made_drop(&made);
}

/* Another may write one slot and leave the other blank. */
static void
test_blank_slot(void **state)
{
	struct made made;
	struct buf text = { 0 };
	struct head head;

	(void)state;
	made_store(&made, 0);
	move(&made, 1);
	made_head(&made, &head);
	file_get(&made, "HEAD", &text);
	memset(text.data + (ptrdiff_t)(1 - head.slot) * HEAD_SLOT, ' ', HEAD_SLOT - 1);
	file_put(&made, "HEAD", buf_text(&text));
	expect_head(&made, 1);
	made_head(&made, &head);
	assert_false(head.slot_is_bad[0] || head.slot_is_bad[1]);
	move(&made, 2);
	expect_head(&made, 2);
	buf_release(&text);
	made_drop(&made);
}

static void
test_names(void **state)
{
	char path[SEGMENT_PATH_SIZE];

	(void)state;
	segment_path(1, path);
	assert_string_equal(path, "log/000000000001.jsonl");
	segment_path(INT64_C(987654321012), path);
	assert_string_equal(path, "log/987654321012.jsonl");
	segment_seal_path(4711, path);
	assert_string_equal(path, "seals/000000004711.json");
}

static void
test_list(void **state)
{
	static const char *const others[] = { "log/1.jsonl", "log/000000000000.jsonl",
		"log/00000000000x.jsonl", "log/000000000007.jsonl~", "log/.tmp-1-1" };
	struct made made;
	int64_t *first;
	size_t n;

	(void)state;
	made_store(&made, 0);
	assert_int_equal(segment_list(&made.store, &first, &n, &made.err), 0);
	assert_int_equal(n, 0);
	free(first);
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
		file_put(&made, others[i], span_of(""));
	for (int64_t i = 40; i > 0; i--) {
		char path[SEGMENT_PATH_SIZE];

		segment_path(i * 37 % 41, path);
		file_put(&made, path, span_of(""));
	}
	assert_int_equal(segment_list(&made.store, &first, &n, &made.err), 0);
	assert_int_equal(n, 40);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(first[i], i + 1);
	free(first);
	made_drop(&made);
}

static void
test_seal(void **state)
{
	const char *path = "seals/000000000001.json";
	struct position end = position_of(12), read;
	struct made made;
	struct buf text = { 0 };

	(void)state;
	made_store(&made, 0);
	file_put(&made, "log/000000000001.jsonl", span_of("x"));
	assert_int_equal(segment_read_seal(&made.store, 1, &read, &made.err), 0);
	assert_int_equal(segment_seal(&made.store, &end, &made.err), 0);
	assert_int_equal(file_mode(&made, "log/000000000001.jsonl"), 0440);
	assert_int_equal(segment_read_seal(&made.store, 1, &read, &made.err), 1);
	assert_memory_equal(&read, &end, sizeof end);
	file_get(&made, path, &text);
	for (size_t i = 0; i < text.len; i++) {
		text.data[i] = (char)(text.data[i] ^ 0x40);
		file_put(&made, path, buf_text(&text));
		assert_int_equal(segment_read_seal(&made.store, 1, &read, &made.err), -1);
		assert_int_equal(made.err.status, EX_DATAERR);
		text.data[i] = (char)(text.data[i] ^ 0x40);
	}
	file_put(&made, "seals/000000000002.json", buf_text(&text));
	assert_int_equal(segment_read_seal(&made.store, 2, &read, &made.err), -1);
	buf_release(&text);
	made_drop(&made);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_new),
		cmocka_unit_test(test_in_turn),
		cmocka_unit_test(test_torn),
		cmocka_unit_test(test_none_whole),
		cmocka_unit_test(test_blank_slot),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_list),
		cmocka_unit_test(test_seal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
