#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/blobs.h"

#define ABC "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319"

static char folder[64];
static struct store store;

/* A store, and beside it the folder `from` of attachments. */
static int
set_up(void **state)
{
	const struct store_access access = { .use = STORE_WRITE };
	const struct store_plan plan = { 0 };
	struct err err = { 0 };
	char path[80];

	(void)state;
	snprintf(folder, sizeof folder, "/tmp/esc-blobs-XXXXXX");
	assert_non_null(mkdtemp(folder));
	assert_int_equal(chdir(folder), 0);
	snprintf(path, sizeof path, "%s/store", folder);
	assert_int_equal(store_init(path, &plan, &err), 0);
	assert_int_equal(store_open(&store, path, &access, &err), 0);
	assert_int_equal(mkdir("from", 0777), 0);
	assert_int_equal(mkdir("from/bd", 0777), 0);
	return 0;
}

static int
tear_down(void **state)
{
	char command[80];

	(void)state;
	store_close(&store);
	assert_int_equal(chdir("/"), 0);
	snprintf(command, sizeof command, "rm -rf %s", folder);
	return system(command);
}

static void
write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
}

static void
put(const char *text, struct blob *blob)
{
	struct err err = { 0 };
	int fd;

	write_file("input", text);
	fd = open("input", O_RDONLY);
	assert_int_equal(blobs_put(&store, fd, blob, &err), 0);
	close(fd);
}

/* Files in blobs/ that are no folders: what a copy was called on its way. */
static int
left_over(void)
{
	DIR *dir = opendir("store/blobs");
	struct dirent *entry;
	int n = 0;

	while ((entry = readdir(dir)))
		n += entry->d_type == DT_REG;
	closedir(dir);
	return n;
}

static void
test_put_and_open(void **state)
{
	struct err err = { 0 };
	struct blob blob;
	char text[8] = "";
	int fd;

	(void)state;
	for (int twice = 0; twice < 2; twice++) {
		put("abc", &blob);
		assert_int_equal(blob.size, 3);
		assert_string_equal(blob.b2, ABC);
	}
	assert_int_equal(access("store/blobs/bd/" ABC, R_OK), 0);
	assert_int_equal(blobs_check(&store, span_of(ABC), 3, &err), 1);
	assert_int_equal(blobs_check(&store, span_of(ABC), -1, &err), 1);
	fd = blobs_open(&store, span_of(ABC), &err);
	assert_int_equal(read(fd, text, sizeof text), 3);
	assert_string_equal(text, "abc");
	close(fd);
	assert_int_equal(left_over(), 0);
}

static void
test_empty_and_long(void **state)
{
	static char text[300001];
	struct err err = { 0 };
	struct blob blob;

	(void)state;
	put("", &blob);
	assert_int_equal(blobs_check(&store, span_of(blob.b2), 0, &err), 1);
	memset(text, 'x', sizeof text - 1);
	put(text, &blob);
	assert_int_equal(blob.size, sizeof text - 1);
	assert_int_equal(blobs_check(&store, span_of(blob.b2), blob.size, &err), 1);
}

static void
test_altered(void **state)
{
	struct err err = { 0 };
	struct blob blob;

	(void)state;
	put("abc", &blob);
	assert_int_equal(blobs_check(&store, span_of(ABC), 4, &err), -1);
	assert_int_equal(err.status, EX_DATAERR);
	err_release(&err);
	write_file("store/blobs/bd/" ABC, "abd");
	assert_int_equal(blobs_check(&store, span_of(ABC), 3, &err), -1);
	assert_int_equal(err.status, EX_DATAERR);
	assert_non_null(strstr(err_text(&err), "altered"));
	err_release(&err);
	put("abc", &blob); /* again, and it is whole */
	assert_int_equal(blobs_check(&store, span_of(ABC), 3, &err), 1);
}

static void
test_not_there(void **state)
{
	struct err err = { 0 };

	(void)state;
	assert_int_equal(blobs_check(&store, span_of(ABC), 3, &err), 0);
	assert_int_equal(blobs_check_in("from", span_of(ABC), 3, &err), 0);
	assert_int_equal(blobs_check_in("none", span_of(ABC), 3, &err), 0);
	assert_int_equal(blobs_take(&store, "from", span_of(ABC), &err), 0);
	assert_int_equal(blobs_remove(&store, span_of(ABC), &err), 0);
	assert_int_equal(err.n, 0);
	assert_int_equal(blobs_open(&store, span_of(ABC), &err), -1);
	assert_int_equal(err.status, EX_NOINPUT);
	err_release(&err);
}

static void
test_take_and_remove(void **state)
{
	struct err err = { 0 };

	(void)state;
	write_file("from/bd/" ABC, "abc");
	assert_int_equal(blobs_check_in("from", span_of(ABC), 3, &err), 1);
	assert_int_equal(blobs_take(&store, "from", span_of(ABC), &err), 1);
	assert_int_equal(blobs_check(&store, span_of(ABC), 3, &err), 1);
	assert_int_equal(blobs_remove(&store, span_of(ABC), &err), 0);
	assert_int_equal(blobs_check(&store, span_of(ABC), 3, &err), 0);
	assert_int_equal(left_over(), 0);
}

/* What is not what its name says is not taken in, and leaves nothing. */
static void
test_take_altered(void **state)
{
	struct err err = { 0 };

	(void)state;
	write_file("from/bd/" ABC, "abx");
	assert_int_equal(blobs_take(&store, "from", span_of(ABC), &err), -1);
	assert_int_equal(err.status, EX_DATAERR);
	err_release(&err);
	assert_int_equal(blobs_check(&store, span_of(ABC), -1, &err), 0);
	assert_int_equal(left_over(), 0);
}

/* Links, FIFOs and folders in the place of an attachment are refused. */
static void
test_no_regular_file(void **state)
{
	static const char *const place[] = { "from/bd/" ABC, "store/blobs/bd/" ABC };
	struct err err = { 0 };

	(void)state;
	write_file("elsewhere", "abc");
	assert_int_equal(mkdir("store/blobs/bd", 0777), 0);
	for (int kind = 0; kind < 3; kind++) {
		for (size_t i = 0; i < 2; i++)
			assert_int_equal(kind == 0 ? symlink("../../../elsewhere", place[i]) :
				kind == 1 ? mkfifo(place[i], 0666) : mkdir(place[i], 0777), 0);
		assert_int_equal(blobs_take(&store, "from", span_of(ABC), &err), -1);
		assert_int_equal(blobs_check_in("from", span_of(ABC), 3, &err), -1);
		assert_int_equal(blobs_check(&store, span_of(ABC), 3, &err), -1);
		assert_int_equal(blobs_open(&store, span_of(ABC), &err), -1);
		assert_int_equal(err.n, 4);
		err_release(&err);
		for (size_t i = 0; i < 2; i++)
			assert_int_equal(remove(place[i]), 0);
	}
}

static void
test_no_hash(void **state)
{
	static const char *const name[] = { "", "../../../../etc/passwd", "abc",
		"BDDD813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319",
		ABC "0", "../ddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d5231" };
	struct err err = { 0 };

	(void)state;
	assert_true(blobs_is_hash(span_of(ABC)));
	for (size_t i = 0; i < sizeof name / sizeof *name; i++) {
		assert_false(blobs_is_hash(span_of(name[i])));
		assert_int_equal(blobs_check(&store, span_of(name[i]), -1, &err), -1);
		assert_int_equal(blobs_check_in("from", span_of(name[i]), -1, &err), -1);
		assert_int_equal(blobs_take(&store, "from", span_of(name[i]), &err), -1);
		assert_int_equal(blobs_remove(&store, span_of(name[i]), &err), -1);
		assert_int_equal(err.status, EX_DATAERR);
		assert_int_equal(blobs_open(&store, span_of(name[i]), &err), -1);
		err_release(&err);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_put_and_open, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_empty_and_long, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_altered, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_not_there, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_take_and_remove, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_take_altered, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_no_regular_file, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_no_hash, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
