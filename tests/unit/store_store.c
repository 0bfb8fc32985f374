/* store/store and store/lock: made, opened, refused; files and locks below it. */
#include "stores.h"

#include <signal.h>
#include <sys/wait.h>

#include "store/lock.h"
#include "store/store_new.h"
#include "store/store_work.h"

static void
test_modes(void **state)
{
	static const char *const files[] = { "FORMAT", "HEAD", "lock" };
	static const char *const folders[] = { ".", "log", "seals", "blobs", "policies", "outbox",
		"quarantine" };
	mode_t was = umask(0077);

	(void)state;
	for (int shared = 0; shared < 2; shared++) {
		const struct store_plan plan = { .shared = shared };
		struct made made;

		made_folder(&made);
		assert_int_equal(store_init(made.path, &plan, &made.err), 0);
		assert_int_equal(made_open(&made, STORE_WRITE), 0);
		for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
			assert_int_equal(file_mode(&made, files[i]), shared ? 0660 : 0640);
		for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++)
			assert_int_equal(file_mode(&made, folders[i]), shared ? 02770 : 02750);
		assert_int_equal(store_mkdir(&made.store, "blobs/ab", &made.err), 0);
		assert_int_equal(file_mode(&made, "blobs/ab"), shared ? 02770 : 02750);
		assert_int_equal(made_commit(&made, 1), 0);
		assert_int_equal(
		        file_mode(&made, "log/000000000001.jsonl"), shared ? 0660 : 0640);
		made_drop(&made);
	}
	umask(was);
}

/* One that was killed before FORMAT leaves the folder to the next. */
static void
test_init_needs_an_empty_folder(void **state)
{
	const struct store_plan plan = { 0 };
	struct made made;

	(void)state;
	made_store(&made, 0);
	assert_int_equal(store_init(made.path, &plan, &made.err), -1);
	assert_int_equal(made.err.status, EX_CANTCREAT);
	err_reset(&made.err);
	assert_int_equal(unlinkat(made.store.dir, "FORMAT", 0), 0);
	assert_int_equal(store_init(made.path, &plan, &made.err), 0);
	assert_int_equal(unlinkat(made.store.dir, "FORMAT", 0), 0);
	file_put(&made, "log/000000000001.jsonl", span_of("x"));
	assert_int_equal(store_init(made.path, &plan, &made.err), -1);
	assert_int_equal(unlinkat(made.store.dir, "log/000000000001.jsonl", 0), 0);
	file_put(&made, "letter", span_of("x"));
	assert_int_equal(store_init(made.path, &plan, &made.err), -1);
	assert_int_equal(made.err.status, EX_CANTCREAT);
	made_drop(&made);
}

static void
test_init_names_what_is_wrong(void **state)
{
	const struct store_plan group = { .shared = true, .group = "no such group" };
	struct made made;
	char path[96];

	(void)state;
	made_folder(&made);
	snprintf(path, sizeof path, "%s/no/store", made.path);
	assert_int_equal(store_init(path, &(struct store_plan){ 0 }, &made.err), -1);
	assert_int_equal(made.err.status, EX_CANTCREAT);
	err_reset(&made.err);
	snprintf(path, sizeof path, "%s/store", made.path);
	assert_int_equal(store_init(path, &group, &made.err), -1);
	assert_int_equal(made.err.status, EX_CONFIG);
	made_drop(&made);
}

#define ID "00112233445566778899aabbccddeeff"
#define REST ",\"store_id\":\"" ID "\",\"segment_bytes\":4096}"

static const struct format {
	const char *text;
	int read, write; /* the status of opening it to */
} formats[] = {
	{ "{\"format\":1,\"min_read\":1,\"min_write\":1" REST, 0, 0 },
	{ "{\"format\":2,\"min_read\":1,\"min_write\":1,\"new\":[]" REST, 0, 0 },
	{ "{\"format\":2,\"min_read\":1,\"min_write\":2" REST, 0, EX_CONFIG },
	{ "{\"format\":2,\"min_read\":2,\"min_write\":2}", EX_CONFIG, EX_CONFIG },
	{ "{\"format\":1,\"min_read\":1,\"min_read\":1,\"min_write\":1" REST, EX_IOERR, EX_IOERR },
	{ "{\"format\":1,\"min_read\":\"1\",\"min_write\":1" REST, EX_IOERR, EX_IOERR },
	{ "{\"format\":1,\"min_read\":1,\"min_write\":1}", EX_IOERR, EX_IOERR },
	{ "{\"format\":1,\"min_read\":1,\"min_write\":1,\"store_id\":\"" ID "\"}", EX_IOERR,
	        EX_IOERR },
	{ "{\"format\":1,\"min_read\":1,\"min_write\":1,\"store_id\":\"" ID
	  "\",\"segment_bytes\":0}",
	        EX_IOERR, EX_IOERR },
	{ "{\"format\":1", EX_IOERR, EX_IOERR },
	{ "", EX_IOERR, EX_IOERR },
};

static void
expect_open(struct made *made, enum store_use use, int status)
{
	int rc = made_open(made, use);

	assert_int_equal(rc, status ? -1 : 0);
	assert_int_equal(made->err.status, status);
	if (rc == 0)
		store_close(&made->store);
}

static void
test_formats(void **state)
{
	struct made made, opened;

	(void)state;
	made_store(&made, 0);
	for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
		opened = made;
		file_put(&made, "FORMAT", span_of(formats[i].text));
		expect_open(&opened, STORE_READ, formats[i].read);
		expect_open(&opened, STORE_WRITE, formats[i].write);
		made.err = opened.err;
	}
	made_drop(&made);
}

static void
test_no_store(void **state)
{
	struct made made;
	char path[64];

	(void)state;
	made_folder(&made);
	expect_open(&made, STORE_READ, EX_NOINPUT);
	assert_non_null(strstr(err_text(&made.err), "esc-store init"));
	memcpy(path, made.path, sizeof path);
	snprintf(made.path, sizeof made.path, "%.50s/none", path);
	expect_open(&made, STORE_READ, EX_NOINPUT);
	assert_non_null(strstr(err_text(&made.err), "esc-store init"));
	memcpy(made.path, path, sizeof path);
	made_drop(&made);
}

/* Where lines are, `init` is no advice. */
static void
test_format_is_gone(void **state)
{
	struct made made, opened;

	(void)state;
	made_store(&made, 0);
	opened = made;
	assert_int_equal(store_unlink(&made.store, "FORMAT"), 0);
	expect_open(&opened, STORE_READ, EX_NOINPUT);
	assert_int_equal(made_commit(&made, 1), 0);
	expect_open(&opened, STORE_READ, EX_IOERR);
	assert_non_null(strstr(err_text(&opened.err), "FORMAT is missing"));
	made.err = opened.err;
	made_drop(&made);
}

static void
test_everybody_may_write(void **state)
{
	static const char *const others[] = { "FORMAT", "HEAD", "lock", "seals", "blobs",
		"policies", "outbox", "quarantine" };
	struct made made, opened;

	(void)state;
	made_store(&made, 0);
	opened = made;
	assert_int_equal(fchmod(made.store.dir, 02757), 0);
	expect_open(&opened, STORE_READ, EX_NOPERM);
	assert_int_equal(fchmod(made.store.dir, 02750), 0);
	assert_int_equal(fchmodat(made.store.dir, "log", 02752, 0), 0);
	expect_open(&opened, STORE_READ, EX_NOPERM);
	assert_int_equal(fchmodat(made.store.dir, "log", 02750, 0), 0);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		mode_t mode = file_mode(&made, others[i]);

		assert_int_equal(fchmodat(made.store.dir, others[i], mode | 2, 0), 0);
		expect_open(&opened, STORE_WRITE, EX_NOPERM);
		expect_open(&opened, STORE_READ, 0);
		assert_int_equal(fchmodat(made.store.dir, others[i], mode, 0), 0);
	}
	expect_open(&opened, STORE_READ, 0);
	made.err = opened.err;
	made_drop(&made);
}

/* Opens it as another user of a group; the status that was answered. */
static int
open_as(const struct made *made, gid_t gid, enum store_use use)
{
	pid_t child = fork();
	int status;

	assert_true(child >= 0);
	if (child == 0) {
		struct made mine = *made;

		if (setresgid(gid, gid, gid) != 0 || setresuid(4711, 4711, 4711) != 0)
			_exit(99);
		_exit(made_open(&mine, use) ? mine.err.status : 0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void
group_gets(const struct made *made, const char *path, gid_t gid)
{
	assert_int_equal(fchownat(made->store.dir, path, (uid_t)-1, gid, 0), 0);
}

/* In the group of a store that is not shared: to read, not to write. */
static void
test_users_of_the_group(void **state)
{
	struct made made;

	(void)state;
	if (geteuid() != 0)
		skip();
	made_store(&made, 0);
	group_gets(&made, ".", 4713);
	group_gets(&made, "log", 4713);
	group_gets(&made, "FORMAT", 4713);
	assert_int_equal(fchmod(made.store.dir, 02750), 0);
	assert_int_equal(open_as(&made, 4713, STORE_READ), 0);
	assert_int_equal(open_as(&made, 4713, STORE_WRITE), EX_NOPERM);
	assert_int_equal(open_as(&made, 4714, STORE_READ), EX_NOPERM);
	assert_int_equal(fchmod(made.store.dir, 02770), 0);
	assert_int_equal(fchmodat(made.store.dir, "log", 02770, 0), 0);
	assert_int_equal(open_as(&made, 4713, STORE_WRITE), 0);
	made_drop(&made);
}

static void
test_nothing_leads_out(void **state)
{
	struct made made;

	(void)state;
	made_store(&made, 0);
	file_put(&made, "blobs/x", span_of("x"));
	assert_int_equal(symlinkat("blobs", made.store.dir, "link"), 0);
	assert_int_equal(symlinkat("blobs/x", made.store.dir, "other"), 0);
	assert_int_equal(mkfifoat(made.store.dir, "fifo", 0600), 0);
	assert_int_equal(store_openat(&made.store, "link/x", O_RDONLY), -1);
	assert_int_equal(store_openat(&made.store, "other", O_RDONLY), -1);
	assert_int_equal(errno, ELOOP);
	assert_int_equal(store_openat(&made.store, "../x", O_RDONLY | O_CREAT), -1);
	assert_int_equal(store_openat(&made.store, made.path, O_RDONLY), -1);
	assert_int_equal(store_openat(&made.store, "fifo", O_RDONLY), -1);
	assert_int_equal(errno, ENXIO);
	assert_int_equal(store_mkdir(&made.store, "link/y", &made.err), -1);
	assert_int_equal(store_unlink(&made.store, "link/x"), -1);
	assert_true(file_is(&made, "blobs/x"));
	assert_int_equal(store_unlink(&made.store, "blobs/x"), 0);
	assert_false(file_is(&made, "blobs/x"));
	made_drop(&made);
}

static void
test_log_is_no_link(void **state)
{
	struct made made, opened;

	(void)state;
	made_store(&made, 0);
	opened = made;
	assert_int_equal(renameat(made.store.dir, "log", made.store.dir, "elsewhere"), 0);
	assert_int_equal(symlinkat("elsewhere", made.store.dir, "log"), 0);
	expect_open(&opened, STORE_READ, EX_IOERR);
	made.err = opened.err;
	made_drop(&made);
}

/* The store's own name may be a link. */
static void
test_link_to_the_store(void **state)
{
	const struct store_access access = { .use = STORE_READ };
	struct made made;
	struct store store;
	char path[96];

	(void)state;
	made_store(&made, 0);
	snprintf(path, sizeof path, "%s/self", made.path);
	assert_int_equal(symlink(made.path, path), 0);
	assert_int_equal(store_open(&store, path, &access, &made.err), 0);
	assert_string_equal(store.id, made.store.id);
	store_close(&store);
	made_drop(&made);
}

static void
test_files(void **state)
{
	struct made made;
	struct buf text = { 0 };

	(void)state;
	made_store(&made, 0);
	assert_int_equal(store_read_file(&made.store, "policies/p", 9, &text, &made.err), 0);
	assert_int_equal(
	        store_write_file(&made.store, "policies/p", span_of("one"), 0, &made.err), 0);
	assert_int_equal(
	        store_write_file(&made.store, "policies/p", span_of("other"), 0440, &made.err), 0);
	assert_int_equal(file_mode(&made, "policies/p"), 0440);
	assert_int_equal(store_read_file(&made.store, "policies/p", 5, &text, &made.err), 1);
	assert_true(span_is(buf_text(&text), "other"));
	assert_int_equal(store_read_file(&made.store, "policies/p", 4, &text, &made.err), -1);
	assert_int_equal(made.err.status, EX_DATAERR);
	buf_release(&text);
	made_drop(&made);
}

/* The temporary files of this process. */
static size_t
count_temps(const struct made *made, const char *path)
{
	size_t n = 0;

	for (unsigned i = 0; i < 100; i++) {
		char name[64];

		snprintf(name, sizeof name, "%s/%s%ld-%u", path, STORE_TEMP, (long)getpid(), i);
		n += file_is(made, name);
	}
	return n;
}

/* A name that is taken by a folder cannot be renamed to: nothing is left. */
static void
test_a_failed_write_leaves_nothing(void **state)
{
	struct made made;
	struct store_new new;

	(void)state;
	made_store(&made, 0);
	assert_int_equal(store_mkdir(&made.store, "policies/p", &made.err), 0);
	assert_int_equal(
	        store_write_file(&made.store, "policies/p", span_of("x"), 0, &made.err), -1);
	assert_int_equal(made.err.status, EX_IOERR);
	assert_int_equal(count_temps(&made, "policies"), 0);
	assert_int_equal(
	        store_new_open(&new, &made.store, "policies/q", 0, &made.err), 0);
	assert_int_equal(count_temps(&made, "policies"), 1);
	close(new.fd);
	close(new.parent);
	free(new.path);
	recover_sweep(&made.store);
	assert_int_equal(count_temps(&made, "policies"), 0);
	assert_int_equal(store_write_file(&made.store, "none/q", span_of("x"), 0, &made.err), -1);
	made_drop(&made);
}

static void
test_network_file_systems(void **state)
{
	(void)state;
	assert_true(store_type_is_network(0x6969));             /* NFS */
	assert_true(store_type_is_network(0xff534d42));         /* CIFS */
	assert_true(store_type_is_network((int32_t)0xfe534d42)); /* as a signed long */
	assert_true(store_type_is_network(0x01021997));         /* 9P */
	assert_false(store_type_is_network(0xef53));            /* ext4 */
	assert_false(store_type_is_network(0x58465342));        /* XFS */
	assert_false(store_type_is_network(0x01021994));        /* tmpfs */
	assert_false(store_type_is_network(0x65735546));        /* FUSE */
}

static void
test_lock(void **state)
{
	struct made made;
	int fd, other;

	(void)state;
	made_store(&made, 0);
	assert_false(lock_is_held(&made.store, LOCK_APPEND));
	fd = lock_take(&made.store, LOCK_APPEND, &made.err);
	assert_true(fd >= 0);
	assert_true(lock_is_held(&made.store, LOCK_APPEND));
	assert_false(lock_is_held(&made.store, LOCK_INDEX));
	assert_int_equal(lock_take(&made.store, LOCK_APPEND, &made.err), -1);
	assert_int_equal(made.err.status, EX_TEMPFAIL);
	other = lock_take(&made.store, LOCK_INDEX, &made.err);
	assert_true(other >= 0);
	close(other);
	close(fd);
	assert_false(lock_is_held(&made.store, LOCK_APPEND));
	made_drop(&made);
}

/* A lock ends with the process that held it. */
static void
test_lock_of_the_dead(void **state)
{
	struct made made;
	int ready[2], status, fd;
	char c;
	pid_t child;

	(void)state;
	made_store(&made, 0);
	assert_int_equal(pipe(ready), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		if (lock_take(&made.store, LOCK_APPEND, &made.err) < 0)
			_exit(1);
		if (write(ready[1], "x", 1) == 1)
			pause();
		_exit(1);
	}
	assert_int_equal(read(ready[0], &c, 1), 1);
	assert_true(lock_is_held(&made.store, LOCK_APPEND));
	kill(child, SIGKILL);
	assert_int_equal(waitpid(child, &status, 0), child);
	fd = lock_take(&made.store, LOCK_APPEND, &made.err);
	assert_true(fd >= 0);
	close(fd);
	close(ready[0]);
	close(ready[1]);
	made_drop(&made);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_modes),
		cmocka_unit_test(test_init_needs_an_empty_folder),
		cmocka_unit_test(test_init_names_what_is_wrong),
		cmocka_unit_test(test_formats),
		cmocka_unit_test(test_no_store),
		cmocka_unit_test(test_format_is_gone),
		cmocka_unit_test(test_everybody_may_write),
		cmocka_unit_test(test_users_of_the_group),
		cmocka_unit_test(test_nothing_leads_out),
		cmocka_unit_test(test_log_is_no_link),
		cmocka_unit_test(test_link_to_the_store),
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_a_failed_write_leaves_nothing),
		cmocka_unit_test(test_network_file_systems),
		cmocka_unit_test(test_lock),
		cmocka_unit_test(test_lock_of_the_dead),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
