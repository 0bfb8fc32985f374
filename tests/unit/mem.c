#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"

static void
test_nothing_is_never_null(void **state)
{
	void *p = mem_alloc(0), *z = mem_zero(0), *c = mem_copy(NULL, 0);

	(void)state;
	assert_non_null(p);
	assert_non_null(z);
	assert_string_equal(c, "");
	p = mem_resize(p, 0);
	assert_non_null(p);
	free(p);
	free(z);
	free(c);
}

static void
test_zero_and_copy(void **state)
{
	char *z = mem_zero(100), *c = mem_copy("a\0b", 3);

	(void)state;
	for (int i = 0; i < 100; i++)
		assert_int_equal(z[i], 0);
	assert_memory_equal(c, "a\0b", 4);
	free(z);
	free(c);
}

static void
test_grow(void **state)
{
	static const size_t rows[][3] = {
		/* cap, need, grown */
		{ 0, 0, 16 },
		{ 0, 16, 16 },
		{ 0, 17, 32 },
		{ 16, 17, 32 },
		{ 24, 25, 48 },
		{ 32, 1000, 1024 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_int_equal(mem_grow(rows[i][0], rows[i][1]), rows[i][2]);
}

static void
test_arena_gives_apart_and_aligned(void **state)
{
	struct arena arena;
	unsigned char *p[2000];

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < 2000; i++) {
		p[i] = arena_alloc(&arena, i % 300);
		assert_int_equal((uintptr_t)p[i] % alignof(max_align_t), 0);
		memset(p[i], (int)(i & 255), i % 300);
	}
	for (size_t i = 0; i < 2000; i++) {
		for (size_t k = 0; k < i % 300; k++)
			assert_int_equal(p[i][k], i & 255);
	}
	arena_release(&arena);
}

static void
test_arena_larger_than_a_block(void **state)
{
	const size_t large = 300000;
	struct arena arena;
	char *small, *zero;

	(void)state;
	arena_init(&arena);
	small = arena_copy(&arena, "small", 5);
	zero = arena_zero(&arena, large);
	for (size_t i = 0; i < large; i++)
		assert_int_equal(zero[i], 0);
	memset(zero, 1, large);
	assert_string_equal(small, "small");
	assert_string_equal(arena_copy(&arena, NULL, 0), "");
	arena_release(&arena);
}

/* A reset arena gives the same memory again, also the large blocks. */
static void
test_arena_reset_keeps_memory(void **state)
{
	struct arena arena;
	char *first, *large;

	(void)state;
	arena_init(&arena);
	arena_reset(&arena);
	first = arena_alloc(&arena, 10);
	large = arena_alloc(&arena, 200000);
	for (int i = 0; i < 100; i++) {
		arena_reset(&arena);
		assert_ptr_equal(arena_alloc(&arena, 10), first);
		assert_ptr_equal(arena_alloc(&arena, 200000), large);
	}
	arena_release(&arena);
	assert_null(arena.first);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nothing_is_never_null),
		cmocka_unit_test(test_zero_and_copy),
		cmocka_unit_test(test_grow),
		cmocka_unit_test(test_arena_gives_apart_and_aligned),
		cmocka_unit_test(test_arena_larger_than_a_block),
		cmocka_unit_test(test_arena_reset_keeps_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
