/* store/snapshot: the copy of a store that goes on being written to. */
#include "stores.h"

#include "store/snapshot.h"

#define SMALL 1500 /* three of the lines */

static void
copy_of(struct made *made, struct made *copy)
{
	struct position position;
	struct head head;

	made_head(made, &head);
	made_folder(copy);
	assert_int_equal(snapshot_make(&made->store, copy->path, &position, &made->err), 0);
	assert_int_equal(position.seq, head.position.seq);
	assert_int_equal(made_open(copy, STORE_WRITE), 0);
}

/* HEAD is read first: then the segment is filled and sealed, then it is copied. */
static void
test_sealed_meanwhile(void **state)
{
	struct buf early = { 0 };
	struct made made, copy;

	(void)state;
	made_store(&made, SMALL);
	assert_int_equal(made_commit(&made, 1), 0);
	file_get(&made, "HEAD", &early);
	assert_int_equal(made_commit(&made, 9), 0);
	assert_int_equal(file_mode(&made, "log/000000000001.jsonl"), 0440);
	file_put(&made, "HEAD", buf_text(&early));
	copy_of(&made, &copy);
	assert_int_equal(file_mode(&copy, "log/000000000001.jsonl"), 0640);
	assert_false(file_is(&copy, "seals/000000000001.json"));
	assert_int_equal(made_check(&copy), 1);
	assert_int_equal(made_commit(&copy, 1), 0);
	assert_int_equal(made_check(&copy), 2);
	buf_release(&early);
	made_drop(&made);
	made_drop(&copy);
}

static void
test_full_ones(void **state)
{
	struct made made, copy;

	(void)state;
	made_store(&made, SMALL);
	assert_int_equal(made_commit(&made, 9), 0);
	copy_of(&made, &copy);
	assert_int_equal(file_mode(&copy, "log/000000000001.jsonl"), 0440);
	assert_true(file_is(&copy, "seals/000000000001.json"));
	assert_int_equal(made_check(&copy), 9);
	made_drop(&made);
	made_drop(&copy);
}

/* A seal that is none is made again in the copy; it is no reason to have no copy. */
static void
test_damaged_seal(void **state)
{
	struct made made, copy;

	(void)state;
	made_store(&made, SMALL);
	assert_int_equal(made_commit(&made, 9), 0);
	file_put(&made, "seals/000000000001.json", span_of("{}"));
	copy_of(&made, &copy);
	assert_false(file_is(&copy, "seals/000000000001.json"));
	assert_int_equal(made_commit(&copy, 0), 0);
	assert_true(file_is(&copy, "seals/000000000001.json"));
	made_drop(&made);
	made_drop(&copy);
}

/* What is no place for a copy stays as it is. */
static void
test_folder_of_others(void **state)
{
	struct made made, other;
	struct position position;

	(void)state;
	made_store(&made, 0);
	made_folder(&other);
	other.store.dir = open(other.path, O_RDONLY | O_DIRECTORY);
	assert_int_equal(fchmod(other.store.dir, 0751), 0);
	file_put(&other, "x", span_of(""));
	assert_int_equal(snapshot_make(&made.store, other.path, &position, &made.err), -1);
	assert_int_equal(made.err.status, EX_CANTCREAT);
	assert_int_equal(made.err.n, 1);
	assert_int_equal(file_mode(&other, "."), 0751);
	close(other.store.dir);
	other.store.dir = -1;
	made_drop(&made);
	made_drop(&other);
}

static gid_t
group_of(const struct made *made, const char *path)
{
	struct stat st;

	assert_int_equal(fstatat(made->store.dir, path, &st, 0), 0);
	return st.st_gid;
}

/* Who restores a shared store must not lock its group out. */
static void
test_group(void **state)
{
	const struct store_plan plan = { .shared = true };
	struct made made, copy;

	(void)state;
	if (geteuid() != 0)
		skip();
	made_folder(&made);
	assert_int_equal(store_init(made.path, &plan, &made.err), 0);
	assert_int_equal(chown(made.path, (uid_t)-1, 60010), 0);
	assert_int_equal(made_open(&made, STORE_WRITE), 0);
	assert_int_equal(made_commit(&made, 1), 0);
	copy_of(&made, &copy);
	assert_int_equal(group_of(&copy, "."), 60010);
	assert_int_equal(group_of(&copy, "log/000000000001.jsonl"), 60010);
	assert_int_equal(file_mode(&copy, "log/000000000001.jsonl"), 0660);
	made_drop(&made);
	made_drop(&copy);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sealed_meanwhile),
		cmocka_unit_test(test_full_ones),
		cmocka_unit_test(test_damaged_seal),
		cmocka_unit_test(test_folder_of_others),
		cmocka_unit_test(test_group),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
