#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/commit_overlay.h"
#include "store/spool.h"

/* The i-th piece: of a length and of bytes that i alone gives. */
static struct span
piece(struct buf *buf, unsigned i)
{
	size_t n = i % 7 == 0 ? 0 : (i * 2654435761U) % 5000;

	buf->len = 0;
	memset(buf_reserve(buf, n), (int)(i * 31 % 256), n);
	buf->len = n;
	return buf_text(buf);
}

static void
put(struct spool *spool, unsigned first, unsigned n, int64_t *offset)
{
	struct buf buf = { 0 };
	struct err err = { 0 };

	for (unsigned i = first; i < first + n; i++)
		assert_int_equal(spool_put(spool, piece(&buf, i), &offset[i], &err), 0);
	buf_release(&buf);
}

static void
check_next(struct spool *spool, unsigned first, unsigned n)
{
	struct buf buf = { 0 };
	struct err err = { 0 };
	struct span got;

	for (unsigned i = first; i < first + n; i++) {
		assert_int_equal(spool_next(spool, &got, &err), 1);
		assert_true(span_eq(got, piece(&buf, i)));
	}
	buf_release(&buf);
}

static void
check_at(struct spool *spool, unsigned i, int64_t offset)
{
	struct buf buf = { 0 }, out = { 0 };
	struct err err = { 0 };

	assert_int_equal(spool_at(spool, offset, &out, &err), 0);
	assert_true(span_eq(buf_text(&out), piece(&buf, i)));
	buf_release(&buf);
	buf_release(&out);
}

/* What goes in comes out, in order and by offset. */
static void
round_trip(unsigned n)
{
	struct spool *spool = spool_new(NULL);
	int64_t *offset = mem_alloc(n * sizeof *offset + 1);
	struct err err = { 0 };
	struct span got;

	put(spool, 0, n, offset);
	for (int twice = 0; twice < 2; twice++) {
		spool_rewind(spool);
		check_next(spool, 0, n);
		assert_int_equal(spool_next(spool, &got, &err), 0);
		assert_int_equal(spool_next(spool, &got, &err), 0);
	}
	for (unsigned i = 0; i < n; i += 1 + n / 97)
		check_at(spool, n - 1 - i, offset[n - 1 - i]);
	free(offset);
	spool_free(spool);
}

static void
test_round_trips(void **state)
{
	(void)state;
	round_trip(0);
	round_trip(1);
	round_trip(100);   /* in memory */
	round_trip(20000); /* some 50 MB: in a file */
}

/* Reading goes on behind what is put meanwhile; spool_at does not disturb. */
static void
test_put_while_reading(void **state)
{
	struct spool *spool = spool_new("/tmp");
	int64_t offset[9000];

	(void)state;
	put(spool, 0, 3000, offset);
	check_next(spool, 0, 1000);
	put(spool, 3000, 3000, offset);
	check_next(spool, 1000, 1500);
	check_at(spool, 17, offset[17]);
	put(spool, 6000, 3000, offset);
	check_next(spool, 2500, 6500);
	spool_free(spool);
}

/* One that is longer than the memory, beside short ones. */
static void
test_long_piece(void **state)
{
	struct spool *spool = spool_new(NULL);
	struct span big = { mem_zero(3 * SPOOL_MEMORY), 3 * SPOOL_MEMORY }, got;
	struct err err = { 0 };
	int64_t offset[10];

	(void)state;
	put(spool, 0, 5, offset);
	assert_int_equal(spool_put(spool, big, NULL, &err), 0);
	put(spool, 5, 5, offset);
	check_next(spool, 0, 5);
	assert_int_equal(spool_next(spool, &got, &err), 1);
	assert_true(span_eq(got, big));
	check_next(spool, 5, 5);
	free((char *)big.p);
	spool_free(spool);
}

/* Without room for the file: said, and with the status for it. */
static void
test_no_room(void **state)
{
	struct spool *spool = spool_new("/proc/none");
	struct span big = { mem_zero(SPOOL_MEMORY), SPOOL_MEMORY };
	struct err err = { 0 };

	(void)state;
	assert_int_equal(spool_put(spool, big, NULL, &err), 0);
	assert_int_equal(spool_put(spool, big, NULL, &err), -1);
	assert_int_equal(err.status, EX_IOERR);
	assert_non_null(strstr(err_text(&err), "/proc/none"));
	err_release(&err);
	free((char *)big.p);
	spool_free(spool);
}

static struct span
id_of(char id[16], unsigned i)
{
	int n = snprintf(id, 16, "ESC-%u", i);

	return (struct span){ id, (size_t)n };
}

/* n ids, each put, some put again; half as many more are not there. */
static void
overlay(unsigned n)
{
	struct err err = { 0 };
	struct overlay *table = overlay_new(n, NULL, &err);
	struct overlay_slot slot;
	char id[16];

	assert_non_null(table);
	for (unsigned i = 0; i < n; i++) {
		assert_int_equal(overlay_find(table, id_of(id, i), &slot, &err), 0);
		assert_int_equal(overlay_put(table, &slot, (int64_t)i, &err), 0);
	}
	for (unsigned i = 0; i < n; i += 3) {
		assert_int_equal(overlay_find(table, id_of(id, i), &slot, &err), 1);
		assert_int_equal(overlay_put(table, &slot, (int64_t)i * 1000, &err), 0);
	}
	for (unsigned i = 0; i < n; i++) {
		assert_int_equal(overlay_find(table, id_of(id, i), &slot, &err), 1);
		assert_int_equal(slot.offset, (int64_t)i * (i % 3 ? 1 : 1000));
	}
	for (unsigned i = n; i < n + n / 2; i++)
		assert_int_equal(overlay_find(table, id_of(id, i), &slot, &err), 0);
	overlay_free(table);
}

static void
test_overlay(void **state)
{
	(void)state;
	overlay(1);
	overlay(1000);
	overlay(OVERLAY_IN_MEMORY);     /* the last that is in memory */
	overlay(OVERLAY_IN_MEMORY + 1); /* the first that is in a file */
}

/* Where no folder is named, it is the one of the process. */
static void
test_folder(void **state)
{
	struct err err = { 0 };
	int fd;

	(void)state;
	spool_folder("/nowhere at all");
	assert_int_equal(spool_file(NULL, &err), -1);
	assert_int_equal(err.status, EX_IOERR);
	assert_non_null(strstr(err_text(&err), "/nowhere at all"));
	spool_folder(NULL);
	fd = spool_file(NULL, &err);
	assert_true(fd >= 0);
	close(fd);
	err_release(&err);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trips),
		cmocka_unit_test(test_put_while_reading),
		cmocka_unit_test(test_long_piece),
		cmocka_unit_test(test_no_room),
		cmocka_unit_test(test_folder),
		cmocka_unit_test(test_overlay),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
